"""The limits that hold for a case by the office's rules, and the moments that they end at."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from clock import SHANGHAI
from data_access.workdays import Calendar

SEVERE = 3


class LimitUnit(StrEnum):
    HOURS = "hours"
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"


@dataclass(frozen=True)
class Limit:
    amount: int
    unit: LimitUnit


class Kind(StrEnum):
    FINISH = "finish"
    CONTACT = "contact"
    SIGN = "sign"
    NOTE = "note"


_DAYS: dict[str | None, Limit] = {
    "emergency": Limit(24, LimitUnit.HOURS),
    "urgent": Limit(3, LimitUnit.WORKING_DAYS),
    "complex": Limit(15, LimitUnit.WORKING_DAYS),
}
_OTHERS = {
    Kind.FINISH: Limit(5, LimitUnit.WORKING_DAYS),
    Kind.CONTACT: Limit(1, LimitUnit.WORKING_DAYS),
    Kind.SIGN: Limit(4, LimitUnit.WORKING_HOURS),
    Kind.NOTE: Limit(3, LimitUnit.WORKING_DAYS),
}


def limit_for(conn: sa.Connection, kind: Kind, case_type: str | None, urgency: str | None, day: date) -> Limit | None:
    del conn, case_type, day
    return _DAYS.get(urgency, _OTHERS[kind]) if kind is Kind.FINISH else _OTHERS[kind]


def end(calendar: Calendar, since: datetime, limit: Limit, times: int = 1) -> datetime:
    """When so many times this limit ends that runs from `since`."""
    amount = limit.amount * times
    match limit.unit:
        case LimitUnit.HOURS:
            return since + timedelta(hours=amount)
        case LimitUnit.WORKING_HOURS:
            return calendar.add_working_minutes(since, amount * 60)
        case LimitUnit.WORKING_DAYS:
            return calendar.add_working_days(since, amount)


def closing(calendar: Calendar, day: date) -> datetime:
    """When the office closes on this day; the end of the day when it does not work."""
    windows = calendar.windows(day)
    minute = windows[-1][1] if windows else 24 * 60
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI) + timedelta(minutes=minute)


def after(conn: sa.Connection, calendar: Calendar, kind: Kind, case: Any, since: datetime) -> datetime | None:
    """When the limit of this kind ends for a case, from `since`; None without such a rule."""
    limit = limit_for(conn, kind, case["type"], case["urgency"], since.astimezone(SHANGHAI).date())
    return end(calendar, since, limit) if limit else None


def approval_needed(conn: sa.Connection, day: date) -> bool:
    """Does an extension wait for an official's approval, by the rule of this day?"""
    del conn, day
    return True
