"""Figures of activities, from `activities.activities`, and of organisation life, from `activities.party_due`.

Attendance is told in person-times 人次: one person at two activities is two.
"""

import polars as pl

from metrics.figure import Better, Figure, Kind, Metric, Unit, rate
from vocabulary.activities import ActivityState
from vocabulary.enums import Subject
from vocabulary.questions import Op, Period, Rows, Where


def activities_held(period: Period, known: pl.DataFrame) -> Figure:
    """Activities held."""
    return Figure(held(period, known).height)


def person_times(period: Period, known: pl.DataFrame) -> Figure:
    """Who came to them, in person-times."""
    return Figure(int(held(period, known)["actual"].sum()))


def activity_attendance(period: Period, known: pl.DataFrame) -> Figure:
    """Who came over who was planned for, of the activities held."""
    over = held(period, known)
    return rate(int(over["actual"].sum()), int(over["planned"].sum()))


def party_held_rate(period: Period, due: pl.DataFrame) -> Figure:
    """Meetings of organisation life held by the period's end over those due in its months."""
    asked = due.filter(pl.col("month").is_between(period.since, period.until))
    return rate(asked.filter(pl.col("held_on") <= period.until).height, asked.height)


def held(period: Period, known: pl.DataFrame) -> pl.DataFrame:
    """The activities held in the period."""
    return known.filter(pl.col("day").is_between(period.since, period.until), state=ActivityState.HELD.value)


def summed(known: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """These columns, activities held, planned and actual person-times of those held; the most person-times first."""
    return (
        known.filter(state=ActivityState.HELD.value)
        .group_by(*columns)
        .agg(pl.len().cast(pl.Int64).alias("held"), pl.col("planned", "actual").sum())
        .sort("actual", *columns, descending=[True, *(False for _ in columns)], nulls_last=True)
    )


def party_by_branch(due: pl.DataFrame) -> pl.DataFrame:
    """month, branch_name, party_kind: due, held, person-times."""
    return (
        due.group_by("month", "branch_name", "party_kind", maintain_order=True)
        .agg(
            pl.len().cast(pl.Int64).alias("due"),
            pl.col("held_on").is_not_null().sum().cast(pl.Int64).alias("held"),
            pl.col("attended").sum(),
        )
        .sort("month", descending=True, maintain_order=True)
    )


_HELD = (Where("day", Op.IN_PERIOD), Where("activity_state", Op.IN, (ActivityState.HELD.value,)))
_DUE = Where("month", Op.IN_PERIOD)
_SUBJECTS = (Subject.ACTIVITIES, Subject.PLACES)

ACTIVITIES_HELD = Metric(
    key="activities_held",
    kind=Kind.COUNT,
    unit=Unit.SESSIONS,
    better=Better.UP,
    subjects=_SUBJECTS,
    sources=("activities.activities",),
    figure=activities_held,
    rows=Rows("activities", _HELD),
)
PERSON_TIMES = Metric(
    key="person_times",
    kind=Kind.COUNT,
    unit=Unit.VISITS,
    better=Better.UP,
    subjects=_SUBJECTS,
    sources=("activities.activities",),
    figure=person_times,
    rows=Rows("activities", _HELD, column="actual_times"),
)
ACTIVITY_ATTENDANCE = Metric(
    key="activity_attendance",
    kind=Kind.RATE,
    unit=Unit.PERCENT,
    better=Better.UP,
    subjects=_SUBJECTS,
    sources=("activities.activities",),
    figure=activity_attendance,
    rows=Rows("activities", _HELD, column="actual_times"),
    of=Rows("activities", _HELD, column="planned_times"),
    decimals=1,
)
PARTY_HELD_RATE = Metric(
    key="party_held_rate",
    kind=Kind.RATE,
    unit=Unit.PERCENT,
    better=Better.UP,
    subjects=_SUBJECTS,
    sources=("activities.party_due",),
    figure=party_held_rate,
    rows=Rows("party_due", (_DUE, Where("held_on", Op.UNTIL_END))),
    of=Rows("party_due", (_DUE,)),
    decimals=1,
)
METRICS = (ACTIVITIES_HELD, PERSON_TIMES, ACTIVITY_ATTENDANCE, PARTY_HELD_RATE)
