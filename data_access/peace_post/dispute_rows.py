"""What figures and lists read of disputes and their check-backs, within what a viewer sees."""

from datetime import date, timedelta
from typing import Any

import polars as pl
import sqlalchemy as sa

from access import Permission, check
from data_access import evidence
from data_access.frames import MOMENT, Schema, read, stands_on
from data_access.peace_post import bounds
from data_access.tables.peace_post import CheckBack, Dispute, DisputeContact
from data_access.tables.places import Grid
from vocabulary.enums import Subject
from vocabulary.questions import Filters, Period, Viewer

DISPUTES: Schema = {
    "id": pl.Int64,
    "version": pl.Int64,
    "number": pl.String,
    "dispute_type": pl.String,
    "dispute_origin": pl.String,
    "grid": pl.String,
    "grid_code": pl.String,
    "by_police": pl.Boolean,
    "by_community": pl.Boolean,
    "by_lawyer": pl.Boolean,
    "opened_at": MOMENT,
    "opened_on": pl.Date,
    "closed_on": pl.Date,
    "dispute_outcome": pl.String,
    "performed": pl.String,
}
CHECK_BACKS: Schema = {
    "id": pl.Int64,
    "version": pl.Int64,
    "dispute_id": pl.Int64,
    "number": pl.String,
    "dispute_type": pl.String,
    "dispute_outcome": pl.String,
    "performed": pl.String,
    "grid": pl.String,
    "after_days": pl.Int64,
    "due_on": pl.Date,
    "done_on": pl.Date,
    "check_outcome": pl.String,
    "contact": pl.Boolean,
}
ALIKE: Schema = {"id": pl.Int64, "grid_id": pl.Int64, "type": pl.String, "opened_at": MOMENT, "opened_on": pl.Date}
YEAR = timedelta(366)


@stands_on(Subject.DISPUTES, Subject.PLACES)
def disputes(conn: sa.Connection, viewer: Viewer, since: date, until: date, filters: Filters) -> pl.DataFrame:
    """Disputes opened or closed from `since` to `until`, or open when they began, newest first.

    `earlier` is how many disputes of the same type the same grid had within the year before. Figures need the frame,
    so whoever sees figures may have it.
    """
    in_time = [Dispute.opened_on <= until, sa.func.coalesce(Dispute.closed_on, until) >= since]
    return _disputes(conn, viewer, filters, *in_time)


@stands_on(Subject.DISPUTES, Subject.PLACES)
def dispute_list(conn: sa.Connection, viewer: Viewer, period: Period) -> pl.DataFrame:
    """The disputes of a period and all that are open today, newest first."""
    check(viewer, Permission.SEE_DISPUTES)
    concerns = sa.or_(
        Dispute.outcome.is_(None),
        Dispute.opened_on.between(period.since, period.until),
        Dispute.closed_on.between(period.since, period.until),
    )
    return _disputes(conn, viewer, Filters(), concerns)


@stands_on(Subject.DISPUTES, Subject.PLACES)
def one_dispute(conn: sa.Connection, viewer: Viewer, dispute_id: int) -> pl.DataFrame:
    """The dispute as a frame of one row; of none when this viewer sees no such dispute."""
    check(viewer, Permission.SEE_DISPUTES)
    return _disputes(conn, viewer, Filters(), Dispute.id == dispute_id)


@stands_on(Subject.DISPUTES, Subject.PLACES)
def check_backs(conn: sa.Connection, viewer: Viewer, _since: date, until: date, filters: Filters) -> pl.DataFrame:
    """Every check-back that is due by `until`, the longest waiting first; `contact` says whether one is kept."""
    return _check_backs(conn, viewer, filters, CheckBack.due_on <= until)


@stands_on(Subject.DISPUTES, Subject.PLACES)
def open_check_backs(conn: sa.Connection, viewer: Viewer, until: date) -> pl.DataFrame:
    """The work list: check-backs due by `until` and not closed."""
    check(viewer, Permission.SEE_DISPUTES)
    return _check_backs(conn, viewer, Filters(), CheckBack.due_on <= until, CheckBack.outcome.is_(None))


