"""Working a case on its page: legal moves only, what each needs, and nobody's words lost when two are at it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import ButtonGroup

from data_access import desk
from data_access.engine import reading, writing
from data_access.tables.cases import Case, CaseEvent
from jobs import installation
from tests.case_rows import G1, LIFT, PROPERTY, ROADS, make_case, make_neighbourhood
from tests.conftest import make_viewer
from tests.pages.showing import said, show
from ui import live, loading
from vocabulary.enums import CaseResult, CaseStatus, Role
from vocabulary.questions import Viewer

WORKER = make_viewer(Role.WORKER, grids=(G1,))
LEAD = make_viewer(Role.UNIT, unit_id=PROPERTY)
OTHER_UNIT = make_viewer(Role.UNIT, unit_id=ROADS)
OFFICIAL = make_viewer()


@pytest.fixture
def office(sqlite: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, noon: object) -> Iterator[sa.Engine]:  # noqa: ARG001
    """A pending case, one that the property company was sent, one in its hands, one finished."""
    monkeypatch.setenv("JIEFANG_DATA", str(tmp_path))
    with writing(sqlite) as conn:
        make_neighbourhood(conn)
        make_case(conn, "P1", grid_id=G1, category_id=LIFT, title="电梯坏了")
        make_case(conn, "A2", grid_id=G1, title="外墙砖松动", lead_unit_id=PROPERTY, status="assigned")
        make_case(conn, "H3", grid_id=G1, title="路灯不亮", lead_unit_id=PROPERTY, status="handling")
        make_case(conn, "F4", grid_id=G1, title="井盖丢失", status="finished", closed_on=None)
    yield sqlite
    loading.forget()
    live.SEEN = live.Seen()
    installation.engine().dispose()


def case_of(engine: sa.Engine, number: str) -> sa.RowMapping:
    with reading(engine) as conn:
        return conn.execute(sa.select(Case.table()).where(Case.number == number)).mappings().one()


def opened(engine: sa.Engine, viewer: Viewer, number: str, patch: pytest.MonkeyPatch) -> AppTest:
    app = show("cases", viewer, engine, patch, show="all", case=str(case_of(engine, number)["id"]))
    assert not app.exception
    return app


def pills(app: AppTest) -> ButtonGroup[str]:
    """The bar of acts."""
    return next(group for group in app.button_group if group.label == "办理")


def choose(app: AppTest, name: str) -> AppTest:
    app = pills(app).set_value(name).run()
    assert not app.exception
    return app


def submit(app: AppTest, label: str) -> AppTest:
    app = next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


MOVES = {"受理", "派单", "签收", "开始办理", "办结", "回访", "归档", "退单", "重办", "不予受理", "撤回", "并案"}


@pytest.mark.parametrize(
    ("viewer", "number", "moves"),
    [
        (WORKER, "P1", {"受理", "不予受理", "撤回", "并案"}),
        (WORKER, "A2", {"开始办理", "派单", "撤回", "并案"}),
        (WORKER, "F4", {"回访", "重办", "归档"}),
        (LEAD, "A2", {"签收", "退单"}),
        (LEAD, "H3", {"办结"}),
        (OFFICIAL, "H3", set()),
    ],
)
def test_the_bar_shows_only_legal_moves_of_this_role(
    office: sa.Engine, monkeypatch: pytest.MonkeyPatch, viewer: Viewer, number: str, moves: set[str]
) -> None:
    app = opened(office, viewer, number, monkeypatch)
    assert set(pills(app).options) & MOVES == moves


def test_whose_the_other_moves_are_is_said(office: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "主办单位：签收、退单" in said(opened(office, WORKER, "A2", monkeypatch))


def test_a_case_is_accepted_with_one_click_and_the_page_says_so(
    office: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = submit(choose(opened(office, WORKER, "P1", monkeypatch), "move.accepted"), "受理")
    assert case_of(office, "P1")["status"] == CaseStatus.ACCEPTED
    assert [each.value for each in app.success] == ["P1：受理，已登记。"]
    assert "派单" in pills(app).options


def test_what_is_missing_is_said_and_what_was_typed_stays(office: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = choose(opened(office, LEAD, "H3", monkeypatch), "move.finished")
    reply = next(area for area in app.text_area if area.label == "答复意见")
    reply.set_value("已换灯泡。")
    app = submit(app, "办结")
    assert "要选办理结果" in app.error[0].value
    next(box for box in app.selectbox if box.label == "办理结果").set_value(CaseResult.SOLVED.value)
    app = submit(app, "办结")
    assert "要有佐证材料；没有的，请写明原因。" in app.error[0].value
    assert next(area for area in app.text_area if area.label == "答复意见").value == "已换灯泡。"
    assert case_of(office, "H3")["status"] == CaseStatus.HANDLING
    reason = next(area for area in app.text_area if area.label.startswith("原因"))
    reason.set_value("换灯泡不便拍照")
    submit(app, "办结")
    assert case_of(office, "H3")["status"] == CaseStatus.FINISHED
    assert case_of(office, "H3")["reply"] == "已换灯泡。"


def test_the_second_of_two_is_told_both_texts_once_and_then_goes_on(
    office: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = choose(opened(office, LEAD, "H3", monkeypatch), "act.note")
    case = case_of(office, "H3")
    with writing(office) as conn:
        desk.note(conn, WORKER, case["id"], case["version"], "已电话催办")
    note = next(area for area in app.text_area if area.label == "办理情况")
    note.set_value("已到现场")
    app = submit(app, "记事")
    assert "已电话催办" in app.error[0].value
    assert next(area for area in app.text_area if area.label == "办理情况").value == "已到现场"
    submit(app, "记事")
    with reading(office) as conn:
        notes = conn.scalars(sa.select(CaseEvent.note).where(CaseEvent.case_id == case["id"]).order_by(CaseEvent.id))
        assert list(notes)[-2:] == ["已电话催办", "已到现场"]


def test_an_unreached_reporter_leaves_the_case_and_an_unhappy_one_asks_to_reopen(
    office: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = choose(opened(office, WORKER, "F4", monkeypatch), "move.followed_up")
    solved = next(box for box in app.selectbox if box.label == "居民认为")
    solved.set_value("unsolved")
    app = submit(app, "回访")
    case = case_of(office, "F4")
    assert (case["status"], case["unhappy_since"] is not None) == (CaseStatus.FOLLOWED_UP, True)
    assert "是否重办" in said(app)
    app = choose(app, "move.reopening")
    reason = next(area for area in app.text_area if area.label == "原因")
    reason.set_value("井盖又丢了")
    submit(app, "重办")
    assert case_of(office, "F4")["reopened_count"] == 1


def test_a_merge_names_the_number_that_does_not_exist(office: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = choose(opened(office, WORKER, "P1", monkeypatch), "move.merged")
    into = next(box for box in app.text_input if box.label.startswith("并入哪一件"))
    into.set_value("XX-9")
    app = submit(app, "并案")
    assert app.error[0].value == "没有编号为“XX-9”的诉求。"
    next(box for box in app.text_input if box.label.startswith("并入哪一件")).set_value("A2")
    next(area for area in app.text_area if area.label == "原因").set_value("同一处")
    submit(app, "并案")
    assert case_of(office, "P1")["parent_id"] == case_of(office, "A2")["id"]


def test_a_unit_that_does_not_lead_finds_no_case_to_work(office: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("cases", OTHER_UNIT, office, monkeypatch, show="all")
    assert not [group for group in app.button_group if group.label == "办理"]


def test_one_act_on_many_says_what_became_of_each(office: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """AppTest cannot tick rows: the act is made as the page makes it, and the page offers it."""
    with writing(office) as conn:
        pairs = [(row["id"], row["version"]) for row in (case_of(office, "H3"), case_of(office, "F4"))]
        results = desk.each(
            conn, WORKER, [*pairs, (999, 1)], lambda c, v, one, seen: desk.note(c, v, one, seen, "统一回复")
        )
    assert [one.refused is None for one in results] == [True, True, False]
    app = show("cases", WORKER, office, monkeypatch, show="all")
    assert [box for box in app.expander if box.label == "批量办理"]


def test_a_view_is_saved_under_its_name_and_leads_back(office: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("cases", WORKER, office, monkeypatch, show="all", status="handling")
    next(box for box in app.text_input if box.label == "名称").set_value("在办的")
    app = submit(app, "保存当前筛选")
    assert app.success[0].value.startswith("已保存视图“在办的”。")
    assert "status=handling" in said(app)


def test_a_reply_is_kept_as_a_template_and_taken_for_the_next(
    office: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = choose(opened(office, WORKER, "H3", monkeypatch), "move.finished")
    next(box for box in app.text_input if box.label == "存为模板：名称").set_value("路灯")
    next(box for box in app.text_area if box.label == "答复意见" and "template" in str(box.key)).set_value("已修好。")
    app = submit(app, "存为模板")
    assert not app.error
    template = next(box for box in app.selectbox if box.label == "套用模板")
    app = template.set_value(1).run()
    reply = next(box for box in app.text_area if box.label == "答复意见" and "template" not in str(box.key))
    assert reply.value == "已修好。"


def test_evidence_without_a_file_is_refused_with_a_sentence(office: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = choose(opened(office, LEAD, "H3", monkeypatch), "act.evidence")
    app = submit(app, "佐证")
    assert [error.value for error in app.error] == ["请先选一个文件，再登记佐证。"]
    assert case_of(office, "H3")["version"] == 1
