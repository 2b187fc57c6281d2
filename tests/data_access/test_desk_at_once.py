"""Two people at the same moment on the desk: they never wait for each other, and only one has their way."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet

from access import OPERATOR
from data_access import desk, imports
from data_access.desk import NewWhistle, deadlines, rows
from data_access.engine import writing
from data_access.imports import Batch, CaseChange
from data_access.sealing import Seal
from data_access.tables.cases import Case, CaseEvent
from data_access.tables.desk import CaseExtension
from tests.case_rows import PROPERTY, make_neighbourhood
from tests.conftest import NOON
from tests.desk import OFFICIAL, WORKER, S, bring, file, version
from vocabulary.desk import WhistleKind
from vocabulary.questions import Viewer
from vocabulary.refusals import Refusal

SEAL = Seal(Fernet.generate_key())
pytestmark = pytest.mark.usefixtures("noon")
Write = Callable[[sa.Connection], object]
Begun = Callable[[sa.Engine], AbstractContextManager[sa.Connection]]
PATIENCE = 0.7
"""Seconds that one of them waits for the other to be as far: long enough to meet, or to be kept out."""


@pytest.fixture
def house(engine: sa.Engine) -> sa.Engine:
    """Cases 1 to 3, being handled."""
    with writing(engine) as conn:
        make_neighbourhood(conn)
        for _ in range(3):
            bring(conn, file(conn), S.HANDLING)
    return engine


def meeting(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> None:
    """Two threads wait for each other after the first call of this function in each of them."""
    barrier, ordinary, met = threading.Barrier(2), getattr(module, name), threading.local()

    def meets(*given: Any, **named: Any) -> Any:
        found = ordinary(*given, **named)
        if not hasattr(met, "yes"):
            met.yes = True
            met_or_kept_out(barrier)
        return found

    monkeypatch.setattr(module, name, meets)


def met_or_kept_out(barrier: threading.Barrier) -> None:
    with suppress(threading.BrokenBarrierError):
        barrier.wait(PATIENCE)


def at_once(engine: sa.Engine, one: Write, other: Write, begun: Begun = writing) -> list[str]:
    """What became of each: "done", the key of its refusal, or a bug; `begun` is how the other begins."""
    ended = ["", ""]

    def run(at: int, write: Write, begin: Begun) -> None:
        try:
            with begin(engine) as conn:
                write(conn)
            ended[at] = "done"
        except Refusal as refusal:
            ended[at] = refusal.key
        except sa.exc.DBAPIError as problem:
            ended[at] = f"{type(problem.orig).__name__}: {problem.orig}"

    threads = [threading.Thread(target=run, args=given) for given in ((0, one, writing), (1, other, begun))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ended


def seen_version(engine: sa.Engine, case_id: int) -> int:
    with engine.connect() as conn:
        return version(conn, case_id)


def test_of_two_crosswise_merges_one_is_done_and_the_other_told(
    house: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = seen_version(house, 1), seen_version(house, 2)
    meeting(monkeypatch, rows, "seen")
    ended = at_once(
        house,
        lambda conn: desk.merge(conn, WORKER, 1, one, 2, "同一件"),
        lambda conn: desk.merge(conn, WORKER, 2, other, 1, "同一件"),
    )
    assert sorted(end == "done" for end in ended) == [False, True]
    assert ended[ended.index("done") - 1].startswith("desk.changed_")
    with house.connect() as conn:
        merged = conn.execute(sa.select(Case.id, Case.parent_id).where(Case.status == S.MERGED)).all()
        assert len(merged) == 1
        told = sa.select(CaseEvent.kind).where(CaseEvent.kind == "merged_in")
        assert conn.scalars(told).all() == ["merged_in"]


def test_an_undone_merge_and_a_note_in_its_case_wait_for_each_other_once(
    house: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(house) as conn:
        desk.merge(conn, WORKER, 1, version(conn, 1), 2, "同一件")
    one, other = seen_version(house, 1), seen_version(house, 2)
    meeting(monkeypatch, rows, "seen")
    ended = at_once(
        house,
        lambda conn: desk.unmerge(conn, WORKER, 1, one, "两件事"),
        lambda conn: desk.note(conn, WORKER, 2, other, "去看过"),
    )
    assert ended[0] == "done"
    assert ended[1] == "done" or ended[1].startswith("desk.changed_")


def whistle(*case_ids: int) -> NewWhistle:
    return NewWhistle(WhistleKind.KEY_ISSUE, case_ids, (PROPERTY,), NOON + timedelta(hours=2), "到3栋会商")


def test_two_whistles_for_the_same_cases_in_another_order_are_both_blown(
    house: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting(monkeypatch, rows, "seen")
    ended = at_once(
        house,
        lambda conn: desk.blow(conn, WORKER, whistle(1, 2)),
        lambda conn: desk.blow(conn, WORKER, whistle(2, 1)),
    )
    assert ended == ["done", "done"]


def test_an_act_on_many_cases_and_one_on_a_single_case_do_not_lock_each_other(
    house: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = {case_id: seen_version(house, case_id) for case_id in (1, 2, 3)}
    results: list[desk.Result] = []
    meeting(monkeypatch, rows, "seen")

    def note(conn: sa.Connection, viewer: Viewer, case_id: int, seen: int) -> None:
        desk.note(conn, viewer, case_id, seen, "一起去看过")

    def many(conn: sa.Connection) -> None:
        results.extend(desk.each(conn, WORKER, [*versions.items()], note))

    ended = at_once(house, many, lambda conn: desk.note(conn, WORKER, 3, versions[3], "去看过"))
    assert ended[0] == "done"
    refused = [result.refused is not None for result in results]
    assert (refused, ended[1] == "done") in (([False, False, True], True), ([False, False, False], False))


def test_of_two_who_decide_on_an_extension_the_second_is_told(
    house: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(house) as conn:
        asked = desk.ask_extension(conn, WORKER, 1, version(conn, 1), date(2026, 12, 31), "缺人")
    meeting(monkeypatch, deadlines, "_undecided")
    ended = at_once(
        house,
        lambda conn: desk.decide_extension(conn, OFFICIAL, asked, True),
        lambda conn: desk.decide_extension(conn, OFFICIAL, asked, False, "人手够"),
    )
    assert sorted(ended) == ["desk.extension_decided", "done"]
    with house.connect() as conn:
        approved = conn.scalar(sa.select(CaseExtension.approved).where(CaseExtension.id == asked))
        kinds = conn.scalars(sa.select(CaseEvent.kind).where(CaseEvent.case_id == 1)).all()
        assert ("extended" in kinds, "extension_refused" in kinds) == (approved, not approved)


def test_an_act_and_an_import_of_the_same_case_do_not_lock_each_other(house: sa.Engine) -> None:
    one, barrier = seen_version(house, 1), threading.Barrier(2)

    def act(conn: sa.Connection) -> None:
        rows.fresh(conn, WORKER, 1, one)
        met_or_kept_out(barrier)
        desk.note(conn, WORKER, 1, one, "去看过")

    def import_it(conn: sa.Connection) -> None:
        met_or_kept_out(barrier)
        batch = imports.keep_batch(conn, OPERATOR, Batch("a.csv", "hotline", new=0, changed=1, unchanged=0, rejected=0))
        imports.change(conn, OPERATOR, [CaseChange(1, one, {"tags": "来自文件"}, ())], batch, SEAL)

    ended = at_once(house, act, import_it, imports.alone)
    assert ended in (["done", "imports.changed_meanwhile"], ["desk.changed_at_with_text", "done"])
