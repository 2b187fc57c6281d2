"""What moves a due moment: another type or urgency, a suspension 挂账, an extension 延期."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa

import clock
from access import Permission, check
from data_access import workdays
from data_access.desk import limits, rows, timing
from data_access.desk.filing import LEVELS
from data_access.desk.moving import is_suspended
from data_access.desk.rows import Event, Row
from data_access.tables.cases import Case, Category
from data_access.tables.desk import CaseExtension
from data_access.tables.places import Grid
from vocabulary.enums import OPEN_STATUSES, UNDER_WAY, CaseStatus, CaseType, EventKind, Level, Urgency
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible

S = CaseStatus


@dataclass(frozen=True)
class Changed:
    """What of a case is set anew; None leaves it as it is."""

    type: CaseType | None = None
    urgency: Urgency | None = None
    category_id: int | None = None
    grid_id: int | None = None
    level: Level | None = None


def reclassify(
    conn: sa.Connection, viewer: Viewer, case_id: int, seen_version: int, changed: Changed, reason: str
) -> None:
    """Sets type, urgency, category, grid or level anew; another type or urgency brings its own limit and due moment."""
    check(viewer, Permission.WORK_CASES)
    case = rows.running(rows.fresh(conn, viewer, case_id, seen_version), *OPEN_STATUSES)
    said = _reason(reason, case)
    values = _changed(conn, case, changed)
    if not values:
        raise NotPossible("desk.nothing_changed", number=case["number"])
    detail: dict[str, Any] = {"was": {name: case[name] for name in values}, "now": dict(values)}
    if case["limit_from"] is not None and ("type" in values or "urgency" in values):
        since = case["limit_from"]
        now = {**case, **values}
        day = since.astimezone(clock.SHANGHAI).date()
        limit = limits.limit_for(conn, limits.Kind.FINISH, now["type"], now["urgency"], day)
        detail |= timing.limit_detail(since, limit)
        values |= timing.limit_columns(since, limit)
        values |= timing.timed(conn, _calendar(conn), case_id, EventKind.CHANGED, detail)
    rows.write(conn, viewer, case, Event(EventKind.CHANGED, said, detail=detail), "case_reclassified", **values)


def suspend(
    conn: sa.Connection, viewer: Viewer, case_id: int, seen_version: int, until_on: date | None, reason: str
) -> None:
    """Stops the clock until the beginning of a day; without one until it is resumed, which supervision lists."""
    check(viewer, Permission.WORK_CASES)
    case = rows.running(rows.fresh(conn, viewer, case_id, seen_version), *UNDER_WAY)
    said = _reason(reason, case)
    if is_suspended(case):
        raise NotPossible("desk.suspended_already", number=case["number"])
    now = clock.now()
    if until_on is not None and until_on <= now.date():
        raise NotPossible("desk.suspended_until_past", day=until_on)
    until = until_on and datetime.combine(until_on, time(), clock.SHANGHAI)
    detail = {"from": now, "until": until, **timing.untold(conn, case)}
    values = timing.timed(conn, _calendar(conn), case_id, EventKind.SUSPENDED, detail)
    values |= {"suspended_from": now, "suspended_until": until, "suspension_reason": said}
    rows.write(conn, viewer, case, Event(EventKind.SUSPENDED, said, detail=detail), "case_suspended", **values)


def resume(conn: sa.Connection, viewer: Viewer, case_id: int, seen_version: int, note: str = "") -> None:
    """Lets the clock run again before its day. NotPossible for a case that is not suspended."""
    check(viewer, Permission.WORK_CASES)
    case = rows.fresh(conn, viewer, case_id, seen_version)
    if not is_suspended(case):
        raise NotPossible("desk.not_suspended", number=case["number"])
    detail = {"at": clock.now()}
    values = timing.timed(conn, _calendar(conn), case_id, EventKind.RESUMED, detail)
    values |= {"suspended_from": None, "suspended_until": None, "suspension_reason": None}
    event = Event(EventKind.RESUMED, rows.clean("note", note), detail=detail)
    rows.write(conn, viewer, case, event, "case_resumed", **values)


def ask_extension(
    conn: sa.Connection, viewer: Viewer, case_id: int, seen_version: int, until_on: date, reason: str
) -> int:
    """Asks for more time until the office closes on a day; gives its id. By rule an official approves it."""
    case = rows.led(viewer, rows.fresh(conn, viewer, case_id, seen_version))
    rows.running(case, *UNDER_WAY)
    said = _reason(reason, case)
    until = limits.closing(_calendar(conn), until_on)
    _check_extension(conn, case, until_on, until)
    now = clock.now()
    asked = sa.insert(CaseExtension).values(
        case_id=case_id, account_id=viewer.account_id or None, asked_at=now, until=until, reason=said
    )
    extension_id = int(conn.execute(asked.returning(CaseExtension.id)).scalar_one())
    rows.write(conn, viewer, case, Event(EventKind.EXTENSION_ASKED, said), "extension_asked")
    if not limits.approval_needed(conn, clock.today()):
        _grant(conn, viewer, extension_id, "")
    return extension_id


def decide_extension(conn: sa.Connection, viewer: Viewer, extension_id: int, approved: bool, answer: str = "") -> None:
    """An official's word on an extension; refusing one needs an answer. NotPossible when it was decided before."""
    check(viewer, Permission.SUPERVISE_CASES)
    said = rows.clean("note", answer)
    if not approved and not said:
        raise NotPossible("desk.answer_missing")
    if approved:
        _grant(conn, viewer, extension_id, said)
        return
    asked = _undecided(conn, extension_id)
    case = rows.seen(conn, viewer, asked.case_id)
    _decided(conn, viewer, extension_id, False, said)
    rows.write(conn, viewer, case, Event(EventKind.EXTENSION_REFUSED, said), "extension_refused")


