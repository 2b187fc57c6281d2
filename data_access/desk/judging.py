"""What the figures of deadlines, follow-ups and repeats are computed from, one row a case or a follow-up."""

from datetime import date, datetime, time
from typing import Any

import polars as pl
import sqlalchemy as sa

import clock
from access import Permission, check
from data_access import evidence, scope
from data_access.cases.columns import CLOSED_ON
from data_access.frames import MOMENT, Schema, by_the_minute, covered, read, stands_on
from data_access.rules import number_on
from data_access.tables.cases import Case
from data_access.tables.desk import FollowUp, WhistleCase
from vocabulary.desk import Satisfaction
from vocabulary.enums import DONE_STATUSES, DROPPED_STATUSES, CaseResult, Subject
from vocabulary.punctuality import SOON
from vocabulary.questions import Filters, Period, Viewer
from vocabulary.rules import Number

CASES: Schema = {
    "id": pl.Int64,
    "number": pl.String,
    "status": pl.String,
    "category_id": pl.Int64,
    "received_at": MOMENT,
    "received_on": pl.Date,
    "accepted_at": MOMENT,
    "first_contact_at": MOMENT,
    "contact_due_at": MOMENT,
    "due_at": MOMENT,
    "severe_at": MOMENT,
    "finished_at": MOMENT,
    "finished_on": pl.Date,
    "closed_on": pl.Date,
    "worked_minutes": pl.Int64,
    "repeats": pl.Boolean,
    "whistled": pl.Boolean,
}
FOLLOW_UPS: Schema = {
    "number": pl.String,
    "status": pl.String,
    "called_on": pl.Date,
    "reached": pl.Boolean,
    "solved": pl.String,
    "satisfaction": pl.String,
    "weight": pl.Float64,
}
DONE = [status.value for status in DONE_STATUSES]
DROPPED = [status.value for status in DROPPED_STATUSES]
_DAY_COLUMNS = ("accepted", "contact_due", "due")


@by_the_minute
@stands_on(Subject.CASES, Subject.RULES)
def timely(conn: sa.Connection, viewer: Viewer, since: date, until: date, filters: Filters) -> pl.DataFrame:
    """One row a case received by `until` that was open, received or due from `since` on.

    Beside the moments: the days `accepted_on`, `contact_due_on`, `due_on`; `due` and `contact_due`: counted, and due by
    now; `in_time` and `contact_in_time`; `overdue_on`, `severe_on`, `soon_on`: the day on which it became so, null
    while it has not. Figures need it, so whoever sees figures may have it.
    """
    begun = datetime.combine(since, time(), clock.SHANGHAI)
    whistled = sa.exists().where(WhistleCase.case_id == Case.id)
    columns: dict[str, Any] = {
        "closed_on": CLOSED_ON,
        "repeats": Case.repeat_of_id.is_not(None),
        "whistled": whistled,
    }
    chosen: list[Any] = [columns.get(name, Case.table().c.get(name)) for name in CASES]
    statement = sa.select(*(column.label(name) for name, column in zip(CASES, chosen, strict=True))).where(
        Case.received_on <= until,
        sa.or_(
            Case.received_on >= since,
            sa.func.coalesce(CLOSED_ON, until) >= since,
            Case.due_at >= begun,
            Case.contact_due_at >= begun,
        ),
    )
    return judged(read(conn, scope.within(statement, viewer, filters, conn.dialect.name), CASES), clock.now())


def judged(found: pl.DataFrame, now: datetime) -> pl.DataFrame:
    """The frame with what `timely` works out, as of `now`."""
    counted = ~pl.col("status").is_in(DROPPED)
    done = pl.col("status").is_in(DONE)
    return found.with_columns(
        *(pl.col(f"{name}_at").dt.date().alias(f"{name}_on") for name in _DAY_COLUMNS),
        due=(counted & (pl.col("due_at") <= now)).fill_null(value=False),
        in_time=(done & (pl.col("finished_at") <= pl.col("due_at"))).fill_null(value=False),
        contact_due=(counted & (pl.col("contact_due_at") <= now)).fill_null(value=False),
        contact_in_time=(pl.col("first_contact_at") <= pl.col("contact_due_at")).fill_null(value=False),
        overdue_on=_reached("due_at", now),
        severe_on=_reached("severe_at", now),
        soon_on=pl.when(pl.col("due_at") - SOON <= now).then((pl.col("due_at") - SOON).dt.date()),
    )


