"""Figures of the volunteers: hours, who is active, who came to the shifts, and what became of their clues.

They are computed from the frames of `data_access.volunteers`, which may reach further than the period. Only records
that a second person verified count.
"""

from datetime import timedelta

import polars as pl

from metrics.figure import Better, Figure, Kind, Metric, Unit, rate
from metrics.meals import of_people
from vocabulary.enums import Subject
from vocabulary.questions import Op, Period, Rows, Where
from vocabulary.volunteers import ServiceOutcome

ACTIVE_DAYS = 90
CAME = (ServiceOutcome.DONE.value,)
EXPECTED = (*CAME, ServiceOutcome.MISSED.value, ServiceOutcome.NO_SHOW.value)


def volunteer_hours(period: Period, hours: pl.DataFrame) -> Figure:
    """Hours of service done, each hour of a volunteer once."""
    return Figure(float(_in(period, hours, "day")["served_hours"].sum()))


def active_rate(period: Period, members: pl.DataFrame, served: pl.DataFrame) -> Figure:
    """Of those registered by the end, who served within the ninety days up to it; no rate below twenty."""
    registered = members.filter(pl.col("registered_on") <= period.until)
    recent = served.filter(pl.col("day").is_between(period.until - timedelta(ACTIVE_DAYS - 1), period.until))
    return of_people(registered.join(recent, on="volunteer_id", how="semi").height, registered.height)


def turnout_rate(period: Period, turnout: pl.DataFrame) -> Figure:
    """Records done over done, missed and no-show; who called off late is in neither."""
    expected = _in(period, turnout, "day").filter(pl.col("service_outcome").is_in(EXPECTED))
    return rate(expected.filter(pl.col("service_outcome").is_in(CAME)).height, expected.height)


def clues_became_cases(period: Period, clues: pl.DataFrame) -> Figure:
    """Of the clues reported in the period, those that became a case by its end."""
    reported = _in(period, clues, "reported_on")
    return rate(reported.filter(pl.col("became_on") <= period.until).height, reported.height)


def clues_resolved(period: Period, clues: pl.DataFrame) -> Figure:
    """Of the clues reported in the period that became cases by its end, those finished by its end."""
    became = _in(period, clues, "reported_on").filter(pl.col("became_on") <= period.until)
    return rate(became.filter(pl.col("finished_on") <= period.until).height, became.height)


def hours_by_month(period: Period, hours: pl.DataFrame) -> pl.DataFrame:
    """on (the first of each month), served_hours: months without any are there with 0."""
    months = pl.date_range(period.since.replace(day=1), period.until, "1mo", eager=True).alias("on").to_frame()
    summed = _in(period, hours, "day").group_by(on=pl.col("day").dt.truncate("1mo")).agg(pl.col("served_hours").sum())
    joined = months.join(summed, on="on", how="left", maintain_order="left")
    return joined.with_columns(pl.col("served_hours").fill_null(0))


def hours_by(column: str, period: Period, hours: pl.DataFrame) -> pl.DataFrame:
    """The column, served_hours; the most first."""
    summed = _in(period, hours, "day").group_by(column).agg(pl.col("served_hours").sum())
    return summed.sort("served_hours", column, descending=[True, False])


def clues_by_role(period: Period, clues: pl.DataFrame) -> pl.DataFrame:
    """volunteer_role, clues reported, became cases, resolved, each by the period's end; the most first."""
    became = pl.col("became_on") <= period.until
    counted = (
        _in(period, clues, "reported_on")
        .group_by("volunteer_role")
        .agg(
            pl.len().cast(pl.Int64).alias("clues"),
            became.sum().cast(pl.Int64).alias("became"),
            (became & (pl.col("finished_on") <= period.until)).sum().cast(pl.Int64).alias("resolved"),
        )
    )
    return counted.sort("clues", "volunteer_role", descending=[True, False])


def _in(period: Period, frame: pl.DataFrame, day: str) -> pl.DataFrame:
    return frame.filter(pl.col(day).is_between(period.since, period.until))


_IN = Where("day", Op.IN_PERIOD)
_REPORTED = (Where("reported_on", Op.IN_PERIOD),)
_BECAME = (*_REPORTED, Where("became_on", Op.UNTIL_END))
_REGISTERED = Where("registered_on", Op.UNTIL_END)

VOLUNTEER_HOURS = Metric(
    key="volunteer_hours",
    kind=Kind.COUNT,
    unit=Unit.SERVICE_HOURS,
    better=Better.UP,
    subjects=(Subject.VOLUNTEERS,),
    sources=("volunteer_hours.hours",),
    figure=volunteer_hours,
    rows=Rows("volunteer_hours", (_IN,), column="served_hours"),
    decimals=1,
)
ACTIVE_RATE = Metric(
    key="active_rate",
    kind=Kind.RATE,
    unit=Unit.PERCENT,
    better=Better.UP,
    subjects=(Subject.VOLUNTEERS,),
    sources=("volunteers.members", "volunteers.served_days"),
    figure=active_rate,
    rows=Rows("volunteers_registered", (_REGISTERED, Where("served_last_on", Op.GIVEN))),
    of=Rows("volunteers_registered", (_REGISTERED,)),
    of_people=True,
    decimals=1,
)
TURNOUT_RATE = Metric(
    key="turnout_rate",
    kind=Kind.RATE,
    unit=Unit.PERCENT,
    better=Better.UP,
    subjects=(Subject.VOLUNTEERS,),
    sources=("volunteers.turnout",),
    figure=turnout_rate,
    rows=Rows("volunteer_turnout", (_IN, Where("service_outcome", Op.IN, CAME))),
    of=Rows("volunteer_turnout", (_IN, Where("service_outcome", Op.IN, EXPECTED))),
    decimals=1,
)
CLUES_BECAME_CASES = Metric(
    key="clues_became_cases",
    kind=Kind.RATE,
    unit=Unit.PERCENT,
    better=Better.NONE,
    subjects=(Subject.VOLUNTEERS, Subject.CASES),
    sources=("volunteers.clues",),
    figure=clues_became_cases,
    rows=Rows("volunteer_clues", _BECAME),
    of=Rows("volunteer_clues", _REPORTED),
    decimals=1,
)
CLUES_RESOLVED = Metric(
    key="clues_resolved",
    kind=Kind.RATE,
    unit=Unit.PERCENT,
    better=Better.UP,
    subjects=(Subject.VOLUNTEERS, Subject.CASES),
    sources=("volunteers.clues",),
    figure=clues_resolved,
    rows=Rows("volunteer_clues", (*_BECAME, Where("finished_on", Op.UNTIL_END))),
    of=Rows("volunteer_clues", _BECAME),
    decimals=1,
)
METRICS = (VOLUNTEER_HOURS, ACTIVE_RATE, TURNOUT_RATE, CLUES_BECAME_CASES, CLUES_RESOLVED)
