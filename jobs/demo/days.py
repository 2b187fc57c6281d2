"""The days of the demo: which are shown, which are festivals, and until which moment today has come."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

import clock
from data_access.workdays import seed_days

TODAY_UNTIL = time(9, 40)
SPRING_FESTIVAL = "春节"
CLOSED_DAYS = 4
DOUBLE_NINTH = {date(2024, 10, 11), date(2025, 10, 29), date(2026, 10, 18), date(2027, 10, 8), date(2028, 10, 26)}


@dataclass(frozen=True)
class Stretch:
    """The demo's days from `since` to `until`; rows are told up to the moment `cut`."""

    since: date
    until: date
    cut: datetime

    def each(self) -> list[date]:
        return [self.since + timedelta(n) for n in range((self.until - self.since).days + 1)]


def stretch(days: int) -> Stretch:
    """The last `days` days. Today is told until 09:40, or until now while it is earlier."""
    now = clock.now()
    today = now.date()
    cut = min(now, datetime.combine(today, TODAY_UNTIL, clock.SHANGHAI))
    return Stretch(today - timedelta(days - 1), today, cut)


def festival(day: date) -> str | None:
    """The festival whose days off this day belongs to, a weekend within or beside them too."""
    off, worked = _listed()
    if day in off:
        return off[day]
    if day.isoweekday() < 6 or day in worked:
        return None
    near = (day + timedelta(n) for n in (-2, -1, 1, 2))
    return next((off[other] for other in near if other in off), None)


def canteen_closed(day: date) -> bool:
    """The canteen rests for the first days of the Spring Festival."""
    return festival(day) == SPRING_FESTIVAL and festival(day - timedelta(CLOSED_DAYS)) != SPRING_FESTIVAL


@cache
def _listed() -> tuple[dict[date, str], set[date]]:
    days = seed_days()
    return {day: name for day, works, name in days if not works}, {day for day, works, _ in days if works}
