"""From when to when each case was on the desk: what the figures of cases are computed from, with the rows behind."""

from datetime import date

import polars as pl
import sqlalchemy as sa

from access import Permission
from data_access import evidence, scope
from data_access.cases.columns import CATEGORY, CLOSED_ON, WITH_NAMES
from data_access.frames import MOMENT, Schema, read, stands_on
from data_access.tables.cases import Case
from data_access.tables.places import Grid
from vocabulary.enums import Subject
from vocabulary.questions import Filters, Viewer

SPANS: Schema = {
    "id": pl.Int64,
    "received_on": pl.Date,
    "finished_on": pl.Date,
    "closed_on": pl.Date,
    "status": pl.String,
    "worked_minutes": pl.Int64,
}


@stands_on(Subject.CASES, Subject.PLACES)
def spans(conn: sa.Connection, viewer: Viewer, since: date, until: date, filters: Filters) -> pl.DataFrame:
    """One row a case that was received, finished or dropped from `since` to `until`, or open when they began.

    `closed_on` is the day it was finished or dropped. Figures need it, so whoever sees figures may have it.
    """
    statement = sa.select(
        Case.id,
        Case.received_on,
        Case.finished_on,
        CLOSED_ON.label("closed_on"),
        Case.status,
        Case.worked_minutes,
    ).where(
        Case.received_on <= until,
        sa.or_(Case.received_on >= since, sa.func.coalesce(CLOSED_ON, until) >= since),
    )
    return read(conn, scope.within(statement, viewer, filters, conn.dialect.name), SPANS)


evidence.SUBJECTS["cases"] = evidence.Selected(
    permission=Permission.SEE_CASES,
    columns={
        "number": Case.number,
        "title": Case.title,
        "category": CATEGORY,
        "channel": Case.channel,
        "urgency": Case.urgency,
        "status": Case.status,
        "grid": Grid.name,
        "received_at": Case.received_at,
        "finished_at": Case.finished_at,
        "worked_hours": sa.cast(Case.worked_minutes, sa.Float) / 60,
        "id": Case.id,
    },
    schema={
        "number": pl.String,
        "title": pl.String,
        "category": pl.String,
        "channel": pl.String,
        "urgency": pl.String,
        "status": pl.String,
        "grid": pl.String,
        "received_at": MOMENT,
        "finished_at": MOMENT,
        "worked_hours": pl.Float64,
        "id": pl.Int64,
    },
    source=WITH_NAMES,
    order=(Case.received_at.desc(), Case.id.desc()),
    hidden={
        "received_on": Case.received_on,
        "finished_on": Case.finished_on,
        "closed_on": CLOSED_ON,
        "status": Case.status,
        "worked_minutes": Case.worked_minutes,
    },
    narrow=scope.within,
    masked=("title",),
)
