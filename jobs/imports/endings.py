"""How a case stands by what a row says of its status, its reply and its end."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from data_access.imports import Stored
from jobs.imports.rows import CaseRow
from vocabulary.enums import DONE_STATUSES, DROPPED_STATUSES, CaseStatus, EventKind
from vocabulary.refusals import NotPossible, word

Event = tuple[datetime, EventKind, str | None, str | None, str | None]
Ending = tuple[dict[str, Any], list[Event]]
S = CaseStatus
WAY: Sequence[CaseStatus] = (
    S.PENDING,
    S.ACCEPTED,
    S.ASSIGNED,
    S.SIGNED,
    S.HANDLING,
    S.FINISHED,
    S.FOLLOWED_UP,
    S.ARCHIVED,
)
"""An import moves a stored case forward on this way only: the office's own work is never undone by an older file."""
CLOSED = (*DONE_STATUSES, *DROPPED_STATUSES)


class Unfit(Exception):
    """A row cannot be taken: the field, its value, the refusal or its key."""

    def __init__(self, field: str, value: Any, reason: NotPossible | str, **values: object) -> None:
        super().__init__(field)
        self.field, self.value = field, value
        self.reason = reason if isinstance(reason, NotPossible) else NotPossible(reason, **values)


def ending_of_new(row: CaseRow) -> Ending:
    """Columns and events of a new case: finished at the time of its reply, else pending, unless a status is said."""
    said = row.said
    moment = said.get("finished_at") or row.replied_at
    status = S(said["status"]) if "status" in said else S.FINISHED if moment else S.PENDING
    if status in CLOSED and moment is None:
        raise Unfit("finished_at", None, "imports.closed_without_time", status=status)
    if status not in CLOSED and "finished_at" in said:
        raise Unfit("finished_at", moment, "imports.open_with_end", status=word(status))
    if "reply" in said and moment is None and "status" not in said:
        raise Unfit("replied_at", None, "imports.reply_without_time")
    columns: dict[str, Any] = {"status": status.value, "finished_at": moment if status in DONE_STATUSES else None}
    if status in DROPPED_STATUSES and moment:
        columns["dropped_on"] = moment.date()
    return columns, _events(row, S.PENDING, status, moment)


def ending_of_stored(row: CaseRow, before: Stored, *, new_reply: bool) -> Ending:
    """The columns and events that change in a stored case."""
    said, was = row.said, S(before["status"])
    moment = said.get("finished_at") or row.replied_at
    wanted = S(said["status"]) if "status" in said else S.FINISHED if moment else None
    if wanted is None and new_reply and was not in CLOSED:
        raise Unfit("replied_at", None, "imports.reply_without_time")
    if wanted is None or was in DROPPED_STATUSES:
        return {}, []
    if was in DONE_STATUSES:
        return _after_the_end(wanted, was, moment, before["finished_at"]), []
    if wanted in CLOSED:
        return _ended(row, wanted, was, moment, before["finished_at"])
    further = was in WAY and wanted in WAY and WAY.index(wanted) > WAY.index(was)
    return ({"status": wanted.value}, []) if further else ({}, [])


def _after_the_end(
    wanted: CaseStatus, was: CaseStatus, moment: datetime | None, finished_at: datetime | None
) -> dict[str, Any]:
    """What a row can still change in a case that is done: when that was, and a later step of the way."""
    columns: dict[str, Any] = {}
    if moment and wanted in DONE_STATUSES and moment != to_the_second(finished_at):
        columns["finished_at"] = moment
    if wanted in DONE_STATUSES and WAY.index(wanted) > WAY.index(was):
        columns["status"] = wanted.value
    return columns


def _ended(
    row: CaseRow, wanted: CaseStatus, was: CaseStatus, moment: datetime | None, before: datetime | None
) -> Ending:
    """An open case that the row ends. One that was opened again is ended by a later moment only."""
    if was is S.REOPENING and (moment is None or before is None or moment <= before):
        return {}, []
    if moment is None:
        raise Unfit("finished_at", None, "imports.closed_without_time", status=wanted)
    columns: dict[str, Any] = {"status": wanted.value}
    columns |= {"finished_at": moment} if wanted in DONE_STATUSES else {"dropped_on": moment.date()}
    return columns, _events(row, was, wanted, moment)


def _events(row: CaseRow, was: CaseStatus, status: CaseStatus, moment: datetime | None) -> list[Event]:
    """The reply and the end, each at its own time, or as one when they are the same."""
    replied_at = row.replied_at or row.said.get("finished_at")
    told: list[Event] = []
    step = (was.value, status.value)
    ends = status in CLOSED and moment is not None
    at_once = ends and replied_at == moment
    if "reply" in row.said and replied_at:
        told.append((replied_at, EventKind.REPLIED, *(step if at_once else (None, None)), None))
    if ends and moment and not (at_once and told):
        told.append((moment, EventKind.MOVED, *step, None))
    return told


def to_the_second(moment: datetime | None) -> datetime | None:
    return moment and moment.replace(microsecond=0)
