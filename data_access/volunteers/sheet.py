"""Volunteers and records of service as a sheet brings them: all or none, new told from changed."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

import sqlalchemy as sa

from data_access.fates import Fate, Once, Written, agrees, corrected, each
from data_access.tables.volunteers import Volunteer
from data_access.volunteers.facts import RecordFacts, VolunteerFacts, said_at, volunteer_values
from data_access.volunteers.people import add, begin, by_number
from data_access.volunteers.record_writes import correct_record, enter, record_values, same
from texts import t
from vocabulary.enums import Subject
from vocabulary.questions import Viewer

F = TypeVar("F")


def write_volunteers(conn: sa.Connection, viewer: Viewer, rows: Sequence[VolunteerFacts]) -> Written:
    """Each by its number, all or none. NotPossible names the row."""

    def one(facts: VolunteerFacts, once: Once) -> Fate:
        _once(once, facts.number.strip())
        values, now = volunteer_values(facts), by_number(conn, facts.number)
        if now is None:
            add(conn, viewer, values)
            return Fate.NEW
        return corrected(conn, viewer, Subject.VOLUNTEERS, Volunteer, now, values, t("volunteers.by_import"))

    begin(conn, viewer)
    return each(rows, one, "volunteers.refused.row")


def write_records(conn: sa.Connection, viewer: Viewer, rows: Sequence[RecordFacts]) -> Written:
    """Each by its volunteer's number and its start, all or none. NotPossible names the row."""

    def one(facts: RecordFacts, once: Once) -> Fate:
        _once(once, facts.number.strip(), said_at(facts.starts_at))
        known = by_number(conn, facts.number)
        before = same(conn, {"volunteer_id": known["id"], "starts_at": facts.starts_at}) if known else None
        values = record_values(conn, facts, before["volunteer_id"] if before else None)
        if before is None or before["void_at"] is not None:
            enter(conn, viewer, values, before)
            return Fate.NEW
        if agrees(before, values | {"shift_id": before["shift_id"]}):
            return Fate.UNCHANGED
        kept = replace(facts, shift_id=facts.shift_id or before["shift_id"])
        correct_record(conn, viewer, before["id"], before["version"], t("volunteers.by_import"), kept)
        return Fate.CHANGED

    begin(conn, viewer)
    return each(rows, one, "volunteers.refused.row")


def _once(once: Once, *key: str) -> None:
    once(key, "volunteers.refused.row_twice", what=" ".join(key))
