"""What figures and lists read of opinions, within what a viewer sees."""

from datetime import date
from typing import Any

import polars as pl
import sqlalchemy as sa

from access import Permission, allows, check
from data_access import evidence
from data_access.frames import Schema, covered, read, stands_on
from data_access.peace_post import bounds
from data_access.tables.cases import Case
from data_access.tables.peace_post import Opinion
from data_access.tables.places import Grid
from vocabulary.enums import Subject
from vocabulary.peace_post import DECIDED
from vocabulary.questions import Filters, Period, Viewer

OPINIONS: Schema = {
    "id": pl.Int64,
    "version": pl.Int64,
    "number": pl.String,
    "opinion_origin": pl.String,
    "theme": pl.String,
    "text": pl.String,
    "grid": pl.String,
    "grid_code": pl.String,
    "collected_on": pl.Date,
    "decision": pl.String,
    "decision_reason": pl.String,
    "decided_on": pl.Date,
    "answered_on": pl.Date,
    "case_id": pl.Int64,
    "case_number": pl.String,
    "proposal_id": pl.Int64,
}
DAYS: Schema = {
    "theme": pl.String,
    "opinion_origin": pl.String,
    "collected_on": pl.Date,
    "decision": pl.String,
    "decided_on": pl.Date,
    "answered_on": pl.Date,
}


@stands_on(Subject.OPINIONS, Subject.PLACES)
def opinions(conn: sa.Connection, viewer: Viewer, since: date, until: date, filters: Filters) -> pl.DataFrame:
    """Opinions collected, decided or answered from `since` to `until`, without their texts: for the figures."""
    concerns = sa.or_(*(day.between(since, until) for day in _DAYS))
    seen = (*bounds.seen(Opinion, viewer), *bounds.narrowed(Opinion, filters))
    columns = [column.label(name) for name, column in _named(DAYS)]
    return read(conn, sa.select(*columns).where(concerns, *seen).order_by(Opinion.collected_on, Opinion.id), DAYS)


@stands_on(Subject.OPINIONS, Subject.PLACES, Subject.CASES)
def opinion_list(conn: sa.Connection, viewer: Viewer, period: Period, waiting: bool) -> pl.DataFrame:
    """The opinions collected in a period, newest first; when `waiting`, those of any time that nobody decided, oldest
    first. Texts are whole for who may write them, else masked."""
    check(viewer, Permission.SEE_OPINIONS)
    if waiting:
        undecided = sa.or_(Opinion.decision.is_(None), Opinion.decision.not_in([one.value for one in DECIDED]))
        return _opinions(conn, viewer, Filters(), undecided).reverse()
    return _opinions(conn, viewer, Filters(), Opinion.collected_on.between(period.since, period.until))


@stands_on(Subject.OPINIONS, Subject.PLACES, Subject.CASES)
def one_opinion(conn: sa.Connection, viewer: Viewer, opinion_id: int) -> pl.DataFrame:
    """The opinion as a frame of one row; of none when this viewer sees no such opinion."""
    check(viewer, Permission.SEE_OPINIONS)
    return _opinions(conn, viewer, Filters(), Opinion.id == opinion_id)


@stands_on(Subject.OPINIONS)
def opinion_of(conn: sa.Connection, _viewer: Viewer, case_id: int) -> str | None:
    """The number of the opinion that became this case; None for a case that came another way."""
    return conn.scalar(sa.select(Opinion.number).where(Opinion.case_id == case_id))


_DAYS: tuple[Any, ...] = (Opinion.collected_on, Opinion.decided_on, Opinion.answered_on)


def _named(schema: Schema) -> list[tuple[str, Any]]:
    elsewhere: dict[str, Any] = {
        "opinion_origin": Opinion.origin,
        "grid": bounds.grid_name(),
        "grid_code": Grid.code,
        "case_number": Case.number,
    }
    return [(name, elsewhere[name] if name in elsewhere else getattr(Opinion, name)) for name in schema]


def _opinions(
    conn: sa.Connection, viewer: Viewer, filters: Filters, *conditions: sa.ColumnElement[bool]
) -> pl.DataFrame:
    statement = (
        sa.select(*(column.label(name) for name, column in _named(OPINIONS)))
        .select_from(
            Opinion.table()
            .outerjoin(Grid.table(), Grid.id == Opinion.grid_id)
            .outerjoin(Case.table(), Case.id == Opinion.case_id)
        )
        .where(*conditions, *bounds.seen(Opinion, viewer), *bounds.narrowed(Opinion, filters))
        .order_by(Opinion.collected_on.desc(), Opinion.id.desc())
    )
    found = read(conn, statement, OPINIONS)
    if allows(viewer, Permission.WRITE_OPINIONS):
        return found
    return _masked(found)


def _masked(found: pl.DataFrame) -> pl.DataFrame:
    return covered(found, "text", "decision_reason")


def _behind(conn: sa.Connection, viewer: Viewer, period: Period, filters: Filters) -> pl.DataFrame:
    concerns = sa.or_(*(day.between(period.since, period.until) for day in _DAYS))
    found = _opinions(conn, viewer, filters, concerns)
    return _masked(found).drop("id", "version", "grid_code", "case_id", "proposal_id")


evidence.SUBJECTS["opinions"] = evidence.Derived(Permission.SEE_OPINIONS, _behind)
