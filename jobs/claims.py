"""Published figures beside what the database counts over the same scope: the difference, and why the two differ."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

import access
from data_access import first_days
from data_access.engine import Connection
from data_access.frames import by_the_minute, same_for_role, stands_on
from jobs.figures import SOURCES, figure
from metrics.catalogue import METRICS
from metrics.figure import NO_FIGURE, Figure, Kind, Metric
from vocabulary.claims import ClaimScope, Qualifier
from vocabulary.questions import Filters, Period, Span, Viewer

FULL_DAYS = 30


@dataclass(frozen=True)
class Counted:
    """What was counted: over which period, since which day the database knows, over how many days for "a day"."""

    number: float | None
    figure: Figure
    period: Period
    first: date | None
    days: int | None = None


class Verdict(StrEnum):
    """How the counted number stands to the published one."""

    NOT_COUNTED = "not_counted"
    NO_ROWS = "no_rows"
    EQUAL = "equal"
    WITHIN = "within"
    MORE = "more"
    LESS = "less"


@dataclass(frozen=True)
class Beside:
    """The difference: counted less published (the near end of a range), 0 within a range; None without a count."""

    verdict: Verdict
    difference: float | None = None
    share: float | None = None


@dataclass(frozen=True)
class Why:
    """A reason that follows from the data: the key of a sentence and what fills it."""

    key: str
    values: tuple[tuple[str, Any], ...] = ()


Row = dict[str, Any]


@cache
def counted_of(key: str, scope: ClaimScope) -> Callable[..., Counted]:
    """What a metric counts over a claim's scope as of `today`, of all rows whoever looks: a number tells of no row."""
    metric = METRICS[key]

    def read(conn: Connection, _viewer: Viewer, today: date) -> Counted:
        first = first_days.first_day(conn, metric.subjects)
        period = period_of(scope, today, first)
        found = figure(conn, access.OPERATOR, key, period, Filters())
        number, days = _number(metric, scope, found, period, first)
        return Counted(number, found, period, first, days)

    marked = same_for_role(stands_on(*metric.subjects)(read))
    ages = any(getattr(SOURCES[name].read, "ages", False) for name in metric.sources)
    return by_the_minute(marked) if ages else marked


def period_of(scope: ClaimScope, today: date, first: date | None) -> Period:
    """Everything counted so far, the last 30 days that are over, or today."""
    if scope is ClaimScope.SO_FAR:
        return Period.running(Span.ALL, today, first)
    if scope is ClaimScope.A_DAY:
        return Period(today - timedelta(FULL_DAYS), today - timedelta(1))
    return Period(today, today)


def _number(
    metric: Metric, scope: ClaimScope, found: Figure, period: Period, first: date | None
) -> tuple[float | None, int | None]:
    """The number to set beside the claim, and over how many days it is taken for "a day"."""
    if metric.kind is Kind.MEAN:
        return found.value, int(found.denominator or 0)
    counted = found.numerator if metric.kind is Kind.RATE else found.value
    if scope is not ClaimScope.A_DAY:
        return counted, None
    days = (period.until - max(period.since, first)).days + 1 if first else 0
    return (counted / days if counted is not None and days > 0 else None), max(days, 0)


def is_counted(claim: Row) -> bool:
    """Is there a metric for this claim?"""
    return claim["metric"] in METRICS


def beside(claim: Row, counted: Counted | None) -> Beside:
    """How the two stand to each other. They are compared, never added."""
    if counted is None:
        return Beside(Verdict.NOT_COUNTED)
    if not _has_rows(counted):
        return Beside(Verdict.NO_ROWS)
    number, low = counted.number or 0.0, claim["value"]
    high = claim["high"] if claim["qualifier"] == Qualifier.BETWEEN else low
    if low < high and low <= number <= high:
        return Beside(Verdict.WITHIN, 0.0)
    near = high if number > high else low
    difference = number - near
    verdict = Verdict.EQUAL if abs(difference) < 0.5 else Verdict.MORE if difference > 0 else Verdict.LESS
    return Beside(verdict, difference, number / near if near else None)


def why(claim: Row, counted: Counted | None, today: date) -> tuple[Why, ...]:
    """The reasons that follow from what is known of both; none is guessed."""
    if counted is None or not _has_rows(counted):
        return ()
    match ClaimScope(claim["scope"]):
        case ClaimScope.SO_FAR:
            return (_since(counted, today), _published(claim, counted, today))
        case ClaimScope.A_DAY:
            days = (("since", counted.period.since), ("until", counted.period.until), ("days", counted.days))
            return (Why("a_day", days), _dated(claim))
        case ClaimScope.STANDING:
            return (Why("standing"), _dated(claim))


def _has_rows(counted: Counted) -> bool:
    """A count of nought over a time without a first day is no count."""
    return counted.number is not None and (counted.figure != NO_FIGURE) and not _before_the_first_row(counted)


def _before_the_first_row(counted: Counted) -> bool:
    return counted.period.span is Span.ALL and counted.first is None


def _since(counted: Counted, today: date) -> Why:
    first = counted.first or today
    return Why("since", (("first", first), ("days", (today - first).days + 1)))


def _published(claim: Row, counted: Counted, today: date) -> Why:
    on, first = claim["published_on"], counted.first or today
    if on is None:
        return Why("undated")
    if on < first:
        return Why("apart", (("on", on), ("first", first)))
    return Why("after", (("on", on), ("days", (today - on).days)))


def _dated(claim: Row) -> Why:
    on = claim["published_on"]
    return Why("undated_day") if on is None else Why("dated", (("on", on),))
