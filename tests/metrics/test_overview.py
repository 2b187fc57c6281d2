"""The frames behind the overview's charts, against slow counting."""

from datetime import date, timedelta

import polars as pl
import pytest

from metrics.overview import open_by_status, received_and_finished, step_of, summed, window
from vocabulary.enums import OPEN_STATUSES
from vocabulary.questions import Period

SCHEMA = {
    "id": pl.Int64,
    "received_on": pl.Date,
    "finished_on": pl.Date,
    "closed_on": pl.Date,
    "status": pl.String,
    "worked_minutes": pl.Int64,
}
TODAY = date(2026, 11, 24)
ROWS = [
    (1, date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 23), "finished", 600),
    (2, date(2026, 11, 20), None, None, "handling", None),  # waits four days
    (3, date(2026, 11, 23), None, None, "handling", None),
    (4, date(2026, 11, 23), None, date(2026, 11, 23), "withdrawn", None),  # received, never finished
    (5, date(2026, 11, 24), None, None, "pending", None),  # today
    (6, date(2026, 10, 1), date(2026, 11, 24), date(2026, 11, 24), "archived", 60),  # received before the period
    (7, date(2026, 11, 25), None, None, "pending", None),  # after the last day
]


def spans() -> pl.DataFrame:
    return pl.DataFrame(ROWS, schema=SCHEMA, orient="row")


def test_each_day_of_the_period_has_its_row_and_its_counts() -> None:
    period = Period(date(2026, 11, 20), TODAY)
    slow = []
    for back in range(period.days):
        day = period.since + timedelta(back)
        received = sum(row[1] == day for row in ROWS)
        finished = sum(row[2] == day and row[4] in ("finished", "followed_up", "archived") for row in ROWS)
        slow.append((day, received, finished))
    assert received_and_finished(period, spans()).rows() == slow


def test_no_case_at_all_is_zeros_not_nothing() -> None:
    frame = received_and_finished(Period(TODAY, TODAY), spans().clear())
    assert frame.rows() == [(TODAY, 0, 0)]


def test_open_cases_stand_at_their_step_with_the_longest_wait() -> None:
    frame = open_by_status(TODAY, spans())
    assert frame["status"].to_list() == [status.value for status in OPEN_STATUSES]
    found = {status: (cases, days) for status, cases, days in frame.rows() if cases}
    assert found == {"pending": (1, 0), "handling": (2, 4)}
    assert frame["cases"].sum() == 3


@pytest.mark.parametrize(("days", "step"), [(28, "day"), (92, "day"), (93, "week"), (644, "week"), (645, "month")])
def test_long_periods_are_drawn_in_wider_steps(days: int, step: str) -> None:
    assert step_of(Period(TODAY - timedelta(days - 1), TODAY)) == step


def test_wide_steps_add_up_to_the_days() -> None:
    period = Period(date(2025, 12, 31), TODAY)
    days = [period.since + timedelta(n) for n in range(-3, period.days + 3)]
    daily = pl.DataFrame({"served_on": days, "meals": list(range(len(days)))})
    frame = summed(period, daily, "served_on", "meals")
    assert frame["meals"].sum() == sum(n for n, day in enumerate(days) if period.since <= day <= period.until)
    assert all(day.isoweekday() == 1 for day in frame["on"])


def test_a_chart_shows_at_least_its_days_and_at_most_the_period() -> None:
    assert window(Period(TODAY, TODAY), 28) == Period(TODAY - timedelta(27), TODAY)
    long = Period(date(2026, 1, 1), TODAY)
    assert window(long, 28) == long
