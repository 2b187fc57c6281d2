"""Volunteers and records of service as a sheet brings them: all or none, new told from changed."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, TypeVar

import sqlalchemy as sa

from data_access import corrections
from data_access.tables.volunteers import Volunteer
from data_access.volunteers.facts import RecordFacts, VolunteerFacts, said_at, volunteer_values
from data_access.volunteers.people import add, begin, by_number
from data_access.volunteers.record_writes import correct_record, enter, record_values, same
from texts import t
from vocabulary.enums import Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible

F = TypeVar("F")


@dataclass
class Written:
    """How many rows were of each fate."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0


def write_volunteers(conn: sa.Connection, viewer: Viewer, rows: Sequence[VolunteerFacts]) -> Written:
    """Each by its number, all or none. NotPossible names the row."""

    def one(facts: VolunteerFacts) -> str:
        values, now = volunteer_values(facts), by_number(conn, facts.number)
        if now is None:
            add(conn, viewer, values)
            return "new"
        if _agrees(now, values):
            return "unchanged"
        reason, version = t("volunteers.by_import"), now["version"]
        corrections.correct(conn, viewer, Subject.VOLUNTEERS, Volunteer, now["id"], version, reason, **values)
        return "changed"

    return _each(conn, viewer, rows, lambda facts: (facts.number.strip(),), one)


def write_records(conn: sa.Connection, viewer: Viewer, rows: Sequence[RecordFacts]) -> Written:
    """Each by its volunteer's number and its start, all or none. NotPossible names the row."""

    def one(facts: RecordFacts) -> str:
        known = by_number(conn, facts.number)
        before = same(conn, {"volunteer_id": known["id"], "starts_at": facts.starts_at}) if known else None
        values = record_values(conn, facts, before["volunteer_id"] if before else None)
        if before is None or before["void_at"] is not None:
            enter(conn, viewer, values, before)
            return "new"
        if _agrees(before, values | {"shift_id": before["shift_id"]}):
            return "unchanged"
        kept = replace(facts, shift_id=facts.shift_id or before["shift_id"])
        correct_record(conn, viewer, before["id"], before["version"], t("volunteers.by_import"), kept)
        return "changed"

    return _each(conn, viewer, rows, lambda facts: (facts.number.strip(), said_at(facts.starts_at)), one)


def _each(
    conn: sa.Connection,
    viewer: Viewer,
    rows: Sequence[F],
    identity: Callable[[F], tuple[str, ...]],
    write: Callable[[F], str],
) -> Written:
    begin(conn, viewer)
    fates, seen = asdict(Written()), set[tuple[str, ...]]()
    for place, facts in enumerate(rows, start=1):
        key = identity(facts)
        try:
            if key in seen:
                raise NotPossible("volunteers.refused.row_twice", what=" ".join(key))
            seen.add(key)
            fates[write(facts)] += 1
        except NotPossible as refusal:
            raise NotPossible("volunteers.refused.row", row=place, why=str(refusal)) from refusal
    return Written(**fates)


def _agrees(now: dict[str, Any], values: dict[str, Any]) -> bool:
    return all(now[name] == value for name, value in values.items())
