"""Figures of the canteen: meals, the share of elders, and how many of the community's elders it reaches.

They are computed from `meals.daily` (meals by day, meal, tier and band), `meals.diner_days` (one row a diner of 60+
and day) and `meals.elders` (every count of residents of 60+ by building and band); the frames may reach further than
the period.
"""

from datetime import date

import polars as pl

from metrics.figure import Better, Figure, Kind, Metric, Unit, rate
from vocabulary.enums import ELDER_BANDS, Subject
from vocabulary.questions import Op, Period, Rows, Where

FEW = 20
SMALL = 5
ELDER = tuple(band.value for band in ELDER_BANDS)


def meals_served(period: Period, daily: pl.DataFrame) -> Figure:
    """Meals in the period, void ones left out."""
    return Figure(_sum(_within(period, daily), "meals"))


def meals_a_day(period: Period, daily: pl.DataFrame) -> Figure:
    """Meals over serving days. Today is not over and counts only when it is all that was asked for."""
    over = _within(period, daily)
    if period.days > 1:
        over = over.filter(~pl.col("running"))
    return rate(_sum(over, "meals"), over["served_on"].n_unique())


def elder_meals_a_day(period: Period, daily: pl.DataFrame) -> Figure:
    """Meals of elders over serving days; today as in `meals_a_day`."""
    over = _within(period, daily)
    if period.days > 1:
        over = over.filter(~pl.col("running"))
    return rate(_sum(over, "elderly"), over["served_on"].n_unique())


def elder_share(period: Period, daily: pl.DataFrame) -> Figure:
    """Meals of elders over all meals."""
    served = _within(period, daily)
    return rate(_sum(served, "elderly"), _sum(served, "meals"))


def elders_served(period: Period, visits: pl.DataFrame) -> Figure:
    """Distinct diners of 60+ in the period, residents of the community or not."""
    return Figure(served(period, visits).height)


def elder_coverage(period: Period, visits: pl.DataFrame, counts: pl.DataFrame, k: int = 1) -> Figure:
    """Distinct residents of 60+ served on at least k days over all of them. No rate below twenty residents."""
    reached = served(period, visits, k).filter("resident").height
    return of_people(reached, _sum(elders_on(counts, period.until), "residents"))


def coverage_by(column: str, period: Period, visits: pl.DataFrame, counts: pl.DataFrame, k: int = 1) -> pl.DataFrame:
    """Coverage by building, grid or band: the column, `served`, `residents`, `rate` (null below twenty residents).

    Residents only, each where they lived, and in the band they had, on their last day in the period; whoever has no
    known building or grid stands in no row.
    """
    reached = served(period, visits, k).filter("resident").group_by(column).agg(served=pl.len().cast(pl.Int64))
    living = elders_on(counts, period.until).group_by(column).agg(pl.col("residents").sum())
    return (
        living.drop_nulls(column)
        .join(reached, on=column, how="left", maintain_order="left")
        .select(
            column,
            pl.col("served").fill_null(0),
            "residents",
            rate=pl.when(pl.col("residents") >= FEW).then(pl.col("served").fill_null(0) / pl.col("residents")),
        )
        .sort("rate", column, descending=[True, False], nulls_last=True)
    )


def by_tier(period: Period, daily: pl.DataFrame) -> pl.DataFrame:
    """Meals and money by tier code, the most meals first; meals without a tier are left out."""
    return (
        _within(period, daily)
        .drop_nulls("tier")
        .group_by("tier")
        .agg(pl.col("meals", "list_fen", "discount_fen", "paid_fen").sum())
        .sort("meals", "tier", descending=[True, False])
    )


def served(period: Period, visits: pl.DataFrame, k: int = 1) -> pl.DataFrame:
    """The distinct diners of 60+ who ate on at least k days of the period, as they were on the last of these days."""
    return (
        _within(period, visits)
        .sort("served_on", "building", "band")
        .group_by("diner_id")
        .agg(pl.col("building", "grid", "band", "resident").last(), days=pl.col("served_on").n_unique())
        .filter(pl.col("days") >= k)
    )


