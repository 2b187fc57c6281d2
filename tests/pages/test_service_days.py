"""The stalls' day log on the page: who sees it, logging, closing and correcting a day, agreements that end."""

from datetime import date

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from data_access import stall_days
from data_access.engine import reading, writing
from data_access.tables.stalls import StallDay
from tests.conftest import make_viewer
from tests.data_access.test_stall_days import DAY, FEEDER, make_workshop
from tests.pages.showing import said, show
from vocabulary.enums import Feed, Role
from vocabulary.questions import Viewer

pytestmark = pytest.mark.usefixtures("noon")
OFFICIAL, PRESENTER = make_viewer(), make_viewer(Role.PRESENTER)


@pytest.fixture
def workshop(sqlite: sa.Engine) -> sa.Engine:
    with writing(sqlite) as conn:
        make_workshop(conn)
    return sqlite


def stands(engine: sa.Engine) -> list[tuple[date, int | None]]:
    with reading(engine) as conn:
        return [(row.day, row.customers) for row in conn.execute(sa.select(StallDay.day, StallDay.customers))]


@pytest.mark.parametrize(("viewer", "reads", "writes"), [(OFFICIAL, 1, 0), (FEEDER, 1, 1), (PRESENTER, 0, 0)])
def test_each_role_sees_what_it_may(
    viewer: Viewer, reads: int, writes: int, workshop: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = show("service_points", viewer, workshop, monkeypatch)
    assert not app.exception
    assert ("一号坊1号摊位（配钥匙）：2026-12-31到期，还有37天" in said(app)) == bool(reads)
    assert len(app.number_input) == writes


def test_other_feeders_do_not_come_in(workshop: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("service_points", make_viewer(Role.FEEDER, feed=Feed.CANTEEN), workshop, monkeypatch)
    assert not app.number_input


def test_a_day_is_logged_and_what_was_typed_stays_on_a_refusal(
    workshop: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = show("service_points", FEEDER, workshop, monkeypatch)
    app.number_input[0].set_value(-4)
    log = next(one for one in app.button if one.label == "登记")
    app = log.click().run()
    assert [error.value for error in app.error] == ["服务人次应在0到5000之间，填的是-4。"]
    assert app.number_input[0].value == -4
    assert stands(workshop) == []
    app.number_input[0].set_value(4)
    app = next(one for one in app.button if one.label == "登记").click().run()
    assert not app.exception
    assert stands(workshop) == [(date(2026, 11, 24), 4)]


def test_a_day_is_corrected_with_a_reason(workshop: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with writing(workshop) as conn:
        stall_days.log_day(conn, FEEDER, DAY)
    show("service_points", FEEDER, workshop, monkeypatch)
    app = AppTest.from_function(working, default_timeout=30).run()
    app.number_input[0].set_value(14)
    app = app.button[0].click().run()
    assert app.error[0].value == "请写明原因。"
    app.text_input[0].set_value("漏计")
    app.button[0].click().run()
    assert stands(workshop) == [(date(2026, 11, 23), 14)]
    app = AppTest.from_function(working, default_timeout=30).run()
    assert not app.exception
    assert "服务人次：12 → 14" in said(app)
    assert "漏计" in said(app)


def working() -> None:
    """The newest day as it is drawn when its row is chosen; AppTest cannot click a table."""
    from datetime import date  # noqa: PLC0415 (AppTest runs this body alone)

    from data_access import stall_days  # noqa: PLC0415
    from ui import gate, service_days  # noqa: PLC0415
    from ui.loading import load  # noqa: PLC0415

    viewer = gate.viewer()
    assert viewer is not None
    known = load(stall_days.logged, viewer, date(2026, 11, 1), date(2026, 11, 30))
    service_days.work(viewer, known.row(0, named=True))
