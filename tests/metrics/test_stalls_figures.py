"""The stalls' figures over agreed and opened days."""

from datetime import date

import polars as pl

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
