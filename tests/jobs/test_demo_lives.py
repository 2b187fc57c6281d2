"""The demo's cases agree with the rules of the case desk, and every list of somebody's day has something on it."""

import json
from collections import defaultdict
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from access import OPERATOR
from data_access import desk
from data_access.desk.deadlines import expected
from data_access.engine import reading
from data_access.tables.cases import Case, CaseEvent
from data_access.tables.desk import CaseExtension, CaseFile, CaseUnit, FollowUp
from tests.conftest import NOON, make_viewer
from vocabulary.desk import Today, Watch
from vocabulary.enums import DONE_STATUSES, DROPPED_STATUSES, OPEN_STATUSES, CaseStatus, EventKind, Role
from vocabulary.moves import CASE_MOVES

S = CaseStatus
CUT = NOON.replace(hour=9, minute=40)
AHEAD = {"due_at", "severe_at", "contact_due_at", "sign_due_at", "note_due_at", "extended_to", "suspended_until"}
UNASSIGNED = (S.PENDING, S.ACCEPTED, S.REJECTED, S.WITHDRAWN, S.MERGED)
pytestmark = pytest.mark.usefixtures("noon")


def _rows(engine: sa.Engine, table: Any) -> list[Any]:
    with reading(engine) as conn:
        return list(conn.execute(sa.select(table.table()).order_by(table.id)).mappings())


def _histories(engine: sa.Engine) -> dict[int, list[Any]]:
    found = defaultdict(list)
    for event in _rows(engine, CaseEvent):
        found[event["case_id"]].append(event)
    return found


def test_every_move_of_every_case_is_one_that_the_desk_allows(small_demo: sa.Engine) -> None:
    moves = 0
    for events in _histories(small_demo).values():
        now = None
        for event in events:
            if event["to_status"] is None:
                continue
            assert event["from_status"] == now
            if now is None:
                assert (event["kind"], event["to_status"]) == (EventKind.FILED, S.PENDING)
            else:
                assert (S(now), S(event["to_status"])) in CASE_MOVES
                moves += 1
            now = event["to_status"]
    assert moves > 400


def test_the_limits_are_those_that_the_events_tell(small_demo: sa.Engine) -> None:
    cases = _rows(small_demo, Case)
    moved = [case for case in cases if case["extended_to"] or case["suspended_from"] or case["reopened_count"]]
    assert moved
    with reading(small_demo) as conn:
        for case in [*cases[::3], *cases[-20:], *moved]:
            assert expected(conn, case["id"]) == {"due_at": case["due_at"], "severe_at": case["severe_at"]}
    assert all(case["limit_from"] and case["contact_due_at"] for case in cases)


def test_nothing_has_happened_later_than_the_demo_is_told(small_demo: sa.Engine) -> None:
    for table in (Case, CaseEvent, CaseExtension, FollowUp):
        skipped = AHEAD | {"created_at", "updated_at"} | ({"until"} if table is CaseExtension else set())
        for row in _rows(small_demo, table):
            moments = [row[name] for name in row if name.endswith("_at") or name == "at" or name == "suspended_from"]
            ahead = [row[name] for name in row if name in skipped]
            assert all(moment <= CUT for moment in moments if moment and moment not in ahead)


def test_what_was_open_and_came_in_less_what_was_closed_is_open(small_demo: sa.Engine) -> None:
    cases = _rows(small_demo, Case)
    first = min(case["received_on"] for case in cases)

    def open_after(day: date) -> int:
        ended = [case["finished_on"] or case["dropped_on"] or date.max for case in cases]
        return sum(case["received_on"] <= day < end for case, end in zip(cases, ended, strict=True))

    for n in range((CUT.date() - first).days + 1):
        day = first + timedelta(n)
        came = sum(case["received_on"] == day for case in cases)
        closed = sum(day in (case["finished_on"], case["dropped_on"]) for case in cases)
        assert open_after(day) == open_after(day - timedelta(1)) + came - closed
    assert open_after(CUT.date()) == sum(case["status"] in OPEN_STATUSES for case in cases)
    assert 20 <= open_after(CUT.date()) <= 45


