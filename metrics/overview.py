"""The frames behind the overview's charts: what came and went by day, and where the open cases stand."""

from datetime import date, timedelta
from typing import Literal

import polars as pl

from vocabulary.enums import DONE_STATUSES, OPEN_STATUSES
from vocabulary.questions import Period

Step = Literal["day", "week", "month"]
TRUNCATED: dict[Step, str] = {"day": "1d", "week": "1w", "month": "1mo"}
DAYS_AT_MOST = 92
WEEKS_AT_MOST = 92 * 7
DONE = [status.value for status in DONE_STATUSES]


def window(period: Period, days: int) -> Period:
    """The days a chart shows: the period, and as many before it as make `days` for a shorter one."""
    since = min(period.since, period.until - timedelta(days - 1))
    return Period(since, period.until)


def step_of(period: Period) -> Step:
    """How wide a chart's steps are, so that they stay readable: days, weeks or months."""
    if period.days <= DAYS_AT_MOST:
        return "day"
    return "week" if period.days <= WEEKS_AT_MOST else "month"


def received_and_finished(period: Period, spans: pl.DataFrame) -> pl.DataFrame:
    """Cases received and finished by step: on (its first day), received, finished; a step without any has zeros."""
    received = _counted(spans, "received_on", period, "received")
    finished = _counted(spans.filter(pl.col("status").is_in(DONE)), "finished_on", period, "finished")
    steps = _steps(period).join(received, on="on", how="left").join(finished, on="on", how="left")
    return steps.with_columns(pl.col("received", "finished").fill_null(0)).sort("on")


def open_by_status(on: date, spans: pl.DataFrame) -> pl.DataFrame:
    """Cases open on the day `on` by the step they are at: status, cases, days (of the one that waits longest).

    Every step is there, in the order a case takes them. The status is the present one: ask for today.
    """
    still = pl.col("closed_on").is_null() | (pl.col("closed_on") > on)
    counted = (
        spans.filter(pl.col("received_on") <= on, still)
        .group_by("status")
        .agg(cases=pl.len().cast(pl.Int64), days=(pl.lit(on) - pl.col("received_on").min()).dt.total_days())
    )
    steps = pl.DataFrame({"status": [status.value for status in OPEN_STATUSES]})
    return steps.join(counted, on="status", how="left", maintain_order="left").with_columns(
        pl.col("cases").fill_null(0)
    )


def summed(period: Period, daily: pl.DataFrame, day: str, *columns: str) -> pl.DataFrame:
    """The sums of columns of a daily frame by step: on, then the columns; a step without a row has zeros."""
    inside = daily.filter(pl.col(day).is_between(period.since, period.until))
    sums = inside.group_by(_step(day, period)).agg(pl.col(column).sum().cast(pl.Int64) for column in columns)
    return _steps(period).join(sums, on="on", how="left").with_columns(pl.col(columns).fill_null(0)).sort("on")


def _counted(spans: pl.DataFrame, day: str, period: Period, name: str) -> pl.DataFrame:
    inside = spans.filter(pl.col(day).is_between(period.since, period.until))
    return inside.group_by(_step(day, period)).agg(pl.len().cast(pl.Int64).alias(name))


def _step(day: str, period: Period) -> pl.Expr:
    return pl.col(day).dt.truncate(TRUNCATED[step_of(period)]).alias("on")


def _steps(period: Period) -> pl.DataFrame:
    days = pl.DataFrame({"on": pl.date_range(period.since, period.until, eager=True)})
    return days.select(pl.col("on").dt.truncate(TRUNCATED[step_of(period)])).unique()
