"""How many cases are open at each building: a figure, so whoever sees figures may have it."""

import polars as pl
import sqlalchemy as sa

from data_access import scope
from data_access.cases.columns import CLOSED_ON
from data_access.frames import Schema, read, stands_on
from data_access.tables.cases import Case
from data_access.tables.places import Building
from vocabulary.enums import Subject
from vocabulary.questions import Filters, Viewer

BY_BUILDING: Schema = {"building": pl.String, "cases": pl.Int64}


@stands_on(Subject.CASES, Subject.PLACES)
def open_by_building(conn: sa.Connection, viewer: Viewer) -> pl.DataFrame:
    """The open cases by the number of their building, null for those at none; a building without any has no row."""
    statement = (
        sa.select(Building.number.label("building"), sa.func.count().label("cases"))
        .select_from(Case.table().outerjoin(Building.table(), Building.id == Case.building_id))
        .where(CLOSED_ON.is_(None))
        .group_by(Building.number)
        .order_by(Building.number)
    )
    return read(conn, scope.within(statement, viewer, Filters(), conn.dialect.name), BY_BUILDING)
