"""What becomes of a case: what a row makes of one that is new, and what it changes in one that is stored."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from clock import SHANGHAI
from data_access import search
from data_access.desk import timing
from data_access.imports import CaseChange, Known, NewCase, Stored
from jobs.imports.endings import Unfit, ending_of_new, ending_of_stored
from jobs.imports.headings import HOTLINE, PETITION, field_name
from jobs.imports.rows import LONG, CaseRow, ended_too_early, one_line, shown
from sheets import cleaning
from texts import t
from vocabulary.enums import DONE_STATUSES, CaseStatus, Channel, EventKind

Contact = tuple[int | None, Mapping[str, str]]
"""The row of a kept contact, None for a new one, and what it becomes."""
LEVELS = ("level1", "level2", "level3")
PATH_SIGN = " › "
CHANNELS: Mapping[str, Channel] = {PETITION: Channel.MESSAGE, HOTLINE: Channel.HOTLINE}
SEARCHED = {"title", "body", "spot"}
TITLE_LENGTH = 30
_SENTENCE = re.compile(r"[。！？；!?;\n]")
_PAUSE = re.compile(r"[，,、：: ]")


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that changes, with what stands there and what will; `hidden` before those who may not read it."""

    field: str
    before: Any
    now: Any
    hidden: bool = False


@dataclass(slots=True)
class Update:
    """A stored case that the row changes, ready to be written; its path and unit get their ids then."""

    row: CaseRow
    title: str
    received_on: date
    differences: tuple[Difference, ...]
    change: CaseChange


def new_case(row: CaseRow, known: Known, now: datetime) -> NewCase:
    """The case that this row adds; its path and unit get their ids when it is written. Unfit when it lacks a thing."""
    case = row.said
    if "received_at" not in case:
        raise Unfit("received_at", None, "imports.no_received")
    title = case.get("title") or title_of(case.get("body") or "")
    if not title:
        raise Unfit("body", None, "imports.no_text")
    channel = case.get("channel") or CHANNELS.get(row.source)
    columns = {**case, "title": title, "channel": channel and str(channel)} | _ground(row, known)
    ending, events = ending_of_new(row)
    columns |= ending
    columns["received_on"] = columns["received_at"].date()
    columns |= _measured(columns["received_at"], columns.get("finished_at"), known)
    given, limit = _limited(columns, {"limit_from": None})
    columns |= given
    still_open = columns["status"] if not events else None
    events = [(now, EventKind.IMPORTED, None, still_open, None), *events]
    return NewCase(row.source, row.number, columns, row.contact, events, limit)


def update(row: CaseRow, before: Stored, known: Known, now: datetime, contact: Contact | None) -> Update | None:
    """What the row changes in a stored case, and in its contact; None when that is nothing."""
    columns = {
        name: value
        for name, value in row.said.items()
        if name not in ("status", "finished_at") and not _same(name, before[name], value)
    }
    if "spot" in columns and before["building_id"] is None and before["grid_id"] is None:
        columns |= _ground(row, known)
    elif "building_id" in columns and "grid_id" not in row.said:
        columns |= _grid_of(columns["building_id"], known)
    ending, events = ending_of_stored(row, before, new_reply="reply" in columns)
    columns |= ending
    differences = [Difference(name, before[name], value) for name, value in columns.items() if name in before]
    differences += _elsewhere(row, before)
    if contact:
        differences.append(Difference("reporter", None, None))
    if not differences:
        return None
    columns |= _remeasured(columns, before, known)
    given, limit = _limited(columns, before)
    columns |= given
    said = "、".join(field_name(_known_as(one.field)) for one in differences)
    change = CaseChange(
        case_id=before["id"],
        version=before["version"],
        columns=columns,
        events=[*events, (now, EventKind.CHANGED, None, None, t("imports.changed_by_import", fields=said))],
        searched=_searched(before, columns) if SEARCHED & columns.keys() else None,
        contact=contact,
        limit=limit,
    )
    title = str(columns.get("title") or before["title"])
    received_on = columns.get("received_on") or before["received_at"].astimezone(SHANGHAI).date()
    return Update(row, title, received_on, tuple(differences), change)


