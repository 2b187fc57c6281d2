"""Due moments that come from a file: late and severely late like any other, told by an event, never before receipt."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

import clock
from access import OPERATOR
from clock import SHANGHAI
from data_access import cases, desk
from data_access.desk import timing
from data_access.tables.cases import Case
from tests.jobs.import_files import imported, looked_at, order
from vocabulary.cases import Order, Show
from vocabulary.desk import Punctuality
from vocabulary.questions import Filters

pytestmark = pytest.mark.usefixtures("noon")
RECEIVED = datetime(2026, 11, 1, 9, 30, tzinfo=SHANGHAI)
DUE = datetime(2026, 11, 6, 17, 30, tzinfo=SHANGHAI)


def stored(engine: sa.Engine, number: str = "CQ1") -> dict[str, object]:
    """The due moments as they are stored, which the events must tell again."""
    with engine.begin() as conn:
        row = conn.execute(sa.select(Case.id, Case.due_at, Case.severe_at).where(Case.number == number)).one()
        found = {"due_at": row.due_at, "severe_at": row.severe_at}
        assert desk.expected(conn, row.id) == found
        assert [detail for _, detail in timing.told(conn, row.id) if "given" in detail] or row.due_at is None
    return found


def label(engine: sa.Engine) -> str | None:
    with engine.begin() as conn:
        listed = cases.listing(conn, OPERATOR, Filters(show=Show.ALL), Order.DUE, 0, 9)
    found: str | None = listed["punctuality"].item()
    return found


def test_a_case_of_a_file_is_severely_late_at_three_times_its_limit(engine: sa.Engine) -> None:
    imported(engine, order(办理期限="2026-11-06 17:30:00"))
    severe = RECEIVED + (DUE - RECEIVED) * 3
    assert stored(engine) == {"due_at": DUE, "severe_at": severe}
    for at, wanted in ((DUE, "due_soon"), (DUE + timedelta(minutes=1), "overdue"), (severe, "overdue")):
        with clock.standing_at(at):
            assert label(engine) == Punctuality(wanted)
    with clock.standing_at(severe + timedelta(minutes=1)):
        assert label(engine) == Punctuality.SEVERE


def test_a_later_file_moves_both_moments_and_says_so(engine: sa.Engine) -> None:
    imported(engine, order())
    assert stored(engine) == {"due_at": None, "severe_at": None}
    imported(engine, order(办理期限="2026-11-06 17:30:00"))
    assert stored(engine)["severe_at"] == RECEIVED + (DUE - RECEIVED) * 3
    imported(engine, order(办理期限="2026-11-06 17:30:00", 受理时间="2026-11-03 09:30:00"))
    assert stored(engine)["severe_at"] == DUE + (DUE - RECEIVED - timedelta(2)) * 2
    assert looked_at(engine, order(办理期限="2026-11-06 17:30:00", 受理时间="2026-11-03 09:30:00")).unchanged == 1


@pytest.mark.parametrize("field", ["受理时间", "办理期限"])
def test_a_due_moment_before_the_receipt_is_rejected_whichever_file_says_so(engine: sa.Engine, field: str) -> None:
    wrong = {"办理期限": "2026-10-30 12:00:00"} if field == "办理期限" else {"受理时间": "2026-11-07 09:30:00"}
    imported(engine, order(办理期限="2026-11-06 17:30:00"))
    before = stored(engine)
    for number in ("CQ1", "CQ2"):
        found = looked_at(engine, order(number, **({"办理期限": "2026-11-06 17:30:00"} | wrong)))
        assert [str(problem.reason) for row in found.hindering for problem in row.problems] == [
            "办理期限“2026-10-30 12:00:00”早于收到或受理时间“2026-11-01 09:30:00”。"
            if field == "办理期限"
            else "办理期限“2026-11-06 17:30:00”早于收到或受理时间“2026-11-07 09:30:00”。"
        ]
    assert stored(engine) == before


def test_a_day_without_a_time_on_the_day_of_receipt_ends_with_that_day(engine: sa.Engine) -> None:
    imported(engine, order(办理期限="2026-11-01"))
    assert stored(engine)["due_at"] == datetime(2026, 11, 2, tzinfo=SHANGHAI)
    assert looked_at(engine, order(办理期限="2026-11-01")).unchanged == 1
