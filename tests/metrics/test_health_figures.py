"""The hospital's rates, counted again month by month, and what its charts draw from them."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

import polars as pl
import pytest
import sqlalchemy as sa

from access import OPERATOR
from data_access import health
from data_access.engine import reading, writing
from data_access.health import HealthFacts
from metrics import health as figures
from metrics.catalogue import METRICS
from metrics.figure import NO_FIGURE, Figure
from vocabulary.health import HealthGroup
from vocabulary.questions import Period

pytestmark = pytest.mark.usefixtures("noon")
QUARTER = Period(date(2026, 7, 1), date(2026, 9, 30))
H = HealthGroup.HYPERTENSION


def told(month: int, group: HealthGroup = H, size: int = 1000, done: int = 50) -> HealthFacts:
    """A month of 2026: of `size` people 80 % contracted, 60 % managed, 40 % to norm, 30 % controlled."""
    controlled = None if group is HealthGroup.ELDERS else size * 3 // 10
    return HealthFacts(
        date(2026, month, 1), group, size, size * 8 // 10, size * 6 // 10, size * 4 // 10, controlled, 100, done, 40, 20
    )


@pytest.fixture
def conn(sqlite: sa.Engine) -> Iterator[sa.Connection]:
    with writing(sqlite) as connection:
        yield connection


def frame(conn: sa.Connection, *rows: HealthFacts) -> pl.DataFrame:
    health.write_months(conn, OPERATOR, rows)
    return health.months(conn, OPERATOR, QUARTER.since, date(2026, 11, 24))


def rate(months: pl.DataFrame, key: str, period: Period = QUARTER) -> Figure:
    return METRICS[key].figure(period, months)


def test_who_stands_is_told_by_the_newest_month_over_by_the_end(conn: sa.Connection) -> None:
    months = frame(conn, told(6), told(8, size=2000), told(10, size=4000))  # June and October are out of it
    assert rate(months, "hypertension_contracted") == Figure(0.8, 1600, 2000)
    assert rate(months, "hypertension_managed") == Figure(0.6, 1200, 2000)
    assert rate(months, "hypertension_to_norm") == Figure(800 / 1200, 800, 1200)
    assert rate(months, "hypertension_controlled") == Figure(0.5, 600, 1200)
    before_august_ends = Period(date(2026, 8, 1), date(2026, 8, 30))
    assert rate(months, "hypertension_contracted", before_august_ends) == Figure(0.8, 800, 1000)


def test_follow_ups_add_up_over_the_months_that_ended_in_the_period(conn: sa.Connection) -> None:
    months = frame(conn, told(6, done=1), told(7, done=90), told(9, done=60), told(10, done=1))
    assert rate(months, "hypertension_followed_up") == Figure(0.75, 150, 200)
    assert rate(months, "hypertension_checked_up") == Figure(0.5, 40, 80)
    assert rate(months, "hypertension_followed_up", Period(date(2026, 11, 1), date(2026, 11, 24))) == NO_FIGURE


def test_there_is_no_figure_before_the_first_month_and_no_rate_below_twenty(conn: sa.Connection) -> None:
    assert rate(frame(conn), "diabetes_managed") == NO_FIGURE
    months = frame(conn, told(8, HealthGroup.DIABETES, size=10))
    assert rate(months, "diabetes_managed") == Figure(None, 6, 10)
    assert figures.funnel(HealthGroup.DIABETES, QUARTER, months)["share"].to_list() == [None] * 5
    assert figures.trend(HealthGroup.DIABETES, months).filter(part="managed")["rate"].to_list() == [None]


def test_groups_are_not_summed(conn: sa.Connection) -> None:
    months = frame(conn, told(8), told(8, HealthGroup.ELDERS, size=3000))
    assert rate(months, "elders_contracted") == Figure(0.8, 2400, 3000)
    assert rate(months, "hypertension_contracted") == Figure(0.8, 800, 1000)
    assert "elders_controlled" not in METRICS


def test_the_funnel_leads_from_the_residents_to_the_controlled(conn: sa.Connection) -> None:
    months = frame(conn, told(8), told(8, HealthGroup.ELDERS))
    rows = figures.funnel(H, QUARTER, months).rows()
    assert rows == [
        ("residents", 1000, None, None),
        ("contracted", 800, "residents", 0.8),
        ("managed", 600, "residents", 0.6),
        ("managed_to_norm", 400, "managed", 400 / 600),
        ("controlled", 300, "managed", 0.5),
    ]
    assert "controlled" not in figures.funnel(HealthGroup.ELDERS, QUARTER, months)["stage"].to_list()
    assert figures.funnel(HealthGroup.DIABETES, QUARTER, months).is_empty()


def test_any_period_agrees_with_a_slow_count(conn: sa.Connection) -> None:
    chance = random.Random(4)
    rows = [drawn(chance, month) for month in chance.sample(range(1, 11), 7)]
    months = frame(conn, *rows)
    for _ in range(60):
        since = date(2026, 1, 1) + timedelta(chance.randint(0, 320))
        period = Period(since, since + timedelta(chance.randint(0, 120)))
        over = sorted((r for r in rows if last_day(r.month) <= period.until), key=lambda r: r.month)
        inside = [r for r in over if last_day(r.month) >= period.since]
        due, done = sum(r.follow_ups_due for r in inside), sum(r.follow_ups_done for r in inside)
        assert rate(months, "hypertension_followed_up", period) == (Figure(done / due, done, due) if due else NO_FIGURE)
        newest = over[-1] if over else None
        stands = (
            Figure(newest.managed_to_norm / newest.managed, newest.managed_to_norm, newest.managed) if newest else None
        )
        assert rate(months, "hypertension_to_norm", period) == (stands or NO_FIGURE)


def drawn(chance: random.Random, month: int) -> HealthFacts:
    """A month that adds up and has enough for every rate."""
    managed, done, checked = chance.randint(20, 90), chance.randint(0, 50), chance.randint(0, 30)
    norm = chance.randint(0, managed)
    return HealthFacts(date(2026, month, 1), H, 100, 90, managed, norm, managed, 50, done, 30, checked)


def last_day(month: date) -> date:
    return (month + timedelta(32)).replace(day=1) - timedelta(1)


def test_the_demo_has_months_that_add_up_and_one_that_is_missing(small_demo: sa.Engine) -> None:
    with reading(small_demo) as conn:
        months = health.months(conn, OPERATOR, QUARTER.since, date(2026, 11, 24))
        missing = health.missing(conn, OPERATOR, date(2026, 11, 24))
    assert months.height == 8
    assert missing.rows() == [(date(2026, 10, 1), "diabetes")]
    for row in months.drop("id", "version", "month_end").rename({"health_group": "group"}).iter_rows(named=True):
        health.checked(HealthFacts(**{**row, "group": HealthGroup(row["group"])}))
