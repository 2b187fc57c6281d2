"""What the office's calendar moves: a day or hours set anew work out again the dues that reach that far."""

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time

import sqlalchemy as sa

import clock
from data_access import rules, workdays
from data_access.desk import rows, timing
from data_access.desk.deadlines import OPEN
from data_access.desk.rows import Event
from data_access.tables.cases import Case, CaseEvent
from data_access.workdays import Window
from vocabulary.enums import EventKind
from vocabulary.questions import Viewer


def set_workday(conn: sa.Connection, viewer: Viewer, day: date, works: bool, name: str) -> int:
    """Says that a day is worked or off, and moves the dues of open cases that reach it; gives how many moved.

    NotPossible for a day that is past.
    """
    rules.set_workday(conn, viewer, day, works, name)
    return _move(conn, viewer, day)


def set_hours(conn: sa.Connection, viewer: Viewer, weekday: int, windows: Sequence[Window], from_on: date) -> int:
    """Sets the hours of a weekday from a day on, as `rules.set_hours` does, and moves the dues that reach that day."""
    rules.set_hours(conn, viewer, weekday, windows, from_on)
    return _move(conn, viewer, from_on)


def _move(conn: sa.Connection, viewer: Viewer, since: date) -> int:
    """Works out again, from its events, the due of each open case that ends on `since` or later."""
    calendar = workdays.renewed_in(conn)
    begins = datetime.combine(since, time(), clock.SHANGHAI)
    reach = sa.and_(Case.status.in_(OPEN), Case.limit_from.is_not(None), Case.severe_at >= begins)
    statement = sa.select(Case.table()).where(reach).order_by(Case.id).with_for_update(of=Case.table())
    cases = conn.execute(statement).mappings().all()
    told = defaultdict[int, list[tuple[str, timing.Detail]]](list)
    events = sa.select(CaseEvent.case_id, CaseEvent.kind, CaseEvent.detail).where(
        CaseEvent.detail.is_not(None), CaseEvent.case_id.in_(sa.select(Case.id).where(reach))
    )
    for case_id, kind, detail in conn.execute(events.order_by(CaseEvent.id)):
        told[case_id].append((kind, json.loads(detail or "{}")))
    moved = 0
    for case in cases:
        found = timing.replay(told[case["id"]])
        due, severe = found.ends(calendar) if found else (None, None)
        if due is None or (due, severe) == (case["due_at"], case["severe_at"]):
            continue
        was, now = (f"{moment.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}" for moment in (case["due_at"], due))
        event = Event(EventKind.DUE, f"{was} → {now}", detail={"was": case["due_at"], "now": due})
        rows.write(conn, viewer, dict(case), event, "case_due_moved", due_at=due, severe_at=severe)
        moved += 1
    return moved
