"""The stalls' figures over agreed and opened days."""

from datetime import date, timedelta

import polars as pl
import pytest

from metrics import stalls
from metrics.figure import Figure
from vocabulary.questions import Period

ROWS = pl.DataFrame(
    [
        (date(2026, 11, 1), "w1", "1", "key", True, True, 9),
        (date(2026, 11, 2), "w1", "1", "key", True, False, None),
        (date(2026, 11, 3), "w1", "1", "key", False, True, 4),  # opened on a day that was not agreed
        (date(2026, 11, 3), "w2", "1", "shoe", True, True, None),  # customers not noted
        (date(2026, 11, 9), "w2", "1", "shoe", True, True, 7),  # after the period
    ],
    schema=["day", "place", "stall", "trade", "agreed", "opened", "customers"],
    orient="row",
)
WEEK = Period(date(2026, 11, 1), date(2026, 11, 7))


def test_only_agreed_days_count_as_open() -> None:
    assert stalls.stalls_open(WEEK, ROWS) == Figure(2 / 3, 2, 3)


def test_customers_of_days_not_agreed_are_served_too() -> None:
    assert stalls.stall_customers(WEEK, ROWS) == Figure(13)


def test_no_agreed_day_gives_no_rate() -> None:
    later = Period(date(2027, 1, 1), date(2027, 1, 7))
    assert stalls.stalls_open(later, ROWS) == Figure(None, 0, 0)


def test_the_stalls_add_up_to_the_figure() -> None:
    rows = stalls.by_stall(WEEK, ROWS)
    assert rows.select("stall", "agreed", "opened", "customers").rows() == [("1", 2, 1, 13), ("1", 1, 1, 0)]
    assert rows["rate"].to_list() == [0.5, 1.0]


def test_agreements_that_end_are_warned_of_sixty_days_ahead() -> None:
    today = date(2026, 11, 24)
    ends = [("a", "open", -3), ("b", "open", 0), ("c", "paused", 60), ("d", "open", 61), ("e", "closed", 5)]
    rows = [("w", name, status, today + timedelta(left)) for name, status, left in ends]
    columns = ["place", "stall", "status", "agreement_to"]
    known = pl.DataFrame([*rows, ("w", "f", "open", None)], schema=columns, orient="row")
    found = stalls.ending(known, today, 60)
    assert found.select("stall", "left").rows() == [("a", -3), ("b", 0), ("c", 60)]


@pytest.mark.parametrize(
    ("begins", "ends", "months"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), 10),
        (date(2025, 1, 1), date(2025, 12, 31), 12),  # a year, counted to its last day
        (date(2026, 10, 25), None, 0),  # a day short of a month
        (date(2026, 10, 24), None, 1),
        (date(2027, 1, 1), None, 0),
    ],
)
def test_rent_is_waived_for_the_full_months_that_are_over(begins: date, ends: date | None, months: int) -> None:
    assert stalls.waived_so_far(60_000, begins, ends, date(2026, 11, 24)) == 60_000 * months
    assert stalls.waived_so_far(None, begins, ends, date(2026, 11, 24)) is None
