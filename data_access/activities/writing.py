"""Writing activities: planning one, reporting its attendance, cancelling and correcting it."""

from typing import Any

import sqlalchemy as sa

import clock
from access import Permission, check
from data_access import changes, corrections
from data_access.activities.facts import ActivityFacts, activity_values, check_people, clock_said
from data_access.tables.activities import Activity
from vocabulary.activities import ActivityState
from vocabulary.enums import Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible


def plan(conn: sa.Connection, viewer: Viewer, facts: ActivityFacts) -> int:
    """Plans an activity; its id. NotPossible when something of it cannot be, or the same one is planned already."""
    begin(conn, viewer)
    return add(conn, viewer, _free(conn, activity_values(conn, facts)))


def report(conn: sa.Connection, viewer: Viewer, row_id: int, seen_version: int, actual: int) -> None:
    """Says how many came, in person-times; the activity is held. NotPossible before it began, or when it is no plan."""
    begin(conn, viewer)
    row = _planned(conn, row_id)
    check_people(actual)
    check_begun(row["title"], row["starts_at"])
    _change(conn, row, seen_version, state=ActivityState.HELD.value, actual=actual)
    changes.record(conn, viewer, Subject.ACTIVITIES, "activity_reported", row_id, person_times=actual)


def cancel(conn: sa.Connection, viewer: Viewer, row_id: int, seen_version: int, reason: str) -> None:
    """Cancels a planned activity. NotPossible without a reason, and for one that was held."""
    begin(conn, viewer)
    row = _planned(conn, row_id)
    if not reason.strip():
        raise NotPossible("words.reason_missing")
    _change(conn, row, seen_version, state=ActivityState.CANCELLED.value, reason=reason.strip())
    changes.record(conn, viewer, Subject.ACTIVITIES, "activity_cancelled", row_id)


def correct(
    conn: sa.Connection,
    viewer: Viewer,
    row_id: int,
    seen_version: int,
    reason: str,
    facts: ActivityFacts,
    actual: int | None = None,
) -> None:
    """Corrects what was planned and, of one that was held, how many came. NotPossible as in `plan` and `report`."""
    begin(conn, viewer)
    row = _row(conn, row_id)
    values = _free(conn, activity_values(conn, facts), row_id)
    held = row["state"] == ActivityState.HELD
    if held != (actual is not None):
        key = "activities.refused.actual_missing" if held else "activities.refused.not_held"
        raise NotPossible(key, title=row["title"], count=actual)
    if actual is not None:
        check_people(actual)
        check_begun(facts.title, facts.starts_at)
    corrections.correct(
        conn, viewer, Subject.ACTIVITIES, Activity, row_id, seen_version, reason, **values, actual=actual
    )


def begin(conn: sa.Connection, viewer: Viewer) -> None:
    """Raising the version first lets writers in one by one, so that nothing is planned twice."""
    check(viewer, Permission.WRITE_ACTIVITIES)
    changes.raise_version(conn, Subject.ACTIVITIES)


def check_begun(title: str, starts: Any) -> None:
    """NotPossible for the attendance of what has not begun."""
    if starts > clock.now():
        raise NotPossible("activities.refused.not_begun", title=title, starts=clock_said(starts))


def add(conn: sa.Connection, viewer: Viewer, values: dict[str, Any]) -> int:
    """Adds the row of an activity."""
    (key,) = conn.execute(sa.insert(Activity).values(**values)).inserted_primary_key or (0,)
    changes.record(conn, viewer, Subject.ACTIVITIES, "activity_planned", key, activity_kind=values["kind"])
    return int(key)


def found(conn: sa.Connection, title: object, starts: object) -> dict[str, Any] | None:
    """The activity of this title at this moment."""
    table = Activity.table()
    same = sa.and_(table.c.title == title, table.c.starts_at == starts)
    row = conn.execute(sa.select(table).where(same)).mappings().one_or_none()
    return None if row is None else dict(row)


def _free(conn: sa.Connection, values: dict[str, Any], own: int | None = None) -> dict[str, Any]:
    other = found(conn, values["title"], values["starts_at"])
    if other is not None and other["id"] != own:
        starts = clock_said(values["starts_at"])
        raise NotPossible("activities.refused.twice", title=values["title"], starts=starts)
    return values


def _row(conn: sa.Connection, row_id: int) -> dict[str, Any]:
    table = Activity.table()
    row = conn.execute(sa.select(table).where(table.c.id == row_id)).mappings().one_or_none()
    if row is None:
        raise NotPossible("words.row_gone")
    return dict(row)


def _planned(conn: sa.Connection, row_id: int) -> dict[str, Any]:
    row = _row(conn, row_id)
    if row["state"] != ActivityState.PLANNED:
        raise NotPossible("activities.refused.no_plan", title=row["title"], state=ActivityState(row["state"]))
    return row


def _change(conn: sa.Connection, row: dict[str, Any], seen_version: int, **values: Any) -> None:
    table = Activity.table()
    mine = sa.update(table).where(table.c.id == row["id"], table.c.version == seen_version)
    changed = conn.execute(mine.values(**values, version=seen_version + 1, updated_at=clock.now()))
    if not changed.rowcount:
        raise NotPossible("words.changed_meanwhile")
