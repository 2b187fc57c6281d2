"""What a move sets in a case beside its status: moments, units, counts and limits."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

import clock
from data_access import workdays
from data_access.desk import limits, timing
from data_access.desk.rows import Row, unit_there
from data_access.workdays import Calendar
from vocabulary.enums import CaseResult, CaseStatus, Level
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible

Values = dict[str, Any]


@dataclass(frozen=True)
class Given:
    """What was given for a move; `contacted`: the reporter was spoken to, which counts as the first contact."""

    reason: str = ""
    note: str = ""
    reply: str = ""
    unit_id: int | None = None
    helping: tuple[int, ...] = ()
    informed: tuple[int, ...] = ()
    level: Level | None = None
    result: CaseResult | None = None
    contacted: bool = False

    def with_texts(self, reason: str, note: str, reply: str) -> "Given":
        return replace(self, reason=reason, note=note, reply=reply)


@dataclass(frozen=True)
class _Moment:
    conn: sa.Connection
    case: Row
    given: Given
    now: datetime
    calendar: Calendar

    def after(self, kind: limits.Kind) -> datetime | None:
        return limits.after(self.conn, self.calendar, kind, self.case, self.now)


def effects(conn: sa.Connection, _viewer: Viewer, case: Row, to: CaseStatus, given: Given) -> tuple[Values, Values]:
    """The columns to set, and what the event says of them."""
    calendar = workdays.calendar_in(conn)
    here = _Moment(conn, case, given, clock.now(), calendar)
    values, detail = _EFFECTS[to](here) if to in _EFFECTS else ({}, {})
    if given.contacted and case["first_contact_at"] is None:
        values["first_contact_at"] = here.now
    return values, detail


def _accepted(here: _Moment) -> tuple[Values, Values]:
    """A case that came without a limit, from a file, gets one when it is accepted."""
    values: Values = {"accepted_at": here.now}
    if here.case["due_at"] is not None or here.case["limit_from"] is not None:
        return values, {}
    limited, detail = started(here.conn, here.calendar, here.case, here.now)
    return values | limited, detail


def started(
    conn: sa.Connection, calendar: Calendar, case: Row | Values, since: datetime, **others: Any
) -> tuple[Values, Values]:
    """The columns and the event's detail of a limit that begins to run at `since`."""
    limit = limits.limit_for(
        conn, limits.Kind.FINISH, case["type"], case["urgency"], since.astimezone(clock.SHANGHAI).date()
    )
    clocked = timing.Clock(since, limit)
    due, severe = clocked.ends(calendar) if limit else (None, None)
    columns = timing.limit_columns(since, limit) | {"due_at": due, "severe_at": severe} | others
    return columns, timing.limit_detail(since, limit) if limit else {}


def _assigned(here: _Moment) -> tuple[Values, Values]:
    given = here.given
    assert given.unit_id is not None
    for unit_id in (given.unit_id, *given.helping, *given.informed):
        unit_there(here.conn, unit_id)
    if given.unit_id in (*given.helping, *given.informed) or set(given.helping) & set(given.informed):
        raise NotPossible("desk.unit_twice", number=here.case["number"])
    values: Values = {
        "assigned_at": here.now,
        "lead_unit_id": given.unit_id,
        "sign_due_at": here.after(limits.Kind.SIGN),
        "note_due_at": None,
    }
    return values | ({"level": given.level.value} if given.level else {}), {"unit": given.unit_id}


def _signed(_here: _Moment) -> tuple[Values, Values]:
    return {"sign_due_at": None}, {}


def _returned(here: _Moment) -> tuple[Values, Values]:
    return {"sign_due_at": None, "returned_count": here.case["returned_count"] + 1}, {}


def _handling(here: _Moment) -> tuple[Values, Values]:
    return {"sign_due_at": None, "note_due_at": here.after(limits.Kind.NOTE), "reminded_at": None}, {}


def _finished(here: _Moment) -> tuple[Values, Values]:
    assert here.given.result is not None
    worked = here.calendar.worked_minutes(here.case["received_at"], here.now)
    return {
        "finished_at": here.now,
        "finished_on": here.now.date(),
        "worked_minutes": worked,
        "result": here.given.result.value,
        "reply": here.given.reply,
        "first_contact_at": here.case["first_contact_at"] or here.now,
        **_AT_REST,
    }, {"result": here.given.result.value}


def _reopening(here: _Moment) -> tuple[Values, Values]:
    """The limit begins anew: the reporter waits from now on."""
    cleared = dict.fromkeys(
        ("finished_at", "finished_on", "worked_minutes", "result", "resident_solved", "resident_satisfied")
    )
    unmarked = dict.fromkeys(("unhappy_since", "extended_to", "extension_reason", *_SUSPENSION))
    values, detail = started(here.conn, here.calendar, here.case, here.now)
    again = here.case["reopened_count"] + 1
    return cleared | unmarked | values | {"reopened_count": again}, detail


def _dropped(here: _Moment) -> tuple[Values, Values]:
    return {"dropped_on": here.now.date(), **_AT_REST}, {}


def _merged(here: _Moment) -> tuple[Values, Values]:
    """Its limits stay, so that an undone merge leaves the case as it was."""
    return {"dropped_on": here.now.date()}, {}


def _archived(_here: _Moment) -> tuple[Values, Values]:
    return {"unhappy_since": None}, {}


_SUSPENSION = ("suspended_from", "suspended_until", "suspension_reason")
_AT_REST = dict.fromkeys(("sign_due_at", "note_due_at", "reminded_at"))
_EFFECTS: dict[CaseStatus, Callable[[_Moment], tuple[Values, Values]]] = {
    CaseStatus.ACCEPTED: _accepted,
    CaseStatus.ASSIGNED: _assigned,
    CaseStatus.SIGNED: _signed,
    CaseStatus.RETURNED: _returned,
    CaseStatus.HANDLING: _handling,
    CaseStatus.FINISHED: _finished,
    CaseStatus.REOPENING: _reopening,
    CaseStatus.REJECTED: _dropped,
    CaseStatus.WITHDRAWN: _dropped,
    CaseStatus.MERGED: _merged,
    CaseStatus.ARCHIVED: _archived,
}
