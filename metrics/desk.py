"""Figures of the case desk: punctuality, response, closure, repeats, follow-ups and whistles.

They are computed from `desk.timely`, `desk.follow_ups` and `desk.whistle_calls`; the frames may reach further than the
period.
"""

from collections.abc import Callable

import polars as pl

from metrics.figure import Better, Figure, Kind, Metric, Unit, rate
from vocabulary.enums import DONE_STATUSES, Subject
from vocabulary.questions import Op, Period, Rows, Where

DONE = tuple(status.value for status in DONE_STATUSES)


def on_time_rate(period: Period, timely: pl.DataFrame) -> Figure:
    """Finished by the due moment over due in the period and by now, unfinished ones included; dropped ones are not."""
    due = _in(period, timely, "due_on").filter("due")
    return rate(due.filter("in_time").height, due.height)


def response_rate(period: Period, timely: pl.DataFrame) -> Figure:
    """First spoken to within the limit over those whose limit for it ended in the period and by now."""
    due = _in(period, timely, "contact_due_on").filter("contact_due")
    return rate(due.filter("contact_in_time").height, due.height)


def closure_rate(period: Period, timely: pl.DataFrame) -> Figure:
    """Of those accepted in the period the ones finished by its end."""
    accepted = _in(period, timely, "accepted_on")
    closed = accepted.filter(pl.col("finished_on") <= period.until, pl.col("status").is_in(DONE))
    return rate(closed.height, accepted.height)


def due_soon(period: Period, timely: pl.DataFrame) -> Figure:
    """Open at the end of the period, due within the 24 hours after, and not overdue."""
    soon = _open(period, timely).filter(pl.col("soon_on") <= period.until)
    late = pl.col("overdue_on").is_null() | (pl.col("overdue_on") > period.until)
    return Figure(soon.filter(late).height)


def overdue(period: Period, timely: pl.DataFrame) -> Figure:
    """Open and past due at the end of the period, the severe ones included."""
    return Figure(_open(period, timely).filter(pl.col("overdue_on") <= period.until).height)


def severe(period: Period, timely: pl.DataFrame) -> Figure:
    """Open and past three times the limit at the end of the period."""
    return Figure(_open(period, timely).filter(pl.col("severe_on") <= period.until).height)


def repeat_rate(period: Period, timely: pl.DataFrame) -> Figure:
    """Received in the period and raised again within 30 days after the first was finished, over all received."""
    received = _in(period, timely, "received_on")
    return rate(received.filter("repeats").height, received.height)


def whistle_rate(period: Period, timely: pl.DataFrame) -> Figure:
    """Cases received in the period for which a whistle was blown, over all received."""
    received = _in(period, timely, "received_on")
    return rate(received.filter("whistled").height, received.height)


def resolution_rate(period: Period, follow_ups: pl.DataFrame) -> Figure:
    """Follow-ups in which the reporter calls it solved, over those that said something of it."""
    asked = _in(period, follow_ups, "called_on").filter("asked")
    return rate(asked.filter("is_solved").height, asked.height)


def satisfaction_rate(period: Period, follow_ups: pl.DataFrame) -> Figure:
    """The weights of the answers over the number of those who answered."""
    rated = _in(period, follow_ups, "called_on").filter("rated")
    return rate(float(rated["weight"].sum()), rated.height)


def attendance_rate(period: Period, calls: pl.DataFrame) -> Figure:
    """Units that came, in person or online, over those called in the period whose time to come is over."""
    called = _in(period, calls, "blown_on").filter("due")
    return rate(called.filter("came").height, called.height)


def arrival_rate(period: Period, calls: pl.DataFrame) -> Figure:
    """Units that came in time over those called in the period whose time to come is over."""
    called = _in(period, calls, "blown_on").filter("due")
    return rate(called.filter("in_time").height, called.height)


def hours_by_whistle(period: Period, timely: pl.DataFrame, categories: pl.DataFrame) -> pl.DataFrame:
    """category, whistled, cases, hours: median working hours of the cases finished in the period, for the categories

    that have both kinds; `categories` is category_id, category. Nothing here says that one comes from the other.
    """
    worked = finished_with_hours(period, timely, categories)
    found = worked.group_by("category", "whistled").agg(cases=pl.len().cast(pl.Int64), hours=pl.col("hours").median())
    both = found.group_by("category").len().filter(pl.col("len") > 1).select("category")
    return found.join(both, on="category", how="semi").sort("category", "whistled")