def title_of(body: str) -> str:
    """The first thirty characters of a text, cut at the end of a sentence, else at a pause, else anywhere."""
    head = body[: TITLE_LENGTH + 1].strip()
    if found := _SENTENCE.search(head):
        return head[: found.start()].strip() or title_of(body[found.end() :])
    if len(head) <= TITLE_LENGTH:
        return head
    pauses = [found.start() for found in _PAUSE.finditer(head) if found.start() >= TITLE_LENGTH // 3]
    return head[: pauses[-1]] if pauses else head[:TITLE_LENGTH]


def _ground(row: CaseRow, known: Known) -> dict[str, Any]:
    """The building that the row or its spot names and its grid, where the row names no grid."""
    building = row.said.get("building_id", row.spotted)
    if building is None:
        return {}
    grid = {} if "grid_id" in row.said else _grid_of(building, known)
    return {"building_id": building, **grid}


def _grid_of(building: int, known: Known) -> dict[str, Any]:
    grids = dict(known.buildings.values())
    return {} if grids.get(building) is None else {"grid_id": grids[building]}


def _elsewhere(row: CaseRow, before: Stored) -> list[Difference]:
    """What stands in other tables: the category, of which a path says nothing deeper than itself, and the unit."""
    found = []
    path = tuple(before[level] for level in LEVELS if before[level])
    if row.path and path[: len(row.path)] != row.path:
        found.append(Difference("category", path, row.path))
    if row.unit and row.unit != before["lead_unit"]:
        found.append(Difference("lead_unit", before["lead_unit"], row.unit))
    return found


def _same(name: str, before: Any, now: Any) -> bool:
    """Alike as far as a sheet can tell: to the second, and cleaned as a cell is."""
    if before == now:
        return True
    if isinstance(before, datetime):
        return bool(before.replace(microsecond=0) == now)
    if isinstance(before, str):
        return bool((cleaning.text(before) if name in LONG else one_line(before)) == now)
    return False


def _measured(received_at: datetime, finished_at: datetime | None, known: Known) -> dict[str, Any]:
    if finished_at is None:
        return {}
    worked = known.calendar.worked_minutes(received_at, finished_at)
    return {"finished_on": finished_at.astimezone(SHANGHAI).date(), "worked_minutes": worked}


def _limited(columns: Mapping[str, Any], before: Stored) -> tuple[dict[str, Any], dict[str, datetime] | None]:
    """The columns and the event's detail of a due moment, when the row says one, or moves the receipt of a given one.

    Unfit for one before the case was received or accepted.
    """
    now = {**before, **columns}
    due, received = now.get("due_at"), now["received_at"]
    moved = "due_at" in columns or ("received_at" in columns and before["limit_from"] is None)
    if due is None or not moved:
        return {}, None
    begun = max(received, now.get("accepted_at") or received)
    if due < begun:
        local = {"due": shown(due.astimezone(SHANGHAI)), "begun": shown(begun.astimezone(SHANGHAI))}
        raise Unfit("due_at", due.astimezone(SHANGHAI), "imports.due_before_accepted", **local)
    return timing.given_columns(received, due), timing.given_detail(received, due)


def _remeasured(columns: Mapping[str, Any], before: Stored, known: Known) -> dict[str, Any]:
    """The days and minutes that follow from changed moments. Unfit when it would have ended before it came in."""
    if not {"received_at", "finished_at"} & columns.keys():
        return {}
    received = columns.get("received_at", before["received_at"])
    done = CaseStatus(columns.get("status", before["status"])) in DONE_STATUSES
    finished = columns.get("finished_at", before["finished_at"]) if done else None
    if finished is not None and finished < received.replace(microsecond=0):
        local = (received.astimezone(SHANGHAI), finished.astimezone(SHANGHAI))
        raise Unfit("finished_at", local[1], ended_too_early(*local))
    return {"received_on": received.astimezone(SHANGHAI).date(), **_measured(received, finished, known)}


def _searched(before: Stored, columns: Mapping[str, Any]) -> tuple[str, str]:
    both = [{name: case.get(name, before[name]) for name in SEARCHED} for case in ({}, columns)]
    was, now = (search.searched_text(before["number"], case["title"], case["body"], case["spot"]) for case in both)
    return was, now


def _known_as(column: str) -> str:
    return column.removesuffix("_id")
