"""What the steps of a demo case set in it, as the case desk would have set it."""

import json
from datetime import datetime
from typing import Any

from clock import SHANGHAI
from data_access.desk import timing
from data_access.desk.filing import LEVELS
from data_access.desk.limits import Kind
from jobs.demo.concerns import Concern
from jobs.demo.limits import Limits
from jobs.demo.steps import Step
from vocabulary.enums import CaseStatus, EventKind

S = CaseStatus
Row = dict[str, Any]
DROPPED = (S.WITHDRAWN, S.REJECTED, S.MERGED)
REST = dict.fromkeys(("sign_due_at", "note_due_at", "reminded_at"))
UNDONE = dict.fromkeys(
    (
        *("finished_at", "finished_on", "worked_minutes", "result", "resident_solved", "resident_satisfied"),
        *("unhappy_since", "extended_to", "extension_reason"),
        *("suspended_from", "suspended_until", "suspension_reason"),
    )
)


def state(concern: Concern, steps: list[Step], limits: Limits) -> Row:
    """What the case is after these steps; the steps that move its limit are told what they set."""
    case: Row = {"status": S.PENDING.value, "level": LEVELS[concern.urgency].value}
    case |= {"reopened_count": 0, "returned_count": 0, "reminded_at": None, "first_contact_at": None}
    for step in steps:
        case |= _set_by(step, case, concern, limits)
        case |= step.sets
    told = [(step.kind.value, json.loads(written(step.detail) or "{}")) for step in steps]
    clock = timing.replay(told)
    ends = clock.ends(limits.calendar) if clock else (None, None)
    due, severe = (end and end.astimezone(SHANGHAI) for end in ends)
    return case | {"due_at": due, "severe_at": severe}


def written(detail: Row) -> str | None:
    """The detail of an event as the desk writes it."""
    return json.dumps(detail, default=_plain, ensure_ascii=False) if detail else None


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _set_by(step: Step, case: Row, concern: Concern, limits: Limits) -> Row:
    match step.kind:
        case EventKind.FILED:
            return _limited(step, concern, limits) | {"contact_due_at": limits.after(Kind.CONTACT, concern, step.at)}
        case EventKind.NOTED:
            silent = case["status"] == S.HANDLING.value
            return {"reminded_at": None} | (_noted(step, concern, limits) if silent else {})
        case EventKind.REMINDED:
            return {"reminded_at": step.at}
        case EventKind.MOVED if step.after is not None:
            return {"status": step.after.value} | _moved(step, step.after, case, concern, limits)
        case _:
            return {}


def _moved(step: Step, to: CaseStatus, case: Row, concern: Concern, limits: Limits) -> Row:
    if to in DROPPED:
        return {"dropped_on": step.at.date()} | ({} if to is S.MERGED else REST)
    match to:
        case S.ACCEPTED:
            return {"accepted_at": step.at}
        case S.ASSIGNED:
            step.detail["unit"] = step.sets["lead_unit_id"]
            due = limits.after(Kind.SIGN, concern, step.at)
            return {"assigned_at": step.at, "sign_due_at": due, "note_due_at": None}
        case S.SIGNED:
            return {"sign_due_at": None}
        case S.RETURNED:
            return {"sign_due_at": None, "returned_count": case["returned_count"] + 1}
        case S.HANDLING:
            first = {"first_contact_at": case["first_contact_at"] or step.at}
            return {"sign_due_at": None, "reminded_at": None} | first | _noted(step, concern, limits)
        case S.FINISHED:
            return _finished(step, case, concern, limits)
        case S.REOPENING:
            return UNDONE | _limited(step, concern, limits) | {"reopened_count": case["reopened_count"] + 1}
        case S.ARCHIVED:
            return {"unhappy_since": None}
        case _:
            return {}


def _limited(step: Step, concern: Concern, limits: Limits) -> Row:
    rule = limits.rule(Kind.FINISH, concern)
    step.detail.update(timing.limit_detail(step.at, rule))
    return timing.limit_columns(step.at, rule)


def _noted(step: Step, concern: Concern, limits: Limits) -> Row:
    return {"note_due_at": limits.after(Kind.NOTE, concern, step.at)}


def _finished(step: Step, case: Row, concern: Concern, limits: Limits) -> Row:
    step.detail["result"] = step.sets["result"]
    return {
        "finished_at": step.at,
        "finished_on": step.at.date(),
        "worked_minutes": limits.calendar.worked_minutes(concern.received_at, step.at),
        "first_contact_at": case["first_contact_at"] or step.at,
        **REST,
    }
