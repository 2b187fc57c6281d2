"""Places of the neighbourhood: service points, grids, buildings, and their residents of 60+."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache

import polars as pl
import sqlalchemy as sa

from clock import SHANGHAI
from data_access.frames import Schema, read, stands_on
from data_access.tables.places import Building, BuildingElders, Grid, Place
from vocabulary.enums import PlaceStatus, Subject
from vocabulary.questions import Viewer

PLACES: Schema = {
    "code": pl.String,
    "kind": pl.String,
    "name": pl.String,
    "name_en": pl.String,
    "address": pl.String,
    "lon": pl.Float64,
    "lat": pl.Float64,
    "accuracy": pl.String,
    "hours": pl.String,
    "step_free": pl.Boolean,
    "phone": pl.String,
    "status": pl.String,
    "note": pl.String,
}
GRIDS: Schema = {
    "id": pl.Int64,
    "code": pl.String,
    "name": pl.String,
    "name_en": pl.String,
    "polygon": pl.String,
}
BUILDINGS: Schema = {
    "id": pl.Int64,
    "number": pl.String,
    "grid": pl.String,
    "lon": pl.Float64,
    "lat": pl.Float64,
    "polygon": pl.String,
}
ELDERS: Schema = {
    "building": pl.String,
    "grid": pl.String,
    "band": pl.String,
    "residents": pl.Int64,
    "counted_on": pl.Date,
}


@dataclass(frozen=True)
class Hours:
    """When a place is open: by weekday (Monday 1) the times from and to, in order."""

    by_weekday: tuple[tuple[tuple[time, time], ...], ...]

    def on(self, day: date) -> tuple[tuple[time, time], ...]:
        return self.by_weekday[day.weekday()]

    def hold_at(self, moment: datetime) -> bool:
        """Open at this moment? The closing time itself is closed."""
        here = moment.astimezone(SHANGHAI)
        return any(opens <= here.time() < closes for opens, closes in self.on(here.date()))


@lru_cache(maxsize=256)
def hours_of(text: str) -> Hours:
    """The hours in a place's column: JSON, weekday "1".."7" to a list of ["07:00", "09:00"]."""
    given = json.loads(text)
    days = [given.get(str(weekday), []) for weekday in range(1, 8)]
    return Hours(tuple(tuple((time.fromisoformat(a), time.fromisoformat(b)) for a, b in day) for day in days))


def open_at(status: str, hours: str, moment: datetime) -> bool:
    """Is a place with this status and these hours open at a moment?"""
    return status == PlaceStatus.OPEN and hours_of(hours).hold_at(moment)


@stands_on(Subject.PLACES)
def places(conn: sa.Connection, _viewer: Viewer) -> pl.DataFrame:
    """The service points in the order they were entered."""
    columns = [getattr(Place, name) for name in PLACES]
    return read(conn, sa.select(*columns).order_by(Place.id), PLACES)


@stands_on(Subject.PLACES)
def grids(conn: sa.Connection, _viewer: Viewer) -> pl.DataFrame:
    """The grids by code; `polygon` is a GeoJSON geometry or null."""
    columns = [getattr(Grid, name) for name in GRIDS]
    return read(conn, sa.select(*columns).order_by(Grid.code), GRIDS)


@stands_on(Subject.PLACES)
def buildings(conn: sa.Connection, _viewer: Viewer) -> pl.DataFrame:
    """The buildings in the order they were entered, each with its grid's code."""
    statement = (
        sa.select(Building.id, Building.number, Grid.code.label("grid"), Building.lon, Building.lat, Building.polygon)
        .select_from(Building.table().outerjoin(Grid.table(), Grid.id == Building.grid_id))
        .order_by(Building.id)
    )
    return read(conn, statement, BUILDINGS)


@stands_on(Subject.PLACES)
def elders_over(conn: sa.Connection, _viewer: Viewer, _since: date, until: date) -> pl.DataFrame:
    """Every count of residents of 60+ made up to `until`, by building, grid code and band.

    Of several counts of a building and band the newest up to a day holds on that day.
    """
    statement = (
        sa.select(
            Building.number.label("building"),
            Grid.code.label("grid"),
            BuildingElders.band,
            BuildingElders.residents,
            BuildingElders.counted_on,
        )
        .select_from(
            BuildingElders.table()
            .join(Building.table(), Building.id == BuildingElders.building_id)
            .outerjoin(Grid.table(), Grid.id == Building.grid_id)
        )
        .where(BuildingElders.counted_on <= until)
        .order_by(BuildingElders.counted_on, Building.id, BuildingElders.band)
    )
    return read(conn, statement, ELDERS)


@stands_on(Subject.PLACES)
def elders(conn: sa.Connection, viewer: Viewer, on: date) -> pl.DataFrame:
    """The residents of 60+ that hold on a day: the newest count of each building and band up to it."""
    counts = elders_over(conn, viewer, on, on)
    return counts.unique(["building", "band"], keep="last", maintain_order=True)
