"""The volunteers' page as each role has it: figures, four parts, an evening logged, verified, a clue made a case."""

from typing import Any

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

import texts
from data_access import volunteers
from data_access.engine import reading, writing
from data_access.tables.cases import Case
from data_access.tables.volunteers import ServiceRecord, Volunteer
from data_access.volunteers import ClueFacts
from tests.conftest import NOON, make_viewer
from tests.pages.showing import said, show
from tests.volunteers import FEEDER, OFFICIAL, PRESENTER, WORKER, begin, evening
from vocabulary.enums import Feed, Role
from vocabulary.questions import Viewer
from vocabulary.volunteers import VolunteerRole

pytestmark = pytest.mark.usefixtures("noon")
PARTS = ("shifts", "records", "clues", "people")
OTHERS = [
    make_viewer(Role.UNIT, unit_id=1),
    make_viewer(Role.ADMIN),
    make_viewer(Role.FEEDER, feed=Feed.CANTEEN),
]


def press(app: AppTest, label: str) -> AppTest:
    """The button of this name."""
    return next(button for button in app.button if button.label == label).click().run()


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(("viewer", "spoken"), [(OFFICIAL, "zh"), (WORKER, "en"), (FEEDER, "zh")])
def test_each_role_sees_each_part_of_the_demo(
    viewer: Viewer, spoken: Any, part: str, small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texts, "_reader", [lambda: spoken])  # AppTest runs in a thread of its own
    app = show("volunteers", viewer, small_demo, monkeypatch, part=part)
    assert not app.exception
    assert not app.warning
    assert len(app.metric) == 5
    assert len(app.get("vega_lite_chart")) == 3
    assert bool(app.selectbox) == (viewer is not OFFICIAL)


