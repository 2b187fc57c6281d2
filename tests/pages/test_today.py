"""Today: the lists of a worker and a unit, their counts, their way to the act, and a case that is filed there."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from access import OPERATOR
from data_access import cases, desk, rules
from data_access.engine import reading, writing
from data_access.rules import Limit
from data_access.tables.cases import Case, CaseContact
from data_access.tables.places import Place
from jobs import installation
from tests.case_rows import G1, G2, PROPERTY, make_case, make_neighbourhood
from tests.conftest import NOON, make_viewer
from tests.pages.showing import said, show
from ui import live, loading
from vocabulary.cases import Order, Show
from vocabulary.desk import Today
from vocabulary.enums import Accuracy, Feed, PlaceKind, PlaceStatus, Role
from vocabulary.questions import Filters, Viewer
from vocabulary.refusals import word
from vocabulary.rules import LimitKind, LimitUnit

WORKER = make_viewer(Role.WORKER, grids=(G1,))
LEAD = make_viewer(Role.UNIT, unit_id=PROPERTY)
LATE, SOON = NOON - timedelta(hours=3), NOON + timedelta(hours=5)


@pytest.fixture
def office(sqlite: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, noon: object) -> Iterator[sa.Engine]:  # noqa: ARG001
    """Of the worker's grid one pending, one late, one due soon, one returned; one pending of another grid."""
    monkeypatch.setenv("JIEFANG_DATA", str(tmp_path))
    with writing(sqlite) as conn:
        make_neighbourhood(conn)
        make_case(conn, "P1", grid_id=G1, title="电梯坏了")
        make_case(conn, "L2", grid_id=G1, title="下水道堵了", status="handling", due_at=LATE, lead_unit_id=PROPERTY)
        make_case(conn, "S3", grid_id=G1, title="路灯不亮", status="assigned", due_at=SOON, lead_unit_id=PROPERTY)
        make_case(conn, "R4", grid_id=G1, title="外墙砖松动", status="returned")
        make_case(conn, "P5", grid_id=G2, title="别的网格的事")
    yield sqlite
    loading.forget()
    live.SEEN = live.Seen()
    installation.engine().dispose()


def opened(engine: sa.Engine, viewer: Viewer, patch: pytest.MonkeyPatch) -> AppTest:
    app = show("today", viewer, engine, patch)
    assert not app.exception
    return app


@pytest.mark.parametrize("viewer", [WORKER, LEAD])
def test_each_count_is_the_length_of_its_list(office: sa.Engine, viewer: Viewer) -> None:
    with reading(office) as conn:
        for name, count in desk.today(conn, viewer).items():
            filters = Filters(show=Show.ALL, listed=f"today.{name.value}")
            assert cases.listing(conn, viewer, filters, Order.DUE, 0, 50).height == count, name


