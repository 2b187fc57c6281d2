"""Filing: what is kept, what is refused, numbers, the sealed contact, search, likely duplicates."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

import clock
from data_access import cases, desk
from data_access.sealing import Seal
from data_access.tables.cases import Case, CaseContact
from data_access.tables.places import Building
from tests.case_rows import G1, LIFT, make_neighbourhood
from tests.conftest import NOON, make_viewer
from tests.desk import OFFICIAL, UNIT, WORKER, S, bring, file, new_case, row
from vocabulary.cases import Order, Show
from vocabulary.enums import Channel, Level, ReporterKind, Role, Urgency
from vocabulary.questions import Filters
from vocabulary.refusals import NotAllowed, NotPossible

SEAL = Seal(b"tests-only-key-tests-only-key-tests-only-kw=")


pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def conn(engine: sa.Engine) -> Iterator[sa.Connection]:
    with engine.begin() as conn:
        make_neighbourhood(conn)
        conn.execute(sa.update(Building).where(Building.id == 1).values(lon=106.5140, lat=29.5160))
        conn.execute(sa.update(Building).where(Building.id == 2).values(lon=106.5145, lat=29.5163))
        yield conn


def test_a_filed_case_has_its_number_its_grid_and_its_limit(conn: sa.Connection) -> None:
    first = file(conn, channel=Channel.WALK_IN, category_id=LIFT, reporter_kind=ReporterKind.RENTER)
    second = file(conn, urgency=Urgency.EMERGENCY)
    found, other = row(conn, first), row(conn, second)
    assert (found["number"], other["number"]) == ("SQ2026-00001", "SQ2026-00002")
    assert (found["status"], found["grid_id"], found["title"]) == (S.PENDING, G1, "3栋电梯停运，老人下不来楼")
    assert (found["level"], other["level"]) == (Level.PARTY_MEMBER, Level.PARTY_SECRETARY)
    assert NOON < other["due_at"] < found["due_at"] < found["severe_at"]
    assert (found["channel"], found["category_id"], found["reporter_kind"]) == ("walk_in", LIFT, "renter")


def test_numbers_begin_anew_with_each_year(conn: sa.Connection) -> None:
    file(conn)
    with clock.standing_at(NOON.replace(year=2027)):
        assert row(conn, file(conn))["number"] == "SQ2027-00001"


def test_search_finds_it_at_once(conn: sa.Connection) -> None:
    case_id = file(conn)
    found = cases.listing(conn, WORKER, Filters(text="下不来楼", show=Show.ALL), Order.NEWEST, 0, 9)
    assert found["id"].to_list() == [case_id]


def test_the_contact_is_sealed_and_only_a_logged_look_opens_it(conn: sa.Connection) -> None:
    new = new_case(contact={"name": "张三", "phone": "13812345678", "address": " "})
    case_id = desk.file_case(conn, WORKER, new, SEAL)
    sealed = conn.scalar(sa.select(CaseContact.sealed))
    assert sealed
    assert b"13812345678" not in sealed
    assert cases.reveal(conn, WORKER, case_id, SEAL).contacts == ({"name": "张三", "phone": "13812345678"},)


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "no text": ({"text": " \n "}, "诉求内容是空的"),
    "ten thousand characters": ({"text": "字" * 10_000}, "10000 字，最多 5000 字"),
    "long title": ({"title": "题" * 61}, "61 字，最多 60 字"),
    "unknown category": ({"category_id": 99}, "没有序号为 99 的分类"),
    "unknown building": ({"building_id": 99}, "没有序号为 99 的楼栋"),
    "unknown grid": ({"building_id": None, "grid_id": 99}, "没有序号为 99 的网格"),
    "unknown place": ({"place_id": 99}, "没有序号为 99 的服务点"),
    "grid that the building is not in": ({"grid_id": 2}, "不在序号为 2 的网格"),
    "half a point": ({"lon": 106.5}, "经度 106.5、纬度"),
    "no point on earth": ({"lon": 106.5, "lat": 129.5}, "纬度 129.5"),
    "tomorrow": ({"received_at": NOON + timedelta(1)}, "2026-11-25 12:00 还没有到"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_bad_input_is_one_sentence_and_nothing_is_written(conn: sa.Connection, what: str) -> None:
    given, sentence = REFUSED[what]
    with pytest.raises(NotPossible, match=sentence):
        file(conn, **given)
    assert conn.scalar(sa.select(sa.func.count()).select_from(Case)) == 0


@pytest.mark.parametrize("viewer", [OFFICIAL, UNIT, make_viewer(Role.PRESENTER), make_viewer(Role.ADMIN)])
def test_only_workers_file(conn: sa.Connection, viewer: Any) -> None:
    with pytest.raises(NotAllowed):
        desk.file_case(conn, viewer, new_case())


def test_duplicates_are_near_in_place_in_time_and_in_words(conn: sa.Connection) -> None:
    same = file(conn, text="电梯坏了停运，老人没法下楼")
    neighbour = file(conn, text="电梯停运两天了", building_id=None, grid_id=G1, lon=106.5146, lat=29.5162)
    file(conn, text="楼下烧烤油烟太大")  # another matter at the same building
    file(conn, text="电梯停运", building_id=None, grid_id=G1, lon=106.53, lat=29.53)  # far away
    bring(conn, file(conn, text="电梯停运"), S.WITHDRAWN)
    with clock.standing_at(NOON - timedelta(40)):
        file(conn, text="电梯停运老人下不来楼")
    found = desk.near(conn, WORKER, "3栋电梯停运，老人下不来楼", NOON - timedelta(30), building_id=1)
    assert set(found["id"].to_list()) == {same, neighbour}
    assert found["likeness"].is_sorted(descending=True)
    assert found["metres"].max() < 200  # type: ignore[operator]
    by_words = desk.near(conn, WORKER, "电梯停运", NOON - timedelta(30))
    assert {same, neighbour} < set(by_words["id"].to_list())


def test_without_likely_duplicates_the_frame_is_empty_with_its_columns(conn: sa.Connection) -> None:
    found = desk.near(conn, WORKER, "电梯", NOON - timedelta(30), building_id=1)
    assert found.is_empty()
    assert "likeness" in found.columns
