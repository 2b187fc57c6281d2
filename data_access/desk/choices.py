"""What the forms of the desk choose from: units, grids, buildings, and the paths of the taxonomy."""

from dataclasses import dataclass

import sqlalchemy as sa

from access import Permission, check
from data_access.frames import stands_on
from data_access.tables.cases import Category
from data_access.tables.places import Building, Grid, Place, Unit
from vocabulary.enums import PlaceStatus, Subject
from vocabulary.questions import Viewer


@dataclass(frozen=True)
class Named:
    """A row that can be chosen, with its names."""

    id: int
    code: str
    name: str
    name_en: str | None


@dataclass(frozen=True)
class Choices:
    """Everything by id, in the order of codes and paths; `grid_of` is the grid of each building that has one.

    A place that was closed is not among them.
    """

    units: tuple[Named, ...]
    grids: tuple[Named, ...]
    buildings: tuple[Named, ...]
    places: tuple[Named, ...]
    categories: tuple[tuple[int, tuple[str, ...]], ...]
    grid_of: tuple[tuple[int, int], ...]


@stands_on(Subject.PLACES, Subject.CASES)
def choices(conn: sa.Connection, viewer: Viewer) -> Choices:
    """What there is to choose."""
    check(viewer, Permission.SEE_CASES)
    rows = conn.execute(
        sa.select(Category.id, Category.level1, Category.level2, Category.level3).order_by(
            Category.level1, Category.level2, Category.level3
        )
    )
    paths = tuple((row[0], tuple(level for level in row[1:] if level)) for row in rows)
    houses = conn.execute(sa.select(Building.id, Building.number, Building.grid_id)).all()
    ordered = sorted(houses, key=lambda row: (not row.number.isdecimal(), row.number.zfill(8)))
    return Choices(
        units=_named(conn, Unit),
        grids=_named(conn, Grid),
        buildings=tuple(Named(row.id, row.number, row.number, None) for row in ordered),
        places=_named(conn, Place, Place.status != PlaceStatus.CLOSED),
        categories=paths,
        grid_of=tuple((row.id, row.grid_id) for row in houses if row.grid_id is not None),
    )


def _named(
    conn: sa.Connection, table: type[Unit] | type[Grid] | type[Place], *which: sa.ColumnElement[bool]
) -> tuple[Named, ...]:
    statement = sa.select(table.id, table.code, table.name, table.name_en).where(*which).order_by(table.code)
    return tuple(Named(*row) for row in conn.execute(statement))
