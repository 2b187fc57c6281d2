"""Figures of the red steward: whistle meetings, and urgent problems solved."""

import polars as pl

from metrics.figure import Better, Figure, Kind, Metric, Unit
from vocabulary.enums import Subject
from vocabulary.questions import Period, Rows


def whistle_meetings(period: Period, meetings: pl.DataFrame) -> Figure:
    """Whistles blown in the period."""
    return Figure(meetings.filter(pl.col("blown_on").is_between(period.since, period.until)).height)


def urgent_solved(period: Period, urgent: pl.DataFrame) -> Figure:
    """Emergency and urgent cases finished as solved in the period."""
    return Figure(urgent.filter(pl.col("finished_on").is_between(period.since, period.until)).height)


WHISTLE_MEETINGS = Metric(
    key="whistle_meetings",
    kind=Kind.COUNT,
    unit=Unit.SESSIONS,
    better=Better.NONE,
    subjects=(Subject.CASES,),
    sources=("steward.meetings",),
    figure=whistle_meetings,
    rows=Rows("whistle_meetings"),
)
URGENT_SOLVED = Metric(
    key="urgent_solved",
    kind=Kind.COUNT,
    unit=Unit.CASES,
    better=Better.UP,
    subjects=(Subject.CASES,),
    sources=("steward.urgent",),
    figure=urgent_solved,
    rows=Rows("urgent_solved"),
)
METRICS = (WHISTLE_MEETINGS, URGENT_SOLVED)
