"""Whistle meetings 吹哨报到: blowing, answering, arriving, concluding, and what was promised there."""

from dataclasses import dataclass
from datetime import date, datetime
from secrets import token_hex
from typing import Any

import sqlalchemy as sa

import clock
from access import OPERATOR, Permission, check
from data_access import changes
from data_access.desk import rows
from data_access.desk.rows import Event
from data_access.desk.whistle_rows import seen
from data_access.tables.desk import Commitment, Whistle, WhistleCase, WhistleUnit
from vocabulary.desk import Presence, WhistleKind
from vocabulary.enums import OPEN_STATUSES, EventKind, Role, Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotAllowed, NotPossible

LETTERS = "CS"


@dataclass(frozen=True)
class NewWhistle:
    """What the whistle is blown for, whom it calls, until when they are to come, and what is asked of them."""

    kind: WhistleKind
    case_ids: tuple[int, ...]
    unit_ids: tuple[int, ...]
    arrive_by: datetime
    request: str


def blow(conn: sa.Connection, viewer: Viewer, new: NewWhistle) -> int:
    """Blows the whistle from one or several open cases; gives its id."""
    check(viewer, Permission.WORK_CASES)
    request = rows.clean("note", new.request)
    now = clock.now()
    if not request:
        raise NotPossible("desk.whistle_empty")
    if not new.case_ids:
        raise NotPossible("desk.whistle_without_case")
    if not new.unit_ids:
        raise NotPossible("desk.whistle_without_unit")
    if new.arrive_by <= now:
        raise NotPossible("desk.whistle_late", at=f"{new.arrive_by.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}")
    rows.hold(conn, *new.case_ids)
    called = [rows.unit_there(conn, unit_id) for unit_id in dict.fromkeys(new.unit_ids)]
    cases = [rows.running(rows.seen(conn, viewer, case_id), *OPEN_STATUSES) for case_id in dict.fromkeys(new.case_ids)]
    values = {"kind": new.kind.value, "account_id": viewer.account_id or None, "request": request, "blown_at": now}
    added = sa.insert(Whistle).values(number=token_hex(8), blown_on=now.date(), arrive_by=new.arrive_by, **values)
    whistle_id = int(conn.execute(added.returning(Whistle.id)).scalar_one())
    number = f"{LETTERS}{now.year}-{whistle_id:04d}"
    conn.execute(sa.update(Whistle).where(Whistle.id == whistle_id).values(number=number))
    conn.execute(sa.insert(WhistleUnit), [{"whistle_id": whistle_id, "unit_id": unit_id} for unit_id in called])
    conn.execute(sa.insert(WhistleCase), [{"whistle_id": whistle_id, "case_id": case["id"]} for case in cases])
    for case in cases:
        event = Event(EventKind.WHISTLED, f"{number} {request}", detail={"whistle": whistle_id})
        rows.write(conn, viewer, case, event, "whistle_blown")
    return whistle_id


def respond(conn: sa.Connection, viewer: Viewer, whistle_id: int, unit_id: int) -> None:
    """A called unit says that it comes. NotPossible when it said so before."""
    whistle, call = _called(conn, viewer, whistle_id, unit_id)
    if call["responded_at"] is not None:
        raise NotPossible("desk.responded_already", number=whistle["number"])
    _note(conn, viewer, whistle, call, "whistle_responded", responded_at=clock.now())


def arrive(
    conn: sa.Connection,
    viewer: Viewer,
    whistle_id: int,
    unit_id: int,
    presence: Presence,
    arrived_at: datetime | None = None,
    note: str = "",
) -> None:
    """How a called unit took part; it came now unless said otherwise, and who is absent came never."""
    whistle, call = _called(conn, viewer, whistle_id, unit_id)
    if call["presence"] is not None:
        raise NotPossible("desk.arrived_already", number=whistle["number"], presence=Presence(call["presence"]))
    now = clock.now()
    came = None if presence is Presence.ABSENT else (arrived_at or now)
    if came is not None and not whistle["blown_at"] <= came <= now:
        at = f"{came.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}"
        raise NotPossible("desk.arrived_when", number=whistle["number"], at=at)
    responded = call["responded_at"] or came
    values = {"presence": presence.value, "arrived_at": came, "responded_at": responded}
    _note(conn, viewer, whistle, call, "whistle_arrived", **values, note=rows.clean("note", note) or None)


