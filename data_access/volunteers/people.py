"""Volunteers: registered, corrected, and forgotten by number and name six months after their last record."""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

import clock
from access import Permission, check
from data_access import changes, corrections
from data_access.tables.volunteers import ServiceRecord, Volunteer
from data_access.volunteers.facts import VolunteerFacts, volunteer_values
from vocabulary.enums import Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible
from vocabulary.volunteers import VolunteerStatus

KEPT_DAYS = 183


def register(conn: sa.Connection, viewer: Viewer, facts: VolunteerFacts) -> int:
    """Registers a volunteer; the id. NotPossible for a number that is taken."""
    begin(conn, viewer)
    values = volunteer_values(facts)
    if by_number(conn, facts.number) is not None:
        raise NotPossible("volunteers.refused.number_taken", number=facts.number.strip())
    return add(conn, viewer, values)


def correct_volunteer(
    conn: sa.Connection, viewer: Viewer, volunteer_id: int, seen_version: int, reason: str, facts: VolunteerFacts
) -> None:
    """Corrects a volunteer with a reason; pausing and leaving are corrections of the status."""
    begin(conn, viewer)
    values = volunteer_values(facts)
    other = by_number(conn, facts.number)
    if other is not None and other["id"] != volunteer_id:
        raise NotPossible("volunteers.refused.number_taken", number=facts.number.strip())
    corrections.correct(conn, viewer, Subject.VOLUNTEERS, Volunteer, volunteer_id, seen_version, reason, **values)


def drop_old_details(conn: sa.Connection, viewer: Viewer) -> int:
    """Forgets number and name of those without a record for six months, in their histories too; their hours stay.

    They have left by then. Gives how many.
    """
    aged = conn.scalars(
        sa.select(Volunteer.id)
        .where(sa.or_(Volunteer.number.is_not(None), Volunteer.masked_name.is_not(None)))
        .where(last_seen() < oldest_kept())
    ).all()
    gone = {"number": None, "masked_name": None, "status": VolunteerStatus.LEFT.value}
    for volunteer_id in aged:
        conn.execute(sa.update(Volunteer).where(Volunteer.id == volunteer_id).values(**gone))
        for column in ("number", "masked_name"):
            corrections.forget(conn, Volunteer, volunteer_id, column)
    if aged:
        changes.record(conn, viewer, Subject.VOLUNTEERS, "volunteers_expired", count=len(aged))
    return len(aged)


def last_seen() -> sa.ColumnElement[Any]:
    """The day of a volunteer's last record, or of the registration while there is none."""
    newest = (
        sa.select(sa.func.max(ServiceRecord.day))
        .where(ServiceRecord.volunteer_id == Volunteer.id, ServiceRecord.void_at.is_(None))
        .correlate(Volunteer)
        .scalar_subquery()
    )
    return sa.func.coalesce(newest, Volunteer.registered_on)


def oldest_kept() -> date:
    """Who was seen before this day is shown without number and name."""
    return clock.today() - timedelta(KEPT_DAYS)


def begin(conn: sa.Connection, viewer: Viewer) -> None:
    """Raising the version first lets writers in one by one, so that nothing is entered twice."""
    check(viewer, Permission.WRITE_VOLUNTEERS)
    changes.raise_version(conn, Subject.VOLUNTEERS)


def add(conn: sa.Connection, viewer: Viewer, values: dict[str, Any]) -> int:
    """Adds the checked row of a volunteer."""
    key = inserted(conn, Volunteer, values)
    changes.record(conn, viewer, Subject.VOLUNTEERS, "volunteer_registered", key, occupation=values["occupation"])
    return key


def by_number(conn: sa.Connection, number: str) -> dict[str, Any] | None:
    """The volunteer of this number."""
    table = Volunteer.table()
    row = conn.execute(sa.select(table).where(table.c.number == number.strip())).mappings().one_or_none()
    return None if row is None else dict(row)


def serving(conn: sa.Connection, number: str) -> dict[str, Any]:
    """The volunteer of this number. NotPossible when there is none, or when it is paused or has left."""
    row = by_number(conn, number)
    if row is None:
        raise NotPossible("volunteers.refused.unknown", number=number.strip())
    if row["status"] != VolunteerStatus.ACTIVE:
        raise NotPossible("volunteers.refused.closed", number=row["number"], status=VolunteerStatus(row["status"]))
    return row


def inserted(conn: sa.Connection, table: Any, values: dict[str, Any]) -> int:
    """Adds a row; its id."""
    (key,) = conn.execute(sa.insert(table).values(**values)).inserted_primary_key or (0,)
    return int(key)
