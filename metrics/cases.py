"""Figures of cases: received, open, finished, time to finish.

They are computed from `cases.spans`: one row a case with received_on, finished_on, closed_on (the day it was finished
or dropped), status and worked_minutes.
"""

from dataclasses import replace

import polars as pl

from metrics.figure import Better, Figure, Kind, Metric, Unit, ninetieth
from vocabulary.enums import DONE_STATUSES, Subject
from vocabulary.questions import Op, Period, Rows, Where

DONE = tuple(status.value for status in DONE_STATUSES)


def received(period: Period, spans: pl.DataFrame) -> Figure:
    """Cases received in the period."""
    return Figure(spans.filter(_in(period, "received_on")).height)


def open_at_end(period: Period, spans: pl.DataFrame) -> Figure:
    """Cases received by the period's last day and neither finished nor dropped on it or before."""
    still = pl.col("closed_on").is_null() | (pl.col("closed_on") > period.until)
    return Figure(spans.filter(pl.col("received_on") <= period.until, still).height)


def finished(period: Period, spans: pl.DataFrame) -> Figure:
    """Cases finished in the period; those withdrawn, rejected or merged are not among them."""
    return Figure(_finished(period, spans).height)


def hours_to_finish(period: Period, spans: pl.DataFrame) -> Figure:
    """Median working hours from receipt to finish of the cases finished in the period; the denominator is their n."""
    minutes = _finished(period, spans)["worked_minutes"].drop_nulls()
    median = minutes.median()
    value = float(median) / 60 if isinstance(median, int | float) else None
    return Figure(value, None, minutes.len())


def hours_to_finish_p90(period: Period, spans: pl.DataFrame) -> Figure:
    """Working hours within which nine of ten of the cases finished in the period were; the denominator is their n."""
    minutes = _finished(period, spans)["worked_minutes"].drop_nulls()
    most = ninetieth(minutes)
    return Figure(None if most is None else most / 60, None, minutes.len())


def _finished(period: Period, spans: pl.DataFrame) -> pl.DataFrame:
    return spans.filter(_in(period, "finished_on"), pl.col("status").is_in(DONE))


def _in(period: Period, column: str) -> pl.Expr:
    return pl.col(column).is_between(period.since, period.until)


_FINISHED = (Where("finished_on", Op.IN_PERIOD), Where("status", Op.IN, DONE))

RECEIVED = Metric(
    key="received",
    kind=Kind.COUNT,
    unit=Unit.CASES,
    better=Better.NONE,
    subjects=(Subject.CASES,),
    sources=("cases.spans",),
    figure=received,
    rows=Rows("cases", (Where("received_on", Op.IN_PERIOD),)),
)
OPEN = Metric(
    key="open",
    kind=Kind.COUNT,
    unit=Unit.CASES,
    better=Better.DOWN,
    subjects=(Subject.CASES,),
    sources=("cases.spans",),
    figure=open_at_end,
    rows=Rows("cases", (Where("received_on", Op.UNTIL_END), Where("closed_on", Op.AFTER_END_OR_NULL))),
)
FINISHED = Metric(
    key="finished",
    kind=Kind.COUNT,
    unit=Unit.CASES,
    better=Better.UP,
    subjects=(Subject.CASES,),
    sources=("cases.spans",),
    figure=finished,
    rows=Rows("cases", _FINISHED),
)
HOURS_TO_FINISH = Metric(
    key="hours_to_finish",
    kind=Kind.MEDIAN,
    unit=Unit.HOURS,
    better=Better.DOWN,
    subjects=(Subject.CASES,),
    sources=("cases.spans",),
    figure=hours_to_finish,
    rows=Rows("cases", (*_FINISHED, Where("worked_minutes", Op.GIVEN)), column="worked_hours"),
    decimals=1,
)
HOURS_TO_FINISH_P90 = replace(HOURS_TO_FINISH, key="hours_to_finish_p90", kind=Kind.P90, figure=hours_to_finish_p90)
METRICS = (RECEIVED, OPEN, FINISHED, HOURS_TO_FINISH, HOURS_TO_FINISH_P90)
