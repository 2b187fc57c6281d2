"""What a card compares with: only days that the database knows of, before and a year ago."""

from datetime import date

import pytest
import sqlalchemy as sa

from access import OPERATOR
from data_access import first_days
from data_access.engine import reading, writing
from jobs import figures
from metrics.catalogue import METRICS
from tests.case_rows import make_case, make_neighbourhood
from vocabulary.questions import Filters, Period, Span

FIRST = date(2025, 11, 18)  # a Tuesday
TODAY = date(2026, 11, 25)


@pytest.fixture
def two_years(sqlite: sa.Engine) -> sa.Engine:
    """Three cases in the first days, one a year later in the week before, two in this week."""
    with writing(sqlite) as conn:
        make_neighbourhood(conn)
        days = (FIRST, FIRST, date(2025, 11, 24), date(2026, 11, 17), date(2026, 11, 24), TODAY)
        for n, day in enumerate(days):
            make_case(conn, f"C{n}", day)
    return sqlite


def received(engine: sa.Engine, period: Period) -> figures.Card:
    with reading(engine) as conn:
        return figures.card(conn, OPERATOR, "received", period, Filters())


def test_a_week_stands_beside_the_week_before_and_the_same_days_a_year_ago(two_years: sa.Engine) -> None:
    card = received(two_years, Period.running(Span.WEEK, TODAY))
    assert (card.figure.value, card.before.value) == (2, 1)
    assert card.year_ago.value == 1  # 23 to 25 November 2025


def test_days_before_the_first_row_are_no_nought(two_years: sa.Engine) -> None:
    card = received(two_years, Period(FIRST, FIRST))
    assert card.figure.value == 2
    assert card.before.value is None
    assert card.year_ago.value is None


def test_a_period_that_only_half_knows_its_year_before_is_not_compared_with_it(two_years: sa.Engine) -> None:
    assert received(two_years, Period.running(Span.MONTH, TODAY)).year_ago.value is None


def test_since_the_start_holds_every_row(two_years: sa.Engine) -> None:
    with reading(two_years) as conn:
        first = first_days.earliest(conn, OPERATOR)
    card = received(two_years, Period.running(Span.ALL, TODAY, first))
    assert (first, card.figure.value) == (FIRST, 6)
    assert card.before.value is None


def test_an_empty_database_began_on_no_day(sqlite: sa.Engine) -> None:
    with reading(sqlite) as conn:
        assert first_days.earliest(conn, OPERATOR) is None
        assert first_days.first_day(conn, METRICS["received"].subjects) is None


@pytest.mark.parametrize("key", METRICS)
def test_every_metric_stands_on_a_subject_with_days(key: str) -> None:
    assert set(METRICS[key].subjects) & set(first_days.DAYS), "name the day of its rows in data_access/first_days.py"