def conclude(conn: sa.Connection, viewer: Viewer, whistle_id: int, conclusion: str) -> None:
    """Writes what the meeting came to; a unit of which nobody noted that it came was absent."""
    check(viewer, Permission.WORK_CASES)
    whistle = _running(conn, viewer, whistle_id)
    said = rows.clean("note", conclusion)
    if not said:
        raise NotPossible("desk.conclusion_missing", number=whistle["number"])
    silent = sa.and_(WhistleUnit.whistle_id == whistle_id, WhistleUnit.presence.is_(None))
    conn.execute(sa.update(WhistleUnit).where(silent).values(presence=Presence.ABSENT.value))
    _update(conn, Whistle, whistle, conclusion=said, concluded_at=clock.now())
    changes.record(conn, viewer, Subject.CASES, "whistle_concluded", whistle_id)


def commit(conn: sa.Connection, viewer: Viewer, whistle_id: int, unit_id: int, what: str, due_on: date) -> int:
    """A called unit promises something until a day; gives the commitment's id."""
    whistle, _ = _called(conn, viewer, whistle_id, unit_id, concluded=True)
    said = rows.clean("note", what)
    if not said:
        raise NotPossible("desk.commitment_empty", number=whistle["number"])
    if due_on < clock.today():
        raise NotPossible("desk.commitment_past", day=due_on)
    added = sa.insert(Commitment).values(whistle_id=whistle_id, unit_id=unit_id, what=said, due_on=due_on)
    commitment_id = int(conn.execute(added.returning(Commitment.id)).scalar_one())
    changes.record(conn, viewer, Subject.CASES, "commitment_made", commitment_id)
    return commitment_id


def done(conn: sa.Connection, viewer: Viewer, commitment_id: int, note: str = "") -> None:
    """The owner, or a worker, says that a promise was kept. NotPossible when it was said before."""
    statement = sa.select(Commitment.table()).where(Commitment.id == commitment_id).with_for_update()
    row = conn.execute(statement).mappings().one_or_none()
    if row is None:
        raise NotPossible("words.row_gone")
    _own(viewer, row["unit_id"])
    _one(conn, viewer, row["whistle_id"])
    if row["done_at"] is not None:
        raise NotPossible("desk.commitment_done", what=row["what"][:30])
    _update(conn, Commitment, row, done_at=clock.now(), done_note=rows.clean("note", note) or None)
    changes.record(conn, viewer, Subject.CASES, "commitment_done", commitment_id)


def _called(
    conn: sa.Connection, viewer: Viewer, whistle_id: int, unit_id: int, concluded: bool = False
) -> tuple[Any, Any]:
    """The whistle and the call of this unit, to be changed by the unit itself or a worker."""
    _own(viewer, unit_id)
    whistle = _one(conn, viewer, whistle_id) if concluded else _running(conn, viewer, whistle_id)
    call = WhistleUnit.table()
    wanted = sa.and_(call.c.whistle_id == whistle_id, call.c.unit_id == unit_id)
    found = conn.execute(sa.select(call).where(wanted).with_for_update()).mappings().one_or_none()
    if found is None:
        raise NotPossible("desk.not_called", number=whistle["number"], unit=unit_id)
    return whistle, found


def _own(viewer: Viewer, unit_id: int) -> None:
    check(viewer, Permission.HANDLE_CASES)
    if viewer.role is Role.UNIT and viewer != OPERATOR and viewer.unit_id != unit_id:
        raise NotAllowed("desk.other_unit", unit=unit_id)


def _one(conn: sa.Connection, viewer: Viewer, whistle_id: int) -> Any:
    """The whistle, to be changed by a viewer who sees it."""
    statement = sa.select(Whistle.table()).where(Whistle.id == whistle_id, *seen(viewer)).with_for_update()
    found = conn.execute(statement).mappings().one_or_none()
    if found is None:
        raise NotPossible("words.row_gone")
    return found


def _running(conn: sa.Connection, viewer: Viewer, whistle_id: int) -> Any:
    whistle = _one(conn, viewer, whistle_id)
    if whistle["concluded_at"] is not None:
        raise NotPossible("desk.whistle_over", number=whistle["number"])
    return whistle


def _note(conn: sa.Connection, viewer: Viewer, whistle: Any, call: Any, action: str, **values: Any) -> None:
    _update(conn, WhistleUnit, call, **values)
    changes.record(conn, viewer, Subject.CASES, action, whistle["id"], unit=call["unit_id"])


def _update(conn: sa.Connection, table: Any, row: Any, **values: Any) -> None:
    here = sa.update(table).where(table.id == row["id"])
    conn.execute(here.values(**values, version=row["version"] + 1, updated_at=clock.now()))