def test_the_lists_of_the_day_and_of_supervision_have_a_few_cases_each(small_demo: sa.Engine) -> None:
    worker = make_viewer(Role.WORKER, grids=tuple(range(1, 20)))
    with reading(small_demo) as conn:
        day, watched = desk.today(conn, worker), desk.watched(conn, OPERATOR)
        waiting = desk.extensions_waiting(conn, OPERATOR)
    assert all(1 <= count <= 5 for count in watched.values())
    assert set(watched) == set(Watch)
    assert 2 <= day[Today.OVERDUE] <= 4
    assert 3 <= day[Today.DUE_SOON] <= 6
    cases = {Today.RETURNED, Today.UNSIGNED, Today.REMINDED, Today.SILENT, Today.UNHAPPY, Today.TO_FOLLOW_UP}
    assert cases <= set(day)
    assert sum(count for name, count in day.items() if name not in (Today.CHECK_BACKS, Today.MISSED_MEALS)) < 40
    assert 1 <= waiting.height <= 2


def test_units_evidence_and_answers_stand_where_the_desk_puts_them(small_demo: sa.Engine) -> None:
    cases = {case["id"]: case for case in _rows(small_demo, Case)}
    files, helping = _rows(small_demo, CaseFile), _rows(small_demo, CaseUnit)
    events = [event for some in _histories(small_demo).values() for event in some]
    told = [json.loads(event["detail"])["file"] for event in events if event["kind"] == EventKind.EVIDENCE_ADDED]
    assert sorted(told) == [file["id"] for file in files]
    assert all(file["size"] == len(file["content"]) < 300 for file in files)
    assert helping
    assert all(part["unit_id"] != cases[part["case_id"]]["lead_unit_id"] for part in helping)
    proved = {file["case_id"] for file in files}
    finished = {event["case_id"]: event["note"] for event in events if event["to_status"] == S.FINISHED}
    for case in cases.values():
        assert case["status"] not in DONE_STATUSES or case["id"] in proved or finished[case["id"]] != case["reply"]
        assert case["lead_unit_id"] or case["status"] in UNASSIGNED
        assert (case["parent_id"] is not None) == (case["status"] == S.MERGED)
        assert case["level"]
        assert case["returned_count"] or case["status"] != S.RETURNED
        first = cases.get(case["repeat_of_id"])
        assert first is None or case["received_at"] - first["finished_at"] <= timedelta(30)


def test_who_was_not_reached_has_said_nothing_and_most_are_content(small_demo: sa.Engine) -> None:
    calls = _rows(small_demo, FollowUp)
    reached = [call for call in calls if call["reached"]]
    assert 0.7 <= len(reached) / len(calls) <= 0.95
    assert all(call["solved"] is call["satisfaction"] is None for call in calls if not call["reached"])
    said = [call["satisfaction"] for call in reached if call["satisfaction"]]
    assert sum(mood in ("very_satisfied", "satisfied") for mood in said) / len(said) > 0.65
    assert "dissatisfied" in said
    answered = {call["case_id"] for call in reached}
    for case in _rows(small_demo, Case):
        assert case["resident_satisfied"] is None or case["id"] in answered


def test_most_are_on_time_and_answered_at_once(small_demo: sa.Engine) -> None:
    cases = [case for case in _rows(small_demo, Case) if case["status"] not in DROPPED_STATUSES]
    due = [case for case in cases if case["due_at"] and case["due_at"] <= NOON]
    done = [case for case in due if case["status"] in DONE_STATUSES and case["finished_at"] <= case["due_at"]]
    assert 0.8 <= len(done) / len(due) <= 0.97
    called = [case for case in cases if case["contact_due_at"] <= NOON]
    timely = [
        case for case in called if case["first_contact_at"] and case["first_contact_at"] <= case["contact_due_at"]
    ]
    assert 0.85 <= len(timely) / len(called) <= 0.98
