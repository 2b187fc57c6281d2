"""Which disputes and opinions a viewer sees, and in which grid a viewer may write."""

from secrets import token_hex
from typing import Any

import sqlalchemy as sa

from access import OPERATOR
from data_access.tables.base import Base
from data_access.tables.peace_post import Dispute, Opinion
from data_access.tables.places import Grid
from texts import language
from vocabulary.enums import Role
from vocabulary.questions import Filters, Viewer
from vocabulary.refusals import NotPossible

Condition = sa.ColumnElement[bool]


def grid_name() -> sa.ColumnElement[Any]:
    """The name of a joined grid in the reader's language."""
    return sa.func.coalesce(Grid.name_en if language() == "en" else Grid.name, Grid.name)


def seen(table: type[Dispute] | type[Opinion], viewer: Viewer) -> list[Condition]:
    """Conditions: not void; a worker's own grids (and opinions without one), a feeder's own feed, or all."""
    there: list[Condition] = [table.void_at.is_(None)]
    if viewer == OPERATOR or viewer.role in (Role.OFFICIAL, Role.PRESENTER, Role.ADMIN):
        return there
    if viewer.role is Role.FEEDER:
        return [*there, table.feed == viewer.feed]
    if viewer.role is Role.WORKER:
        own: Condition = table.grid_id.in_(viewer.grids)
        return [*there, own if table is Dispute else sa.or_(own, table.grid_id.is_(None))]
    return [sa.false()]


def narrowed(table: type[Dispute] | type[Opinion], filters: Filters) -> list[Condition]:
    """The filter by grid; the others are about cases."""
    if not filters.grids:
        return []
    inside = table.grid_id.in_(sa.select(Grid.id).where(Grid.code.in_([code for code in filters.grids if code])))
    return [sa.or_(inside, table.grid_id.is_(None)) if "" in filters.grids else inside]


def grid_id(conn: sa.Connection, viewer: Viewer, code: str) -> int:
    """The grid of this code. NotPossible when there is none, or when it is not one of the worker's own."""
    found = conn.execute(sa.select(Grid.id, Grid.name).where(Grid.code == code)).first()
    if found is None:
        raise NotPossible("peace_post.no_grid", grid=code)
    if viewer.role is Role.WORKER and found.id not in viewer.grids:
        raise NotPossible("peace_post.other_grid", grid=found.name)
    return int(found.id)


def row(conn: sa.Connection, viewer: Viewer, table: type[Dispute] | type[Opinion], row_id: int) -> dict[str, Any]:
    """The row, to be changed. NotPossible when this viewer sees none of this id."""
    statement = sa.select(table.table()).where(table.id == row_id, *seen(table, viewer))
    found = conn.execute(statement).mappings().one_or_none()
    if found is None:
        raise NotPossible("words.row_gone")
    return dict(found)


def insert(conn: sa.Connection, table: type[Base], letters: str, **values: Any) -> int:
    """Adds a row and gives its id; without a number it gets one from `letters` and its id: TJ00017."""
    given = values.pop("number", None)
    added = conn.execute(sa.insert(table).values(**values, number=given or token_hex(8)))
    assert added.inserted_primary_key is not None
    row_id = int(added.inserted_primary_key[0])
    if given is None:
        where = sa.update(table).where(table.table().c.id == row_id)
        conn.execute(where.values(number=f"{letters}{row_id:05d}"))
    return row_id


def update(conn: sa.Connection, table: type[Base], row_id: int, seen_version: int, **values: Any) -> None:
    """Writes the columns and raises the version. NotPossible when somebody changed the row since `seen_version`."""
    columns = table.table().c
    here = sa.update(table).where(columns.id == row_id, columns.version == seen_version)
    if not conn.execute(here.values(**values, version=seen_version + 1)).rowcount:
        raise NotPossible("words.changed_meanwhile")
