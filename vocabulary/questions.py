"""The frozen values that ask: who looks, at which days, at which rows. Hashable, so they key the cache."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from vocabulary.cases import Show
from vocabulary.enums import Feed, Role
from vocabulary.refusals import NotPossible


class Span(StrEnum):
    """The kinds of period a reader can choose."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    ALL = "all"
    CHOSEN = "chosen"


@dataclass(frozen=True)
class Viewer:
    """Who looks: an account with its role and what it may see of it."""

    account_id: int
    name: str
    role: Role
    grids: tuple[int, ...] = ()
    unit_id: int | None = None
    feed: Feed | None = None


@dataclass(frozen=True)
class Period:
    """Days from `since` to `until`, both included. NotPossible when it ends before it begins."""

    since: date
    until: date
    span: Span = Span.CHOSEN

    def __post_init__(self) -> None:
        if self.until < self.since:
            raise NotPossible("words.period_backwards", since=self.since, until=self.until)

    @classmethod
    def running(cls, span: Span, today: date, first: date | None = None) -> "Period":
        """The period of this kind that `today` is in, so far: from its first day to today; ALL begins on `first`."""
        first = {
            Span.TODAY: today,
            Span.WEEK: today - timedelta(days=today.weekday()),
            Span.MONTH: today.replace(day=1),
            Span.QUARTER: today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1),
            Span.YEAR: today.replace(month=1, day=1),
            Span.ALL: min(first or today, today),
        }[span]
        return cls(first, today, span)

    @property
    def days(self) -> int:
        return (self.until - self.since).days + 1

    def before(self) -> "Period":
        """The same number of days of the period before: last week's Monday and Tuesday for this week's.

        A month shorter than that number ends with its own last day.
        """
        if months := _MONTHS.get(self.span):
            first = _months_back(self.since, months)
            return replace(self, since=first, until=min(first + timedelta(self.days - 1), self.since - timedelta(1)))
        back = timedelta(7) if self.span is Span.WEEK else timedelta(self.days)
        return replace(self, since=self.since - back, until=self.until - back)

    def year_before(self) -> "Period":
        """The same days a year earlier (29 February becomes the 28th)."""
        return replace(self, since=_months_back(self.since, 12), until=_months_back(self.until, 12))


_MONTHS = {Span.MONTH: 1, Span.QUARTER: 3, Span.YEAR: 12}


def _months_back(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class Filters:
    """What the reader narrowed the cases to; an empty tuple or text means "all".

    `categories` are paths of one to three levels; `grids` are grid codes, `buildings` numbers; "" (the path ("",)) is
    what has none; `units` are codes of lead units. `batch` is an import batch; `show` is for lists of cases, None being
    what the period received; `listed` is a list to look at by its name: today.overdue, watch.silent. The
    same value drives cards, map, list, export and address.
    """

    period: Period | None = None
    text: str = ""
    statuses: tuple[str, ...] = ()
    categories: tuple[tuple[str, ...], ...] = ()
    channels: tuple[str, ...] = ()
    grids: tuple[str, ...] = ()
    urgencies: tuple[str, ...] = ()
    buildings: tuple[str, ...] = ()
    batch: int | None = None
    show: Show | None = None
    types: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    punctualities: tuple[str, ...] = ()
    listed: str = ""


class Op(StrEnum):
    """How a condition on a row compares."""

    IN_PERIOD = "in_period"
    UNTIL_END = "until_end"
    AFTER_END_OR_NULL = "after_end_or_null"
    IN = "in"
    NOT_IN = "not_in"
    GIVEN = "given"
    NULL = "null"


@dataclass(frozen=True)
class Where:
    """One condition on a column of a subject's rows; the period comes with the question."""

    column: str
    op: Op
    values: tuple[str | int | bool, ...] = ()


@dataclass(frozen=True)
class Rows:
    """The rows behind a figure: a subject of `data_access.evidence` and the conditions its rows meet.

    `column` is the one that is summed, or of which the median is taken; None when the rows are counted.
    """

    subject: str
    where: tuple[Where, ...] = ()
    column: str | None = None
