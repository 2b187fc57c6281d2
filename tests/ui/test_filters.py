"""Days of an address that nobody can choose do not break the page."""

from datetime import date, datetime

import pytest

from ui.filters import FIRST_DAY, _within_reach


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(1999, 12, 31), FIRST_DAY),  # before the first day that can be chosen
        (date(2026, 11, 24), date(2026, 11, 24)),  # today
        (date(2027, 1, 1), date(2026, 11, 24)),  # to come
    ],
)
def test_a_day_out_of_reach_becomes_the_nearest_one(day: date, shown: date, noon: datetime) -> None:
    assert noon.date() == date(2026, 11, 24)
    assert _within_reach(day) == shown
