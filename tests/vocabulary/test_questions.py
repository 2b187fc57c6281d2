"""Periods: both ends count, and a running one is compared with the same days of the one before."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocabulary.questions import Period, Span
from vocabulary.refusals import NotPossible

TUESDAY = date(2026, 11, 24)


def test_both_ends_of_the_period_are_counted() -> None:
    assert Period(date(2026, 11, 1), date(2026, 11, 3)).days == 3


def test_a_period_that_ends_before_it_begins_names_both_days() -> None:
    with pytest.raises(NotPossible, match=r"2026-11-02.*2026-11-03"):
        Period(date(2026, 11, 3), date(2026, 11, 2))


@pytest.mark.parametrize(
    ("span", "since", "before_since", "before_until"),
    [
        (Span.TODAY, date(2026, 11, 24), date(2026, 11, 23), date(2026, 11, 23)),
        (Span.WEEK, date(2026, 11, 23), date(2026, 11, 16), date(2026, 11, 17)),
        (Span.MONTH, date(2026, 11, 1), date(2026, 10, 1), date(2026, 10, 24)),
        (Span.QUARTER, date(2026, 10, 1), date(2026, 7, 1), date(2026, 8, 24)),
        (Span.YEAR, date(2026, 1, 1), date(2025, 1, 1), date(2025, 11, 24)),
    ],
)
def test_a_running_period_is_compared_with_as_many_days(
    span: Span, since: date, before_since: date, before_until: date
) -> None:
    period = Period.running(span, TUESDAY)
    assert (period.since, period.until) == (since, TUESDAY)
    assert (period.before().since, period.before().until) == (before_since, before_until)


def test_the_31st_of_march_is_compared_with_all_of_february() -> None:
    before = Period.running(Span.MONTH, date(2026, 3, 31)).before()
    assert (before.since, before.until) == (date(2026, 2, 1), date(2026, 2, 28))


def test_the_29th_of_february_a_year_before_is_the_28th() -> None:
    assert Period(date(2024, 2, 29), date(2024, 2, 29)).year_before().since == date(2023, 2, 28)


@given(st.dates(date(2001, 1, 1), date(2090, 1, 1)), st.sampled_from([s for s in Span if s is not Span.CHOSEN]))
def test_the_period_before_ends_before_this_one_begins(today: date, span: Span) -> None:
    period = Period.running(span, today)
    before = period.before()
    assert before.until < period.since
    assert before.days <= period.days
