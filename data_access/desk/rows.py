"""The case a write works on: seen by the viewer, unchanged since they looked, written together with its event."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

import sqlalchemy as sa

import clock
from access import OPERATOR, Permission, check, masked
from data_access import changes, scope
from data_access.tables.accounts import Account
from data_access.tables.cases import Case, CaseEvent
from data_access.tables.places import Unit
from vocabulary.enums import CaseStatus, EventKind, Role, Subject
from vocabulary.questions import Filters, Viewer
from vocabulary.refusals import NotAllowed, NotPossible

Row = Mapping[str, Any]
LONGEST = 5000
# Control characters, lone surrogates, and what turns the direction of the text that follows.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True)
class Event:
    """What happened to a case; `detail` holds what the act set, as plain values and moments."""

    kind: EventKind
    note: str | None = None
    to: CaseStatus | None = None
    unit_id: int | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)


def hold(conn: sa.Connection, *case_ids: int) -> None:
    """Keeps these cases from others until the transaction ends, before anything is written.

    Always in the order of their ids: of two writers who want the same cases one waits, never both for each other.
    """
    wanted = sa.select(Case.id).where(Case.id.in_(case_ids)).order_by(Case.id).with_for_update()
    conn.execute(wanted).all()


def seen(conn: sa.Connection, viewer: Viewer, case_id: int) -> Row:
    """The case, kept from others until the transaction ends. NotPossible for one that this viewer does not see."""
    check(viewer, Permission.SEE_CASES)
    statement = sa.select(Case.table()).where(Case.id == case_id).with_for_update(of=Case.table())
    row = conn.execute(scope.within(statement, viewer, Filters(), conn.dialect.name)).mappings().one_or_none()
    if row is None:
        raise NotPossible("cases.not_there", case=case_id)
    return dict(row)


def fresh(conn: sa.Connection, viewer: Viewer, case_id: int, seen_version: int) -> Row:
    """The case as this viewer last saw it. NotPossible, telling what the other did, when it was changed since."""
    case = seen(conn, viewer, case_id)
    if case["version"] != seen_version:
        raise _told(conn, case_id)
    return case


def led(viewer: Viewer, case: Row) -> Row:
    """The case, when the viewer's unit leads it or the viewer is no unit; NotAllowed otherwise."""
    check(viewer, Permission.HANDLE_CASES)
    if viewer.role is Role.UNIT and viewer != OPERATOR and case["lead_unit_id"] != viewer.unit_id:
        raise NotAllowed("desk.not_lead", number=case["number"])
    return case


def running(case: Row, *statuses: CaseStatus) -> Row:
    """The case, when it has one of these statuses; NotPossible otherwise."""
    if case["status"] not in statuses:
        raise NotPossible("desk.not_in_status", number=case["number"], status=CaseStatus(case["status"]))
    return case


def write(conn: sa.Connection, viewer: Viewer, case: Row, event: Event, action: str, **values: Any) -> None:
    """Writes the columns, raises the version, adds the event and the audit row."""
    if event.to is not None:
        values["status"] = event.to.value
    here = sa.update(Case).where(Case.id == case["id"], Case.version == case["version"])
    if not conn.execute(here.values(**values, version=case["version"] + 1, updated_at=clock.now())).rowcount:
        raise _told(conn, case["id"])
    add_event(conn, viewer, case["id"], event, case["status"] if event.to else None)
    changes.record(conn, viewer, Subject.CASES, action, case["id"])


def add_event(conn: sa.Connection, viewer: Viewer, case_id: int, event: Event, start: str | None = None) -> None:
    """Adds a row to the history of a case."""
    conn.execute(
        sa.insert(CaseEvent).values(
            case_id=case_id,
            at=clock.now(),
            kind=event.kind.value,
            account_id=viewer.account_id or None,
            unit_id=event.unit_id or (viewer.unit_id if viewer.role is Role.UNIT else None),
            from_status=start,
            to_status=event.to and event.to.value,
            note=event.note or None,
            detail=json.dumps(event.detail, default=_plain, ensure_ascii=False) if event.detail else None,
        )
    )


def unit_there(conn: sa.Connection, unit_id: int) -> int:
    """The unit's id. NotPossible when there is none of this id."""
    if conn.scalar(sa.select(Unit.id).where(Unit.id == unit_id)) is None:
        raise NotPossible("desk.no_unit", unit=unit_id)
    return unit_id


def clean(what: str, text: str, longest: int = LONGEST) -> str:
    """The text without its ends' blanks and without signs that no text needs. NotPossible when it is too long.

    `what` is the key under `desk.text` that names it.
    """
    found = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(found) > longest:
        raise NotPossible(f"desk.too_long.{what}", length=len(found), longest=longest)
    return found


def _told(conn: sa.Connection, case_id: int) -> NotPossible:
    """The refusal for the second of two: who did what, when, with which words."""
    last = conn.execute(
        sa.select(Account.name, CaseEvent.at, CaseEvent.kind, CaseEvent.to_status, CaseEvent.note)
        .select_from(CaseEvent.table().outerjoin(Account.table(), Account.id == CaseEvent.account_id))
        .where(CaseEvent.case_id == case_id)
        .order_by(CaseEvent.id.desc())
        .limit(1)
    ).first()
    if last is None:
        return NotPossible("words.changed_meanwhile")
    what: Enum = CaseStatus(last.to_status) if last.to_status else EventKind(last.kind)
    at = f"{last.at.astimezone(clock.SHANGHAI):%m-%d %H:%M}"
    named = "desk.changed_by" if last.name else "desk.changed_at"
    return NotPossible(
        f"{named}_with_text" if last.note else named, who=last.name, at=at, what=what, text=masked(last.note or "")
    )


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
