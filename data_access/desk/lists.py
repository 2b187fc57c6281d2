"""今日该办 and supervision: how many cases stand on each list; the lists themselves are lists of cases by that name."""

from datetime import timedelta

import polars as pl
import sqlalchemy as sa

import clock
from access import Permission, check
from data_access import scope, worklists
from data_access.desk import whistle_rows
from data_access.frames import MOMENT, Schema, by_the_minute, covered, read, stands_on
from data_access.tables.canteen import CareTask
from data_access.tables.cases import Case
from data_access.tables.desk import CaseExtension
from data_access.tables.peace_post import CheckBack, Dispute
from data_access.tables.places import Grid, Unit
from data_access.tables.volunteers import Clue
from vocabulary.desk import Today, Watch
from vocabulary.enums import Role, Subject
from vocabulary.questions import Filters, Viewer

SOON_DAYS = 1
BY_UNIT_AND_GRID: Schema = {
    "unit": pl.String,
    "unit_code": pl.String,
    "grid": pl.String,
    "grid_code": pl.String,
    "cases": pl.Int64,
}
EXTENSIONS: Schema = {
    "id": pl.Int64,
    "case_id": pl.Int64,
    "number": pl.String,
    "title": pl.String,
    "due_at": MOMENT,
    "asked_at": MOMENT,
    "until": MOMENT,
    "reason": pl.String,
}


@by_the_minute
@stands_on(Subject.CASES, Subject.DISPUTES, Subject.CARE, Subject.VOLUNTEERS)
def today(conn: sa.Connection, viewer: Viewer) -> dict[Today, int]:
    """How many stand on each of the viewer's lists of the day, in their order; a list without any is left out.

    A case's list is `cases.listing` with `Filters(listed=f"today.{name}", show=Show.ALL)`.
    """
    check(viewer, Permission.SEE_CASES)
    lists = worklists.OF_ROLE.get(viewer.role, ())
    counted = _counted(conn, viewer, {name.value: worklists.listed(f"today.{name.value}", viewer) for name in lists})
    found = {Today(name): count for name, count in counted.items()}
    if viewer.role in (Role.WORKER, Role.UNIT):
        due = whistle_rows.commitments(conn, viewer, None, clock.today() + timedelta(SOON_DAYS))
        found[Today.COMMITMENTS] = due.height
    if viewer.role is Role.UNIT:
        found[Today.WHISTLES] = whistle_rows.waiting_calls(conn, viewer).height
    if viewer.role is Role.WORKER:
        found[Today.CHECK_BACKS] = _check_backs(conn, viewer)
        found[Today.MISSED_MEALS] = _missed_meals(conn, viewer)
        found[Today.CLUES] = _clues(conn)
    return {name: found[name] for name in Today if found.get(name)}


@by_the_minute
@stands_on(Subject.CASES)
def watched(conn: sa.Connection, viewer: Viewer) -> dict[Watch, int]:
    """How many cases stand on each list of supervision; the list is `Filters(listed=f"watch.{name}")`."""
    check(viewer, Permission.SEE_CASES)
    counted = _counted(conn, viewer, {name.value: worklists.listed(f"watch.{name.value}", viewer) for name in Watch})
    return {Watch(name): count for name, count in counted.items()}


@by_the_minute
@stands_on(Subject.CASES, Subject.PLACES)
def watched_by(conn: sa.Connection, viewer: Viewer, watch: Watch) -> pl.DataFrame:
    """The cases of a list of supervision by lead unit and grid, most first; null is none."""
    check(viewer, Permission.SEE_CASES)
    statement = (
        sa.select(
            Unit.name.label("unit"),
            Unit.code.label("unit_code"),
            Grid.name.label("grid"),
            Grid.code.label("grid_code"),
            sa.func.count().label("cases"),
        )
        .select_from(
            Case.table()
            .outerjoin(Unit.table(), Unit.id == Case.lead_unit_id)
            .outerjoin(Grid.table(), Grid.id == Case.grid_id)
        )
        .where(worklists.listed(f"watch.{watch.value}", viewer))
        .group_by(Unit.name, Unit.code, Grid.name, Grid.code)
        .order_by(sa.func.count().desc(), Unit.code, Grid.code)
    )
    return read(conn, scope.within(statement, viewer, Filters(), conn.dialect.name), BY_UNIT_AND_GRID)


@stands_on(Subject.CASES)
def extensions_waiting(conn: sa.Connection, viewer: Viewer) -> pl.DataFrame:
    """The extensions that wait for a decision, the oldest first."""
    check(viewer, Permission.SEE_CASES)
    statement = (
        sa.select(
            CaseExtension.id,
            CaseExtension.case_id,
            Case.number,
            Case.title,
            Case.due_at,
            CaseExtension.asked_at,
            CaseExtension.until,
            CaseExtension.reason,
        )
        .select_from(CaseExtension.table().join(Case.table(), Case.id == CaseExtension.case_id))
        .where(CaseExtension.approved.is_(None))
        .order_by(CaseExtension.asked_at, CaseExtension.id)
    )
    found = read(conn, scope.within(statement, viewer, Filters(), conn.dialect.name), EXTENSIONS)
    return covered(found, "title", "reason")


def _counted(conn: sa.Connection, viewer: Viewer, conditions: dict[str, sa.ColumnElement[bool]]) -> dict[str, int]:
    if not conditions:
        return {}
    columns = [sa.func.count(sa.case((condition, 1))).label(name) for name, condition in conditions.items()]
    row = conn.execute(scope.within(sa.select(*columns), viewer, Filters(), conn.dialect.name)).mappings().one()
    return {name: int(row[name]) for name in conditions}


def _check_backs(conn: sa.Connection, viewer: Viewer) -> int:
    due = sa.and_(CheckBack.outcome.is_(None), CheckBack.due_on <= clock.today(), Dispute.void_at.is_(None))
    joined = CheckBack.table().join(Dispute.table(), Dispute.id == CheckBack.dispute_id)
    statement = sa.select(sa.func.count()).select_from(joined).where(due, Dispute.grid_id.in_(viewer.grids))
    return int(conn.scalar(statement) or 0)


def _missed_meals(conn: sa.Connection, viewer: Viewer) -> int:
    own = sa.or_(CareTask.grid_id.is_(None), CareTask.grid_id.in_(viewer.grids))
    statement = sa.select(sa.func.count()).select_from(CareTask.table()).where(CareTask.closed_on.is_(None), own)
    return int(conn.scalar(statement) or 0)


def _clues(conn: sa.Connection) -> int:
    waiting = (
        sa.select(sa.func.count()).select_from(Clue.table()).where(Clue.looked_at.is_(None), Clue.void_at.is_(None))
    )
    return int(conn.scalar(waiting) or 0)
