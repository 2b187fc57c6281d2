"""Lists of volunteers and their work: who there is, shifts, records and clues, and what waits."""

from datetime import date
from typing import Any

import polars as pl
import sqlalchemy as sa

from access import Permission, allows, check
from data_access import corrections
from data_access.frames import MOMENT, Schema, covered, read, same_for_role, stands_on
from data_access.tables.cases import Case
from data_access.tables.places import Grid, Place
from data_access.tables.volunteers import Clue, ServiceRecord, Shift, SignUp, Volunteer
from data_access.volunteers.people import last_seen, oldest_kept
from texts import language
from vocabulary.enums import PlaceStatus, Subject
from vocabulary.questions import Viewer
from vocabulary.volunteers import ServiceOutcome

HIDDEN = ("number", "masked_name")
VOLUNTEERS: Schema = {
    "volunteer_id": pl.Int64,
    "version": pl.Int64,
    "number": pl.String,
    "masked_name": pl.String,
    "occupation": pl.String,
    "team": pl.String,
    "registered_on": pl.Date,
    "status": pl.String,
    "last_on": pl.Date,
}
SHIFTS: Schema = {
    "id": pl.Int64,
    "starts_at": MOMENT,
    "ends_at": MOMENT,
    "role": pl.String,
    "place": pl.String,
    "title": pl.String,
    "needed": pl.Int64,
    "signed": pl.Int64,
    "came": pl.Int64,
}
RECORDS: Schema = {
    "id": pl.Int64,
    "version": pl.Int64,
    "number": pl.String,
    "masked_name": pl.String,
    "role": pl.String,
    "shift_id": pl.Int64,
    "starts_at": MOMENT,
    "ends_at": MOMENT,
    "outcome": pl.String,
    "entered_by": pl.Int64,
    "verified_at": MOMENT,
}
CLUES: Schema = {
    "id": pl.Int64,
    "version": pl.Int64,
    "reported_on": pl.Date,
    "volunteer_role": pl.String,
    "text": pl.String,
    "place": pl.String,
    "grid": pl.String,
    "looked_at": MOMENT,
    "case_id": pl.Int64,
    "case_number": pl.String,
}


@same_for_role
@stands_on(Subject.VOLUNTEERS)
def volunteers(conn: sa.Connection, viewer: Viewer, _today: date) -> pl.DataFrame:
    """Every volunteer; number and name of those not seen for six months are not told."""
    check(viewer, Permission.SEE_VOLUNTEERS)
    columns = _named(VOLUNTEERS, Volunteer, {"volunteer_id": Volunteer.id, "last_on": last_seen(), **_details()})
    return read(conn, sa.select(*columns).order_by(Volunteer.number.is_(None), Volunteer.number), VOLUNTEERS)


@same_for_role
@stands_on(Subject.VOLUNTEERS, Subject.PLACES)
def shifts(conn: sa.Connection, viewer: Viewer, since: date, until: date) -> pl.DataFrame:
    """Shifts of these days, the earliest first: how many are needed, signed up and came."""
    check(viewer, Permission.SEE_VOLUNTEERS)
    signed = sa.select(sa.func.count()).where(SignUp.shift_id == Shift.id, SignUp.withdrawn_at.is_(None))
    came = sa.select(sa.func.count(sa.distinct(ServiceRecord.volunteer_id))).where(
        ServiceRecord.shift_id == Shift.id,
        ServiceRecord.void_at.is_(None),
        ServiceRecord.outcome == ServiceOutcome.DONE.value,
    )
    others = {"place": _said(Place), "signed": _within(signed), "came": _within(came)}
    statement = (
        sa.select(*_named(SHIFTS, Shift, others))
        .select_from(Shift.table().outerjoin(Place.table(), Place.id == Shift.place_id))
        .where(Shift.day.between(since, until))
        .order_by(Shift.starts_at, Shift.id)
    )
    return read(conn, statement, SHIFTS)


@same_for_role
@stands_on(Subject.VOLUNTEERS)
def signed_up(conn: sa.Connection, viewer: Viewer, shift_id: int) -> list[str]:
    """The numbers of who will come to a shift."""
    check(viewer, Permission.SEE_VOLUNTEERS)
    there = sa.and_(SignUp.shift_id == shift_id, SignUp.withdrawn_at.is_(None), Volunteer.number.is_not(None))
    found = sa.select(Volunteer.number).join(SignUp, SignUp.volunteer_id == Volunteer.id).where(there)
    return [str(number) for number in conn.scalars(found.order_by(Volunteer.number))]


@same_for_role
@stands_on(Subject.VOLUNTEERS)
def records(conn: sa.Connection, viewer: Viewer, since: date, until: date) -> pl.DataFrame:
    """Records of these days that stand, the newest first."""
    return _records(conn, viewer, ServiceRecord.day.between(since, until)).reverse()


