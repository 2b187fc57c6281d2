"""Shifts: opened with how many are needed, signed up for, and the word taken back."""

import sqlalchemy as sa

import clock
from data_access import changes
from data_access.tables.places import Place
from data_access.tables.volunteers import Shift, SignUp, Volunteer
from data_access.volunteers.facts import MOST_NEEDED, ShiftFacts, check_times, said_at
from data_access.volunteers.people import begin, inserted, serving
from vocabulary.enums import PlaceStatus, Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible


def open_shift(conn: sa.Connection, viewer: Viewer, facts: ShiftFacts) -> int:
    """Opens a shift; its id. NotPossible for wrong times, an odd number needed, or without place and title."""
    begin(conn, viewer)
    check_times(facts.starts_at, facts.ends_at)
    if facts.ends_at <= clock.now():
        raise NotPossible("volunteers.refused.shift_over", ends=said_at(facts.ends_at))
    if not 1 <= facts.needed <= MOST_NEEDED:
        raise NotPossible("volunteers.refused.needed", needed=facts.needed, most=MOST_NEEDED)
    title = facts.title.strip()
    if facts.place is None and not title:
        raise NotPossible("volunteers.refused.shift_nowhere", starts=said_at(facts.starts_at))
    values = {
        "place_id": place_id(conn, facts.place),
        "title": title or None,
        "role": facts.role.value,
        "day": facts.starts_at.astimezone(clock.SHANGHAI).date(),
        "starts_at": facts.starts_at,
        "ends_at": facts.ends_at,
        "needed": facts.needed,
    }
    key = inserted(conn, Shift, values)
    changes.record(conn, viewer, Subject.VOLUNTEERS, "shift_opened", key, needed=facts.needed)
    return key


def sign_up(conn: sa.Connection, viewer: Viewer, shift_id: int, number: str) -> None:
    """A volunteer's word to come. NotPossible for a shift that began, or when the volunteer gave it already."""
    begin(conn, viewer)
    _to_come(conn, shift_id)
    who = serving(conn, number)
    table = SignUp.table()
    same = sa.and_(table.c.shift_id == shift_id, table.c.volunteer_id == who["id"])
    row = conn.execute(sa.select(table.c.id, table.c.withdrawn_at).where(same)).one_or_none()
    if row is not None and row.withdrawn_at is None:
        raise NotPossible("volunteers.refused.signed_twice", number=who["number"])
    if row is None:
        inserted(conn, SignUp, {"shift_id": shift_id, "volunteer_id": who["id"]})
    else:
        conn.execute(sa.update(table).where(same).values(withdrawn_at=None, version=table.c.version + 1))
    changes.record(conn, viewer, Subject.VOLUNTEERS, "signed_up", shift_id)


def withdraw(conn: sa.Connection, viewer: Viewer, shift_id: int, number: str) -> None:
    """Takes the word back before the shift begins. NotPossible when it was not given."""
    begin(conn, viewer)
    _to_come(conn, shift_id)
    table = SignUp.table()
    who = sa.select(Volunteer.id).where(Volunteer.number == number.strip()).scalar_subquery()
    there = sa.and_(table.c.shift_id == shift_id, table.c.volunteer_id == who, table.c.withdrawn_at.is_(None))
    gone = sa.update(table).where(there).values(withdrawn_at=clock.now(), version=table.c.version + 1)
    if not conn.execute(gone).rowcount:
        raise NotPossible("volunteers.refused.not_signed", number=number.strip())
    changes.record(conn, viewer, Subject.VOLUNTEERS, "sign_up_withdrawn", shift_id)


def place_id(conn: sa.Connection, code: str | None) -> int | None:
    """The place of this code. NotPossible when there is none or it is closed."""
    if code is None:
        return None
    row = conn.execute(sa.select(Place.id, Place.name, Place.status).where(Place.code == code)).one_or_none()
    if row is None:
        raise NotPossible("volunteers.refused.place", code=code)
    if row.status == PlaceStatus.CLOSED:
        raise NotPossible("volunteers.refused.place_closed", place=row.name)
    return int(row.id)


def _to_come(conn: sa.Connection, shift_id: int) -> None:
    starts = conn.scalar(sa.select(Shift.starts_at).where(Shift.id == shift_id))
    if starts is None:
        raise NotPossible("words.row_gone")
    if starts <= clock.now():
        raise NotPossible("volunteers.refused.shift_begun", starts=said_at(starts))
