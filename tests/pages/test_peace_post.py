"""The peace post's page as each role works it: recording, closing, checking back, deciding, correcting."""

from typing import Any

import polars as pl
import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

import access
from access import OPERATOR
from data_access import peace_post
from data_access.engine import reading, writing
from data_access.tables.cases import Case
from data_access.tables.peace_post import CheckBack, Dispute, DisputeContact, Opinion
from data_access.tables.records import Audit
from jobs import installation
from tests.conftest import make_viewer
from tests.pages.showing import said, show
from tests.peace_post import FEEDER, OFFICIAL, SEAL, WORKER, add, closing, day, make_grids, opinion
from texts import speaking
from ui.peace_post_head import PARTS
from vocabulary.enums import Feed, Role
from vocabulary.peace_post import CheckOutcome, Decision, DisputeOutcome, DisputeType
from vocabulary.questions import Viewer

pytestmark = pytest.mark.usefixtures("noon")
ROLES = (OFFICIAL, WORKER, FEEDER)
OTHERS = [
    *(make_viewer(role) for role in (Role.PRESENTER, Role.ADMIN)),
    make_viewer(Role.UNIT, unit_id=1),
    make_viewer(Role.FEEDER, feed=Feed.STALLS),
]


@pytest.fixture
def post(sqlite: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> sa.Engine:
    monkeypatch.setattr(installation, "contact_seal", lambda: SEAL)
    with writing(sqlite) as conn:
        make_grids(conn)
    return sqlite


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def box(app: AppTest, label: str) -> Any:
    """The first input with this label."""
    inputs = (*app.selectbox, *app.text_input, *app.text_area, *app.date_input)
    return next(one for one in inputs if one.label == label)


def row(engine: sa.Engine, table: Any, *columns: Any) -> tuple[Any, ...]:
    with reading(engine) as conn:
        return tuple(conn.execute(sa.select(*columns).select_from(table)).one())


@pytest.mark.parametrize("spoken", ["zh", "en"])
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("viewer", ROLES)
def test_each_role_sees_each_part_of_the_demo(
    viewer: Viewer, part: str, spoken: Any, small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with speaking(spoken):
        app = show("peace_post", viewer, small_demo, monkeypatch, part=part)
    assert not app.exception
    assert len(app.metric) == 8
    assert not app.warning
    if part == "pictures":
        assert len(app.get("vega_lite_chart")) >= 2


@pytest.mark.parametrize("viewer", OTHERS)
def test_nobody_else_comes_in(viewer: Viewer, small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("peace_post", viewer, small_demo, monkeypatch)
    assert len(app.warning) == 1
    assert not app.metric


@pytest.mark.parametrize("part", PARTS)
def test_an_empty_database_says_what_to_do_first(part: str, sqlite: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("peace_post", WORKER, sqlite, monkeypatch, part=part)
    assert not app.exception
    assert "登记第一件" in app.info[0].value


def test_counts_on_the_parts_are_those_of_the_lists(small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("peace_post", OFFICIAL, small_demo, monkeypatch, part="opinions")
    shown = app.dataframe[0].value
    with reading(small_demo) as conn:
        undecided = sa.or_(Opinion.decision.is_(None), Opinion.decision == Decision.STUDYING)
        waiting = conn.scalar(sa.select(sa.func.count()).select_from(Opinion.table()).where(undecided))
    assert len(shown) == waiting
    assert f"待定意见 <b>{waiting}</b> 件" in said(app)


def test_a_worker_records_a_dispute_and_it_waits_to_be_closed(post: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("peace_post", WORKER, post, monkeypatch, part="disputes")
    app = press(app, "登记")
    assert app.success[0].value == "纠纷已登记。"
    assert row(post, Dispute, Dispute.type, Dispute.grid_id, Dispute.outcome) == ("neighbour", 1, None)
    box(app, "结果").select(DisputeOutcome.ORAL)
    assert not app.error


def test_what_was_typed_stays_when_it_is_refused(post: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("peace_post", WORKER, post, monkeypatch, part="disputes")
    box(app, "结果").select(DisputeOutcome.AGREEMENT)
    box(app, "回访电话（可不填）").input("李阿姨")
    app = press(app, "登记")
    assert app.error[0].value == "结果是“达成协议”，请选明由谁调解。"
    assert box(app, "回访电话（可不填）").value == "李阿姨"
    with reading(post) as conn:
        assert conn.scalar(sa.select(sa.func.count()).select_from(Dispute)) == 0


def test_a_check_back_is_closed_from_the_work_list_after_a_logged_look(
    post: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(post) as conn:
        add(conn, opened=50, closed=closing(40), contact="13800001111")
        first = peace_post.open_check_backs(conn, OPERATOR, day(0)).row(0, named=True)
        peace_post.close_check_back(conn, OPERATOR, first["id"], first["version"], CheckOutcome.KEPT, day(30))
    app = show("peace_post", WORKER, post, monkeypatch)
    assert "13800001111" not in said(app)
    app = press(app, "查看电话（会留痕）")
    assert "13800001111" in said(app)
    box(app, "回访结果").select(CheckOutcome.BROKEN)
    app = press(app, "了结回访")
    assert app.success[0].value == "TJ00001的30日回访已了结。"
    with reading(post) as conn:
        assert conn.scalars(sa.select(CheckBack.outcome).order_by(CheckBack.id)).all() == ["kept", "broken"]
        assert conn.scalar(sa.select(sa.func.count()).select_from(DisputeContact)) == 0
        assert "contact_revealed" in conn.scalars(sa.select(Audit.action)).all()
    assert "13800001111" not in said(app)


@pytest.mark.parametrize("viewer", [OFFICIAL, FEEDER])
def test_who_calls_nobody_back_finds_no_number_and_no_form(
    viewer: Viewer, post: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(post) as conn:
        add(conn, FEEDER, closed=closing(8), contact="13800001111")
    app = show("peace_post", viewer, post, monkeypatch)
    assert len(app.dataframe) == 1
    assert not [button for button in app.button if button.label in ("查看电话（会留痕）", "了结回访")]
    assert "回访要用联系方式，由社工办理。" in said(app)


def test_an_opinion_that_is_not_adopted_needs_its_reason(post: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with writing(post) as conn:
        peace_post.add_opinion(conn, OPERATOR, opinion())
    app = show("peace_post", WORKER, post, monkeypatch, part="opinions")
    box(app, "决定").select(Decision.REJECTED)
    app = press(app, "保存决定")
    assert app.error[0].value == "未采纳必须写明理由。"
    assert box(app, "决定").value == Decision.REJECTED
    box(app, "理由").input("产权不在社区")
    app = press(app, "保存决定")
    assert app.success[0].value == "YJ00001：未采纳。"
    columns = (Opinion.decision, Opinion.decision_reason, Opinion.decided_on)
    assert row(post, Opinion, *columns) == ("rejected", "产权不在社区", day(0))


def test_an_opinion_becomes_a_case_with_one_click(post: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with writing(post) as conn:
        peace_post.add_opinion(conn, OPERATOR, opinion(text="建议东门<b>加灯</b>"))
    app = press(show("peace_post", WORKER, post, monkeypatch, part="opinions"), "转为诉求")
    assert app.success[0].value == "YJ00001已转为诉求，待受理。"
    assert row(post, Case, Case.title, Case.status) == ("建议东门<b>加灯</b>", "pending")
    assert "已转为诉求 SQ2026-00001" in said(app)


def test_a_correction_asks_for_its_reason_and_is_told_beneath(post: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with writing(post) as conn:
        add(conn)
    app = show("peace_post", WORKER, post, monkeypatch, part="disputes")
    app = press(app, "保存更正")
    assert app.error[0].value == "请写明原因。"
    kinds = [one for one in app.selectbox if one.label == "纠纷类型"]
    kinds[1].select(DisputeType.PARKING)
    box(app, "更正原因（必填）").input("听错了")
    app = press(app, "保存更正")
    assert app.success[0].value == "TJ00001已更正。"
    assert row(post, Dispute, Dispute.type) == ("parking",)
    assert "刘敏更正：听错了" in said(app)
    assert "类型：噪声 → 停车" in said(app)
    assert "受理时间" not in said(app).split("更正：")[1]


def test_a_struck_out_dispute_leaves_the_page(post: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with writing(post) as conn:
        add(conn)
    app = show("peace_post", WORKER, post, monkeypatch, part="disputes")
    [one for one in app.text_input if one.label == "更正原因（必填）"][1].input("重复登记")
    app = press(app, "确认撤销")
    assert app.success[0].value == "TJ00001已撤销。"
    assert "TJ00001" not in said(app)


def test_an_official_reads_masked_texts_and_has_no_form(post: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with writing(post) as conn:
        peace_post.add_opinion(conn, OPERATOR, opinion(text="请回电13812345678"))
    app = show("peace_post", OFFICIAL, post, monkeypatch, part="opinions")
    shown = said(app) + str(pl.from_pandas(app.dataframe[0].value).to_dicts())
    assert "138******78" in shown or "138\\*\\*\\*\\*\\*\\*78" in shown
    assert "13812345678" not in shown
    assert not app.text_area


def test_the_page_stands_in_the_menus_of_those_who_have_it() -> None:
    has = {viewer.role for viewer in (*ROLES, *OTHERS) if "peace_post" in access.pages(viewer)}
    assert has == {Role.OFFICIAL, Role.WORKER, Role.FEEDER}
    assert access.pages(FEEDER)[0] == "peace_post"
