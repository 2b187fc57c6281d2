"""What the office's calendar moves: a day or hours set anew work out again the dues that reach that far."""

from collections.abc import Sequence
from datetime import date, datetime, time

import sqlalchemy as sa

import clock
from data_access import rules, workdays
from data_access.desk import rows, timing
from data_access.desk.limits import LimitUnit
from data_access.desk.rows import Event
from data_access.tables.cases import Case
from data_access.workdays import Window
from vocabulary.enums import OPEN_STATUSES, EventKind
from vocabulary.questions import Viewer

BY_CALENDAR = (LimitUnit.WORKING_DAYS, LimitUnit.WORKING_HOURS)


def set_workday(conn: sa.Connection, viewer: Viewer, day: date, works: bool, name: str) -> int:
    """Says that a day is worked or off, and moves the dues of open cases that reach it; gives how many moved.

    NotPossible for a day that is past.
    """
    rules.set_workday(conn, viewer, day, works, name)
    return move_dues(conn, viewer, day)


def set_hours(conn: sa.Connection, viewer: Viewer, weekday: int, windows: Sequence[Window], from_on: date) -> int:
    """Sets the hours of a weekday from a day on, as `rules.set_hours` does, and moves the dues that reach that day."""
    rules.set_hours(conn, viewer, weekday, windows, from_on)
    return move_dues(conn, viewer, from_on)


def move_dues(conn: sa.Connection, viewer: Viewer, since: date | None = None) -> int:
    """Works out again, from its events, the due of each open case that ends on `since`, today, or later.

    Each that moves is told in its history. A case that is over keeps the due it ended with. Gives how many moved.
    """
    calendar = workdays.calendar_in(conn)
    begins = datetime.combine(since or clock.today(), time(), clock.SHANGHAI)
    reach = sa.and_(Case.status.in_(OPEN_STATUSES), Case.limit_unit.in_(BY_CALENDAR), Case.severe_at >= begins)
    columns = sa.select(Case.id, Case.status, Case.version, Case.due_at, Case.severe_at)
    found = conn.execute(columns.where(reach).order_by(Case.id).with_for_update()).mappings().all()
    told = timing.told_of(conn, sa.select(Case.id).where(reach))
    moved = 0
    for case in found:
        runs = timing.replay(told[case["id"]])
        due, severe = runs.ends(calendar) if runs else (None, None)
        if due is None or (due, severe) == (case["due_at"], case["severe_at"]):
            continue
        was, now = (f"{moment.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}" for moment in (case["due_at"], due))
        event = Event(EventKind.DUE, f"{was} → {now}", detail={"was": case["due_at"], "now": due})
        rows.write(conn, viewer, dict(case), event, "case_due_moved", due_at=due, severe_at=severe)
        moved += 1
    return moved