def test_a_presenter_has_figures_without_lists(small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("volunteers", PRESENTER, small_demo, monkeypatch, part="people")
    assert not app.exception
    assert len(app.metric) == 5
    assert not app.selectbox
    assert "HM0" not in said(app)
    assert not any(button.key and button.key.startswith("rows-") for button in app.button)


@pytest.mark.parametrize("viewer", OTHERS)
def test_nobody_else_comes_in(viewer: Viewer, small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("volunteers", viewer, small_demo, monkeypatch)
    assert len(app.warning) == 1
    assert not app.metric


def test_the_counts_of_the_first_sentence_are_those_of_the_lists(
    small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with reading(small_demo) as conn:
        waiting = volunteers.unverified(conn, WORKER, NOON.date()).height
        clues = volunteers.clues_waiting(conn, WORKER).height
    app = show("volunteers", WORKER, small_demo, monkeypatch, part="records")
    assert waiting
    assert f"<b>{waiting}</b>条记录待核实，<b>{clues}</b>条线索待查看" in said(app)
    assert f"{waiting}条，须由登记人以外的人核实" in said(app)


def test_the_first_volunteer_is_registered_on_an_empty_database(
    sqlite: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = show("volunteers", FEEDER, sqlite, monkeypatch, part="people")
    assert "登记第一位" in app.info[0].value
    app = press(app, "登记")
    assert [error.value for error in app.error] == ["请填编号。"]
    number, name, *_ = app.text_input
    number.set_value("V01")
    name.set_value("李四")
    app = press(app, "登记")
    assert not app.exception
    assert app.success[0].value == "V01已登记。"
    with reading(sqlite) as conn:
        assert conn.execute(sa.select(Volunteer.number, Volunteer.masked_name)).all() == [("V01", "李**")]


def test_an_evening_is_logged_once_and_not_in_the_future(sqlite: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with writing(sqlite) as conn:
        begin(conn, "V01", "V02")
    app = show("volunteers", FEEDER, sqlite, monkeypatch, part="records")
    app.multiselect[0].set_value(["V01", "V02"])
    app = press(app, "登记")  # this evening, and it is noon
    assert "结束后再登记" in app.error[0].value
    assert app.multiselect[0].value == ["V01", "V02"]
    start, end = (next(box for box in app.selectbox if box.label == label) for label in ("从", "到"))
    start.set_value("09:00")
    end.set_value("11:30")
    app = press(app, "登记")
    assert not app.exception
    assert app.success[0].value == "已登记2条，等另一人核实。"
    assert "本人登记" in said(app)
    with reading(sqlite) as conn:
        assert conn.scalar(sa.select(sa.func.count()).select_from(ServiceRecord)) == 2


def test_another_verifies_with_one_click(sqlite: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with writing(sqlite) as conn:
        begin(conn, "V01")
        volunteers.log_records(conn, FEEDER, [evening()])
    app = press(show("volunteers", WORKER, sqlite, monkeypatch, part="records"), "核实")
    assert not app.exception
    assert app.success[0].value == "V01的记录已核实。"
    with reading(sqlite) as conn:
        assert conn.scalar(sa.select(ServiceRecord.verified_by)) == 2


def looking() -> None:
    """The clue and the record as they are drawn when their rows are chosen; AppTest cannot click a table."""
    import clock  # noqa: PLC0415 (AppTest runs this body alone)
    from data_access import volunteers  # noqa: PLC0415
    from ui import gate, volunteers_forms, volunteers_work  # noqa: PLC0415
    from ui.loading import load  # noqa: PLC0415

    viewer = gate.viewer()
    assert viewer is not None
    for clue in load(volunteers.clues_waiting, viewer).iter_rows(named=True):
        volunteers_work._look_at(viewer, clue)
    for record in load(volunteers.unverified, viewer, clock.today()).iter_rows(named=True):
        volunteers_forms.correct_record(viewer, record)


def test_a_clue_becomes_a_case_and_a_record_is_struck_out_with_a_reason(
    sqlite: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(sqlite) as conn:
        begin(conn, "V01")
        volunteers.log_records(conn, FEEDER, [evening()])
        facts = ClueFacts(VolunteerRole.FEELINGS, "3号楼前路灯不亮", NOON.date(), grid="G1")
        volunteers.record_clue(conn, FEEDER, facts)
    show("volunteers", WORKER, sqlite, monkeypatch)
    app = AppTest.from_function(looking, default_timeout=30).run()
    assert next(box for box in app.selectbox if box.label == "从").value == "18:00"
    app = press(app, "转成诉求")
    assert not app.exception
    app = press(app, "作废")
    assert app.error[0].value == "请写明原因。"
    app.text_input[0].set_value("登记错人")
    app = press(app, "作废")
    assert not app.exception
    with reading(sqlite) as conn:
        assert conn.execute(sa.select(Case.channel, Case.title)).all() == [("volunteer", "3号楼前路灯不亮")]
        assert conn.scalar(sa.select(ServiceRecord.void_at)) is not None


def test_a_case_tells_of_the_clue_it_came_from(sqlite: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with writing(sqlite) as conn:
        begin(conn)
        facts = ClueFacts(VolunteerRole.FEELINGS, "3号楼前路灯不亮", NOON.date(), grid="G1")
        case_id = volunteers.clue_to_case(conn, WORKER, volunteers.record_clue(conn, FEEDER, facts), 1)
    app = show("cases", WORKER, sqlite, monkeypatch, case=str(case_id), show="all")
    assert not app.exception
    assert "红心蚂蚁线索转来" in said(app)


def test_a_morning_with_an_overlap_counts_once_when_another_verified_it(
    sqlite: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(sqlite) as conn:
        begin(conn, "V01")
    app = show("volunteers", FEEDER, sqlite, monkeypatch, part="records")
    for begins, ends in (("09:00", "11:00"), ("10:00", "11:30")):
        app.multiselect[0].set_value(["V01"])
        next(box for box in app.selectbox if box.label == "从").set_value(begins)
        next(box for box in app.selectbox if box.label == "到").set_value(ends)
        app = press(app, "登记")
        assert not app.error
    app = show("volunteers", WORKER, sqlite, monkeypatch, part="records")
    assert app.metric[0].value.startswith("0.0")
    app = press(press(app, "核实"), "核实")
    assert not app.exception
    assert app.metric[0].value.startswith("2.5")
