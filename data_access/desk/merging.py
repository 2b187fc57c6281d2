"""Merging 并案 a case into another and undoing it, and linking a repeat to the case that it repeats."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from access import Permission, check
from data_access.desk import rows
from data_access.desk.effects import Given
from data_access.desk.moving import step
from data_access.desk.rows import Event
from data_access.rules import number
from data_access.tables.cases import Case, CaseEvent
from vocabulary.desk import Need
from vocabulary.enums import OPEN_STATUSES, CaseStatus, EventKind
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible
from vocabulary.rules import Number


def merge(conn: sa.Connection, viewer: Viewer, case_id: int, seen_version: int, into_id: int, reason: str) -> None:
    """Ends a case as part of another open one; both keep their numbers and reporters, one of them counts."""
    check(viewer, Permission.WORK_CASES)
    rows.hold(conn, case_id, into_id)
    case = rows.fresh(conn, viewer, case_id, seen_version)
    if into_id == case_id:
        raise NotPossible("desk.merge_itself", number=case["number"])
    into = rows.seen(conn, viewer, into_id)
    if case_id in _above(conn, into_id, Case.parent_id):
        raise NotPossible("desk.merge_ring", number=case["number"], into=into["number"])
    if into["status"] not in OPEN_STATUSES:
        raise NotPossible("desk.merge_closed", into=into["number"], status=CaseStatus(into["status"]))
    given = Given(reason=rows.clean("reason", reason))
    step(conn, viewer, case, CaseStatus.MERGED, given, frozenset({Need.CASE}), parent_id=into_id)
    event = Event(EventKind.MERGED_IN, case["number"], detail={"case": case_id})
    rows.write(conn, viewer, into, event, "case_merged_in")


def unmerge(conn: sa.Connection, viewer: Viewer, case_id: int, seen_version: int, reason: str) -> None:
    """Gives a merged case back its status and its own count; both cases are as if it had never been merged."""
    check(viewer, Permission.WORK_CASES)
    parent_id = conn.scalar(sa.select(Case.parent_id).where(Case.id == case_id))
    rows.hold(conn, case_id, *(() if parent_id is None else (parent_id,)))
    case = rows.running(rows.fresh(conn, viewer, case_id, seen_version), CaseStatus.MERGED)
    said = rows.clean("reason", reason)
    if not said:
        raise NotPossible("desk.reason_missing", number=case["number"])
    before = CaseStatus(conn.scalar(_before(case_id)) or CaseStatus.PENDING)
    event = Event(EventKind.UNMERGED, said, before)
    rows.write(conn, viewer, case, event, "case_unmerged", parent_id=None, dropped_on=None)
    parent = case["parent_id"] and conn.execute(_whole(case["parent_id"])).mappings().one_or_none()
    if parent:
        there = Event(EventKind.UNMERGED, case["number"], detail={"case": case_id})
        rows.write(conn, viewer, dict(parent), there, "case_unmerged")


def link_repeat(conn: sa.Connection, viewer: Viewer, case_id: int, seen_version: int, first_id: int) -> None:
    """Notes that a case raises again what was finished at most so many days before it came in, by the rule of then."""
    check(viewer, Permission.WORK_CASES)
    rows.hold(conn, case_id, first_id)
    case = rows.fresh(conn, viewer, case_id, seen_version)
    first = rows.seen(conn, viewer, first_id)
    if first_id == case_id:
        raise NotPossible("desk.repeat_itself", number=case["number"])
    if case_id in _above(conn, first_id, Case.repeat_of_id):
        raise NotPossible("desk.repeat_ring", number=case["number"], first=first["number"])
    if first["finished_at"] is None or first["finished_at"] > case["received_at"]:
        raise NotPossible("desk.repeat_unfinished", number=case["number"], first=first["number"])
    most = int(number(conn, Number.REPEAT_DAYS, case["received_on"]))
    if case["received_at"] - first["finished_at"] > timedelta(most):
        days = (case["received_at"] - first["finished_at"]).days
        raise NotPossible("desk.repeat_too_late", first=first["number"], days=days, most=most)
    event = Event(EventKind.REPEATED, first["number"], detail={"case": first_id})
    rows.write(conn, viewer, case, event, "case_repeat_linked", repeat_of_id=first_id)


def unlink_repeat(conn: sa.Connection, viewer: Viewer, case_id: int, seen_version: int) -> None:
    """Takes the link to an earlier case away. NotPossible when there is none."""
    check(viewer, Permission.WORK_CASES)
    case = rows.fresh(conn, viewer, case_id, seen_version)
    if case["repeat_of_id"] is None:
        raise NotPossible("desk.no_repeat", number=case["number"])
    event = Event(EventKind.REPEATED, detail={"case": None})
    rows.write(conn, viewer, case, event, "case_repeat_unlinked", repeat_of_id=None)


def _above(conn: sa.Connection, case_id: int, link: Any) -> set[int]:
    """The ids that a chain of links leads to from a case."""
    found: set[int] = set()
    at: int | None = case_id
    while at is not None and at not in found:
        found.add(at)
        at = conn.scalar(sa.select(link).where(Case.id == at))
    return found - {case_id}


def _before(case_id: int) -> sa.Select[Any]:
    """The status from which a case was merged the last time."""
    merged = sa.and_(CaseEvent.case_id == case_id, CaseEvent.to_status == CaseStatus.MERGED.value)
    return sa.select(CaseEvent.from_status).where(merged).order_by(CaseEvent.id.desc()).limit(1)


def _whole(case_id: int) -> sa.Select[Any]:
    return sa.select(Case.table()).where(Case.id == case_id)
