"""Clues of volunteers: recorded with a place and a matter, set aside, or made a case in one act."""

from typing import Any

import sqlalchemy as sa

import clock
from access import Permission, check
from data_access import changes
from data_access.desk.filing import NewCase, file_case
from data_access.tables.places import Grid
from data_access.tables.volunteers import Clue
from data_access.volunteers.facts import FIRST_YEAR, LONGEST_TEXT, ClueFacts
from data_access.volunteers.people import begin, inserted
from data_access.volunteers.shift_writes import place_id
from vocabulary.enums import CaseType, Channel, Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible

LONGEST_TITLE = 60


def record_clue(conn: sa.Connection, viewer: Viewer, facts: ClueFacts) -> int:
    """Records a clue; its id. NotPossible without a matter, without place and grid, or for a day to come."""
    begin(conn, viewer)
    text = facts.text.strip()
    if not text:
        raise NotPossible("volunteers.refused.no_matter")
    if len(text) > LONGEST_TEXT:
        raise NotPossible("volunteers.refused.matter_long", length=len(text), most=LONGEST_TEXT)
    if facts.place is None and facts.grid is None:
        raise NotPossible("volunteers.refused.clue_nowhere", matter=text[:20])
    if facts.reported_on > clock.today() or facts.reported_on.year < FIRST_YEAR:
        raise NotPossible("volunteers.refused.clue_day", day=facts.reported_on)
    values = {
        "volunteer_role": facts.role.value,
        "text": text,
        "place_id": place_id(conn, facts.place),
        "grid_id": _grid_id(conn, facts.grid),
        "reported_on": facts.reported_on,
    }
    key = inserted(conn, Clue, values)
    changes.record(conn, viewer, Subject.VOLUNTEERS, "clue_recorded", key, role=facts.role)
    return key


def clue_to_case(conn: sa.Connection, viewer: Viewer, clue_id: int, seen_version: int, title: str = "") -> int:
    """Files a pending case from a clue, with its text and place; the case's id.

    Without a title it gets the beginning of the text. NotPossible when the clue was looked at before.
    """
    check(viewer, Permission.WORK_CASES)
    clue = _to_look_at(conn, viewer, clue_id, seen_version)
    said = title.strip() or clue["text"].splitlines()[0]
    case = NewCase(
        text=clue["text"],
        title=said[:LONGEST_TITLE],
        channel=Channel.VOLUNTEER,
        type=CaseType.REPORT,
        grid_id=clue["grid_id"],
        place_id=clue["place_id"],
    )
    case_id = file_case(conn, viewer, case)
    _looked_at(conn, clue_id, seen_version, case_id=case_id)
    changes.record(conn, viewer, Subject.VOLUNTEERS, "clue_became_case", clue_id, case=case_id)
    changes.record(conn, viewer, Subject.CASES, "case_from_clue", case_id, clue=clue_id)
    return case_id


def set_aside(conn: sa.Connection, viewer: Viewer, clue_id: int, seen_version: int) -> None:
    """Notes that a clue was looked at and needs no case."""
    _to_look_at(conn, viewer, clue_id, seen_version)
    _looked_at(conn, clue_id, seen_version)
    changes.record(conn, viewer, Subject.VOLUNTEERS, "clue_set_aside", clue_id)


def _to_look_at(conn: sa.Connection, viewer: Viewer, clue_id: int, seen_version: int) -> dict[str, Any]:
    begin(conn, viewer)
    table = Clue.table()
    there = sa.and_(table.c.id == clue_id, table.c.void_at.is_(None))
    row = conn.execute(sa.select(table).where(there)).mappings().one_or_none()
    if row is None:
        raise NotPossible("words.row_gone")
    if row["version"] != seen_version:
        raise NotPossible("words.changed_meanwhile")
    if row["looked_at"] is not None:
        raise NotPossible("volunteers.refused.looked_at", matter=row["text"][:20])
    return dict(row)


def _looked_at(conn: sa.Connection, clue_id: int, seen_version: int, **values: Any) -> None:
    table = Clue.table()
    here = sa.update(table).where(table.c.id == clue_id, table.c.version == seen_version)
    now = clock.now()
    if not conn.execute(here.values(looked_at=now, updated_at=now, version=seen_version + 1, **values)).rowcount:
        raise NotPossible("words.changed_meanwhile")


def _grid_id(conn: sa.Connection, code: str | None) -> int | None:
    if code is None:
        return None
    found = conn.scalar(sa.select(Grid.id).where(Grid.code == code))
    if found is None:
        raise NotPossible("volunteers.refused.grid", code=code)
    return int(found)
