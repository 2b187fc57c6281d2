"""Who answers 三级联动: cases, proposals and projects with their level, their unit, and since when they are overdue."""

from datetime import date, timedelta

import polars as pl
import sqlalchemy as sa

import clock
from access import Permission, check
from data_access import evidence, scope
from data_access.frames import MOMENT, Schema, by_the_minute, covered, frame, read, stands_on
from data_access.tables.cases import Case
from data_access.tables.places import Unit
from data_access.tables.renewal import Project, Proposal
from vocabulary.enums import Subject
from vocabulary.questions import Filters, Period, Viewer

ANSWERED: Schema = {
    "matter": pl.String,
    "id": pl.Int64,
    "number": pl.String,
    "title": pl.String,
    "level": pl.String,
    "unit": pl.String,
    "unit_en": pl.String,
    "since_on": pl.Date,
    "closed_on": pl.Date,
    "overdue_on": pl.Date,
    "unowned_on": pl.Date,
}
_READ: Schema = {name: kind for name, kind in ANSWERED.items() if name != "unowned_on"}
DAY = timedelta(1)


@by_the_minute
@stands_on(Subject.CASES, Subject.RENEWAL, Subject.PLACES)
def answered(conn: sa.Connection, viewer: Viewer, since: date, until: date, filters: Filters) -> pl.DataFrame:
    """One row for each case, proposal and project that was open at some time from `since` to `until`, oldest first.

    `matter` is case, proposal or project. `overdue_on` is the day its due moment passed, of a project the day after
    its planned end; a proposal has none. `unowned_on`: without level and unit, the day after it came. Figures need the
    frame, so whoever sees figures may have it.
    """
    parts = [
        _cases(conn, viewer, since, until, filters),
        _proposals(conn, since, until),
        _projects(conn, since, until),
    ]
    nobody = pl.col("level").is_null() & pl.col("unit").is_null()
    found = pl.concat(parts).with_columns(unowned_on=pl.when(nobody).then(pl.col("since_on") + DAY))
    return found.select(list(ANSWERED)).sort("since_on", "matter", "id")


def _cases(conn: sa.Connection, viewer: Viewer, since: date, until: date, filters: Filters) -> pl.DataFrame:
    closed = sa.func.coalesce(Case.finished_on, Case.dropped_on)
    statement = (
        sa.select(
            sa.literal("case").label("matter"),
            Case.id,
            Case.number,
            Case.title,
            Case.level,
            Unit.name.label("unit"),
            Unit.name_en.label("unit_en"),
            Case.received_on.label("since_on"),
            closed.label("closed_on"),
            Case.due_at.label("overdue_on"),
        )
        .select_from(Case.table().outerjoin(Unit.table(), Unit.id == Case.lead_unit_id))
        .where(Case.received_on <= until, sa.func.coalesce(closed, until) >= since)
    )
    found = read(conn, scope.within(statement, viewer, filters, conn.dialect.name), {**_READ, "overdue_on": MOMENT})
    passed = pl.when(pl.col("overdue_on") < clock.now()).then(pl.col("overdue_on").dt.date())
    return found.with_columns(overdue_on=passed)


def _proposals(conn: sa.Connection, since: date, until: date) -> pl.DataFrame:
    columns = (Proposal.id, Proposal.number, Proposal.title, Proposal.level, Unit.name, Unit.name_en)
    statement = (
        sa.select(*columns, Proposal.filed_on, Proposal.closed_on)
        .select_from(Proposal.table().outerjoin(Unit.table(), Unit.id == Proposal.unit_id))
        .where(Proposal.filed_on <= until, sa.func.coalesce(Proposal.closed_on, until) >= since)
    )
    return frame([("proposal", *row, None) for row in conn.execute(statement)], _READ)


def _projects(conn: sa.Connection, since: date, until: date) -> pl.DataFrame:
    closed = sa.func.coalesce(Project.finished_on, Project.stopped_on)
    columns = (Project.id, Project.number, Project.name, Project.level, Unit.name, Unit.name_en)
    statement = (
        sa.select(*columns, Project.approved_on, closed.label("closed_on"), Project.plan_to)
        .select_from(Project.table().outerjoin(Unit.table(), Unit.id == Project.unit_id))
        .where(Project.approved_on <= until, sa.func.coalesce(closed, until) >= since)
    )
    today = clock.today()
    rows = [
        ("project", *row[:-1], row.plan_to + DAY if row.plan_to < today else None) for row in conn.execute(statement)
    ]
    return frame(rows, _READ)


def _behind(conn: sa.Connection, viewer: Viewer, period: Period, filters: Filters) -> pl.DataFrame:
    """What is open when the period's last day is over."""
    check(viewer, Permission.SEE_CASES)
    found = answered(conn, viewer, period.until, period.until, filters)
    still = found.filter(pl.col("closed_on").is_null() | (pl.col("closed_on") > period.until))
    return covered(still, "title").drop("id", "unit_en", "closed_on")


evidence.SUBJECTS["answered"] = evidence.Derived(Permission.SEE_RENEWAL, _behind)
