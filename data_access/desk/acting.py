"""What is written into a case without moving it: notes, reminders 督办, evidence, helping and informed units."""

import hashlib
from datetime import datetime

import sqlalchemy as sa

import clock
from access import Permission, check, masked
from data_access import workdays
from data_access.desk import limits, rows
from data_access.desk.rows import Event, Row
from data_access.renewal.files import LONGEST_NAME, media_of
from data_access.renewal.given import Upload
from data_access.tables.desk import CaseFile, CaseUnit
from vocabulary.desk import Part
from vocabulary.enums import DONE_STATUSES, OPEN_STATUSES, CaseStatus, EventKind, Role
from vocabulary.questions import Viewer
from vocabulary.refusals import NotAllowed, NotPossible


def note(
    conn: sa.Connection, viewer: Viewer, case_id: int, seen_version: int, text: str, contacted: bool = False
) -> None:
    """Writes down what was done; the silence of a case being handled begins anew, and a reminder is answered."""
    case = _helped(conn, viewer, rows.fresh(conn, viewer, case_id, seen_version))
    rows.running(case, *OPEN_STATUSES, *DONE_STATUSES[:2])
    said = rows.clean("note", text)
    if not said:
        raise NotPossible("desk.note_missing", number=case["number"])
    now = clock.now()
    values: dict[str, datetime | None] = {"reminded_at": None}
    if case["status"] == CaseStatus.HANDLING:
        calendar = workdays.calendar_in(conn)
        values |= {"note_due_at": limits.after(conn, calendar, limits.Kind.NOTE, case, now)}
    if contacted and case["first_contact_at"] is None:
        values |= {"first_contact_at": now}
    rows.write(conn, viewer, case, Event(EventKind.NOTED, said), "case_noted", **values)


def remind(conn: sa.Connection, viewer: Viewer, case_id: int, seen_version: int, text: str) -> None:
    """An official asks after an open case; it stands on the list of who works it until they note something."""
    check(viewer, Permission.SUPERVISE_CASES)
    case = rows.running(rows.fresh(conn, viewer, case_id, seen_version), *OPEN_STATUSES)
    said = rows.clean("note", text)
    if not said:
        raise NotPossible("desk.reminder_missing", number=case["number"])
    event = Event(EventKind.REMINDED, said, unit_id=case["lead_unit_id"])
    rows.write(conn, viewer, case, event, "case_reminded", reminded_at=clock.now())


def attach(conn: sa.Connection, viewer: Viewer, case_id: int, seen_version: int, upload: Upload) -> int:
    """Keeps a file as evidence; gives its id. NotPossible for an empty or large one or a kind that is not taken."""
    case = _helped(conn, viewer, rows.fresh(conn, viewer, case_id, seen_version))
    rows.running(case, *OPEN_STATUSES, *DONE_STATUSES[:2])
    media = media_of(upload)
    name = masked(rows.clean("text", upload.name.replace("\\", "/").rpartition("/")[2])[-LONGEST_NAME:])
    kept = sa.insert(CaseFile).values(
        case_id=case_id,
        account_id=viewer.account_id or None,
        name=name,
        media=media,
        size=len(upload.content),
        digest=hashlib.sha256(upload.content).hexdigest(),
        content=upload.content,
    )
    file_id = int(conn.execute(kept.returning(CaseFile.id)).scalar_one())
    rows.write(conn, viewer, case, Event(EventKind.EVIDENCE_ADDED, name, detail={"file": file_id}), "evidence_added")
    return file_id


def add_unit(conn: sa.Connection, viewer: Viewer, case_id: int, seen_version: int, unit_id: int, part: Part) -> None:
    """Calls in a unit to help or to be informed, or changes what its part is."""
    check(viewer, Permission.WORK_CASES)
    case = rows.running(rows.fresh(conn, viewer, case_id, seen_version), *OPEN_STATUSES)
    rows.unit_there(conn, unit_id)
    if unit_id == case["lead_unit_id"]:
        raise NotPossible("desk.leads_already", number=case["number"])
    here = sa.and_(CaseUnit.case_id == case_id, CaseUnit.unit_id == unit_id)
    if not conn.execute(sa.update(CaseUnit).where(here).values(part=part.value)).rowcount:
        conn.execute(sa.insert(CaseUnit).values(case_id=case_id, unit_id=unit_id, part=part.value))
    event = Event(EventKind.UNIT_ADDED, unit_id=unit_id, detail={"part": part.value})
    rows.write(conn, viewer, case, event, "case_unit_added")


def remove_unit(conn: sa.Connection, viewer: Viewer, case_id: int, seen_version: int, unit_id: int) -> None:
    """Lets a helping or informed unit go. NotPossible for one that is neither."""
    check(viewer, Permission.WORK_CASES)
    case = rows.running(rows.fresh(conn, viewer, case_id, seen_version), *OPEN_STATUSES)
    here = sa.delete(CaseUnit).where(CaseUnit.case_id == case_id, CaseUnit.unit_id == unit_id)
    if not conn.execute(here).rowcount:
        raise NotPossible("desk.no_part", number=case["number"], unit=unit_id)
    rows.write(conn, viewer, case, Event(EventKind.UNIT_REMOVED, unit_id=unit_id), "case_unit_removed")


def _helped(conn: sa.Connection, viewer: Viewer, case: Row) -> Row:
    """The case, when the viewer is no unit, or its unit leads it or helps with it."""
    check(viewer, Permission.HANDLE_CASES)
    if viewer.role is not Role.UNIT or case["lead_unit_id"] == viewer.unit_id:
        return case
    helping = sa.and_(CaseUnit.unit_id == viewer.unit_id, CaseUnit.part == Part.HELPING.value)
    if conn.scalar(sa.select(CaseUnit.id).where(CaseUnit.case_id == case["id"], helping)) is None:
        raise NotAllowed("desk.only_informed", number=case["number"])
    return case
