"""Figures of the craft workshops: how many of the agreed days the stalls opened, and their customers.

They are computed from `stalls.agreed`: one row a stall and day that was agreed or opened; the frame may reach further
than the period.
"""

from datetime import date, timedelta

import polars as pl

from metrics.figure import Better, Figure, Kind, Metric, Unit, rate
from vocabulary.enums import PlaceStatus, Subject
from vocabulary.questions import Op, Period, Rows, Where


def stalls_open(period: Period, days: pl.DataFrame) -> Figure:
    """Agreed days on which the stall opened over agreed days."""
    promised = _within(period, days).filter("agreed")
    return rate(promised.filter("opened").height, promised.height)


def stall_customers(period: Period, days: pl.DataFrame) -> Figure:
    """Customers of all opened days, those that were not agreed too."""
    return Figure(int(_within(period, days)["customers"].sum()))


def by_stall(period: Period, days: pl.DataFrame) -> pl.DataFrame:
    """Per stall: days `agreed`, of these `opened`, their `rate` (null without any), and `customers` of all days."""
    return (
        _within(period, days)
        .group_by("place", "stall", "trade")
        .agg(
            pl.col("agreed").sum().cast(pl.Int64),
            (pl.col("opened") & pl.col("agreed")).sum().cast(pl.Int64).alias("opened"),
            pl.col("customers").sum(),
        )
        .with_columns(rate=pl.when(pl.col("agreed") > 0).then(pl.col("opened") / pl.col("agreed")))
        .sort("place", "stall")
    )


def ending(known: pl.DataFrame, today: date, within: int) -> pl.DataFrame:
    """The stalls not closed whose agreement ended or ends within so many days, the first to end first; `left` days."""
    left = (pl.col("agreement_to") - pl.lit(today)).dt.total_days().alias("left")
    here = known.filter(pl.col("status") != PlaceStatus.CLOSED.value).with_columns(left)
    return here.filter(pl.col("left") <= within).sort("left", "place", "stall")


def waived_so_far(rent_fen: int | None, begins: date | None, ends: date | None, today: date) -> int | None:
    """Rent waived in the full months of an agreement that are over, in fen; None where either is not told."""
    if rent_fen is None or begins is None:
        return None
    until = today if ends is None else min(today, ends + timedelta(1))
    months = (until.year - begins.year) * 12 + until.month - begins.month - (until.day < begins.day)
    return rent_fen * max(months, 0)


def _within(period: Period, days: pl.DataFrame) -> pl.DataFrame:
    return days.filter(pl.col("day").is_between(period.since, period.until))


_AGREED = Where("agreed", Op.IN, (True,))

STALLS_OPEN = Metric(
    key="stalls_open",
    kind=Kind.RATE,
    unit=Unit.PERCENT,
    better=Better.UP,
    subjects=(Subject.STALLS, Subject.PLACES),
    sources=("stalls.agreed",),
    figure=stalls_open,
    rows=Rows("stall_days_agreed", (_AGREED, Where("opened", Op.IN, (True,)))),
    of=Rows("stall_days_agreed", (_AGREED,)),
    decimals=1,
)
STALL_CUSTOMERS = Metric(
    key="stall_customers",
    kind=Kind.COUNT,
    unit=Unit.VISITS,
    better=Better.UP,
    subjects=(Subject.STALLS, Subject.PLACES),
    sources=("stalls.agreed",),
    figure=stall_customers,
    rows=Rows("stall_days_agreed", (Where("customers", Op.GIVEN),), column="customers"),
)
METRICS = (STALLS_OPEN, STALL_CUSTOMERS)
