"""Missed-meal care 缺餐关怀: what the rule looks at, the tasks it made, a logged look at a contact, an outcome."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import polars as pl
import sqlalchemy as sa

import clock
from access import OPERATOR, Permission, check
from data_access import changes, evidence
from data_access.canteen.diners import add_pause
from data_access.canteen.enrolment import HOMES, Person, check_worker, opened
from data_access.engine import embedded
from data_access.frames import MOMENT, Schema, read, stands_on
from data_access.sealing import Seal
from data_access.tables.canteen import CareTask, Enrolment, Pause
from data_access.tables.meals import Diner, Meal, MealDay
from data_access.tables.places import Building, Grid
from vocabulary.canteen import CareOutcome
from vocabulary.enums import Role, Subject
from vocabulary.questions import Filters, Period, Viewer
from vocabulary.refusals import NotPossible

LOOK_BACK = timedelta(45)
OPEN_TASKS: Schema = {
    "task_id": pl.Int64,
    "card": pl.String,
    "building": pl.String,
    "grid": pl.String,
    "band": pl.String,
    "last_ate_on": pl.Date,
    "made_on": pl.Date,
    "called_at": MOMENT,
    "back_on": pl.Date,
    "version": pl.Int64,
}
TASKS: Schema = {
    "grid": pl.String,
    "last_ate_on": pl.Date,
    "made_on": pl.Date,
    "closed_on": pl.Date,
    "care_outcome": pl.String,
}
TASK_HOMES = CareTask.table().outerjoin(Grid.table(), Grid.id == CareTask.grid_id)
WATCHED: Schema = {"diner_id": pl.Int64, "grid_id": pl.Int64, "consent_on": pl.Date}
PAUSED: Schema = {"diner_id": pl.Int64, "from_on": pl.Date, "to_on": pl.Date}
EATEN: Schema = {"diner_id": pl.Int64, "served_on": pl.Date}


def hold_tasks(conn: sa.Connection) -> None:
    """Lets one transaction at a time make tasks, so that none is made twice."""
    if not embedded(conn):
        conn.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext("care"))))


def watched(conn: sa.Connection) -> pl.DataFrame:
    """The diners who agreed to be called: diner_id, grid_id, consent_on."""
    statement = (
        sa.select(Enrolment.diner_id, Building.grid_id, Enrolment.consent_on)
        .select_from(HOMES.join(Enrolment.table(), Enrolment.diner_id == Diner.id))
        .where(Enrolment.withdrawn_on.is_(None), Enrolment.care)
    )
    return read(conn, statement, WATCHED)


def eaten(conn: sa.Connection, today: date) -> pl.DataFrame:
    """The days on which diners who agreed to be called ate lately: diner_id, served_on."""
    whom = sa.select(Enrolment.diner_id).where(Enrolment.withdrawn_on.is_(None), Enrolment.care)
    lately = Meal.served_on.between(today - LOOK_BACK, today)
    statement = (
        sa.select(Meal.diner_id, Meal.served_on)
        .where(Meal.diner_id.in_(whom), lately, Meal.void_at.is_(None))
        .distinct()
    )
    return read(conn, statement, EATEN)


def paused(conn: sa.Connection) -> pl.DataFrame:
    """Every pause: diner_id, from_on, to_on."""
    return read(conn, sa.select(Pause.diner_id, Pause.from_on, Pause.to_on), PAUSED)


def serving_days(conn: sa.Connection, today: date) -> list[date]:
    """The days of late with a meal sold."""
    lately = MealDay.served_on.between(today - LOOK_BACK, today)
    return list(conn.scalars(sa.select(MealDay.served_on).where(lately).distinct().order_by(MealDay.served_on)))


def known_tasks(conn: sa.Connection) -> dict[int, date]:
    """By diner the day on which the newest task was made."""
    rows = conn.execute(sa.select(CareTask.diner_id, sa.func.max(CareTask.made_on)).group_by(CareTask.diner_id))
    return {row[0]: row[1] for row in rows}


def add_tasks(conn: sa.Connection, viewer: Viewer, missed: Mapping[int, date], grids: Mapping[int, int | None]) -> None:
    """Adds a task for each diner who is missed since a day, for the worker of their grid."""
    if viewer != OPERATOR:
        check_worker(viewer)
    if not missed:
        return
    rows = [
        {"diner_id": diner, "grid_id": grids[diner], "last_ate_on": last, "made_on": clock.today()}
        for diner, last in sorted(missed.items())
    ]
    conn.execute(sa.insert(CareTask), rows)
    changes.record(conn, viewer, Subject.CARE, "care_tasks_made", count=len(rows))


@stands_on(Subject.CARE, Subject.MEALS, Subject.PLACES)
def open_tasks(conn: sa.Connection, viewer: Viewer) -> pl.DataFrame:
    """The open tasks of the worker's grids and of no grid, the longest missed first.

    `back_on` is the first day on which the diner ate again.
    """
    check_worker(viewer)
    back = (
        sa.select(sa.func.min(Meal.served_on))
        .where(Meal.diner_id == CareTask.diner_id, Meal.served_on > CareTask.last_ate_on, Meal.void_at.is_(None))
        .scalar_subquery()
    )
    columns = (CareTask.last_ate_on, CareTask.made_on, CareTask.called_at, back.label("back_on"), CareTask.version)
    statement = (
        sa.select(
            CareTask.id.label("task_id"),
            Diner.card,
            Building.number.label("building"),
            Grid.code.label("grid"),
            Diner.band,
            *columns,
        )
        .select_from(
            TASK_HOMES.join(Diner.table(), Diner.id == CareTask.diner_id).outerjoin(
                Building.table(), Building.id == Diner.building_id
            )
        )
        .where(CareTask.outcome.is_(None), *_seen_by(viewer))
        .order_by(CareTask.last_ate_on, CareTask.id)
    )
    return read(conn, statement, OPEN_TASKS)


@stands_on(Subject.CARE, Subject.PLACES)
def care_tasks(conn: sa.Connection, viewer: Viewer, _since: date, until: date, _filters: Filters) -> pl.DataFrame:
    """The tasks made up to `until` that this viewer counts, without a card: a worker's are of the own grids."""
    columns = (Grid.code.label("grid"), CareTask.last_ate_on, CareTask.made_on, CareTask.closed_on)
    statement = (
        sa.select(*columns, CareTask.outcome.label("care_outcome"))
        .select_from(TASK_HOMES)
        .where(CareTask.made_on <= until, *_seen_by(viewer))
        .order_by(CareTask.made_on.desc(), CareTask.id.desc())
    )
    return read(conn, statement, TASKS)


