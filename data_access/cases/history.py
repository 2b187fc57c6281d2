"""What happened to a case, dated: its events, and the moments a file told of without an event of their own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from access import Permission, allows, check, masked, masked_name
from clock import SHANGHAI
from data_access import scope
from data_access.frames import stands_on
from data_access.tables.accounts import Account
from data_access.tables.cases import Case, CaseEvent
from data_access.tables.places import Unit
from vocabulary.enums import DONE_STATUSES, CaseStatus, EventKind, Subject
from vocabulary.questions import Filters, Viewer

NEAR_SECONDS = 60
RECEIVED = "received"
FIRST_CONTACT = "first_contact"


@dataclass(frozen=True)
class CaseStep:
    """One thing that happened; `what` is an EventKind, or `received` or `first_contact` for a moment of the case."""

    at: datetime
    what: str
    from_status: str | None = None
    to_status: str | None = None
    actor: str | None = None
    unit: str | None = None
    unit_en: str | None = None
    note: str | None = None


@stands_on(Subject.CASES, Subject.ACCOUNTS)
def events(conn: sa.Connection, viewer: Viewer, case_id: int) -> tuple[CaseStep, ...]:
    """The history, newest first; notes masked, and the names of who acted for those who may see no names."""
    check(viewer, Permission.SEE_CASES)
    moments = sa.select(Case.received_at, Case.accepted_at, Case.first_contact_at, Case.assigned_at, Case.finished_at)
    case = conn.execute(
        scope.within(moments.add_columns(Case.status).where(Case.id == case_id), viewer, Filters(), conn.dialect.name)
    ).first()
    if case is None:
        return ()
    names_shown = allows(viewer, Permission.REVEAL_CONTACT)
    told = [_step(row, names_shown=names_shown) for row in conn.execute(_EVENTS.where(CaseEvent.case_id == case_id))]
    untold = [step for step in _moments(case) if not _is_told(step, told)]
    return tuple(sorted([*reversed(told), *untold], key=lambda step: step.at, reverse=True))


_EVENTS = (
    sa.select(
        CaseEvent.at,
        CaseEvent.kind,
        CaseEvent.from_status,
        CaseEvent.to_status,
        Account.name.label("actor"),
        Unit.name.label("unit"),
        Unit.name_en.label("unit_en"),
        CaseEvent.note,
    )
    .select_from(
        CaseEvent.table()
        .outerjoin(Account.table(), Account.id == CaseEvent.account_id)
        .outerjoin(Unit.table(), Unit.id == CaseEvent.unit_id)
    )
    .order_by(CaseEvent.at, CaseEvent.id)
)


def _step(row: sa.Row[*tuple[Any, ...]], *, names_shown: bool) -> CaseStep:
    at, kind, from_status, to_status, actor, unit, unit_en, note = row
    name = actor if names_shown or not actor else masked_name(actor)
    return CaseStep(
        at.astimezone(SHANGHAI), kind, from_status, to_status, name, unit, unit_en, masked(note) if note else None
    )


def _moments(case: sa.Row[*tuple[Any, ...]]) -> Iterable[CaseStep]:
    received, accepted, contacted, assigned, finished, status = case
    yield CaseStep(received.astimezone(SHANGHAI), RECEIVED)
    if contacted:
        yield CaseStep(contacted.astimezone(SHANGHAI), FIRST_CONTACT)
    for at, reached in ((accepted, CaseStatus.ACCEPTED), (assigned, CaseStatus.ASSIGNED)):
        if at:
            yield CaseStep(at.astimezone(SHANGHAI), EventKind.MOVED, to_status=reached.value)
    if finished and status in DONE_STATUSES:
        yield CaseStep(finished.astimezone(SHANGHAI), EventKind.MOVED, to_status=CaseStatus.FINISHED.value)


def _is_told(step: CaseStep, told: list[CaseStep]) -> bool:
    """Does an event say the same at (nearly) the same moment?"""
    for event in told:
        near = abs((event.at - step.at).total_seconds()) < NEAR_SECONDS
        if step.what == RECEIVED and event.what == EventKind.FILED and near:
            return True
        if step.to_status and event.to_status == step.to_status and near:
            return True
    return False
