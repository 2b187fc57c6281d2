"""Many cases written at once read back as each alone; two imports never get into each other's way."""

import threading
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet

import clock
from access import OPERATOR
from data_access import changes, imports, search
from data_access.engine import reading, writing
from data_access.imports import Batch, CaseChange, NewCase
from data_access.sealing import Seal
from data_access.tables.cases import Case, CaseContact, CaseEvent, Category
from data_access.tables.places import Unit
from data_access.tables.records import ImportBatch
from tests.case_rows import G1, PROPERTY, make_case, make_neighbourhood
from tests.conftest import NOON, make_viewer
from vocabulary.enums import EventKind, Role, Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotAllowed, NotPossible

pytestmark = pytest.mark.usefixtures("noon")
SEAL = Seal(Fernet.generate_key())
WORKER = make_viewer(Role.WORKER, grids=(G1,))
BODY = '引号"和,逗号\n换行 \\反斜 \t制表 😀'


def new(number: str, contact: Mapping[str, str] | None = None, **columns: Any) -> NewCase:
    """A finished case with two events."""
    given = {
        "title": f"诉求{number}",
        "status": "finished",
        "received_at": NOON - timedelta(days=2),
        "received_on": (NOON - timedelta(days=2)).date(),
        "finished_at": NOON,
        "finished_on": NOON.date(),
        "worked_minutes": 840,
    }
    events = [
        (NOON, EventKind.IMPORTED, None, None, None),
        (NOON, EventKind.REPLIED, "pending", "finished", "已答"),
    ]
    return NewCase("hotline", number, given | columns, contact or {}, events)


def batch(new: int = 0, changed: int = 0, unchanged: int = 0) -> Batch:
    return Batch("a.csv", "hotline", new, changed, unchanged, rejected=0)


def add(engine: sa.Engine, *cases: NewCase, viewer: Viewer = OPERATOR) -> int:
    """Imports these cases; gives the batch."""
    with imports.alone(engine) as conn:
        found = imports.keep_batch(conn, viewer, batch(new=len(cases)))
        with search.filling(conn, len(cases)):
            imports.insert(conn, viewer, cases, found, SEAL)
        return found


def one(engine: sa.Engine, number: str) -> dict[str, Any]:
    with reading(engine) as conn:
        return dict(conn.execute(sa.select(Case.table()).where(Case.number == number)).mappings().one())


def found_by(engine: sa.Engine, text: str) -> set[str]:
    with reading(engine) as conn:
        conditions = search.matching(text, conn.dialect.name, contacts=True)
        return set(conn.scalars(sa.select(Case.number).where(*conditions)))