def reveal(conn: sa.Connection, viewer: Viewer, task_id: int, seal: Seal) -> Person:
    """Whom to call, for an open task; the look is written down. NotPossible for a task out of sight or closed."""
    check_worker(viewer)
    check(viewer, Permission.REVEAL_CONTACT)
    task = _task(conn, viewer, task_id)
    standing = sa.select(Enrolment.id).where(Enrolment.diner_id == task.diner_id, Enrolment.withdrawn_on.is_(None))
    person = opened(conn, int(conn.scalar(standing) or 0), seal)
    if task.called_at is None:
        conn.execute(sa.update(CareTask).where(CareTask.id == task_id).values(called_at=clock.now()))
    changes.record(conn, viewer, Subject.CARE, "contact_revealed", task_id)
    return person


def close(
    conn: sa.Connection,
    viewer: Viewer,
    task_id: int,
    seen_version: int,
    outcome: CareOutcome,
    away_until: date | None = None,
) -> None:
    """Closes a task with what the call found.

    Who is away until a day gets a pause till then; who leaves is not watched any more.
    """
    check_worker(viewer)
    task = _task(conn, viewer, task_id)
    if task.version != seen_version:
        raise NotPossible("words.changed_meanwhile")
    done = {"outcome": outcome, "closed_on": clock.today(), "closed_by": viewer.account_id or None}
    conn.execute(sa.update(CareTask).where(CareTask.id == task_id).values(**done, version=seen_version + 1))
    if away_until is not None:
        add_pause(conn, viewer, task.card, clock.today(), away_until)
    if outcome is CareOutcome.LEFT:
        standing = sa.and_(Enrolment.diner_id == task.diner_id, Enrolment.withdrawn_on.is_(None))
        conn.execute(sa.update(Enrolment).where(standing).values(care=False, version=Enrolment.version + 1))
    changes.record(conn, viewer, Subject.CARE, "care_closed", task_id, outcome=outcome)


def _task(conn: sa.Connection, viewer: Viewer, task_id: int) -> Any:
    """The open task, where this worker sees it."""
    columns = (CareTask.diner_id, CareTask.called_at, CareTask.outcome, CareTask.version, Diner.card)
    asked = sa.select(*columns).select_from(TASK_HOMES.join(Diner.table(), Diner.id == CareTask.diner_id))
    task = conn.execute(asked.where(CareTask.id == task_id, *_seen_by(viewer))).first()
    if task is None:
        raise NotPossible("words.row_gone")
    if task.outcome is not None:
        raise NotPossible("canteen.care_closed", outcome=CareOutcome(task.outcome))
    return task


def _seen_by(viewer: Viewer) -> list[sa.ColumnElement[bool]]:
    if viewer.role is not Role.WORKER:
        return []
    return [sa.or_(CareTask.grid_id.is_(None), CareTask.grid_id.in_(viewer.grids))]


def _behind(conn: sa.Connection, viewer: Viewer, period: Period, filters: Filters) -> pl.DataFrame:
    return care_tasks(conn, viewer, period.since, period.until, filters)


evidence.SUBJECTS["care_tasks"] = evidence.Derived(Permission.SEE_CARE, _behind)
