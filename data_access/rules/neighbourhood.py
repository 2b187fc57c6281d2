"""Grids, buildings and their residents of 60+ as counted on a day; a new count is a new row."""

from collections.abc import Mapping
from datetime import date

import polars as pl
import sqlalchemy as sa

import clock
from access import Permission, check
from data_access import changes
from data_access.frames import Schema, read, stands_on
from data_access.tables.places import Building, BuildingElders, Grid
from vocabulary.enums import ELDER_BANDS, AgeBand, Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible

MOST = 5000
COUNTS: Schema = {
    "building": pl.String,
    "grid": pl.String,
    "grid_en": pl.String,
    "counted_on": pl.Date,
    "elders": pl.Int64,
}


def add_grid(conn: sa.Connection, viewer: Viewer, code: str, name: str, name_en: str = "") -> int:
    """Adds a grid. NotPossible without a name or when its code is taken."""
    check(viewer, Permission.EDIT_RULES)
    if not code.strip() or not name.strip():
        raise NotPossible("rules.grid_unnamed")
    if conn.scalar(sa.select(Grid.id).where(Grid.code == code.strip())):
        raise NotPossible("rules.grid_twice", code=code.strip())
    values = {"code": code.strip(), "name": name.strip(), "name_en": name_en.strip() or None}
    grid_id = int(conn.execute(sa.insert(Grid).values(**values).returning(Grid.id)).scalar_one())
    changes.record(conn, viewer, Subject.PLACES, "grid_added", grid_id)
    return grid_id


def add_building(conn: sa.Connection, viewer: Viewer, number: str, grid_code: str = "") -> int:
    """Adds a building, in the grid of this code. NotPossible without a number or when it is taken."""
    check(viewer, Permission.EDIT_RULES)
    if not number.strip():
        raise NotPossible("rules.building_unnamed")
    if conn.scalar(sa.select(Building.id).where(Building.number == number.strip())):
        raise NotPossible("rules.building_twice", number=number.strip())
    grid_id = conn.scalar(sa.select(Grid.id).where(Grid.code == grid_code)) if grid_code else None
    values = {"number": number.strip(), "grid_id": grid_id}
    building_id = int(conn.execute(sa.insert(Building).values(**values).returning(Building.id)).scalar_one())
    changes.record(conn, viewer, Subject.PLACES, "building_added", building_id)
    return building_id


def count_elders(
    conn: sa.Connection, viewer: Viewer, number: str, counts: Mapping[AgeBand, int], counted_on: date
) -> None:
    """Writes down how many of 60+ live in a building by age band, as counted on a day.

    NotPossible for a day to come, a second count of the same day, or a number below nought.
    """
    check(viewer, Permission.EDIT_RULES)
    building_id = conn.scalar(sa.select(Building.id).where(Building.number == number))
    if building_id is None:
        raise NotPossible("words.row_gone")
    if counted_on > clock.today():
        raise NotPossible("rules.counted_ahead", number=number, day=counted_on)
    here = sa.and_(BuildingElders.building_id == building_id, BuildingElders.counted_on == counted_on)
    if conn.scalar(sa.select(BuildingElders.id).where(here).limit(1)):
        raise NotPossible("rules.counted_twice", number=number, day=counted_on)
    for band in ELDER_BANDS:
        if not 0 <= counts.get(band, 0) <= MOST:
            raise NotPossible("rules.count_beyond", number=number, band=band, count=counts[band], most=MOST)
    rows = [
        {"building_id": building_id, "band": band.value, "residents": counts.get(band, 0), "counted_on": counted_on}
        for band in ELDER_BANDS
    ]
    conn.execute(sa.insert(BuildingElders), rows)
    changes.record(conn, viewer, Subject.PLACES, "elders_counted", building_id, counted_on=str(counted_on))


@stands_on(Subject.PLACES)
def elder_counts(conn: sa.Connection, _viewer: Viewer) -> pl.DataFrame:
    """Every count of every building, the newest first."""
    statement = (
        sa.select(
            Building.number.label("building"),
            Grid.name.label("grid"),
            Grid.name_en.label("grid_en"),
            BuildingElders.counted_on,
            sa.func.sum(BuildingElders.residents).label("elders"),
        )
        .select_from(
            BuildingElders.table()
            .join(Building.table(), Building.id == BuildingElders.building_id)
            .outerjoin(Grid.table(), Grid.id == Building.grid_id)
        )
        .group_by(Building.number, Grid.name, Grid.name_en, BuildingElders.counted_on)
        .order_by(BuildingElders.counted_on.desc(), Building.number)
    )
    return read(conn, statement, COUNTS)
