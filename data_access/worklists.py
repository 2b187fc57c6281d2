"""The lists of cases that somebody has to look at: of a viewer's day 今日该办, and of supervision."""

from typing import Any

import sqlalchemy as sa

from data_access.punctuality import IS_DONE, IS_OPEN, NOW, is_one_of
from data_access.tables.cases import Case
from data_access.tables.desk import CaseExtension, CaseFile
from vocabulary.desk import Punctuality, Today, Watch
from vocabulary.enums import CaseStatus, Role
from vocabulary.questions import Viewer

S = CaseStatus
Condition = sa.ColumnElement[bool]


def _is(*statuses: CaseStatus) -> Condition:
    return Case.status.in_([status.value for status in statuses])


_UNSIGNED = sa.and_(_is(S.ASSIGNED), Case.sign_due_at < NOW)
_SILENT = sa.and_(_is(S.HANDLING), Case.note_due_at < NOW)
_HELD = sa.and_(Case.suspended_from.is_not(None), sa.or_(Case.suspended_until.is_(None), Case.suspended_until > NOW))
_WAITS = Case.id.in_(sa.select(CaseExtension.case_id).where(CaseExtension.approved.is_(None)))
_LATE = is_one_of((Punctuality.OVERDUE.value, Punctuality.SEVERE.value))

TODAY: dict[Today, Condition] = {
    Today.OVERDUE: sa.and_(IS_OPEN, _LATE),
    Today.DUE_SOON: is_one_of((Punctuality.DUE_SOON.value,)),
    Today.TO_ACCEPT: _is(S.PENDING),
    Today.TO_SIGN: _is(S.ASSIGNED),
    Today.RETURNED: _is(S.RETURNED),
    Today.UNSIGNED: _UNSIGNED,
    Today.REMINDED: sa.and_(IS_OPEN, Case.reminded_at.is_not(None)),
    Today.SILENT: sa.and_(_SILENT, ~_HELD),
    Today.TO_HANDLE: _is(S.SIGNED, S.REOPENING),
    Today.UNHAPPY: sa.and_(_is(S.FOLLOWED_UP), Case.unhappy_since.is_not(None)),
    Today.TO_FOLLOW_UP: _is(S.FINISHED),
    Today.EXTENSIONS: _WAITS,
}
OF_ROLE: dict[Role, tuple[Today, ...]] = {
    Role.WORKER: (
        *(Today.OVERDUE, Today.DUE_SOON, Today.TO_ACCEPT, Today.RETURNED, Today.UNSIGNED, Today.REMINDED),
        *(Today.SILENT, Today.UNHAPPY, Today.TO_FOLLOW_UP),
    ),
    Role.UNIT: (*(Today.OVERDUE, Today.DUE_SOON, Today.TO_SIGN, Today.REMINDED, Today.SILENT, Today.TO_HANDLE),),
    Role.OFFICIAL: (Today.EXTENSIONS,),
}
WATCH: dict[Watch, Condition] = {
    Watch.UNSIGNED: _UNSIGNED,
    Watch.SILENT: sa.and_(_SILENT, ~_HELD),
    Watch.RETURNED_TWICE: sa.and_(IS_OPEN, Case.returned_count >= 2),
    Watch.EXTENDED: sa.and_(IS_OPEN, Case.extended_to.is_not(None)),
    Watch.SUSPENDED: sa.and_(IS_OPEN, Case.suspended_from.is_not(None), Case.suspended_until.is_(None)),
    Watch.NO_EVIDENCE: sa.and_(
        IS_DONE, Case.limit_from.is_not(None), Case.id.not_in(sa.select(CaseFile.case_id)), ~_is(S.ARCHIVED)
    ),
    Watch.REOPENED: sa.and_(IS_OPEN, Case.reopened_count > 0),
}
_LISTS: dict[str, dict[Any, Condition]] = {"today": {**TODAY}, "watch": {**WATCH}}


def listed(name: str, viewer: Viewer) -> Condition:
    """The condition of a list by its name in an address: `today.overdue`, `watch.silent`; none is on an unknown one.

    A unit's own day holds only the cases that it leads.
    """
    kind, _, one = name.partition(".")
    condition = _LISTS.get(kind, {}).get(one)
    if condition is None:
        return sa.false()
    own_day = viewer.role is Role.UNIT and kind == "today"
    return sa.and_(condition, Case.lead_unit_id == viewer.unit_id) if own_day else condition
