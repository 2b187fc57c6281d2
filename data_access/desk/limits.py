"""The moments that limits of a case end at, by the office's rules of the day they begin on."""

from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from clock import SHANGHAI
from data_access.rules import Limit, limit_for, number
from data_access.workdays import Calendar
from vocabulary.rules import LimitKind as Kind
from vocabulary.rules import LimitUnit, Number

SEVERE = 3
__all__ = ["SEVERE", "Kind", "Limit", "LimitUnit", "after", "approval_needed", "closing", "end", "limit_for"]


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
    return number(conn, Number.EXTENSION_APPROVAL, day) >= 1