@stands_on(Subject.DISPUTES, Subject.PLACES)
def check_backs_of(conn: sa.Connection, viewer: Viewer, dispute_id: int) -> pl.DataFrame:
    """The check-backs of one dispute, the first first."""
    check(viewer, Permission.SEE_DISPUTES)
    return _check_backs(conn, viewer, Filters(), CheckBack.dispute_id == dispute_id)


def _disputes(
    conn: sa.Connection, viewer: Viewer, filters: Filters, *conditions: sa.ColumnElement[bool]
) -> pl.DataFrame:
    named: dict[str, Any] = {
        "dispute_type": Dispute.type,
        "dispute_origin": Dispute.origin,
        "dispute_outcome": Dispute.outcome,
        "grid": bounds.grid_name(),
        "grid_code": Grid.code,
    }
    columns = [(named[name] if name in named else getattr(Dispute, name)).label(name) for name in DISPUTES]
    statement = (
        sa.select(*columns)
        .join(Grid, Grid.id == Dispute.grid_id)
        .where(*conditions, *bounds.seen(Dispute, viewer), *bounds.narrowed(Dispute, filters))
        .order_by(Dispute.opened_at.desc(), Dispute.id.desc())
    )
    found = read(conn, statement, DISPUTES)
    return found.join(_earlier(conn, found), on="id", how="left", maintain_order="left")


def _earlier(conn: sa.Connection, found: pl.DataFrame) -> pl.DataFrame:
    """Per dispute of `found`: how many of the same grid and type were opened before it, within a year, by anyone."""
    first = found["opened_on"].min()
    since = first - YEAR if isinstance(first, date) else date.max
    columns = [getattr(Dispute, name) for name in ALIKE]
    alike = read(conn, sa.select(*columns).where(Dispute.opened_on >= since, Dispute.void_at.is_(None)), ALIKE)
    pairs = alike.join(alike, on=["grid_id", "type"], suffix="_before").filter(
        (pl.col("opened_at_before") < pl.col("opened_at"))
        | ((pl.col("opened_at_before") == pl.col("opened_at")) & (pl.col("id_before") < pl.col("id"))),
        pl.col("opened_on_before") >= pl.col("opened_on").dt.offset_by("-1y"),
    )
    counted = pairs.group_by("id").agg(pl.len().cast(pl.Int64).alias("earlier"))
    return alike.select("id").join(counted, on="id", how="left").with_columns(pl.col("earlier").fill_null(0))


def _check_backs(
    conn: sa.Connection, viewer: Viewer, filters: Filters, *conditions: sa.ColumnElement[bool]
) -> pl.DataFrame:
    named: dict[str, Any] = {
        "number": Dispute.number,
        "dispute_type": Dispute.type,
        "dispute_outcome": Dispute.outcome,
        "performed": Dispute.performed,
        "grid": bounds.grid_name(),
        "check_outcome": CheckBack.outcome,
        "contact": DisputeContact.id.is_not(None),
    }
    columns = [(named[name] if name in named else getattr(CheckBack, name)).label(name) for name in CHECK_BACKS]
    statement = (
        sa.select(*columns)
        .select_from(
            CheckBack.table()
            .join(Dispute.table(), Dispute.id == CheckBack.dispute_id)
            .join(Grid.table(), Grid.id == Dispute.grid_id)
            .outerjoin(DisputeContact.table(), DisputeContact.dispute_id == Dispute.id)
        )
        .where(*conditions, *bounds.seen(Dispute, viewer), *bounds.narrowed(Dispute, filters))
        .order_by(CheckBack.due_on, CheckBack.id)
    )
    return read(conn, statement, CHECK_BACKS)


def _disputes_behind(conn: sa.Connection, viewer: Viewer, period: Period, filters: Filters) -> pl.DataFrame:
    return disputes(conn, viewer, period.since, period.until, filters).drop("id", "version", "grid_code", "opened_at")


def _check_backs_behind(conn: sa.Connection, viewer: Viewer, period: Period, filters: Filters) -> pl.DataFrame:
    due = check_backs(conn, viewer, period.since, period.until, filters)
    return due.drop("id", "version", "dispute_id", "performed", "contact")


evidence.SUBJECTS["disputes"] = evidence.Derived(Permission.SEE_DISPUTES, _disputes_behind)
evidence.SUBJECTS["check_backs"] = evidence.Derived(Permission.SEE_DISPUTES, _check_backs_behind)
