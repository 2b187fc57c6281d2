"""The working calendar: which minutes the office works, by the rule of each day."""

import csv
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from access import OPERATOR
from clock import SHANGHAI
from data_access.changes import raise_version
from data_access.frames import stands_on
from data_access.tables.rules import OfficeHours, Workday
from vocabulary.enums import Subject
from vocabulary.questions import Viewer

# 国务院办公厅's yearly notices 2004-2026, taken from the package chinesecalendar 1.11.0 (MIT); weekends are not listed.
# Of 2027 only the festivals of the law (全国年节及纪念日放假办法, 2024): its notice is not in the package.
SEED = Path(__file__).parent / "seeds" / "workdays.csv"
SEED_SOURCE = "chinesecalendar-1.11.0"
LAW_SOURCE, LAW_YEAR = "statutory", 2027
SATURDAY = 6
FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)
Window = tuple[int, int]


@dataclass(frozen=True)
class Hours:
    """Office hours on a weekday (Monday 1), in minutes of the day, from a day until a day."""

    weekday: int
    open_minute: int
    close_minute: int
    from_on: date
    to_on: date | None = None

    def hold_on(self, day: date) -> bool:
        return self.weekday == day.isoweekday() and self.from_on <= day and (self.to_on is None or day <= self.to_on)


SEED_HOURS = tuple(
    Hours(weekday, begin, end, date(2004, 1, 1))
    for weekday in range(1, SATURDAY)
    for begin, end in ((9 * 60, 12 * 60), (13 * 60 + 30, 17 * 60 + 30))
)


@dataclass(frozen=True)
class Calendar:
    """Which minutes the office works. `works` holds the days that differ from their weekday; a make-up day at the

    weekend keeps the hours of its Friday when it has none of its own.
    """

    works: Mapping[date, bool]
    hours: tuple[Hours, ...]
    _days: list[tuple[int, list[Window]]] = field(default_factory=list, compare=False, repr=False)

    def is_workday(self, day: date) -> bool:
        return self.works.get(day, day.isoweekday() < SATURDAY)

    def announced(self, year: int) -> bool:
        """Do we know this year's make-up workdays? Before the notice only the festivals of the law are free."""
        return any(works and day.year == year for day, works in self.works.items())

    def windows(self, day: date) -> list[Window]:
        """The opening hours of this day, in minutes of the day, in order; none on a day off."""
        if not self.is_workday(day):
            return []
        own = [hours for hours in self.hours if hours.hold_on(day)]
        if not own and day.isoweekday() >= SATURDAY:
            friday = day - timedelta(day.isoweekday() - SATURDAY + 1)
            own = [replace(hours, weekday=day.isoweekday()) for hours in self.hours if hours.hold_on(friday)]
        return sorted((hours.open_minute, hours.close_minute) for hours in own)

    def worked_minutes(self, since: datetime, until: datetime) -> int:
        """Whole office minutes from `since` (included) to `until` (not included); 0 when it is not after `since`."""
        return max(0, self._worked_before(until) - self._worked_before(since))

    def add_working_days(self, moment: datetime, days: int) -> datetime:
        """The closing time of the `days`-th working day after the day of `moment`; `days` is at least 1."""
        day = moment.astimezone(SHANGHAI).date()
        while days > 0:
            day += timedelta(1)
            days -= bool(self.windows(day))
        return _at(day, self.windows(day)[-1][1])

    def add_working_minutes(self, moment: datetime, minutes: int) -> datetime:
        """The first moment at which so many office minutes have passed since `moment`."""
        here = moment.astimezone(SHANGHAI)
        day, minute = here.date(), here.hour * 60 + here.minute
        while True:
            for opens, closes in self.windows(day):
                begun = max(opens, minute)
                if minutes <= closes - begun:
                    return _at(day, begun + minutes)
                minutes -= max(0, closes - begun)
            day, minute = day + timedelta(1), 0

    def _worked_before(self, moment: datetime) -> int:
        here = moment.astimezone(SHANGHAI)
        minute = here.hour * 60 + here.minute
        before, windows = self._day(here.date())
        return before + sum(min(minute, closes) - opens for opens, closes in windows if opens < minute)

    def _day(self, day: date) -> tuple[int, list[Window]]:
        """The office minutes since FIRST at this day's beginning, and its windows; days outside are like the ends."""
        wanted = min(max(day, FIRST), LAST).toordinal() - FIRST.toordinal()
        while len(self._days) <= wanted:
            before, windows = self._days[-1] if self._days else (0, [])
            done = before + sum(closes - opens for opens, closes in windows)
            self._days.append((done, self.windows(FIRST + timedelta(len(self._days)))))
        return self._days[wanted]


@stands_on(Subject.RULES)
def calendar(conn: sa.Connection, _viewer: Viewer) -> Calendar:
    """The office's calendar. An office that has set no hours works by the bundled ones."""
    days = {row.day: row.works for row in conn.execute(sa.select(Workday.day, Workday.works))}
    hours = conn.execute(
        sa.select(
            OfficeHours.weekday,
            OfficeHours.open_minute,
            OfficeHours.close_minute,
            OfficeHours.from_on,
            OfficeHours.to_on,
        )
    )
    found = tuple(Hours(*row) for row in hours)
    return Calendar(days, found) if found else Calendar({**bundled().works, **days}, SEED_HOURS)


_KEPT: WeakKeyDictionary[sa.Transaction, Calendar] = WeakKeyDictionary()


def calendar_in(conn: sa.Connection) -> Calendar:
    """The office's calendar, read once in a transaction: one act on many cases asks for it many times."""
    begun = conn.get_transaction()
    if begun is None:
        return calendar(conn, OPERATOR)
    if begun not in _KEPT:
        _KEPT[begun] = calendar(conn, OPERATOR)
    return _KEPT[begun]


def forget_in(conn: sa.Connection) -> None:
    """The calendar was changed in this transaction: who asks for it next reads it again."""
    begun = conn.get_transaction()
    if begun is not None:
        _KEPT.pop(begun, None)


def bundled() -> Calendar:
    """The calendar of the bundled holidays and hours."""
    return Calendar({day: works for day, works, _ in seed_days()}, SEED_HOURS)


def seed_days() -> list[tuple[date, bool, str]]:
    """The bundled days that differ from their weekday: day, whether it is worked, its festival."""
    with SEED.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        return [(date.fromisoformat(row["day"]), row["works"] == "1", row["name"]) for row in rows]


def seed(conn: sa.Connection) -> None:
    """Fills in the bundled days that the office does not have yet, and the hours when it has none at all."""
    known = set(conn.scalars(sa.select(Workday.day)))
    days = [
        {"day": day, "works": works, "name": name, "source": LAW_SOURCE if day.year >= LAW_YEAR else SEED_SOURCE}
        for day, works, name in seed_days()
        if day not in known
    ]
    if days:
        conn.execute(sa.insert(Workday), days)
    if conn.scalar(sa.select(OfficeHours.id).limit(1)) is None:
        conn.execute(sa.insert(OfficeHours), [asdict(hours) for hours in SEED_HOURS])
    raise_version(conn, Subject.RULES)


def _at(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(), SHANGHAI) + timedelta(minutes=minute)
