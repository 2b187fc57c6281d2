"""The stored cases that the rows of a file are compared with."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from data_access.tables.cases import Case, CaseContact, Category
from data_access.tables.places import Unit

AT_ONCE = 5_000
Stored = Mapping[str, Any]

COMPARED: tuple[str, ...] = (
    "channel",
    "type",
    "board",
    "field",
    "urgency",
    "title",
    "body",
    "reply",
    "grid_id",
    "building_id",
    "village",
    "spot",
    "reporter_kind",
    "nature",
    "tags",
    "votes_for",
    "votes_against",
    "level",
    "status",
    "result",
    "resident_solved",
    "resident_satisfied",
    "received_at",
    "accepted_at",
    "first_contact_at",
    "assigned_at",
    "due_at",
    "finished_at",
    "extension_reason",
    "suspension_reason",
)
"""The columns of a case that a file may say something of."""

_COLUMNS: list[Any] = [Case.table().c[name] for name in COMPARED]
_STORED = sa.select(
    Case.id,
    Case.number,
    Case.version,
    Case.limit_from,
    *_COLUMNS,
    Category.level1,
    Category.level2,
    Category.level3,
    Unit.name.label("lead_unit"),
).select_from(
    Case.table()
    .outerjoin(Category.table(), Category.id == Case.category_id)
    .outerjoin(Unit.table(), Unit.id == Case.lead_unit_id)
)


def stored(conn: sa.Connection, source: str, numbers: Sequence[str]) -> dict[str, Stored]:
    """The cases of a source that are stored already, by number; ask for AT_ONCE numbers at most."""
    wanted = _STORED.where(Case.source == source, Case.number.in_(numbers))
    return {row["number"]: dict(row) for row in conn.execute(wanted).mappings()}


def contacts(conn: sa.Connection, case_ids: Sequence[int]) -> dict[int, tuple[int, str, bytes]]:
    """The first contact of each of these cases: its id, its digest and what is sealed; AT_ONCE at most."""
    columns = (CaseContact.case_id, CaseContact.id, CaseContact.digest, CaseContact.sealed)
    rows = conn.execute(sa.select(*columns).where(CaseContact.case_id.in_(case_ids)).order_by(CaseContact.id.desc()))
    return {case_id: (contact_id, digest, sealed) for case_id, contact_id, digest, sealed in rows}
