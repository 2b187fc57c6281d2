"""The books of what the office keeps: workdays, targets, residents counted, grids and buildings."""

from typing import Any

import sqlalchemy as sa

from access import Permission
from data_access import desk
from data_access.books.book import Book, Row, one_by_one
from data_access.corrections import correct
from data_access.rules.neighbourhood import add_building, add_grid
from data_access.rules.sheet import CountFacts, DayFacts, TargetFacts, write_counts, write_targets, write_workdays
from data_access.tables.places import Building, BuildingElders, Grid
from data_access.tables.rules import Target, Workday
from texts import t
from vocabulary.enums import ELDER_BANDS, AgeBand, Subject
from vocabulary.questions import Viewer

BANDS = {f"band_{band.value[:2]}": band for band in ELDER_BANDS}
"""A field for each age band: band_60 … band_90."""


def _workday(conn: sa.Connection, viewer: Viewer, row: Row, _before: Row | None) -> None:
    write_workdays(conn, viewer, [DayFacts(row["day"], bool(row["works"]), row["name"] or "")])


def _target(conn: sa.Connection, viewer: Viewer, row: Row, _before: Row | None) -> None:
    write_targets(conn, viewer, [TargetFacts(row["metric"], row["value"], row["from_on"])])


def _count(conn: sa.Connection, viewer: Viewer, row: Row, _before: Row | None) -> None:
    counts = {band: row[name] for name, band in BANDS.items()}
    write_counts(conn, viewer, [CountFacts(row["building"], row["counted_on"], counts)])


def _grid(conn: sa.Connection, viewer: Viewer, row: Row, before: Row | None) -> None:
    name, name_en = row["name"], row["name_en"]
    if before is None:
        add_grid(conn, viewer, row["code"], name, name_en or "")
        return
    now = {"name": name, "name_en": name_en}
    reason = t("sheet_kinds.by_import")
    correct(conn, viewer, Subject.PLACES, Grid, before["id"], before["version"], reason, **now)


def _building(conn: sa.Connection, viewer: Viewer, row: Row, before: Row | None) -> None:
    if before is None:
        add_building(conn, viewer, row["building"], row["grid"] or "")
        return
    grid_id = conn.scalar(sa.select(Grid.id).where(Grid.code == row["grid"]))
    reason = t("sheet_kinds.by_import")
    correct(conn, viewer, Subject.PLACES, Building, before["id"], before["version"], reason, grid_id=grid_id)


def _residents(band: AgeBand) -> sa.ColumnElement[Any]:
    mine = sa.case((BuildingElders.band == band.value, BuildingElders.residents), else_=0)
    return sa.cast(sa.func.sum(mine), sa.Integer)


_COUNTED = (
    sa.select(
        sa.func.min(BuildingElders.id).label("id"),
        sa.func.max(BuildingElders.version).label("version"),
        BuildingElders.building_id,
        BuildingElders.counted_on,
        *(_residents(band).label(name) for name, band in BANDS.items()),
    )
    .group_by(BuildingElders.building_id, BuildingElders.counted_on)
    .subquery()
)
WORKDAYS = Book(
    subject=Subject.RULES,
    permission=Permission.EDIT_RULES,
    identity=("day",),
    columns={
        "id": Workday.id,
        "version": Workday.version,
        "day": Workday.day,
        "works": Workday.works,
        "name": Workday.name,
    },
    source=Workday.table(),
    writer=one_by_one(_workday, desk.move_dues),
    day=Workday.day,
)
TARGETS = Book(
    subject=Subject.RULES,
    permission=Permission.EDIT_RULES,
    identity=("metric", "from_on"),
    columns={
        "id": Target.id,
        "version": Target.version,
        "metric": Target.metric,
        "value": Target.value,
        "from_on": Target.from_on,
    },
    source=Target.table(),
    writer=one_by_one(_target),
)
ELDER_COUNTS = Book(
    subject=Subject.PLACES,
    permission=Permission.EDIT_RULES,
    identity=("building", "counted_on"),
    columns={
        "id": _COUNTED.c.id,
        "version": _COUNTED.c.version,
        "building": Building.number,
        "counted_on": _COUNTED.c.counted_on,
        **{name: _COUNTED.c[name] for name in BANDS},
    },
    source=_COUNTED.join(Building.table(), Building.id == _COUNTED.c.building_id),
    writer=one_by_one(_count),
)
GRIDS = Book(
    subject=Subject.PLACES,
    permission=Permission.EDIT_RULES,
    identity=("code",),
    columns={
        "id": Grid.id,
        "version": Grid.version,
        "code": Grid.code,
        "name": Grid.name,
        "name_en": Grid.name_en,
    },
    source=Grid.table(),
    writer=one_by_one(_grid),
)
BUILDINGS = Book(
    subject=Subject.PLACES,
    permission=Permission.EDIT_RULES,
    identity=("building",),
    columns={"id": Building.id, "version": Building.version, "building": Building.number, "grid": Grid.code},
    source=Building.table().outerjoin(Grid.table(), Grid.id == Building.grid_id),
    writer=one_by_one(_building),
)
