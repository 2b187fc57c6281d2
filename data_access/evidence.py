"""The rows behind a figure: turns a `Rows` value into a statement or keeps the rows of a derived frame."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
import sqlalchemy as sa

from access import Permission, check
from data_access.frames import Schema, covered, read
from vocabulary.enums import Role
from vocabulary.questions import Filters, Op, Period, Rows, Viewer, Where

Narrow = Callable[[sa.Select[Any], Viewer, Filters, str], sa.Select[Any]]


@dataclass(frozen=True)
class Selected:
    """A subject whose rows are selected: its named columns, where they come from, what reading them needs."""

    permission: Permission
    columns: Mapping[str, Any]
    schema: Schema
    source: Any
    order: tuple[Any, ...]
    hidden: Mapping[str, Any]  # columns that only conditions use
    narrow: Narrow | None = None
    masked: tuple[str, ...] = ()  # columns of free text
    sensitive: tuple[str, ...] = ()  # columns that tell of a person's group: no feeder's frame has them


@dataclass(frozen=True)
class Derived:
    """A subject whose rows are worked out: a read of (conn, viewer, period, filters) that gives a frame.

    Its `hidden` columns only conditions use.
    """

    permission: Permission
    rows: Callable[[sa.Connection, Viewer, Period, Filters], pl.DataFrame]
    hidden: tuple[str, ...] = ()


Subject = Selected | Derived
SUBJECTS: dict[str, Subject] = {}


def behind(
    conn: sa.Connection,
    viewer: Viewer,
    rows: Rows,
    period: Period,
    filters: Filters,
    first: int = 0,
    count: int | None = None,
) -> pl.DataFrame:
    """Exactly the rows behind a figure over a period, or of them `count` from the `first` on (0 is the first).

    NotAllowed for those who may not read them.
    """
    subject = SUBJECTS[rows.subject]
    check(viewer, subject.permission)
    if isinstance(subject, Derived):
        frame = subject.rows(conn, viewer, period, filters)
        kept = frame.filter(*(_kept(where, period) for where in rows.where)) if rows.where else frame
        return kept.slice(first, count).drop(subject.hidden)
    named = {**subject.columns, **subject.hidden}
    statement = sa.select(*(column.label(name) for name, column in subject.columns.items())).select_from(subject.source)
    statement = statement.where(*(_condition(named[where.column], where, period) for where in rows.where))
    if subject.narrow:
        statement = subject.narrow(statement, viewer, filters, conn.dialect.name)
    ordered = statement.order_by(*subject.order)
    if count is not None:
        ordered = ordered.limit(count).offset(first)
    frame = read(conn, ordered, subject.schema)
    shown = frame.drop(subject.sensitive) if viewer.role is Role.FEEDER else frame
    return covered(shown, *subject.masked)


def _condition(column: Any, where: Where, period: Period) -> sa.ColumnElement[bool]:
    match where.op:
        case Op.IN_PERIOD:
            return sa.and_(column >= period.since, column <= period.until)
        case Op.UNTIL_END:
            return sa.and_(column <= period.until)
        case Op.AFTER_END_OR_NULL:
            return sa.or_(column.is_(None), column > period.until)
        case Op.IN:
            return sa.and_(column.in_(where.values))
        case Op.NOT_IN:
            return sa.or_(column.is_(None), column.not_in(where.values))
        case Op.GIVEN:
            return sa.and_(column.is_not(None))
        case Op.NULL:
            return sa.and_(column.is_(None))


def _kept(where: Where, period: Period) -> pl.Expr:
    column = pl.col(where.column)
    match where.op:
        case Op.IN_PERIOD:
            return column.is_between(period.since, period.until)
        case Op.UNTIL_END:
            return column <= period.until
        case Op.AFTER_END_OR_NULL:
            return column.is_null() | (column > period.until)
        case Op.IN:
            return column.is_in(where.values)
        case Op.NOT_IN:
            return column.is_null() | ~column.is_in(where.values)
        case Op.GIVEN:
            return column.is_not_null()
        case Op.NULL:
            return column.is_null()
