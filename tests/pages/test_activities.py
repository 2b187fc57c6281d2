"""The activities' page as each role has it: seeing the demo, planning one on an empty database."""

from typing import Any

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

import texts
from data_access import activities
from data_access.engine import reading, writing
from data_access.tables.accounts import Account
from data_access.tables.activities import Activity, CentreZone
from tests.conftest import make_viewer
from tests.data_access.test_activities import TALK
from tests.pages.showing import said, show
from vocabulary.enums import Feed, Role
from vocabulary.questions import Viewer

pytestmark = pytest.mark.usefixtures("noon")
FEEDER = make_viewer(Role.FEEDER, feed=Feed.ACTIVITIES)
OFFICIAL, WORKER = make_viewer(Role.OFFICIAL), make_viewer(Role.WORKER, grids=(1,))


@pytest.mark.parametrize(("viewer", "spoken"), [(OFFICIAL, "zh"), (WORKER, "en"), (FEEDER, "zh")])
def test_each_role_sees_the_demo(
    viewer: Viewer, spoken: Any, small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texts, "_reader", [lambda: spoken])  # AppTest runs in a thread of its own
    app = show("activities", viewer, small_demo, monkeypatch)
    assert not app.exception
    assert not app.warning
    assert len(app.metric) == 4
    assert bool(app.number_input) == (viewer is not OFFICIAL)


@pytest.mark.parametrize("viewer", [make_viewer(Role.PRESENTER), make_viewer(Role.FEEDER, feed=Feed.CANTEEN)])
def test_nobody_else_comes_in(viewer: Viewer, small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("activities", viewer, small_demo, monkeypatch)
    assert not app.number_input
    assert not app.metric


def test_the_first_activity_is_planned_on_an_empty_database(sqlite: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with writing(sqlite) as conn:
        conn.execute(sa.insert(CentreZone).values(code="hall", name="办事大厅"))
    app = show("activities", FEEDER, sqlite, monkeypatch)
    assert not app.exception
    assert not app.metric
    app.text_input[0].set_value("端午包粽子")
    app.button[0].click().run()
    assert "地点要选一处" in app.error[0].value
    where = next(one for one in app.selectbox if one.label == "地点")
    where.set_value("zone hall")
    festival = next(one for one in app.selectbox if one.label.startswith("节日"))
    assert festival.options[:3] == ["没有节日", "元旦", "春节"]
    festival.set_value("端午")
    app.button[0].click().run()
    assert not app.exception
    with reading(sqlite) as conn:
        found = conn.execute(sa.select(Activity.title, Activity.planned, Activity.festival)).all()
    assert found == [("端午包粽子", 30, "端午")]


def test_one_is_reported_and_corrected_with_a_reason(sqlite: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with writing(sqlite) as conn:
        conn.execute(sa.insert(Account).values(id=1, login="a", name="a", role=Role.FEEDER, password_hash="-"))
        conn.execute(sa.insert(CentreZone).values(code="hall", name="办事大厅"))
        activities.plan(conn, FEEDER, TALK)
    show("activities", FEEDER, sqlite, monkeypatch)
    app = AppTest.from_function(working, default_timeout=30).run()
    app.number_input[0].set_value(-1)
    app = app.button[0].click().run()
    assert app.error[0].value == "人次应在0到100000之间，填的是-1。"
    app.number_input[0].set_value(35)
    app.button[0].click().run()
    app = AppTest.from_function(working, default_timeout=30).run()
    next(one for one in app.number_input if one.label == "到场人次").set_value(37)
    app.button[-1].click().run()
    assert app.error[0].value == "请写明原因。"
    app.text_input[-1].set_value("漏计")
    app.button[-1].click().run()
    app = AppTest.from_function(working, default_timeout=30).run()
    assert not app.exception
    assert "到场人次：35 → 37" in said(app)
    assert "原因：漏计" in said(app)


def working() -> None:
    """The newest activity as it is drawn when its row is chosen; AppTest cannot click a table."""
    from datetime import date  # noqa: PLC0415 (AppTest runs this body alone)

    from data_access import activities  # noqa: PLC0415
    from ui import activities_forms, gate  # noqa: PLC0415
    from ui.loading import load  # noqa: PLC0415

    viewer = gate.viewer()
    assert viewer is not None
    known = load(activities.activities, viewer, date(2026, 1, 1), date(2026, 12, 31))
    activities_forms.work(viewer, known.row(-1, named=True))