def test_a_worker_sees_what_is_late_due_pending_and_returned_in_the_own_grids(
    office: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = said(opened(office, WORKER, monkeypatch))
    assert "今天有 <b>4</b> 项要办，其中超时 <b>1</b> 件。" in text
    for title in ("电梯坏了", "下水道堵了", "路灯不亮", "外墙砖松动"):
        assert title in text
    assert "别的网格的事" not in text
    assert 'href="cases?case=2&amp;show=all&amp;list=today.overdue"' in text


def test_a_unit_sees_what_it_has_to_sign_and_finish(office: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(office, LEAD, monkeypatch)
    assert "下水道堵了" in said(app)
    assert "电梯坏了" not in said(app)
    assert not [button for button in app.button if button.label == "登记诉求"]


@pytest.mark.parametrize("role", [Role.OFFICIAL, Role.PRESENTER, Role.FEEDER, Role.ADMIN])
def test_others_are_told_that_the_page_is_not_theirs(
    office: sa.Engine, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    app = opened(office, make_viewer(role, feed=Feed.CANTEEN if role is Role.FEEDER else None), monkeypatch)
    assert app.warning
    assert "电梯坏了" not in said(app)


def test_a_day_without_anything_says_so(sqlite: sa.Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JIEFANG_DATA", str(tmp_path))
    app = opened(sqlite, WORKER, monkeypatch)
    assert "今天没有要办的了。" in said(app)
    assert app.info[0].value.startswith("没有超时、到期")


def filing(app: AppTest) -> AppTest:
    return app.button(key="intake-open").click().run()


def submit(app: AppTest) -> AppTest:
    return next(button for button in app.button if str(button.key).endswith("-submit")).click().run()


def test_a_case_is_filed_with_its_contact_sealed_and_stands_in_the_list(
    office: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = filing(opened(office, WORKER, monkeypatch))
    app.text_area[0].set_value("二楼窗台漏水，墙面发霉")
    next(box for box in app.text_input if box.label == "电话").set_value("13900001111")
    next(box for box in app.selectbox if box.label == "楼栋").set_value(1)
    app = submit(app.run())
    assert not app.exception
    assert app.success[0].value.startswith("已登记 SQ2026-00001")
    with reading(office) as conn:
        case = conn.execute(sa.select(Case.table()).where(Case.number == "SQ2026-00001")).mappings().one()
        sealed = conn.scalar(sa.select(CaseContact.sealed).where(CaseContact.case_id == case["id"]))
    assert (case["title"], case["grid_id"], case["building_id"]) == ("二楼窗台漏水，墙面发霉", G1, 1)
    assert sealed
    assert b"13900001111" not in sealed
    assert "二楼窗台漏水" in said(app)


def test_a_likely_duplicate_is_offered_before_saving(office: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = filing(opened(office, WORKER, monkeypatch))
    app.text_area[0].set_value("下水道又堵了，臭得很")
    app = app.run()
    assert "可能是同一件事" in said(app)
    assert "L2 下水道堵了" in said(app)


def test_a_case_without_a_text_is_refused_and_what_was_chosen_stays(
    office: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = filing(opened(office, WORKER, monkeypatch))
    next(box for box in app.text_input if box.label == "具体位置").set_value("东门口")
    app = submit(app.run())
    assert app.error[0].value == "诉求内容是空的，请写上内容。"
    assert next(box for box in app.text_input if box.label == "具体位置").value == "东门口"


def test_the_lists_have_words_in_both_languages() -> None:
    assert all(word(name) for name in Today)


INTAKE = "现在登记，12-01 17:30 到期。"
NOT_ANNOUNCED = "2027 年的调休还没有公布"


def test_the_form_says_when_a_case_would_be_due_and_when_its_year_is_not_announced(
    office: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(office, WORKER, monkeypatch)
    app = next(button for button in app.button if button.label == "登记诉求").click().run()
    assert INTAKE in said(app)
    assert NOT_ANNOUNCED not in said(app)
    with writing(office) as conn:
        rules.set_limit(conn, OPERATOR, LimitKind.FINISH, None, None, Limit(40, LimitUnit.WORKING_DAYS), NOON.date())
    loading.forget()
    assert NOT_ANNOUNCED in said(app.run())
    with writing(office) as conn:
        rules.set_workday(conn, OPERATOR, date(2027, 2, 14), True, "春节调休")
    loading.forget()
    assert NOT_ANNOUNCED not in said(app.run())


@pytest.mark.parametrize(
    ("status", "year", "told"), [("handling", 2027, 1), ("handling", 2026, 0), ("rejected", 2027, 0)]
)
def test_an_open_case_says_that_the_year_of_its_due_moment_is_not_announced(
    office: sa.Engine, monkeypatch: pytest.MonkeyPatch, status: str, year: int, told: int
) -> None:
    with writing(office) as conn:
        case_id = make_case(
            conn, "N6", grid_id=G1, status=status, due_at=datetime(year, 12, 31, 17, tzinfo=NOON.tzinfo)
        )
    app = show("cases", WORKER, office, monkeypatch, case=str(case_id), show="all")
    assert not app.exception
    assert said(app).count(NOT_ANNOUNCED) == told


def test_a_service_point_can_be_chosen_as_the_place_of_a_case(
    office: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(office) as conn:
        facts = {"code": "canteen", "kind": PlaceKind.CANTEEN, "name": "社区食堂", "accuracy": Accuracy.SCHEMATIC}
        conn.execute(sa.insert(Place).values(id=9, lon=106.51, lat=29.51, status=PlaceStatus.OPEN, **facts))
        shut = facts | {"code": "old", "name": "旧食堂"}
        conn.execute(sa.insert(Place).values(id=10, lon=106.51, lat=29.51, status=PlaceStatus.CLOSED, **shut))
    app = opened(office, WORKER, monkeypatch)
    app = next(button for button in app.button if button.label == "登记诉求").click().run()
    points = next(box for box in app.selectbox if box.label == "服务点")
    assert (points.options[1:], points.set_value(9).value) == (["社区食堂"], 9)
    next(toggle for toggle in app.toggle if toggle.label == "在图上点楼栋、服务点或其他位置").set_value(True)
    app.text_area[0].set_value("食堂门口的台阶松动")
    app = next(button for button in app.run().button if button.label == "登记").click().run()
    assert not app.exception
    with reading(office) as conn:
        filed = conn.execute(sa.select(Case.place_id, Case.building_id).where(Case.source == "jiefang")).all()
    assert (9, None) in [tuple(one) for one in filed]
