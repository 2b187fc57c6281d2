"""One case: what stands in it, its history, and a logged look at who reported it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from access import Permission, check, masked
from clock import SHANGHAI
from data_access import changes, scope
from data_access.frames import stands_on
from data_access.sealing import Seal
from data_access.tables.cases import Case, CaseContact, Category
from data_access.tables.places import Building, Grid, Place, Unit
from vocabulary.enums import Role, Subject
from vocabulary.questions import Filters, Viewer
from vocabulary.refusals import NotPossible

TEXTS = ("title", "body", "reply", "spot", "tags")
_MERGED = Case.table().alias("merged_in")


@dataclass(frozen=True)
class CaseDetail:
    """A case as a reader sees it: words of the enumerations as they are kept, free text masked, moments in Shanghai."""

    id: int
    source: str
    number: str
    title: str
    body: str | None
    reply: str | None
    status: str
    urgency: str | None
    type: str | None
    channel: str | None
    board: str | None
    field: str | None
    nature: str | None
    tags: str | None
    category_id: int | None
    level1: str | None
    level2: str | None
    level3: str | None
    grid: str | None
    grid_en: str | None
    building: str | None
    place: str | None
    place_en: str | None
    spot: str | None
    lat: float | None
    lon: float | None
    village: str | None
    reporter_kind: str | None
    contacts: int
    votes_for: int | None
    votes_against: int | None
    lead_unit: str | None
    lead_unit_en: str | None
    level: str | None
    result: str | None
    resident_solved: bool | None
    resident_satisfied: bool | None
    received_at: datetime
    accepted_at: datetime | None
    first_contact_at: datetime | None
    assigned_at: datetime | None
    due_at: datetime | None
    finished_at: datetime | None
    dropped_on: date | None
    worked_minutes: int | None
    reopened_count: int
    extended_to: datetime | None
    suspended_from: datetime | None
    suspended_until: datetime | None
    batch_id: int | None
    version: int


@dataclass(frozen=True)
class Revealed:
    """Who reported a case, each as {code, name, phone, address} without what is not given, and its texts in full."""

    contacts: tuple[Mapping[str, str], ...]
    title: str
    body: str | None
    reply: str | None
    spot: str | None


def _of_reporters(case_id: Any) -> sa.ColumnElement[bool]:
    """The contacts of a case and of those that were merged into it."""
    merged = sa.select(_MERGED.c.id).where(_MERGED.c.parent_id == case_id).correlate(Case.table())
    return sa.or_(CaseContact.case_id == case_id, CaseContact.case_id.in_(merged))


_ELSEWHERE: Mapping[str, Any] = {
    "level1": Category.level1,
    "level2": Category.level2,
    "level3": Category.level3,
    "grid": Grid.name,
    "grid_en": Grid.name_en,
    "building": Building.number,
    "place": Place.name,
    "place_en": Place.name_en,
    "lead_unit": Unit.name,
    "lead_unit_en": Unit.name_en,
    "contacts": sa.select(sa.func.count()).where(_of_reporters(Case.id)).correlate(Case.table()).scalar_subquery(),
}
_COLUMNS: list[Any] = [(_ELSEWHERE.get(f.name, Case.table().c.get(f.name))).label(f.name) for f in fields(CaseDetail)]
_JOINED = (
    Case.table()
    .outerjoin(Category.table(), Category.id == Case.category_id)
    .outerjoin(Grid.table(), Grid.id == Case.grid_id)
    .outerjoin(Building.table(), Building.id == Case.building_id)
    .outerjoin(Place.table(), Place.id == Case.place_id)
    .outerjoin(Unit.table(), Unit.id == Case.lead_unit_id)
)


@stands_on(Subject.CASES, Subject.PLACES)
def one(conn: sa.Connection, viewer: Viewer, case_id: int) -> CaseDetail | None:
    """The case; None where there is none that this viewer sees."""
    check(viewer, Permission.SEE_CASES)
    statement = sa.select(*_COLUMNS).select_from(_JOINED).where(Case.id == case_id)
    row = conn.execute(scope.within(statement, viewer, Filters(), conn.dialect.name)).mappings().first()
    return CaseDetail(**{name: _seen(name, value) for name, value in row.items()}) if row else None


@stands_on(Subject.CASES)
def named(conn: sa.Connection, viewer: Viewer, name: str) -> int | None:
    """The id of the case that an address names: its id, or source/number."""
    check(viewer, Permission.SEE_CASES)
    source, slash, number = name.partition("/")
    if slash:
        same = sa.and_(Case.source == source, Case.number == number)
    elif name.isascii() and name.isdecimal() and len(name) < 10:
        same = sa.and_(Case.id == int(name))
    else:
        return None
    return conn.scalar(scope.within(sa.select(Case.id).where(same), viewer, Filters(), conn.dialect.name))


@stands_on(Subject.CASES)
def numbered(conn: sa.Connection, viewer: Viewer, number: str) -> int | None:
    """The id of the case of this number, the newest where sources share one; None where this viewer sees none."""
    check(viewer, Permission.SEE_CASES)
    statement = sa.select(Case.id).where(Case.number == number).order_by(Case.id.desc()).limit(1)
    return conn.scalar(scope.within(statement, viewer, Filters(), conn.dialect.name))


def reveal(conn: sa.Connection, viewer: Viewer, case_id: int, seal: Seal) -> Revealed:
    """Opens the contacts of a case and its texts; the look is written down. NotPossible for a case out of sight."""
    check(viewer, Permission.REVEAL_CONTACT)
    texts = sa.select(Case.title, Case.body, Case.reply, Case.spot).where(Case.id == case_id)
    if viewer.role is Role.UNIT:  # of those it helps with or is informed of it sees no contact
        texts = texts.where(Case.lead_unit_id == viewer.unit_id)
    row = conn.execute(scope.within(texts, viewer, Filters(), conn.dialect.name)).first()
    if row is None:
        raise NotPossible("cases.not_there", case=case_id)
    sealed = conn.scalars(sa.select(CaseContact.sealed).where(_of_reporters(case_id)).order_by(CaseContact.id))
    contacts = tuple({name: said for name, said in seal.open(one).items() if said} for one in sealed)
    changes.note(conn, viewer, Subject.CASES, "contact_revealed", case_id)
    return Revealed(contacts, *row)


def _seen(name: str, value: Any) -> Any:
    if name in TEXTS and isinstance(value, str):
        return masked(value)
    return value.astimezone(SHANGHAI) if isinstance(value, datetime) else value
