"""The frames of the canteen's page, read and worked out in one go, so that the page can keep them."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from data_access import evidence, festivals, meals, workdays
from data_access.engine import Connection
from data_access.frames import same_for_role, stands_on
from metrics.coverage import marked
from metrics.meals import SMALL, by_tier, coverage_by, elder_coverage
from metrics.overview import step_of, summed
from texts import language
from vocabulary.enums import ELDER_BANDS, Role, Subject
from vocabulary.questions import Filters, Period, Rows, Viewer

WEEKEND = 2
"""Days off within a festival that have no name of their own."""


@dataclass(frozen=True)
class Residents:
    """The community's residents of 60+ and the day of their newest count."""

    count: int
    counted_on: date | None


@dataclass(frozen=True)
class Reach:
    """Coverage by building (the best first) and by band (the youngest first), and the community's own rate.

    The rate is None without residents, and before a presenter where it would tell of one to four people.
    """

    buildings: pl.DataFrame
    bands: pl.DataFrame
    mean: float | None


@same_for_role
@stands_on(Subject.PLACES)
def residents(conn: Connection, viewer: Viewer, on: date) -> Residents:
    """How many there are on a day, by the newest counts up to it."""
    counts = meals.elders(conn, viewer, on)
    newest = counts["counted_on"].max()
    return Residents(int(counts["residents"].sum()), newest if isinstance(newest, date) else None)


@same_for_role
@stands_on(Subject.MEALS, Subject.PLACES)
def reach(conn: Connection, viewer: Viewer, period: Period) -> Reach:
    """Whom the canteen reached in the period; before a presenter small cells stay back."""
    visits = meals.diner_days(conn, viewer, period.since, period.until)
    counts = meals.elders_over(conn, viewer, period.since, period.until)
    public = viewer.role is Role.PRESENTER
    whole = elder_coverage(period, visits, counts)
    tells_of_few = public and 0 < (whole.numerator or 0) < SMALL
    mean = None if tells_of_few else whole.value
    buildings, bands = (
        marked(coverage_by(column, period, visits, counts), mean, public=public) for column in ("building", "band")
    )
    return Reach(buildings, bands.sort(pl.col("band").cast(pl.Enum([band.value for band in ELDER_BANDS]))), mean)


@same_for_role
@stands_on(Subject.MEALS)
def tiers(conn: Connection, viewer: Viewer, period: Period) -> pl.DataFrame:
    """The tiers that were used in the period, the most meals first: name, meals, discount_fen."""
    named = meals.tiers(conn, viewer).select(code="code", name=_said())
    used = by_tier(period, meals.daily(conn, viewer, period.since, period.until))
    both = used.join(named, left_on="tier", right_on="code", maintain_order="left")
    return both.select("name", "meals", "discount_fen")


@same_for_role
@stands_on(Subject.MEALS)
def counted(conn: Connection, viewer: Viewer, period: Period) -> pl.DataFrame:
    """Meals by meal, band (null: unknown) and tier (null: none) with its code: what a list's length is made of."""
    named = meals.tiers(conn, viewer).select(code="code", tier=_said())
    daily = meals.daily(conn, viewer, period.since, period.until).rename({"tier": "code"})
    return daily.join(named, on="code", how="left").group_by("meal", "band", "tier", "code").agg(pl.col("meals").sum())


@same_for_role
@stands_on(Subject.MEALS, Subject.RULES)
def days(conn: Connection, viewer: Viewer, period: Period) -> pl.DataFrame:
    """Meals by the steps of the chart: on, elderly, others, `off` (a day off), `festival` (its name, on its first day).

    Weeks and months are never off.
    """
    daily = meals.daily(conn, viewer, period.since, period.until).with_columns(
        others=pl.col("meals") - pl.col("elderly")
    )
    sums = summed(period, daily, "served_on", "elderly", "others")
    if step_of(period) != "day":
        return sums.with_columns(off=pl.lit(value=False), festival=pl.lit(None, pl.String))
    calendar = workdays.calendar(conn, viewer)
    named = festivals.named_days(conn, viewer, period.since, period.until).filter(~pl.col("works"))
    names = sums.join(named.select(on="day", name="name"), on="on", how="left", maintain_order="left")
    before = pl.col("name").shift().fill_null(strategy="forward", limit=WEEKEND)
    first = pl.col("name").is_not_null() & pl.col("name").ne_missing(before)
    return names.select(
        "on",
        "elderly",
        "others",
        off=pl.Series([not calendar.is_workday(day) for day in sums["on"]], dtype=pl.Boolean),
        festival=pl.when(first).then("name"),
    )


@same_for_role
@stands_on(Subject.MEALS, Subject.PLACES)
def rows_behind(
    conn: Connection, viewer: Viewer, rows: Rows, period: Period, first: int = 0, count: int | None = None
) -> pl.DataFrame:
    """The rows behind a chart, or of them `count` from the `first` on."""
    return evidence.behind(conn, viewer, rows, period, Filters(), first, count)


def _said() -> pl.Expr:
    """A tier's name in the reader's language, as `meals.behind` says it."""
    return pl.coalesce("name_en", "name") if language() == "en" else pl.col("name")
