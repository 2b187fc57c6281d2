"""The frames of the overview's charts, against adding up the rows one by one."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from data_access.engine import reading
from data_access.tables.cases import Case
from data_access.tables.meals import Meal
from data_access.tables.stalls import Stall, StallDay
from jobs import overview
from tests.conftest import NOON, make_viewer
from vocabulary.enums import ELDER_BANDS, OPEN_STATUSES, Role
from vocabulary.questions import Period, Span

TODAY = NOON.date()
FORTNIGHT = Period(TODAY - timedelta(13), TODAY)
PRESENTER = make_viewer(Role.PRESENTER)
pytestmark = pytest.mark.usefixtures("noon")


def test_meals_add_up_to_the_meals_that_were_sold(small_demo: sa.Engine) -> None:
    with reading(small_demo) as conn:
        frame = overview.meals_over_time(conn, PRESENTER, FORTNIGHT)
        sold = conn.execute(
            sa.select(Meal.band).where(Meal.served_on.between(FORTNIGHT.since, TODAY), Meal.void_at.is_(None))
        ).all()
    elderly = sum(row.band in ELDER_BANDS for row in sold)
    assert (frame["elderly"].sum(), frame["others"].sum()) == (elderly, len(sold) - elderly)
    assert frame["on"].to_list() == [FORTNIGHT.since + timedelta(n) for n in range(14)]


def test_open_cases_by_step_are_the_cases_that_are_open(small_demo: sa.Engine) -> None:
    with reading(small_demo) as conn:
        frame = overview.open_by_status(conn, PRESENTER, TODAY)
        statuses = conn.scalars(sa.select(Case.status).where(Case.received_on <= TODAY)).all()
    slow = {status.value: sum(each == status for each in statuses) for status in OPEN_STATUSES}
    assert dict(frame.select("status", "cases").iter_rows()) == slow


def test_customers_of_this_week_stand_beside_those_of_the_same_days_before(small_demo: sa.Engine) -> None:
    week = Period.running(Span.WEEK, TODAY)
    before = week.before()
    with reading(small_demo) as conn:
        frame = overview.customers(conn, PRESENTER, week)
        days = conn.execute(
            sa.select(Stall.number, StallDay.day, StallDay.customers).join(Stall, Stall.id == StallDay.stall_id)
        ).all()
    for stall, now, then in frame.select("stall", "customers", "before").iter_rows():
        mine = [row for row in days if row.number == stall]
        assert now == sum(row.customers or 0 for row in mine if week.since <= row.day <= week.until)
        assert then == sum(row.customers or 0 for row in mine if before.since <= row.day <= before.until)
    assert frame["customers"].to_list() == sorted(frame["customers"], reverse=True)


def test_a_period_before_the_first_stall_day_is_null_and_not_nought(small_demo: sa.Engine) -> None:
    with reading(small_demo) as conn:
        first = conn.scalar(sa.select(sa.func.min(StallDay.day)))
        assert first
        frame = overview.customers(conn, PRESENTER, Period(first, first))
    assert frame["customers"].sum() > 0
    assert frame["before"].null_count() == frame.height
