"""The punctuality of cases in SQL: the label of a row, and the condition of a label, as of now."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

import clock
from data_access.tables.base import Moment
from data_access.tables.cases import Case
from vocabulary.desk import Punctuality
from vocabulary.enums import DONE_STATUSES, OPEN_STATUSES
from vocabulary.punctuality import SOON, conditions


def _soon() -> datetime:
    return clock.now() + SOON


# Both are asked for when a statement runs, so that the expressions below can be made once.
NOW: sa.BindParameter[Any] = sa.bindparam("desk_now", callable_=clock.now, type_=Moment())
WITHIN_A_DAY: sa.BindParameter[Any] = sa.bindparam("desk_soon", callable_=_soon, type_=Moment())
_NEVER = sa.literal(datetime(9999, 1, 1, tzinfo=clock.SHANGHAI), Moment())
IS_OPEN: sa.ColumnElement[bool] = Case.status.in_([status.value for status in OPEN_STATUSES])
IS_DONE: sa.ColumnElement[bool] = Case.status.in_([status.value for status in DONE_STATUSES])
COUNTED: sa.ColumnElement[bool] = sa.and_(Case.due_at.is_not(None), sa.or_(IS_OPEN, IS_DONE))
_CONDITIONS = conditions(
    due=Case.due_at,
    severe=sa.func.coalesce(Case.severe_at, _NEVER),
    end=sa.case((IS_DONE, Case.finished_at), else_=NOW),
    is_open=IS_OPEN,
    soon=WITHIN_A_DAY,
)
# Null for a case without a due moment and for one that was dropped.
LABEL: sa.ColumnElement[Any] = sa.case(
    (~COUNTED, sa.null()), *((condition, sa.literal(label.value)) for label, condition in _CONDITIONS.items())
)


def is_one_of(labels: tuple[str, ...]) -> sa.ColumnElement[bool]:
    """Has the case one of these labels? "" stands for none."""
    given = [sa.and_(COUNTED, _CONDITIONS[Punctuality(label)]) for label in labels if label]
    return sa.or_(*given, ~COUNTED) if "" in labels else sa.or_(sa.false(), *given)
