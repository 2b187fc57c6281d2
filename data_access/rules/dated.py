"""How a dated rule is changed: the one that holds ends the day before, planned ones give way, past ones stay."""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

import clock
from access import Permission, check
from data_access import changes
from data_access.tables.base import Base
from vocabulary.enums import Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible


def change(
    conn: sa.Connection,
    viewer: Viewer,
    table: Any,
    same: dict[str, Any],
    from_on: date,
    values: dict[str, Any],
    subject: Subject = Subject.RULES,
) -> int:
    """Writes the rule of `same` (column: value) that holds from a day on; gives its id.

    NotPossible for a day that is past: figures of past days keep the rule they were computed with. The very first
    rule may begin in the past.
    """
    check(viewer, Permission.EDIT_RULES)
    where = [_is(getattr(table, name), value) for name, value in same.items()]
    known = conn.scalar(sa.select(sa.func.count()).select_from(table.table()).where(*where))
    if from_on < clock.today() and known:
        raise NotPossible("rules.past", day=from_on, today=clock.today())
    conn.execute(sa.delete(table).where(*where, table.from_on >= from_on))
    ends = sa.update(table).where(*where, sa.or_(table.to_on.is_(None), table.to_on >= from_on))
    conn.execute(ends.values(to_on=from_on - timedelta(1), version=table.version + 1))
    rule_id = int(
        conn.execute(sa.insert(table).values(**same, **values, from_on=from_on).returning(table.id)).scalar_one()
    )
    said = {name: str(value) for name, value in {**same, **values}.items()}
    changes.record(conn, viewer, subject, "rule_changed", rule_id, rule=_name(table), from_on=str(from_on), **said)
    return rule_id


def holds(table: Any, day: date | sa.ColumnElement[date]) -> sa.ColumnElement[bool]:
    """The rules of this table that hold on a day, or on the day of a column."""
    return sa.and_(table.from_on <= day, sa.or_(table.to_on.is_(None), table.to_on >= day))


def _is(column: Any, value: Any) -> sa.ColumnElement[bool]:
    return sa.and_(column.is_(None)) if value is None else sa.and_(column == value)


def _name(table: type[Base]) -> str:
    return str(table.__tablename__)