def test_new_cases_read_back_as_they_were_given(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        make_neighbourhood(conn)
    given: dict[str, Any] = {
        "body": BODY,
        "type": "complaint",
        "grid_id": G1,
        "lead_unit_id": PROPERTY,
        "resident_solved": True,
        "resident_satisfied": False,
        "votes_for": 0,
        "assigned_at": datetime(2019, 4, 25, 9, 32, 9, tzinfo=clock.SHANGHAI),
        "spot": "",
    }
    found = add(engine, new("1", **given), new("2"), viewer=WORKER)
    case = one(engine, "1")
    assert {name: case[name] for name in given} == given
    assert (case["received_at"], case["finished_on"], case["worked_minutes"]) == (
        NOON - timedelta(days=2),
        NOON.date(),
        840,
    )
    assert (case["batch_id"], case["version"], case["reopened_count"], case["community_code"]) == (
        found,
        1,
        0,
        "500107003003",
    )
    assert all(one(engine, "2")[name] is None for name in given)
    with reading(engine) as conn:
        columns = (CaseEvent.at, CaseEvent.kind, CaseEvent.to_status, CaseEvent.account_id, CaseEvent.note)
        told = conn.execute(sa.select(*columns).where(CaseEvent.case_id == case["id"]).order_by(CaseEvent.id)).all()
    assert told == [(NOON, "imported", None, 1, None), (NOON, "replied", "finished", 1, "已答")]
    assert found_by(engine, "诉求") == {"1", "2"}


def test_contacts_are_sealed_each_with_its_case(engine: sa.Engine) -> None:
    add(engine, new("1", {"name": "张秀英"}), new("2"), new("3", {"phone": "138"}))
    with reading(engine) as conn:
        rows = conn.execute(sa.select(Case.number, CaseContact.sealed, CaseContact.digest).join(CaseContact)).all()
        ids = [one(engine, number)["id"] for number in "123"]
        kept = imports.contacts(conn, ids)
    assert {number: SEAL.open(sealed) for number, sealed, _ in rows} == {"1": {"name": "张秀英"}, "3": {"phone": "138"}}
    assert {case_id: digest for case_id, (_, digest, _) in kept.items()} == {
        ids[0]: SEAL.digest({"name": "张秀英"}),
        ids[2]: SEAL.digest({"phone": "138"}),
    }


def test_cases_filed_afterwards_get_ids_of_their_own(engine: sa.Engine) -> None:
    add(engine, *(new(str(number)) for number in range(20)))
    with writing(engine) as conn:
        make_case(conn, "form")
    add(engine, new("again"))
    with reading(engine) as conn:
        ids = conn.scalars(sa.select(Case.id)).all()
    assert len(set(ids)) == 22


def change(engine: sa.Engine, *cases: CaseChange) -> int:
    with imports.alone(engine) as conn:
        found = imports.keep_batch(conn, OPERATOR, batch(changed=len(cases)))
        imports.change(conn, OPERATOR, cases, found, SEAL)
        return found


def test_changes_write_their_columns_raise_the_version_and_find_the_new_words(engine: sa.Engine) -> None:
    add(engine, new("1", title="路灯不亮"), new("2", title="电梯坏了"), new("3"))
    ids = [one(engine, number)["id"] for number in "123"]
    note = (NOON, EventKind.CHANGED, None, None, "标题")
    found = change(
        engine,
        CaseChange(ids[0], 1, {"title": "井盖丢失"}, [note], ("1\n路灯不亮", "1\n井盖丢失")),
        CaseChange(ids[1], 1, {"title": "电梯修好", "votes_for": 3}, [note], ("2\n电梯坏了", "2\n电梯修好")),
        CaseChange(ids[2], 1, {}, [note], contact=(None, {"name": "李"})),
    )
    after = [one(engine, number) for number in "123"]
    assert [(case["title"], case["votes_for"], case["version"], case["batch_id"]) for case in after] == [
        ("井盖丢失", None, 2, found),
        ("电梯修好", 3, 2, found),
        ("诉求3", None, 2, found),
    ]
    assert [found_by(engine, word) for word in ("井盖", "路灯", "坏了", "修好")] == [{"1"}, set(), set(), {"2"}]
    with reading(engine) as conn:
        assert SEAL.open(imports.contacts(conn, ids)[ids[2]][2]) == {"name": "李"}


def test_a_kept_contact_is_sealed_anew(engine: sa.Engine) -> None:
    add(engine, new("1", {"name": "张"}))
    case_id = one(engine, "1")["id"]
    with reading(engine) as conn:
        contact_id = imports.contacts(conn, [case_id])[case_id][0]
    change(engine, CaseChange(case_id, 1, {}, [], contact=(contact_id, {"name": "张", "phone": "138"})))
    with reading(engine) as conn:
        assert SEAL.open(imports.contacts(conn, [case_id])[case_id][2]) == {"name": "张", "phone": "138"}
        assert conn.scalar(sa.select(sa.func.count()).select_from(CaseContact)) == 1


def test_a_change_of_a_case_that_moved_on_writes_nothing(engine: sa.Engine) -> None:
    add(engine, new("1"), new("2"))
    ids = [one(engine, number)["id"] for number in "12"]
    with pytest.raises(NotPossible):
        change(engine, CaseChange(ids[0], 1, {"title": "x"}, []), CaseChange(ids[1], 9, {"title": "x"}, []))
    assert [one(engine, number)["title"] for number in "12"] == ["诉求1", "诉求2"]
    with reading(engine) as conn:
        assert conn.scalar(sa.select(sa.func.count()).select_from(ImportBatch)) == 1


def test_stored_cases_are_found_by_source_and_number_with_their_names(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        make_neighbourhood(conn)
        make_case(conn, "1", source="hotline", category_id=1, lead_unit_id=PROPERTY)
        make_case(conn, "1", source="petition")
    with reading(engine) as conn:
        found = imports.stored(conn, "hotline", ["1", "2", *map(str, range(1000, 5000))])
    assert list(found) == ["1"]
    assert [found["1"][name] for name in ("level1", "level3", "lead_unit", "grid_id")] == [
        "住房",
        "电梯",
        "社区物业",
        None,
    ]


def test_categories_and_units_are_made_once_with_their_source(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        paths = imports.make_paths(conn, [("a", "b", ""), ("a", "", "")], "hotline")
        units = imports.make_units(conn, ["城管办", "很" * 50], "hotline")
        known = imports.known(conn, OPERATOR)
    assert known.paths == paths
    assert known.units == units
    with reading(engine) as conn:
        assert set(conn.scalars(sa.select(Category.source))) == {"hotline"}
        assert max(map(len, conn.scalars(sa.select(Unit.code)))) <= 32
        assert Subject.PLACES in changes.versions(conn)


def test_two_imports_at_once_wait_for_each_other(engine: sa.Engine) -> None:
    """Each looks whether the number is there while nobody else writes: the second finds the first's case."""
    fates: list[str] = []
    barrier = threading.Barrier(4)

    def run(name: str) -> None:
        barrier.wait()
        with imports.alone(engine) as conn:
            if imports.stored(conn, "hotline", ["1"]):
                fates.append("there")
                return
            found = imports.keep_batch(conn, OPERATOR, batch(new=1))
            imports.insert(conn, OPERATOR, [new("1", title=name)], found, SEAL)
            fates.append("new")

    threads = [threading.Thread(target=run, args=(f"t{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(fates) == ["new", "there", "there", "there"]


def test_who_waits_too_long_is_told_so(engine: sa.Engine) -> None:
    with (
        imports.alone(engine),
        pytest.raises(NotPossible) as refusal,
        imports.alone(engine, patience=0.1),
    ):
        raise AssertionError("two at once")
    assert refusal.value.key == "imports.busy"


def test_reading_goes_on_while_an_import_writes(engine: sa.Engine) -> None:
    add(engine, new("1"))
    with imports.alone(engine) as conn:
        found = imports.keep_batch(conn, OPERATOR, batch(new=1))
        imports.insert(conn, OPERATOR, [new("2")], found, SEAL)
        assert found_by(engine, "诉求") == {"1"}


@pytest.mark.parametrize("role", [Role.OFFICIAL, Role.UNIT, Role.PRESENTER, Role.FEEDER])
def test_nobody_else_reads_or_writes_imports(engine: sa.Engine, role: Role) -> None:
    viewer = make_viewer(role)
    with writing(engine) as conn:
        for forbidden in (
            lambda: imports.known(conn, viewer),
            lambda: imports.batches(conn, viewer),
            lambda: imports.keep_batch(conn, viewer, batch()),
            lambda: imports.insert(conn, viewer, [], 1, SEAL),
            lambda: imports.change(conn, viewer, [], 1, SEAL),
        ):
            with pytest.raises(NotAllowed):
                forbidden()


def test_batches_are_listed_newest_first_with_who(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        make_neighbourhood(conn)
    add(engine, new("1"), viewer=WORKER)
    add(engine)
    with reading(engine) as conn:
        listed = imports.batches(conn, WORKER)
        assert imports.batches(conn, WORKER, 1).height == 1
    assert listed.select("id", "actor", "new").rows() == [(2, None, 0), (1, "李建国", 1)]


def test_an_import_that_changes_nothing_leaves_the_cases_version(engine: sa.Engine) -> None:
    add(engine, new("1"))
    with reading(engine) as conn:
        before = imports.stood_on(conn)
    with imports.alone(engine) as conn:
        imports.keep_batch(conn, OPERATOR, batch(unchanged=1))
    with reading(engine) as conn:
        assert imports.stood_on(conn) == before
        assert changes.versions(conn)[Subject.IMPORTS][0] == 2