def _reached(column: str, now: datetime) -> pl.Expr:
    return pl.when(pl.col(column) < now).then(pl.col(column).dt.date())


@stands_on(Subject.CASES, Subject.RULES)
def follow_ups(conn: sa.Connection, viewer: Viewer, since: date, until: date, filters: Filters) -> pl.DataFrame:
    """One row a follow-up made from `since` to `until`: `rated` and `asked` have an answer; `weight` of satisfaction.

    Weights are the office's rules of the day of the call. Figures need it, so whoever sees figures may have it.
    """
    statement = (
        sa.select(
            *(Case.number, Case.status),
            *(FollowUp.called_on, FollowUp.reached, FollowUp.solved, FollowUp.satisfaction),
            _weight().label("weight"),
        )
        .select_from(FollowUp.table().join(Case.table(), Case.id == FollowUp.case_id))
        .where(FollowUp.called_on.between(since, until))
        .order_by(FollowUp.called_at.desc(), FollowUp.id.desc())
    )
    found = read(conn, scope.within(statement, viewer, filters, conn.dialect.name), FOLLOW_UPS)
    return found.with_columns(
        asked=pl.col("reached") & pl.col("solved").is_not_null(),
        rated=pl.col("reached") & pl.col("satisfaction").is_not_null(),
        is_solved=pl.col("solved") == CaseResult.SOLVED.value,
    )


def _weight() -> sa.ColumnElement[float]:
    """What an answer counts for in the rate (0-1), by the rule of the day of the call."""
    weights = {one.value: number_on(Number(f"weight_{one.value}"), FollowUp.called_on) for one in Satisfaction}
    return sa.case(weights, value=FollowUp.satisfaction)


@stands_on(Subject.CASES)
def follow_ups_of(conn: sa.Connection, viewer: Viewer, case_id: int) -> pl.DataFrame:
    """The follow-ups of a case, newest first: called_at, reached, solved, satisfaction, note (masked)."""
    check(viewer, Permission.SEE_CASES)
    schema: Schema = {
        "called_at": MOMENT,
        "reached": pl.Boolean,
        "solved": pl.String,
        "satisfaction": pl.String,
        "note": pl.String,
    }
    statement = (
        sa.select(FollowUp.called_at, FollowUp.reached, FollowUp.solved, FollowUp.satisfaction, FollowUp.note)
        .select_from(FollowUp.table().join(Case.table(), Case.id == FollowUp.case_id))
        .where(FollowUp.case_id == case_id)
        .order_by(FollowUp.id.desc())
    )
    found = read(conn, scope.within(statement, viewer, Filters(), conn.dialect.name), schema)
    return covered(found, "note")


def _cases_behind(conn: sa.Connection, viewer: Viewer, period: Period, filters: Filters) -> pl.DataFrame:
    found = timely(conn, viewer, period.since, period.until, filters)
    return found.drop("category_id", "worked_minutes").sort("received_at", "id", descending=True)


def _follow_ups_behind(conn: sa.Connection, viewer: Viewer, period: Period, filters: Filters) -> pl.DataFrame:
    return follow_ups(conn, viewer, period.since, period.until, filters)


_DAYS = ("received_on", "finished_on", "closed_on", "accepted_on", "contact_due_on", "due_on")
_JUDGED = ("due", "in_time", "contact_due", "contact_in_time", "overdue_on", "severe_on", "soon_on")
evidence.SUBJECTS["timely"] = evidence.Derived(
    Permission.SEE_CASES, _cases_behind, (*_DAYS, *_JUDGED, "repeats", "whistled", "severe_at")
)
evidence.SUBJECTS["follow_ups"] = evidence.Derived(
    Permission.SEE_CASES, _follow_ups_behind, ("asked", "rated", "is_solved")
)
