"""The list of cases: a page of rows, how many there are, and where the open ones stand."""

from collections.abc import Mapping
from typing import Any

import polars as pl
import sqlalchemy as sa

from access import Permission, check
from data_access import scope
from data_access.cases.columns import CATEGORY, CLOSED_ON, WITH_NAMES
from data_access.frames import MOMENT, Schema, by_the_minute, covered, read, stands_on
from data_access.punctuality import LABEL
from data_access.tables.cases import Case
from data_access.tables.places import Building, Grid, Unit
from vocabulary.cases import Order, Show
from vocabulary.enums import DONE_STATUSES, Subject, Urgency
from vocabulary.questions import Filters, Viewer

ROWS: Schema = {
    "id": pl.Int64,
    "number": pl.String,
    "title": pl.String,
    "category": pl.String,
    "urgency": pl.String,
    "status": pl.String,
    "grid": pl.String,
    "grid_en": pl.String,
    "building": pl.String,
    "spot": pl.String,
    "received_at": MOMENT,
    "finished_at": MOMENT,
    "worked_minutes": pl.Int64,
    "lead_unit": pl.String,
    "lead_unit_en": pl.String,
    "due_at": MOMENT,
    "punctuality": pl.String,
    "version": pl.Int64,
}
OPEN_CASES: Schema = {"building": pl.String, "grid": pl.String, "cases": pl.Int64}

_NEWEST = (Case.received_at.desc(), Case.id.desc())
_FIRST = {word.value: rank for rank, word in enumerate((Urgency.EMERGENCY, Urgency.URGENT, Urgency.COMPLEX))}
ORDERS: Mapping[Order, tuple[sa.ColumnElement[Any], ...]] = {
    Order.NEWEST: _NEWEST,
    Order.OLDEST: (Case.received_at.asc(), Case.id.asc()),
    Order.URGENT: (sa.case(_FIRST, value=Case.urgency, else_=len(_FIRST)), *_NEWEST),
    Order.FINISHED: (Case.finished_on.desc().nulls_last(), Case.finished_at.desc().nulls_last(), Case.id.desc()),
    Order.DUE: (Case.due_at.asc().nulls_last(), Case.id.asc()),
    Order.LONGEST: (Case.worked_minutes.desc().nulls_last(), Case.id.desc()),
}


@by_the_minute
@stands_on(Subject.CASES, Subject.PLACES)
def listing(
    conn: sa.Connection, viewer: Viewer, filters: Filters, order: Order, since: int, limit: int
) -> pl.DataFrame:
    """`limit` rows of the list after the first `since`; titles and spots are masked."""
    check(viewer, Permission.SEE_CASES)
    wanted = scope.within(sa.select(Case.id).where(*shown(filters)), viewer, filters, conn.dialect.name)
    wanted = wanted.order_by(*ORDERS[order]).offset(since).limit(limit)
    statement = (
        sa.select(
            Case.id,
            Case.number,
            Case.title,
            CATEGORY.label("category"),
            Case.urgency,
            Case.status,
            Grid.name.label("grid"),
            Grid.name_en.label("grid_en"),
            Building.number.label("building"),
            Case.spot,
            Case.received_at,
            Case.finished_at,
            Case.worked_minutes,
            Unit.name.label("lead_unit"),
            Unit.name_en.label("lead_unit_en"),
            Case.due_at,
            LABEL.label("punctuality"),
            Case.version,
        )
        .select_from(WITH_NAMES.outerjoin(Unit.table(), Unit.id == Case.lead_unit_id))
        .where(Case.id.in_(sa.select(wanted.subquery().c.id)))
        .order_by(*ORDERS[order])
    )
    return covered(read(conn, statement, ROWS), "title", "spot")


@by_the_minute
@stands_on(Subject.CASES, Subject.PLACES)
def counts(conn: sa.Connection, viewer: Viewer, filters: Filters) -> dict[Show, int]:
    """How many cases each choice of the list holds under the same filters; all, whatever the period."""
    check(viewer, Permission.SEE_CASES)
    columns = [sa.func.count(sa.case((sa.and_(sa.true(), *_of(show, filters)), 1))).label(show.value) for show in Show]
    row = conn.execute(scope.within(sa.select(*columns), viewer, filters, conn.dialect.name)).one()
    return {show: int(getattr(row, show.value)) for show in Show}


@stands_on(Subject.CASES, Subject.PLACES)
def map_counts(conn: sa.Connection, viewer: Viewer, filters: Filters) -> pl.DataFrame:
    """Cases open when the period ends (now, without one) by building number and grid code; null is none."""
    check(viewer, Permission.SEE_CASES)
    statement = (
        sa.select(Building.number.label("building"), Grid.code.label("grid"), sa.func.count().label("cases"))
        .select_from(WITH_NAMES)
        .where(*_of(Show.OPEN, filters))
        .group_by(Building.number, Grid.code)
        .order_by(Building.number, Grid.code)
    )
    return read(conn, scope.within(statement, viewer, filters, conn.dialect.name), OPEN_CASES)


def shown(filters: Filters) -> list[sa.ColumnElement[bool]]:
    """The conditions of the choice that these filters make of a list."""
    return _of(filters.show or Show.RECEIVED, filters)


def _of(show: Show, filters: Filters) -> list[sa.ColumnElement[bool]]:
    period = filters.period
    match show:
        case Show.ALL:
            return []
        case Show.OPEN if period:
            return [Case.received_on <= period.until, sa.or_(CLOSED_ON.is_(None), CLOSED_ON.op(">")(period.until))]
        case Show.OPEN:
            return [CLOSED_ON.is_(None)]
        case Show.RECEIVED:
            return [Case.received_on.between(period.since, period.until)] if period else []
        case Show.FINISHED:
            done = Case.status.in_([status.value for status in DONE_STATUSES])
            days = Case.finished_on.between(period.since, period.until) if period else Case.finished_on.is_not(None)
            return [days, done]
