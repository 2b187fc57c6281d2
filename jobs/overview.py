"""The frames of the overview's charts, read and worked out in one go, so that a page can keep them."""

from datetime import date

import polars as pl

from data_access import cases, first_days, meals, stalls
from data_access.engine import Connection
from data_access.frames import by_the_minute, stands_on
from metrics import overview
from metrics.stalls import by_stall
from vocabulary.enums import Subject
from vocabulary.questions import Filters, Period, Viewer


@by_the_minute
@stands_on(Subject.MEALS)
def meal_days(conn: Connection, viewer: Viewer, period: Period) -> pl.DataFrame:
    """Meals of each day of the period that had any: served_on, meals, elderly; the newest first."""
    daily = meals.daily(conn, viewer, period.since, period.until)
    return daily.group_by("served_on").agg(pl.col("meals", "elderly").sum()).sort("served_on", descending=True)


@by_the_minute
@stands_on(Subject.MEALS)
def meals_over_time(conn: Connection, viewer: Viewer, period: Period) -> pl.DataFrame:
    """Meals by the steps of the chart: on, elderly, others."""
    sums = overview.summed(period, meal_days(conn, viewer, period), "served_on", "meals", "elderly")
    return sums.select("on", "elderly", others=pl.col("meals") - pl.col("elderly"))


@stands_on(Subject.CASES, Subject.PLACES)
def received_and_finished(conn: Connection, viewer: Viewer, period: Period) -> pl.DataFrame:
    """Cases by the steps of the chart: on, received, finished."""
    return overview.received_and_finished(period, cases.spans(conn, viewer, period.since, period.until, Filters()))


@stands_on(Subject.CASES, Subject.PLACES)
def open_by_status(conn: Connection, viewer: Viewer, today: date) -> pl.DataFrame:
    """The cases open today by the step they are at: status, cases, days."""
    return overview.open_by_status(today, cases.spans(conn, viewer, today, today, Filters()))


@by_the_minute
@stands_on(Subject.STALLS, Subject.PLACES)
def customers(conn: Connection, viewer: Viewer, period: Period) -> pl.DataFrame:
    """Customers of each stall in the period and the one before, the busiest first: stall, trade, customers, before.

    `before` is null throughout when the database does not know all those days.
    """
    before, known_since = period.before(), first_days.first_day(conn, (Subject.STALLS,))
    days = stalls.agreed(conn, viewer, before.since, period.until)
    keys = ["place", "stall", "trade"]
    now = by_stall(period, days).select(*keys, "customers")
    then = by_stall(before, days).select(*keys, before="customers")
    both = now.join(then, on=keys, how="full", coalesce=True).with_columns(pl.col("customers", "before").fill_null(0))
    ordered = both.sort("customers", "before", "stall", descending=[True, True, False])
    if known_since and known_since <= before.since:
        return ordered
    return ordered.with_columns(before=pl.lit(None, dtype=ordered.schema["before"]))
