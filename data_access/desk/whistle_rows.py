"""Reading whistle meetings: the list, one with its units and promises, the calls that figures count, promises due."""

from datetime import date
from typing import Any

import polars as pl
import sqlalchemy as sa

import clock
from access import OPERATOR, Permission, check
from data_access import evidence, scope
from data_access.frames import MOMENT, Schema, by_the_minute, covered, read, stands_on
from data_access.rules import number_on
from data_access.tables.cases import Case
from data_access.tables.desk import Commitment, Whistle, WhistleCase, WhistleUnit
from data_access.tables.places import Unit
from vocabulary.desk import Presence
from vocabulary.enums import Role, Subject
from vocabulary.questions import Filters, Period, Viewer
from vocabulary.rules import Number

WHISTLES: Schema = {
    "id": pl.Int64,
    "number": pl.String,
    "kind": pl.String,
    "request": pl.String,
    "blown_at": MOMENT,
    "arrive_by": MOMENT,
    "conclusion": pl.String,
    "concluded_at": MOMENT,
    "cases": pl.Int64,
    "called": pl.Int64,
    "came": pl.Int64,
    "promises": pl.Int64,
    "promises_open": pl.Int64,
    "version": pl.Int64,
}
CALLS: Schema = {
    "whistle_id": pl.Int64,
    "whistle": pl.String,
    "whistle_kind": pl.String,
    "unit_id": pl.Int64,
    "called_unit": pl.String,
    "blown_on": pl.Date,
    "blown_at": MOMENT,
    "arrive_by": MOMENT,
    "responded_at": MOMENT,
    "arrived_at": MOMENT,
    "presence": pl.String,
}
COMMITMENTS: Schema = {
    "id": pl.Int64,
    "whistle_id": pl.Int64,
    "whistle": pl.String,
    "unit_id": pl.Int64,
    "unit": pl.String,
    "unit_en": pl.String,
    "what": pl.String,
    "due_on": pl.Date,
    "done_at": MOMENT,
    "done_note": pl.String,
    "version": pl.Int64,
}
CASES: Schema = {"id": pl.Int64, "number": pl.String, "title": pl.String, "status": pl.String}


def seen(viewer: Viewer) -> list[sa.ColumnElement[bool]]:
    """A worker sees the whistles for a case of their grids, a unit those that called it; the others see all."""
    if viewer == OPERATOR or viewer.role in (Role.OFFICIAL, Role.PRESENTER, Role.ADMIN):
        return []
    if viewer.role is Role.UNIT:
        return [Whistle.id.in_(sa.select(WhistleUnit.whistle_id).where(WhistleUnit.unit_id == viewer.unit_id))]
    if viewer.role is Role.WORKER:
        own = sa.or_(Case.grid_id.is_(None), Case.grid_id.in_(viewer.grids))
        cases = sa.select(WhistleCase.whistle_id).join(Case.table(), Case.id == WhistleCase.case_id).where(own)
        return [Whistle.id.in_(cases)]
    return [sa.false()]


@stands_on(Subject.CASES, Subject.PLACES)
def whistles(conn: sa.Connection, viewer: Viewer, since: date, until: date) -> pl.DataFrame:
    """The whistles blown from `since` to `until`, the newest first."""
    check(viewer, Permission.SEE_CASES)
    return _whistles(conn, viewer, Whistle.blown_on.between(since, until))


@stands_on(Subject.CASES, Subject.PLACES)
def whistle(conn: sa.Connection, viewer: Viewer, whistle_id: int) -> pl.DataFrame:
    """One whistle as a row of `whistles`; none where there is none that this viewer sees."""
    check(viewer, Permission.SEE_CASES)
    return _whistles(conn, viewer, Whistle.id == whistle_id)


def _whistles(conn: sa.Connection, viewer: Viewer, condition: sa.ColumnElement[bool]) -> pl.DataFrame:
    statement = sa.select(
        Whistle.id,
        Whistle.number,
        Whistle.kind,
        Whistle.request,
        Whistle.blown_at,
        Whistle.arrive_by,
        Whistle.conclusion,
        Whistle.concluded_at,
        _count(WhistleCase, WhistleCase.whistle_id).label("cases"),
        _count(WhistleUnit, WhistleUnit.whistle_id).label("called"),
        _count(WhistleUnit, WhistleUnit.whistle_id, WhistleUnit.arrived_at.is_not(None)).label("came"),
        _count(Commitment, Commitment.whistle_id).label("promises"),
        _count(Commitment, Commitment.whistle_id, Commitment.done_at.is_(None)).label("promises_open"),
        Whistle.version,
    ).where(condition, *seen(viewer))
    found = read(conn, statement.order_by(Whistle.blown_at.desc(), Whistle.id.desc()), WHISTLES)
    return covered(found, "request", "conclusion")


@stands_on(Subject.CASES, Subject.PLACES, Subject.RULES)
def calls_of(conn: sa.Connection, viewer: Viewer, whistle_id: int) -> pl.DataFrame:
    """The units that a whistle called: when they answered, came, how late in begun minutes (null not there).

    `in_time`: at most so many minutes late as the rule of the whistle's day allows.
    """
    check(viewer, Permission.SEE_CASES)
    found = _calls(conn, Whistle.id == whistle_id, *seen(viewer))
    seconds = (pl.col("arrived_at") - pl.col("arrive_by")).dt.total_milliseconds() / 1000
    late = (seconds / 60).ceil().cast(pl.Int64).clip(lower_bound=0)
    return found.with_columns(minutes_late=late)