@same_for_role
@stands_on(Subject.VOLUNTEERS)
def unverified(conn: sa.Connection, viewer: Viewer, _today: date) -> pl.DataFrame:
    """Records of any day that wait for a second person, the oldest first."""
    return _records(conn, viewer, ServiceRecord.verified_at.is_(None))


@same_for_role
@stands_on(Subject.VOLUNTEERS, Subject.PLACES, Subject.CASES)
def clue_list(conn: sa.Connection, viewer: Viewer, since: date, until: date) -> pl.DataFrame:
    """Clues reported in these days, the newest first."""
    return _clues(conn, viewer, Clue.reported_on.between(since, until)).reverse()


@same_for_role
@stands_on(Subject.VOLUNTEERS, Subject.PLACES, Subject.CASES)
def clues_waiting(conn: sa.Connection, viewer: Viewer) -> pl.DataFrame:
    """Clues that nobody looked at, the oldest first."""
    return _clues(conn, viewer, Clue.looked_at.is_(None))


@stands_on(Subject.VOLUNTEERS)
def clue_of(conn: sa.Connection, _viewer: Viewer, case_id: int) -> date | None:
    """The day on which the clue was reported that became this case; None for a case that came another way."""
    return conn.scalar(sa.select(Clue.reported_on).where(Clue.case_id == case_id))


@stands_on(Subject.VOLUNTEERS)
def record_history(conn: sa.Connection, viewer: Viewer, record_id: int) -> list[dict[str, Any]]:
    """The corrections of a record, newest first."""
    check(viewer, Permission.SEE_VOLUNTEERS)
    return corrections.history(conn, ServiceRecord, record_id)


@same_for_role
@stands_on(Subject.PLACES)
def places(conn: sa.Connection, viewer: Viewer) -> list[tuple[str, str]]:
    """Code and name of the places that are not closed."""
    check(viewer, Permission.SEE_VOLUNTEERS)
    there = Place.status != PlaceStatus.CLOSED.value
    found = conn.execute(sa.select(Place.code, _said(Place)).where(there).order_by(Place.id))
    return [(code, name) for code, name in found]


@same_for_role
@stands_on(Subject.PLACES)
def grids(conn: sa.Connection, viewer: Viewer) -> list[tuple[str, str]]:
    """Code and name of the grids."""
    check(viewer, Permission.SEE_VOLUNTEERS)
    return [(code, name) for code, name in conn.execute(sa.select(Grid.code, _said(Grid)).order_by(Grid.id))]


def _records(conn: sa.Connection, viewer: Viewer, condition: sa.ColumnElement[bool]) -> pl.DataFrame:
    check(viewer, Permission.SEE_VOLUNTEERS)
    statement = (
        sa.select(*_named(RECORDS, ServiceRecord, _details()))
        .join(Volunteer, Volunteer.id == ServiceRecord.volunteer_id)
        .where(condition, ServiceRecord.void_at.is_(None))
        .order_by(ServiceRecord.starts_at, ServiceRecord.id)
    )
    return read(conn, statement, RECORDS)


def _clues(conn: sa.Connection, viewer: Viewer, condition: sa.ColumnElement[bool]) -> pl.DataFrame:
    check(viewer, Permission.SEE_VOLUNTEERS)
    others = {"place": _said(Place), "grid": _said(Grid), "case_number": Case.number}
    statement = (
        sa.select(*_named(CLUES, Clue, others))
        .select_from(
            Clue.table()
            .outerjoin(Place.table(), Place.id == Clue.place_id)
            .outerjoin(Grid.table(), Grid.id == Clue.grid_id)
            .outerjoin(Case.table(), Case.id == Clue.case_id)
        )
        .where(condition, Clue.void_at.is_(None))
        .order_by(Clue.reported_on, Clue.id)
    )
    found = read(conn, statement, CLUES)
    if allows(viewer, Permission.WRITE_VOLUNTEERS):
        return found
    return covered(found, "text")


def _details() -> dict[str, Any]:
    """Number and name of a volunteer while they may be shown."""
    return {name: sa.case((last_seen() >= oldest_kept(), getattr(Volunteer, name))) for name in HIDDEN}


def _named(schema: Schema, table: Any, others: dict[str, Any]) -> list[Any]:
    return [(others[name] if name in others else getattr(table, name)).label(name) for name in schema]


def _said(table: type[Place] | type[Grid]) -> Any:
    """The name in the reader's language."""
    return sa.func.coalesce(table.name_en if language() == "en" else table.name, table.name)


def _within(counted: Any) -> Any:
    return counted.correlate(Shift).scalar_subquery()
