"""The demo's whistles agree with themselves, with their cases, and with the moment up to which the demo is told."""

from typing import Any

import sqlalchemy as sa

from access import OPERATOR
from data_access import desk
from data_access.engine import reading
from data_access.tables.cases import Case, CaseEvent
from data_access.tables.desk import Commitment, Whistle, WhistleCase, WhistleUnit
from tests.conftest import NOON
from vocabulary.enums import EventKind

CUT = NOON.replace(hour=9, minute=40)


def test_some_whistles_are_concluded_and_two_still_run(small_demo: sa.Engine) -> None:
    with reading(small_demo) as conn:
        rows: list[Any] = list(conn.execute(sa.select(Whistle.table()).order_by(Whistle.id)).mappings())
        waiting = desk.waiting_calls(conn, OPERATOR)
    over = [row for row in rows if row["concluded_at"]]
    assert len(over) >= 3
    assert len(rows) - len(over) >= 2
    assert waiting["whistle_id"].n_unique() >= 2
    for row in rows:
        assert row["blown_at"] < row["arrive_by"]
        assert row["blown_at"] <= CUT
        assert (row["conclusion"] is None) == (row["concluded_at"] is None)
        assert "{" not in row["request"]
    assert all(row["arrive_by"] < row["concluded_at"] <= CUT for row in over)
    assert [row["blown_at"] for row in rows] == sorted(row["blown_at"] for row in rows)


def test_every_call_and_every_promise_belongs_to_its_whistle(small_demo: sa.Engine) -> None:
    with reading(small_demo) as conn:
        calls = conn.execute(
            sa.select(WhistleUnit.table(), Whistle.blown_at, Whistle.concluded_at).join(
                Whistle.table(), Whistle.id == WhistleUnit.whistle_id
            )
        )
        called = set()
        for call in calls.mappings():
            called.add((call["whistle_id"], call["unit_id"]))
            assert (call["arrived_at"] is None) == (call["presence"] in (None, "absent"))
            assert call["presence"] or call["concluded_at"] is None
            if call["arrived_at"]:
                assert call["blown_at"] < call["responded_at"] <= call["arrived_at"] <= CUT
        for promise in conn.execute(sa.select(Commitment.table())).mappings():
            assert (promise["whistle_id"], promise["unit_id"]) in called
            assert promise["done_at"] is None or promise["done_at"] <= CUT


def test_every_whistle_stands_in_the_history_of_its_case(small_demo: sa.Engine) -> None:
    with reading(small_demo) as conn:
        links = sa.select(WhistleCase.case_id, Whistle.blown_at, Case.assigned_at).select_from(
            WhistleCase.table()
            .join(Whistle.table(), Whistle.id == WhistleCase.whistle_id)
            .join(Case.table(), Case.id == WhistleCase.case_id)
        )
        told = sa.select(CaseEvent.case_id, CaseEvent.at).where(CaseEvent.kind == EventKind.WHISTLED)
        linked: list[Any] = [tuple(row) for row in conn.execute(links)]
        events = [tuple(row) for row in conn.execute(told)]
    assert sorted(events) == sorted((case_id, at) for case_id, at, _ in linked)
    assert all(assigned_at <= at for _, at, assigned_at in linked)
