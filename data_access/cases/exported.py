"""The cases of a list as rows to carry away: whole where nothing is hidden, masked beside it where something is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
import sqlalchemy as sa

from access import Permission, check
from data_access import scope
from data_access.cases.listing import shown
from data_access.frames import MOMENT, Schema, covered, read, stands_on
from data_access.tables.cases import Case, Category
from data_access.tables.places import Building, Grid, Unit
from vocabulary.enums import Subject
from vocabulary.questions import Filters, Viewer

ARROW = "->"
TEXTS = ("title", "body", "reply", "tags", "spot", "extension_reason", "suspension_reason")
SCHEMA: Schema = {
    "source": pl.String,
    "number": pl.String,
    "channel": pl.String,
    "type": pl.String,
    "category": pl.String,
    "urgency": pl.String,
    "nature": pl.String,
    "title": pl.String,
    "body": pl.String,
    "reply": pl.String,
    "tags": pl.String,
    "village": pl.String,
    "spot": pl.String,
    "grid": pl.String,
    "building": pl.String,
    "reporter_kind": pl.String,
    "lead_unit": pl.String,
    "status": pl.String,
    "result": pl.String,
    "resident_solved": pl.Boolean,
    "resident_satisfied": pl.Boolean,
    "votes_for": pl.Int64,
    "votes_against": pl.Int64,
    "received_at": MOMENT,
    "accepted_at": MOMENT,
    "first_contact_at": MOMENT,
    "assigned_at": MOMENT,
    "due_at": MOMENT,
    "finished_at": MOMENT,
    "extension_reason": pl.String,
    "suspension_reason": pl.String,
}
_PATH: sa.ColumnElement[Any] = (
    Category.level1
    + sa.case((Category.level2 != "", ARROW + Category.level2), else_="")
    + sa.case((Category.level3 != "", ARROW + Category.level3), else_="")
)
_ELSEWHERE: Mapping[str, Any] = {
    "category": _PATH,
    "grid": Grid.name,
    "building": Building.number,
    "lead_unit": Unit.name,
}
_COLUMNS: list[Any] = [_ELSEWHERE.get(name, Case.table().c.get(name)).label(name) for name in SCHEMA]
_JOINED = (
    Case.table()
    .outerjoin(Category.table(), Category.id == Case.category_id)
    .outerjoin(Grid.table(), Grid.id == Case.grid_id)
    .outerjoin(Building.table(), Building.id == Case.building_id)
    .outerjoin(Unit.table(), Unit.id == Case.lead_unit_id)
)


@dataclass(frozen=True)
class Exported:
    """The rows, newest first, without columns that no row fills.

    A text column of which any cell had to be masked is not among them: it stands in `masked` instead, under its name,
    row by row, and an import must pass it over.
    """

    rows: pl.DataFrame
    masked: pl.DataFrame


@stands_on(Subject.CASES, Subject.PLACES)
def export_rows(conn: sa.Connection, viewer: Viewer, filters: Filters) -> Exported:
    """The list that these filters show. (source, number) is each row's identity."""
    check(viewer, Permission.SEE_CASES)
    check(viewer, Permission.EXPORT)
    statement = sa.select(*_COLUMNS).select_from(_JOINED).where(*shown(filters))
    statement = scope.within(statement, viewer, filters, conn.dialect.name)
    found = read(conn, statement.order_by(Case.received_at.desc(), Case.id.desc()), SCHEMA)
    seen = covered(found.select(TEXTS), *TEXTS)
    hidden = [name for name in TEXTS if not seen[name].equals(found[name])]
    filled = [name for name in found.columns if name in ("source", "number") or found[name].null_count() < found.height]
    return Exported(found.select(name for name in filled if name not in hidden), seen.select(hidden))