def finished_with_hours(period: Period, timely: pl.DataFrame, categories: pl.DataFrame) -> pl.DataFrame:
    """The rows behind `hours_by_whistle`, of all categories, with their `category` and working `hours`."""
    finished = _in(period, timely, "finished_on").filter(pl.col("status").is_in(DONE))
    worked = finished.join(categories, on="category_id", how="inner").drop_nulls("worked_minutes")
    return worked.with_columns(hours=pl.col("worked_minutes") / 60)


def _in(period: Period, frame: pl.DataFrame, column: str) -> pl.DataFrame:
    return frame.filter(pl.col(column).is_between(period.since, period.until))


def _open(period: Period, timely: pl.DataFrame) -> pl.DataFrame:
    still = pl.col("closed_on").is_null() | (pl.col("closed_on") > period.until)
    return timely.filter(pl.col("received_on") <= period.until, still)


def _true(column: str) -> Where:
    return Where(column, Op.IN, (True,))


def _during(column: str) -> Where:
    return Where(column, Op.IN_PERIOD)


_OPEN = (Where("received_on", Op.UNTIL_END), Where("closed_on", Op.AFTER_END_OR_NULL))
_BOTH = (Subject.CASES, Subject.RULES)


def _rate(
    key: str,
    source: str,
    figure: Callable[..., Figure],
    of: tuple[Where, ...],
    more: tuple[Where, ...],
    better: Better = Better.UP,
    column: str | None = None,
) -> Metric:
    subject = source.partition(".")[2]
    return Metric(
        key=key,
        kind=Kind.RATE,
        unit=Unit.PERCENT,
        better=better,
        subjects=_BOTH,
        sources=(source,),
        figure=figure,
        rows=Rows(subject, (*of, *more), column),
        of=Rows(subject, of),
        decimals=1,
        target_days=7,
    )


def _count(key: str, figure: Callable[..., Figure], *more: Where) -> Metric:
    return Metric(
        key=key,
        kind=Kind.COUNT,
        unit=Unit.CASES,
        better=Better.DOWN,
        subjects=_BOTH,
        sources=("desk.timely",),
        figure=figure,
        rows=Rows("timely", (*_OPEN, *more)),
    )


ON_TIME_RATE = _rate(
    "on_time_rate", "desk.timely", on_time_rate, (_during("due_on"), _true("due")), (_true("in_time"),)
)
RESPONSE_RATE = _rate(
    "response_rate",
    "desk.timely",
    response_rate,
    (_during("contact_due_on"), _true("contact_due")),
    (_true("contact_in_time"),),
)
CLOSURE_RATE = _rate(
    "closure_rate",
    "desk.timely",
    closure_rate,
    (_during("accepted_on"),),
    (Where("finished_on", Op.UNTIL_END), Where("status", Op.IN, DONE)),
)
DUE_SOON = _count("due_soon", due_soon, Where("soon_on", Op.UNTIL_END), Where("overdue_on", Op.AFTER_END_OR_NULL))
OVERDUE = _count("overdue", overdue, Where("overdue_on", Op.UNTIL_END))
SEVERE = _count("severe", severe, Where("severe_on", Op.UNTIL_END))
REPEAT_RATE = _rate(
    "repeat_rate", "desk.timely", repeat_rate, (_during("received_on"),), (_true("repeats"),), Better.DOWN
)
WHISTLE_RATE = _rate(
    "whistle_rate", "desk.timely", whistle_rate, (_during("received_on"),), (_true("whistled"),), Better.NONE
)
RESOLUTION_RATE = _rate(
    "resolution_rate",
    "desk.follow_ups",
    resolution_rate,
    (_during("called_on"), _true("asked")),
    (_true("is_solved"),),
)
SATISFACTION_RATE = _rate(
    "satisfaction_rate",
    "desk.follow_ups",
    satisfaction_rate,
    (_during("called_on"), _true("rated")),
    (),
    column="weight",
)
_CALLED = (_during("blown_on"), _true("due"))
ATTENDANCE_RATE = _rate("attendance_rate", "desk.whistle_calls", attendance_rate, _CALLED, (_true("came"),))
ARRIVAL_RATE = _rate("arrival_rate", "desk.whistle_calls", arrival_rate, _CALLED, (_true("in_time"),))
METRICS = (
    ON_TIME_RATE,
    RESPONSE_RATE,
    CLOSURE_RATE,
    DUE_SOON,
    OVERDUE,
    SEVERE,
    REPEAT_RATE,
    RESOLUTION_RATE,
    SATISFACTION_RATE,
    WHISTLE_RATE,
    ATTENDANCE_RATE,
    ARRIVAL_RATE,
)