def elders_on(counts: pl.DataFrame, day: date) -> pl.DataFrame:
    """The residents of 60+ that hold on a day: the newest count of each building and band up to it."""
    known = counts.filter(pl.col("counted_on") <= day).sort("counted_on", maintain_order=True)
    return known.unique(["building", "band"], keep="last", maintain_order=True)


def published(coverage: pl.DataFrame) -> pl.DataFrame:
    """`coverage_by` as a presenter may see it: `served` and `rate` are null where 1 to 4 people stand behind,

    and when that is a single row, in the smallest other one too, so that no total gives it away.
    """
    small = pl.col("served").is_between(1, SMALL - 1)
    hidden = coverage.select(small).to_series()
    if hidden.sum() == 1:
        others = coverage.with_row_index().filter(~small, pl.col("served") > 0).sort("served", "index")
        second = others["index"].head(1)
        hidden = hidden | pl.Series(range(coverage.height)).is_in(second.implode())
    shown = pl.when(~pl.lit(hidden))
    return coverage.with_columns(shown.then("served").alias("served"), shown.then("rate").alias("rate"))


def of_people(numerator: float, denominator: float) -> Figure:
    """A rate of people: n and N always, but no rate below twenty."""
    whole = rate(numerator, denominator)
    return whole if denominator >= FEW else Figure(None, whole.numerator, whole.denominator)


def _within(period: Period, frame: pl.DataFrame) -> pl.DataFrame:
    return frame.filter(pl.col("served_on").is_between(period.since, period.until))


def _sum(frame: pl.DataFrame, column: str) -> int:
    return int(frame[column].sum())


_SOLD = (Where("served_on", Op.IN_PERIOD), Where("void", Op.NULL))

MEALS_A_DAY = Metric(
    key="meals_a_day",
    kind=Kind.MEAN,
    unit=Unit.VISITS,
    better=Better.UP,
    subjects=(Subject.MEALS,),
    sources=("meals.daily",),
    figure=meals_a_day,
    rows=Rows("meals_of_serving_days"),
    of=Rows("serving_days"),
)
ELDER_MEALS_A_DAY = Metric(
    key="elder_meals_a_day",
    kind=Kind.MEAN,
    unit=Unit.VISITS,
    better=Better.UP,
    subjects=(Subject.MEALS,),
    sources=("meals.daily",),
    figure=elder_meals_a_day,
    rows=Rows("meals_of_serving_days", (Where("band", Op.IN, ELDER),)),
    of=Rows("serving_days"),
)
MEALS_SERVED = Metric(
    key="meals_served",
    kind=Kind.COUNT,
    unit=Unit.VISITS,
    better=Better.UP,
    subjects=(Subject.MEALS,),
    sources=("meals.daily",),
    figure=meals_served,
    rows=Rows("meals", _SOLD),
)
ELDER_SHARE = Metric(
    key="elder_share",
    kind=Kind.RATE,
    unit=Unit.PERCENT,
    better=Better.UP,
    subjects=(Subject.MEALS,),
    sources=("meals.daily",),
    figure=elder_share,
    rows=Rows("meals", (*_SOLD, Where("band", Op.IN, ELDER))),
    of=Rows("meals", _SOLD),
    decimals=1,
)
ELDERS_SERVED = Metric(
    key="elders_served",
    kind=Kind.COUNT,
    unit=Unit.PEOPLE,
    better=Better.UP,
    subjects=(Subject.MEALS, Subject.PLACES),
    sources=("meals.diner_days",),
    figure=elders_served,
    rows=Rows("served_elders"),
)
ELDER_COVERAGE = Metric(
    key="elder_coverage",
    kind=Kind.RATE,
    unit=Unit.PERCENT,
    better=Better.UP,
    subjects=(Subject.MEALS, Subject.PLACES),
    sources=("meals.diner_days", "meals.elders"),
    figure=elder_coverage,
    rows=Rows("served_elders", (Where("resident", Op.IN, (True,)),)),
    of=Rows("resident_elders", column="residents"),
    of_people=True,
    decimals=1,
    target_days=21,
)
METRICS = (MEALS_A_DAY, ELDER_MEALS_A_DAY, MEALS_SERVED, ELDER_SHARE, ELDERS_SERVED, ELDER_COVERAGE)