def _grant(conn: sa.Connection, viewer: Viewer, extension_id: int, said: str) -> None:
    asked = _undecided(conn, extension_id)
    case = rows.running(rows.seen(conn, viewer, asked.case_id), *UNDER_WAY)
    _decided(conn, viewer, extension_id, True, said)
    detail = {"until": asked.until, **timing.untold(conn, case)}
    values = timing.timed(conn, _calendar(conn), case["id"], EventKind.EXTENDED, detail)
    values |= {"extended_to": asked.until, "extension_reason": asked.reason}
    event = Event(EventKind.EXTENDED, said or asked.reason, detail=detail)
    rows.write(conn, viewer, case, event, "extension_granted", **values)


def _undecided(conn: sa.Connection, extension_id: int) -> Any:
    asked = conn.execute(
        sa.select(CaseExtension.case_id, CaseExtension.until, CaseExtension.reason, CaseExtension.approved, Case.number)
        .select_from(CaseExtension.table().join(Case.table(), Case.id == CaseExtension.case_id))
        .where(CaseExtension.id == extension_id)
        .with_for_update(of=CaseExtension.table())
    ).one_or_none()
    if asked is None:
        raise NotPossible("words.row_gone")
    if asked.approved is not None:
        raise NotPossible("desk.extension_decided", number=asked.number)
    return asked


def _decided(conn: sa.Connection, viewer: Viewer, extension_id: int, approved: bool, said: str) -> None:
    values = {"approved": approved, "decided_at": clock.now(), "decided_by_id": viewer.account_id or None}
    here = sa.update(CaseExtension).where(CaseExtension.id == extension_id)
    conn.execute(here.values(**values, answer=said or None))


def _check_extension(conn: sa.Connection, case: Row, until_on: date, until: datetime) -> None:
    accepted = (case["accepted_at"] or case["received_at"]).astimezone(clock.SHANGHAI)
    if until_on < accepted.date():
        raise NotPossible("desk.due_before_accepted", day=until_on, accepted=accepted.date())
    if case["due_at"] is None:
        raise NotPossible("desk.no_limit", number=case["number"])
    if until <= case["due_at"] or until <= clock.now():
        due = case["due_at"].astimezone(clock.SHANGHAI)
        raise NotPossible("desk.extension_not_later", day=until_on, due=f"{due:%Y-%m-%d %H:%M}")
    waiting = sa.select(CaseExtension.id).where(CaseExtension.case_id == case["id"], CaseExtension.approved.is_(None))
    if conn.scalar(waiting.limit(1)) is not None:
        raise NotPossible("desk.extension_waits", number=case["number"])


def _changed(conn: sa.Connection, case: Row, changed: Changed) -> dict[str, Any]:
    for table, what, row_id in ((Category, "category", changed.category_id), (Grid, "grid", changed.grid_id)):
        if (
            row_id is not None
            and conn.scalar(sa.select(table.table().c.id).where(table.table().c.id == row_id)) is None
        ):
            raise NotPossible(f"desk.none_such.{what}", id=row_id)
    level = changed.level or (LEVELS[changed.urgency] if changed.urgency else None)
    asked: dict[str, Any] = {
        "type": changed.type and changed.type.value,
        "urgency": changed.urgency and changed.urgency.value,
        "category_id": changed.category_id,
        "grid_id": changed.grid_id,
        "level": level and level.value,
    }
    return {name: value for name, value in asked.items() if value is not None and value != case[name]}


def _reason(reason: str, case: Row) -> str:
    said = rows.clean("reason", reason)
    if not said:
        raise NotPossible("desk.reason_missing", number=case["number"])
    return said


def _calendar(conn: sa.Connection) -> workdays.Calendar:
    return workdays.calendar_in(conn)


def expected(conn: sa.Connection, case_id: int) -> dict[str, Any]:
    """The due moments of a case worked out again from its events alone: what a check compares the stored ones with.

    One that came from a file before its events told of it stands on its due moment itself.
    """
    columns = sa.select(Case.id, Case.received_at, Case.due_at).where(Case.id == case_id)
    case = dict(conn.execute(columns).mappings().one())
    found = timing.replay([*timing.told(conn, case_id), (EventKind.IMPORTED, timing.plain(timing.untold(conn, case)))])
    due, severe = found.ends(_calendar(conn)) if found else (None, None)
    return {"due_at": due, "severe_at": severe}