@stands_on(Subject.CASES, Subject.PLACES)
def cases_of(conn: sa.Connection, viewer: Viewer, whistle_id: int) -> pl.DataFrame:
    """The cases that a whistle was blown for, as far as this viewer sees them."""
    check(viewer, Permission.SEE_CASES)
    statement = (
        sa.select(Case.id, Case.number, Case.title, Case.status)
        .join(WhistleCase.table(), WhistleCase.case_id == Case.id)
        .where(WhistleCase.whistle_id == whistle_id)
        .order_by(Case.number)
    )
    found = read(conn, scope.within(statement, viewer, Filters(), conn.dialect.name), CASES)
    return covered(found, "title")


@stands_on(Subject.CASES, Subject.PLACES)
def commitments(
    conn: sa.Connection, viewer: Viewer, whistle_id: int | None = None, due_until: date | None = None
) -> pl.DataFrame:
    """The promises of a whistle, or with `due_until` the open ones due by then; a unit's own only. First due first."""
    check(viewer, Permission.SEE_CASES)
    statement = (
        sa.select(
            Commitment.id,
            Commitment.whistle_id,
            Whistle.number.label("whistle"),
            Commitment.unit_id,
            Unit.name.label("unit"),
            Unit.name_en.label("unit_en"),
            Commitment.what,
            Commitment.due_on,
            Commitment.done_at,
            Commitment.done_note,
            Commitment.version,
        )
        .select_from(Commitment.table().join(Whistle.table(), Whistle.id == Commitment.whistle_id))
        .join(Unit.table(), Unit.id == Commitment.unit_id)
        .where(*seen(viewer))
        .order_by(Commitment.due_on, Commitment.id)
    )
    if whistle_id is not None:
        statement = statement.where(Commitment.whistle_id == whistle_id)
    if due_until is not None:
        statement = statement.where(Commitment.done_at.is_(None), Commitment.due_on <= due_until)
        if viewer.role is Role.UNIT:
            statement = statement.where(Commitment.unit_id == viewer.unit_id)
    found = read(conn, statement, COMMITMENTS)
    return covered(found, "what", "done_note")


@by_the_minute
@stands_on(Subject.CASES, Subject.PLACES, Subject.RULES)
def whistle_calls(conn: sa.Connection, viewer: Viewer, since: date, until: date, _filters: Filters) -> pl.DataFrame:
    """One row a unit called by the whistles blown from `since` to `until`: `due` its time to come is over, `came`,

    `in_time`, by the rule of the whistle's day. Figures need it, so whoever sees figures may have it.
    """
    found = _calls(conn, Whistle.blown_on.between(since, until), *seen(viewer))
    return found.with_columns(due=(pl.col("arrive_by") <= clock.now()) | pl.col("presence").is_not_null())


@stands_on(Subject.CASES, Subject.PLACES)
def waiting_calls(conn: sa.Connection, viewer: Viewer) -> pl.DataFrame:
    """The calls that wait for an answer or an arrival: a unit's own, or all that this viewer sees."""
    check(viewer, Permission.SEE_CASES)
    open_call = [Whistle.concluded_at.is_(None), WhistleUnit.presence.is_(None)]
    own = [WhistleUnit.unit_id == viewer.unit_id] if viewer.role is Role.UNIT else []
    return _calls(conn, *open_call, *own, *seen(viewer))


def _calls(conn: sa.Connection, *where: sa.ColumnElement[bool]) -> pl.DataFrame:
    """Calls with `came` and `in_time`."""
    came = pl.col("presence").is_in([Presence.PRESENT.value, Presence.ONLINE.value]).fill_null(value=False)
    until = pl.col("arrive_by") + pl.duration(seconds=(pl.col("allowed") * 60).round().cast(pl.Int64))
    in_time = came & (pl.col("arrived_at") <= until).fill_null(value=False)
    found = read(conn, _CALLS.where(*where), {**CALLS, "allowed": pl.Float64})
    return found.with_columns(came=came, in_time=in_time).drop("allowed")


_CALLS = (
    sa.select(
        Whistle.id.label("whistle_id"),
        Whistle.number.label("whistle"),
        Whistle.kind.label("whistle_kind"),
        WhistleUnit.unit_id,
        Unit.name.label("called_unit"),
        Whistle.blown_on,
        Whistle.blown_at,
        Whistle.arrive_by,
        WhistleUnit.responded_at,
        WhistleUnit.arrived_at,
        WhistleUnit.presence,
        number_on(Number.ARRIVAL_MINUTES, Whistle.blown_on).label("allowed"),
    )
    .select_from(Whistle.table().join(WhistleUnit.table(), WhistleUnit.whistle_id == Whistle.id))
    .join(Unit.table(), Unit.id == WhistleUnit.unit_id)
    .order_by(Whistle.blown_at.desc(), WhistleUnit.id)
)


def _count(table: Any, link: Any, *where: sa.ColumnElement[bool]) -> Any:
    counted = sa.select(sa.func.count()).select_from(table.table()).where(link == Whistle.id, *where)
    return counted.correlate(Whistle.table()).scalar_subquery()


def _behind(conn: sa.Connection, viewer: Viewer, period: Period, filters: Filters) -> pl.DataFrame:
    return whistle_calls(conn, viewer, period.since, period.until, filters).drop("whistle_id", "unit_id")


evidence.SUBJECTS["whistle_calls"] = evidence.Derived(
    Permission.SEE_CASES, _behind, ("blown_on", "due", "came", "in_time")
)
