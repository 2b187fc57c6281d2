"""Published figures beside counted ones: over the scope of the claim, with reasons that follow from the data alone."""

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from access import OPERATOR
from data_access import claims, first_days
from data_access.engine import reading, writing
from jobs.claims import Counted, Verdict, beside, counted_of, is_counted, period_of, why
from metrics.catalogue import METRICS
from metrics.figure import NO_FIGURE, Figure
from tests.conftest import NOON
from tests.peace_post import add, closing, make_grids
from vocabulary.claims import ClaimScope, Qualifier
from vocabulary.questions import Period, Span

pytestmark = pytest.mark.usefixtures("noon")
TODAY = NOON.date()
FIRST = date(2025, 10, 21)
SO_FAR = Period(FIRST, TODAY, Span.ALL)


def claim(**changed: Any) -> dict[str, Any]:
    shared = {"qualifier": Qualifier.AT_LEAST, "value": 60, "high": None, "scope": ClaimScope.SO_FAR}
    return {**shared, "metric": "disputes_settled", "published_on": None, **changed}


def counted(number: float | None, period: Period = SO_FAR, first: date | None = FIRST) -> Counted:
    return Counted(number, Figure(number), period, first)


@pytest.mark.parametrize(
    ("number", "verdict", "difference"),
    [(45, Verdict.LESS, -15), (60, Verdict.EQUAL, 0), (66, Verdict.MORE, 6)],
)
def test_one_number_is_compared_with_one_number(number: float, verdict: Verdict, difference: float) -> None:
    found = beside(claim(), counted(number))
    assert (found.verdict, found.difference, found.share) == (verdict, difference, number / 60)


@pytest.mark.parametrize(
    ("number", "verdict", "difference"),
    [
        (1299, Verdict.LESS, -1),
        (1300, Verdict.WITHIN, 0),
        (1412.5, Verdict.WITHIN, 0),
        (1500, Verdict.WITHIN, 0),
        (1502, Verdict.MORE, 2),
    ],
)
def test_a_range_is_compared_with_its_near_end(number: float, verdict: Verdict, difference: float) -> None:
    found = beside(claim(qualifier=Qualifier.BETWEEN, value=1300, high=1500), counted(number))
    assert (found.verdict, found.difference) == (verdict, difference)


def test_what_has_no_metric_or_no_row_is_no_nought() -> None:
    assert not is_counted(claim(metric=None))
    assert not is_counted(claim(metric="not_there_yet"))
    assert beside(claim(), None).verdict is Verdict.NOT_COUNTED
    empty = Counted(0, Figure(0), SO_FAR, None)
    assert beside(claim(), empty).verdict is Verdict.NO_ROWS
    assert beside(claim(), Counted(None, NO_FIGURE, SO_FAR, FIRST)).verdict is Verdict.NO_ROWS
    assert why(claim(), empty, TODAY) == () == why(claim(), None, TODAY)


def test_the_reasons_follow_from_the_days() -> None:
    since, dated = why(claim(), counted(45), TODAY)
    assert (since.key, dict(since.values)) == ("since", {"first": FIRST, "days": 400})
    assert dated.key == "undated"
    apart = why(claim(published_on=FIRST - timedelta(1)), counted(45), TODAY)[1]
    assert apart.key == "apart"
    after = why(claim(published_on=FIRST), counted(45), TODAY)[1]
    assert (after.key, dict(after.values)) == ("after", {"on": FIRST, "days": 399})


def test_a_day_is_the_mean_of_the_last_thirty_full_days() -> None:
    period = period_of(ClaimScope.A_DAY, TODAY, FIRST)
    assert (period.since, period.until, period.days) == (date(2026, 10, 25), date(2026, 11, 23), 30)
    assert period_of(ClaimScope.SO_FAR, TODAY, FIRST).since == FIRST
    assert period_of(ClaimScope.STANDING, TODAY, FIRST).days == 1


def test_a_count_a_day_is_divided_by_the_days_that_are_known(sqlite: sa.Engine) -> None:
    with writing(sqlite) as conn:
        make_grids(conn)
        for _ in range(6):
            add(conn, opened=10, closed=closing(4))
        found = counted_of("disputes_settled", ClaimScope.A_DAY)(conn, OPERATOR, TODAY)
    assert (found.number, found.days) == (0.6, 10)  # 10 days ago is the first day that is known


def test_every_claim_of_the_article_stands_beside_its_count_recounted(small_demo: sa.Engine) -> None:
    with reading(small_demo) as conn:
        rows = {row["figure"]: row for row in claims.claims(conn, OPERATOR, TODAY).iter_rows(named=True)}
        numbers = {
            figure: counted_of(row["metric"], ClaimScope(row["scope"]))(conn, OPERATOR, TODAY).number
            for figure, row in rows.items()
            if is_counted(row)
        }
        meals = "select count(*) * 1.0 / count(distinct served_on) from meal where void_at is null and served_on < :day"
        elders = meals.replace(
            "count(*)", "sum(case when band in ('60-69', '70-79', '80-89', '90+') then 1 else 0 end)"
        )
        day = {"day": TODAY.isoformat()}
        assert numbers["meals_a_day"] == pytest.approx(conn.scalar(sa.text(meals), day))
        assert numbers["elder_meals_a_day"] == pytest.approx(conn.scalar(sa.text(elders), day))
        settled = "select count(*) from dispute where closed_on is not null and outcome in ('agreement', 'oral')"
        assert numbers["disputes_settled"] == conn.scalar(sa.text(settled))
        assert numbers["opinions_collected"] == conn.scalar(sa.text("select count(*) from opinion"))
        assert first_days.first_day(conn, METRICS["disputes_settled"].subjects) is not None
    assert numbers["craft_workshops"] == 5
    assert {"people_served", "centre_area"}.isdisjoint(numbers)
