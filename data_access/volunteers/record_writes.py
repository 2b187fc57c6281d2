"""Records of service: logged, verified by a second person, corrected and struck out with a reason."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

import clock
from data_access import changes, corrections
from data_access.tables.volunteers import ServiceRecord, Shift
from data_access.volunteers.facts import RecordFacts, check_record, said_at
from data_access.volunteers.people import begin, by_number, inserted, serving
from texts import t
from vocabulary.enums import Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible

Values = dict[str, Any]


def log_records(conn: sa.Connection, viewer: Viewer, records: Sequence[RecordFacts]) -> int:
    """Enters an evening's records, all or none; how many. NotPossible names what is wrong and its value."""
    begin(conn, viewer)
    if not records:
        raise NotPossible("volunteers.refused.nobody")
    for facts in records:
        values = record_values(conn, facts)
        now = same(conn, values)
        if now is not None and now["void_at"] is None:
            raise NotPossible("volunteers.refused.twice", number=facts.number, starts=said_at(facts.starts_at))
        enter(conn, viewer, values, now)
    return len(records)


def verify(conn: sa.Connection, viewer: Viewer, record_id: int, seen_version: int) -> None:
    """Confirms a record. NotPossible for who entered it, and for one that is verified or struck out."""
    begin(conn, viewer)
    row = _row(conn, record_id)
    if row["version"] != seen_version:
        raise NotPossible("words.changed_meanwhile")
    if row["void_at"] is not None:
        raise NotPossible("words.row_gone")
    if row["verified_at"] is not None:
        raise NotPossible("volunteers.refused.verified", at=said_at(row["verified_at"]))
    if row["entered_by"] is not None and row["entered_by"] == viewer.account_id:
        raise NotPossible("volunteers.refused.own", starts=said_at(row["starts_at"]))
    table = ServiceRecord.table()
    here = sa.update(table).where(table.c.id == record_id, table.c.version == seen_version)
    now = clock.now()
    values = {"verified_by": viewer.account_id or None, "verified_at": now, "updated_at": now}
    if not conn.execute(here.values(**values, version=seen_version + 1)).rowcount:
        raise NotPossible("words.changed_meanwhile")
    changes.record(conn, viewer, Subject.VOLUNTEERS, "service_verified", record_id)


def correct_record(
    conn: sa.Connection, viewer: Viewer, record_id: int, seen_version: int, reason: str, facts: RecordFacts
) -> None:
    """Corrects a record with a reason; it waits again to be verified, by another than who corrected it."""
    begin(conn, viewer)
    row = _row(conn, record_id)
    values = record_values(conn, facts, row["volunteer_id"])
    other = same(conn, values)
    if other is not None and other["id"] != record_id:
        raise NotPossible("volunteers.refused.twice", number=facts.number, starts=said_at(facts.starts_at))
    _correct(conn, viewer, record_id, seen_version, reason, values)


def strike_record(conn: sa.Connection, viewer: Viewer, record_id: int, seen_version: int, reason: str) -> None:
    """Takes a record that was entered by mistake out of every figure; it stays in its history."""
    begin(conn, viewer)
    row = _row(conn, record_id)
    if row["void_at"] is not None:
        raise NotPossible("words.row_gone")
    struck = {"void_at": clock.now()}
    corrections.correct(conn, viewer, Subject.VOLUNTEERS, ServiceRecord, record_id, seen_version, reason, **struck)


def record_values(conn: sa.Connection, facts: RecordFacts, known: int | None = None) -> Values:
    """The columns of the row; the volunteer `known` as the record's own may have left since."""
    who = by_number(conn, facts.number)
    if who is None or who["id"] != known:
        who = serving(conn, facts.number)
    check_record(facts.number, facts.starts_at, facts.ends_at, who["registered_on"])
    if facts.shift_id is not None and conn.scalar(sa.select(Shift.id).where(Shift.id == facts.shift_id)) is None:
        raise NotPossible("words.row_gone")
    return {
        "volunteer_id": who["id"],
        "shift_id": facts.shift_id,
        "role": facts.role.value,
        "day": facts.starts_at.astimezone(clock.SHANGHAI).date(),
        "starts_at": facts.starts_at,
        "ends_at": facts.ends_at,
        "outcome": facts.outcome.value,
    }


def same(conn: sa.Connection, values: Values) -> Values | None:
    """The record of this volunteer that began at this moment, struck out or not."""
    table = ServiceRecord.table()
    begun = sa.and_(table.c.volunteer_id == values["volunteer_id"], table.c.starts_at == values["starts_at"])
    row = conn.execute(sa.select(table).where(begun)).mappings().one_or_none()
    return None if row is None else dict(row)


def enter(conn: sa.Connection, viewer: Viewer, values: Values, struck: Values | None) -> int:
    """Adds the checked record; one that was struck out stands again."""
    if struck is not None:
        reason = t("volunteers.entered_again")
        _correct(conn, viewer, struck["id"], struck["version"], reason, {**values, "void_at": None})
        return int(struck["id"])
    key = inserted(conn, ServiceRecord, {**values, "entered_by": viewer.account_id or None})
    changes.record(conn, viewer, Subject.VOLUNTEERS, "service_logged", key, outcome=values["outcome"])
    return key


def _correct(
    conn: sa.Connection, viewer: Viewer, record_id: int, seen_version: int, reason: str, values: Values
) -> None:
    again = {**values, "entered_by": viewer.account_id or None, "verified_by": None, "verified_at": None}
    corrections.correct(conn, viewer, Subject.VOLUNTEERS, ServiceRecord, record_id, seen_version, reason, **again)


def _row(conn: sa.Connection, record_id: int) -> Values:
    table = ServiceRecord.table()
    row = conn.execute(sa.select(table).where(table.c.id == record_id)).mappings().one_or_none()
    if row is None:
        raise NotPossible("words.row_gone")
    return dict(row)
