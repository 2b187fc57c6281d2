"""The page of whistles as each role works it, and the supervision of cases that officials find beside their list."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

import access
import clock
from access import OPERATOR
from data_access import desk
from data_access.desk import NewWhistle
from data_access.engine import reading, writing
from data_access.tables.desk import CaseExtension, Commitment, Whistle, WhistleUnit
from tests.case_rows import PROPERTY, ROADS, make_case, make_neighbourhood
from tests.conftest import NOON, make_viewer
from tests.desk import OFFICIAL, UNIT, WORKER, S, bring, file, move, row, version
from tests.pages.showing import said, show
from texts import speaking
from ui import gate, live, loading
from vocabulary.desk import Presence, Watch, WhistleKind
from vocabulary.enums import Role
from vocabulary.questions import Viewer

pytestmark = pytest.mark.usefixtures("noon")
OTHERS = [make_viewer(role) for role in (Role.PRESENTER, Role.ADMIN)]
SUPERVISION = """
from ui import case_watch
from ui.gate import enter
case_watch.panel(enter("cases"))
"""


@pytest.fixture
def house(sqlite: sa.Engine, noon: datetime) -> sa.Engine:
    """A case in handling on the desk."""
    assert clock.now() == noon
    with writing(sqlite) as conn:
        make_neighbourhood(conn)
        bring(conn, file(conn), S.HANDLING)
    return sqlite


@pytest.fixture
def blown(house: sa.Engine) -> int:
    """A whistle for that case, to be at in two hours, that called both units."""
    new = NewWhistle(WhistleKind.KEY_ISSUE, (1,), (PROPERTY, ROADS), NOON + timedelta(hours=2), "电梯一起看")
    with writing(house) as conn:
        return desk.blow(conn, WORKER, new)


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def box(app: AppTest, label: str) -> Any:
    """The first input with this label."""
    inputs = (*app.selectbox, *app.multiselect, *app.text_input, *app.text_area, *app.date_input, *app.time_input)
    return next(one for one in inputs if one.label == label)


def labels(app: AppTest) -> set[str]:
    return {button.label for button in app.button}


def one(engine: sa.Engine, statement: sa.Select[*tuple[Any, ...]]) -> tuple[Any, ...]:
    with reading(engine) as conn:
        return tuple(conn.execute(statement).one())


def number_of(engine: sa.Engine) -> str:
    with reading(engine) as conn:
        return str(row(conn, 1)["number"])


@pytest.mark.parametrize("spoken", ["zh", "en"])
@pytest.mark.parametrize("viewer", [OFFICIAL, WORKER, UNIT])
def test_each_role_sees_the_page_empty_and_with_a_whistle(
    viewer: Viewer, spoken: Any, house: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with speaking(spoken):
        app = show("whistles", viewer, house, monkeypatch)
        assert not app.exception
        assert len(app.info) == 1
        new = NewWhistle(WhistleKind.EMERGENCY, (1,), (PROPERTY,), NOON + timedelta(hours=2), "电梯一起看")
        with writing(house) as conn:
            desk.blow(conn, WORKER, new)
        app = show("whistles", viewer, house, monkeypatch)
    assert not app.exception
    assert not app.info
    assert len(app.metric) == 3
    assert "电梯一起看" in said(app)
    assert len(app.dataframe) == 2


@pytest.mark.parametrize("viewer", OTHERS)
def test_nobody_else_comes_in(viewer: Viewer, house: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("whistles", viewer, house, monkeypatch)
    assert len(app.warning) == 1
    assert not app.dataframe


def test_the_page_stands_after_the_cases_in_the_menus_of_those_who_have_it() -> None:
    for viewer in (OFFICIAL, WORKER, UNIT):
        own = access.pages(viewer)
        assert own[own.index("cases") + 1] == "whistles"
    assert not [viewer for viewer in OTHERS if "whistles" in access.pages(viewer)]


def test_a_worker_blows_a_whistle_from_the_case_of_the_address(
    house: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = show("whistles", WORKER, house, monkeypatch, blow="1")
    assert box(app, "诉求编号").value == number_of(house)
    box(app, "应到单位").select(ROADS)
    box(app, "要办的事").input("电梯一起看")
    app = press(app, "吹哨")
    assert app.success[0].value == "已吹哨，叫到 1 个单位。"
    assert app.query_params["whistle"] == "1"
    assert "blow" not in app.query_params
    found = one(house, sa.select(Whistle.kind, Whistle.arrive_by, Whistle.request))
    assert found == ("key_issue", NOON + timedelta(hours=2), "电梯一起看")
    assert "电梯一起看" in said(app)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"诉求编号": "SQ404"}, "没有编号为“SQ404”的诉求。"),
        ({"诉求编号": " "}, "吹哨要选至少一件诉求。"),
        ({"应到单位": None}, "吹哨要选至少一个单位。"),
        ({"报到时限": date(2026, 11, 23)}, "报到时限 2026-11-23 14:00 已经过去。"),
        ({"要办的事": " "}, "吹哨要写明请各单位来办什么。"),
    ],
)
def test_a_whistle_that_cannot_be_blown_is_refused_in_a_sentence_and_keeps_what_was_typed(
    fields: dict[str, Any], sentence: str, house: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = show("whistles", WORKER, house, monkeypatch, blow="1")
    if "应到单位" not in fields:
        box(app, "应到单位").select(ROADS)
    box(app, "要办的事").input("电梯一起看")
    for label, value in fields.items():
        if label == "报到时限":
            box(app, label).set_value(value)
        elif value is not None:
            box(app, label).input(value)
    app = press(app, "吹哨")
    assert [error.value for error in app.error] == [sentence]
    assert box(app, "要办的事").value == fields.get("要办的事", "电梯一起看")
    with reading(house) as conn:
        assert conn.scalar(sa.select(sa.func.count()).select_from(Whistle)) == 0


def test_a_case_of_the_address_that_is_not_there_is_said_to_be(
    house: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = show("whistles", WORKER, house, monkeypatch, blow="404")
    assert "404" in app.warning[0].value
    assert box(app, "诉求编号").value == ""


def test_a_closed_case_gets_no_whistle(house: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with writing(house) as conn:
        move(conn, OPERATOR, 1, S.FINISHED)
    app = show("whistles", WORKER, house, monkeypatch, blow="1")
    box(app, "应到单位").select(ROADS)
    box(app, "要办的事").input("电梯一起看")
    app = press(app, "吹哨")
    assert app.error[0].value == f"诉求 {number_of(house)} 现在是“已办结”，不能这样办。"


@pytest.mark.usefixtures("blown")
def test_a_unit_answers_arrives_late_promises_and_keeps_it(house: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = press(show("whistles", UNIT, house, monkeypatch), "响应：本单位会来")
    assert app.success[0].value == "CS2026-0001：社区物业已响应。"
    with clock.standing_at(NOON + timedelta(hours=4)):
        app = show("whistles", UNIT, house, monkeypatch)
        assert "响应：本单位会来" not in labels(app)
        box(app, "到场时刻（不填即为现在）").input("15：30")
        app = press(app, "报到")
        assert app.success[0].value == "CS2026-0001：社区物业的报到已登记。"
        assert "到场 11-24 15:30，迟到 90 分钟，响应 11-24 12:00" in said(app)
        box(app, "承诺办什么").input("换曳引绳")
        box(app, "哪天前兑现").set_value(date(2026, 11, 26))
        app = press(app, "登记")
        assert app.success[0].value == "社区物业的承诺已登记，2026-11-26 前兑现。"
        assert "2026年11月26日前兑现" in said(app)
        app = press(app, "已兑现")
    assert app.success[0].value == "承诺“换曳引绳”已登记为兑现。"
    assert one(house, sa.select(Commitment.unit_id, Commitment.done_at.is_not(None))) == (PROPERTY, True)
    assert "已兑现" not in labels(app)


@pytest.mark.usefixtures("blown")
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("三点", "“三点”不是时刻，请写成 14:30 这样。"),
        ("25:10", "“25:10”不是时刻，请写成 14:30 这样。"),
        ("11:00", "吹哨 CS2026-0001 的到场时间 2026-11-24 11:00 早于吹哨或者还没有到。"),
    ],
)
def test_a_time_of_arrival_that_cannot_be_is_refused_and_stays(
    typed: str, sentence: str, house: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = show("whistles", UNIT, house, monkeypatch)
    box(app, "到场时刻（不填即为现在）").input(typed)
    app = press(app, "报到")
    assert [error.value for error in app.error] == [sentence]
    assert box(app, "到场时刻（不填即为现在）").value == typed
    with reading(house) as conn:
        assert conn.scalars(sa.select(WhistleUnit.presence)).all() == [None, None]


@pytest.mark.usefixtures("blown")
def test_a_day_of_arrival_that_is_not_today_needs_its_time(house: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("whistles", UNIT, house, monkeypatch)
    box(app, "到场日").set_value(date(2026, 11, 23))
    app = press(app, "报到")
    assert app.error[0].value == "到场日是 2026-11-23，请写明几点到的。"


@pytest.mark.usefixtures("blown")
def test_a_worker_registers_for_the_units_and_concludes(house: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("whistles", WORKER, house, monkeypatch)
    assert {"登记响应：社区物业", "登记响应：城建办", "报到", "办结"} <= labels(app)
    box(app, "应到单位").set_value([])
    arrive = next(one for one in app.selectbox if one.label == "应到单位")
    arrive.select(ROADS)
    box(app, "到场情况").select(Presence.ONLINE)
    app = press(app, "报到")
    assert app.success[0].value == "CS2026-0001：城建办的报到已登记。"
    app = press(app, "办结")
    assert app.error[0].value == "吹哨 CS2026-0001 的结论是空的，请写上内容。"
    box(app, "会商结论").input("物业三天内换绳")
    app = press(app, "办结")
    assert app.success[0].value == "CS2026-0001已办结。"
    with reading(house) as conn:
        calls = sa.select(WhistleUnit.unit_id, WhistleUnit.presence).order_by(WhistleUnit.id)
        assert [tuple(found) for found in conn.execute(calls)] == [(PROPERTY, "absent"), (ROADS, "online")]
    assert "物业三天内换绳" in said(app)
    assert "办结" not in labels(app)
    assert "登记" in labels(app)  # a commitment may still be added


@pytest.mark.usefixtures("blown")
def test_an_official_reads_and_has_no_form(house: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("whistles", OFFICIAL, house, monkeypatch)
    assert not app.text_area
    assert not app.text_input
    assert "待响应" in said(app)
    assert '<a href="cases?case=1">' in said(app)
    assert number_of(house) in said(app)


def test_a_whistle_that_is_not_there_or_not_ones_own_is_said_to_be(
    blown: int, house: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for asked in ("77", "<b>", "９９"):
        app = show("whistles", WORKER, house, monkeypatch, whistle=asked)
        assert app.warning[0].value == f"没有序号为“{asked}”的吹哨，或者不在您的范围里。"
    other = make_viewer(Role.WORKER, grids=(2,))
    assert show("whistles", other, house, monkeypatch, whistle=str(blown)).warning


def test_the_units_that_did_not_answer_stand_first(
    blown: int, house: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(house) as conn:
        desk.respond(conn, UNIT, blown, PROPERTY)
    app = show("whistles", OFFICIAL, house, monkeypatch)
    waiting = app.dataframe[0].value
    assert list(waiting["应到单位"]) == ["城建办", "社区物业"]
    assert list(waiting["状态"]) == ["待响应", "已响应，待到场"]
    assert "<b>1</b> 个单位待响应，<b>1</b> 个已响应待到场" in said(app)


def test_whistled_and_other_cases_stand_side_by_side_with_their_numbers(
    house: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(house) as conn:
        for number, minutes in (("甲", 600), ("乙", 1200), ("丙", 120)):
            make_case(
                conn,
                number,
                status="finished",
                closed_on=NOON.date(),
                category_id=1,
                worked_minutes=minutes,
            )
        new = NewWhistle(WhistleKind.KEY_ISSUE, (1,), (ROADS,), NOON + timedelta(hours=2), "来")
        whistle = desk.blow(conn, WORKER, new)
        conn.execute(sa.text("update whistle_case set case_id = 2 where whistle_id = :id"), {"id": whistle})
    app = show("whistles", OFFICIAL, house, monkeypatch)
    table = app.dataframe[2].value
    assert [list(line) for line in table.to_numpy()] == [["住房 / 物业 / 电梯", 10.0, 1, 11.0, 2]]
    assert "不说明吹哨使办理变快或变慢" in said(app)


@pytest.fixture
def watched(house: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> sa.Engine:
    """A case asks for more time, another is suspended without a day."""
    with writing(house) as conn:
        desk.ask_extension(conn, WORKER, 1, version(conn, 1), date(2026, 12, 31), "缺配件，电话13812345678")
        held = bring(conn, file(conn), S.HANDLING)
        desk.suspend(conn, WORKER, held, version(conn, held), None, "等资金")
    monkeypatch.setenv("DATABASE_URL", house.url.render_as_string(hide_password=False))
    return house


def supervision(viewer: Viewer, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setattr(gate, "viewer", lambda: viewer)
    loading.forget()
    live.look()
    return AppTest.from_string(SUPERVISION, default_timeout=30).run()


@pytest.mark.usefixtures("watched")
def test_a_count_of_supervision_opens_its_list(monkeypatch: pytest.MonkeyPatch) -> None:
    app = supervision(OFFICIAL, monkeypatch)
    assert not app.exception
    lists = {button.label: button.disabled for button in app.button if (button.key or "").startswith("watch-")}
    assert len(lists) == len(Watch)
    assert [label for label, disabled in lists.items() if not disabled] == ["挂账未定日期 1"]
    app = press(app, "挂账未定日期 1")
    assert app.query_params["list"] == "watch.suspended"
    assert app.query_params["show"] == "all"
    assert not app.dataframe  # drawn once it is opened
    app.session_state["watch-by"] = True
    table = app.run().dataframe[0].value
    assert [list(line) for line in table.to_numpy()] == [["社区物业", "一网格", 1]]


@pytest.mark.usefixtures("watched")
@pytest.mark.parametrize("viewer", [WORKER, UNIT])
def test_supervision_is_the_officials(viewer: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    app = supervision(viewer, monkeypatch)
    assert not app.exception
    assert not app.button


def test_an_extension_is_refused_with_an_answer_or_approved(
    watched: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = supervision(OFFICIAL, monkeypatch)
    assert "缺配件" in said(app)
    assert "13812345678" not in said(app)
    app = press(app, "不同意")
    assert app.error[0].value == "不同意延期，请写明理由。"
    box(app, "批复意见（不同意时必填）").input("先借用配件")
    app = press(app, "不同意")
    assert one(watched, sa.select(CaseExtension.approved, CaseExtension.answer)) == (False, "先借用配件")
    assert "不同意" not in labels(app)


def test_an_approved_extension_moves_the_limit(watched: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = press(supervision(OFFICIAL, monkeypatch), "同意")
    assert not app.error
    with reading(watched) as conn:
        assert row(conn, 1)["extended_to"] is not None


@pytest.mark.usefixtures("house")
def test_nothing_to_supervise_is_said(house: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", house.url.render_as_string(hide_password=False))
    assert "没有要督查的" in said(supervision(OFFICIAL, monkeypatch))
