"""Likely duplicates of a case before it is saved: near it in place, in time and in words."""

from datetime import datetime
from math import cos, radians
from typing import Any

import polars as pl
import sqlalchemy as sa

from access import Permission, check
from data_access import scope
from data_access.frames import MOMENT, Schema, covered, frame, stands_on
from data_access.search import pairs
from data_access.tables.cases import Case
from data_access.tables.places import Building
from vocabulary.enums import DROPPED_STATUSES, Subject
from vocabulary.questions import Filters, Viewer

METRES = 200
LIKE = 0.2
BEST = 5
LOOKED_AT = 1000
_DEGREE = 111_320
NEAR: Schema = {
    "id": pl.Int64,
    "number": pl.String,
    "title": pl.String,
    "status": pl.String,
    "received_at": MOMENT,
    "finished_at": MOMENT,
    "metres": pl.Float64,
    "likeness": pl.Float64,
}


@stands_on(Subject.CASES, Subject.PLACES)
def near(
    conn: sa.Connection,
    viewer: Viewer,
    text: str,
    since: datetime,
    building_id: int | None = None,
    lon: float | None = None,
    lat: float | None = None,
) -> pl.DataFrame:
    """The best few cases received since a moment within 200 m that share pairs of characters, the likest first.

    Without a place only the words are compared. `likeness` is the share of the shorter one's pairs (0-1).
    """
    check(viewer, Permission.SEE_CASES)
    if (lon is None or lat is None) and building_id is not None:
        at = conn.execute(sa.select(Building.lon, Building.lat).where(Building.id == building_id)).first()
        lon, lat = at or (None, None)
    wanted = pairs(" ".join(text.lower().split()))
    found = [
        (*row[:6], metres, round(likeness, 3))
        for row in conn.execute(scope.within(_candidates(since, building_id, lon, lat), viewer, Filters(), "")).all()
        for metres in [_metres(lon, lat, row.lon, row.lat)]
        for likeness in [_like(wanted, f"{row.title} {row.body or ''}")]
        if likeness >= LIKE and (metres is None or metres <= METRES)
    ]
    found.sort(key=lambda one: (-one[7], -one[4].timestamp()))
    return covered(frame(found[:BEST], NEAR), "title")


def _candidates(
    since: datetime, building_id: int | None, lon: float | None, lat: float | None
) -> sa.Select[*tuple[Any, ...]]:
    at = sa.func.coalesce(Case.lon, Building.lon), sa.func.coalesce(Case.lat, Building.lat)
    statement = (
        sa.select(
            Case.id,
            Case.number,
            Case.title,
            Case.status,
            Case.received_at,
            Case.finished_at,
            at[0].label("lon"),
            at[1].label("lat"),
            Case.body,
        )
        .select_from(Case.table().outerjoin(Building.table(), Building.id == Case.building_id))
        .where(Case.received_at >= since, Case.status.not_in([status.value for status in DROPPED_STATUSES]))
        .order_by(Case.received_at.desc())
        .limit(LOOKED_AT)
    )
    here = [Case.building_id == building_id] if building_id is not None else []
    if lon is not None and lat is not None:
        high, wide = METRES / _DEGREE, METRES / _DEGREE / cos(radians(lat))
        box = sa.and_(at[0].between(lon - wide, lon + wide), at[1].between(lat - high, lat + high))
        here = [*here, box]
    return statement.where(sa.or_(*here)) if here else statement


def _metres(lon: float | None, lat: float | None, other_lon: float | None, other_lat: float | None) -> float | None:
    if lon is None or lat is None or other_lon is None or other_lat is None:
        return None
    wide = (lon - other_lon) * _DEGREE * cos(radians(lat))
    return float(round(((lat - other_lat) * _DEGREE) ** 2 + wide**2, 6) ** 0.5)


def _like(wanted: set[str], text: str) -> float:
    other = pairs(" ".join(text.lower().split()))
    shorter = min(len(wanted), len(other))
    return len(wanted & other) / shorter if shorter else 0.0
