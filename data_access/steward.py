"""The red steward 红色管家: its four fields by who worked them, its whistle meetings, urgent problems it solved."""

from datetime import date

import polars as pl
import sqlalchemy as sa

from access import Permission
from data_access import evidence, scope
from data_access.desk.whistle_rows import seen
from data_access.frames import Schema, covered, read, stands_on
from data_access.tables.cases import Case
from data_access.tables.desk import Whistle
from data_access.tables.places import Unit
from vocabulary.enums import CaseResult, Subject, Urgency
from vocabulary.questions import Filters, Period, Viewer

WORKED: Schema = {
    "field": pl.String,
    "unit": pl.String,
    "unit_en": pl.String,
    "received": pl.Int64,
    "finished": pl.Int64,
}


@stands_on(Subject.CASES, Subject.PLACES)
def worked(conn: sa.Connection, viewer: Viewer, since: date, until: date) -> pl.DataFrame:
    """Cases of the four fields received and finished from `since` to `until`, by field and lead unit (null is none)."""
    came = sa.case((Case.received_on.between(since, until), 1), else_=0)
    went = sa.case((Case.finished_on.between(since, until), 1), else_=0)
    statement = (
        sa.select(
            Case.field,
            Unit.name.label("unit"),
            Unit.name_en.label("unit_en"),
            sa.func.sum(came).label("received"),
            sa.func.sum(went).label("finished"),
        )
        .select_from(Case.table().outerjoin(Unit.table(), Unit.id == Case.lead_unit_id))
        .where(
            Case.field.is_not(None),
            sa.or_(Case.received_on.between(since, until), Case.finished_on.between(since, until)),
        )
        .group_by(Case.field, Unit.name, Unit.name_en)
        .order_by(Case.field, sa.func.sum(came).desc(), Unit.name)
    )
    return read(conn, scope.within(statement, viewer, Filters(), conn.dialect.name), WORKED)


MEETINGS: Schema = {"whistle": pl.String, "whistle_kind": pl.String, "blown_on": pl.Date}
URGENT: Schema = {"number": pl.String, "title": pl.String, "urgency": pl.String, "finished_on": pl.Date}


@stands_on(Subject.CASES)
def meetings(conn: sa.Connection, viewer: Viewer, since: date, until: date) -> pl.DataFrame:
    """The whistles blown from `since` to `until`, one row each. Whoever sees figures may have it."""
    statement = (
        sa.select(Whistle.number.label("whistle"), Whistle.kind.label("whistle_kind"), Whistle.blown_on)
        .where(Whistle.blown_on.between(since, until), *seen(viewer))
        .order_by(Whistle.blown_on.desc(), Whistle.id.desc())
    )
    return read(conn, statement, MEETINGS)


@stands_on(Subject.CASES)
def urgent(conn: sa.Connection, viewer: Viewer, since: date, until: date, filters: Filters) -> pl.DataFrame:
    """The emergency and urgent cases finished as solved from `since` to `until`, titles masked."""
    statement = (
        sa.select(Case.number, Case.title, Case.urgency, Case.finished_on)
        .where(
            Case.finished_on.between(since, until),
            Case.urgency.in_([Urgency.EMERGENCY.value, Urgency.URGENT.value]),
            Case.result == CaseResult.SOLVED.value,
        )
        .order_by(Case.finished_on.desc(), Case.id.desc())
    )
    found = read(conn, scope.within(statement, viewer, filters, conn.dialect.name), URGENT)
    return covered(found, "title")


def _meetings_behind(conn: sa.Connection, viewer: Viewer, period: Period, _filters: Filters) -> pl.DataFrame:
    return meetings(conn, viewer, period.since, period.until)


def _urgent_behind(conn: sa.Connection, viewer: Viewer, period: Period, filters: Filters) -> pl.DataFrame:
    return urgent(conn, viewer, period.since, period.until, filters)


evidence.SUBJECTS["whistle_meetings"] = evidence.Derived(Permission.SEE_CASES, _meetings_behind)
evidence.SUBJECTS["urgent_solved"] = evidence.Derived(Permission.SEE_CASES, _urgent_behind)
