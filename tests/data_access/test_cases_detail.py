"""One case: masked for the reader, its history in order, its contact only by a look that is written down."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet

from data_access import cases
from data_access.engine import reading
from data_access.sealing import Seal
from data_access.tables.records import Audit
from tests.case_rows import G1, G2, LIFT, PROPERTY, ROADS, make_case, make_contact, make_event, make_neighbourhood
from tests.conftest import NOON, make_viewer
from vocabulary.cases import Order, Show
from vocabulary.enums import CaseStatus, EventKind, Role
from vocabulary.questions import Filters
from vocabulary.refusals import NotAllowed, NotPossible

OFFICIAL = make_viewer()
WORKER = make_viewer(Role.WORKER, grids=(G1,))
ELSEWHERE = make_viewer(Role.WORKER, grids=(G2,))
LEADS = make_viewer(Role.UNIT, unit_id=PROPERTY)
OTHER = make_viewer(Role.UNIT, unit_id=ROADS)
SEAL = Seal(Fernet.generate_key())
BODY = "请打13812345678，身份证500107195001011234"


@pytest.fixture
def case(engine: sa.Engine) -> int:
    with engine.begin() as conn:
        make_neighbourhood(conn)
        case = make_case(
            conn, "JF-1/2", status="assigned", title="电梯坏了 13812345678", body=BODY, reply="已电告023-68112233",
            grid_id=G1, building_id=1, category_id=LIFT, lead_unit_id=PROPERTY, assigned_at=NOON,
        )  # fmt: skip
        make_contact(conn, case, SEAL.close({"name": "张秀英", "phone": "13812345678", "code": ""}))
        make_event(conn, case, NOON - timedelta(hours=2), EventKind.FILED, account_id=1)
        note = {"note": "住户电话13812345678", "account_id": 1}
        make_event(conn, case, NOON - timedelta(hours=1), EventKind.NOTED, **note)
    return case


@pytest.fixture
def conn(engine: sa.Engine) -> Iterator[sa.Connection]:
    with reading(engine) as conn:
        yield conn


def test_a_case_is_read_with_its_names_and_without_anybodys_number(conn: sa.Connection, case: int) -> None:
    found = cases.one(conn, OFFICIAL, case)
    assert found is not None
    assert (found.title, found.body) == ("电梯坏了 138******78", "请打138******78，身份证5001************34")
    assert found.reply is not None
    assert "68112233" not in found.reply
    assert (found.level1, found.level2, found.level3) == ("住房", "物业", "电梯")
    assert (found.grid, found.building, found.lead_unit, found.contacts) == ("一网格", "3", "社区物业", 1)
    assert found.received_at == NOON - timedelta(hours=2)


def test_a_case_is_out_of_sight_for_another_grid_and_another_unit(conn: sa.Connection, case: int) -> None:
    assert cases.one(conn, WORKER, case)
    assert cases.one(conn, LEADS, case)
    for viewer in (ELSEWHERE, OTHER):
        assert cases.one(conn, viewer, case) is None
        assert cases.events(conn, viewer, case) == ()
        assert cases.named(conn, viewer, str(case)) is None


def test_an_address_names_a_case_by_id_or_by_source_and_number(conn: sa.Connection, case: int) -> None:
    assert cases.named(conn, OFFICIAL, str(case)) == case
    assert cases.named(conn, OFFICIAL, "jiefang/JF-1/2") == case
    for nonsense in ("", "x", "²", "-1", "9" * 40, "hotline/JF-1/2", "jiefang/"):
        assert cases.named(conn, OFFICIAL, nonsense) is None


def test_the_history_is_newest_first_and_holds_the_moments_that_no_event_told(conn: sa.Connection, case: int) -> None:
    steps = cases.events(conn, WORKER, case)
    assert [(step.what, step.to_status) for step in steps] == [
        (EventKind.MOVED, CaseStatus.ASSIGNED),  # known from the case alone
        (EventKind.NOTED, None),
        (EventKind.FILED, None),  # received_at says the same and is not told twice
    ]
    assert steps[1].note == "住户电话138******78"
    assert steps[1].actor == "李建国"
    assert cases.events(conn, OFFICIAL, case)[1].actor == "李**"


def test_a_look_at_the_contact_is_written_down(engine: sa.Engine, case: int) -> None:
    with engine.begin() as conn:
        found = cases.reveal(conn, WORKER, case, SEAL)
        trail = conn.execute(sa.select(Audit.action, Audit.subject, Audit.entity_id, Audit.detail)).all()
    assert found.contacts == ({"name": "张秀英", "phone": "13812345678"},)
    assert found.body == BODY
    assert [tuple(row) for row in trail] == [("contact_revealed", "cases", case, "{}")]


def test_a_unit_opens_contacts_only_where_it_leads(engine: sa.Engine, case: int) -> None:
    with engine.begin() as conn:
        assert cases.reveal(conn, LEADS, case, SEAL).contacts
        for viewer in (OTHER, ELSEWHERE):
            with pytest.raises(NotPossible):
                cases.reveal(conn, viewer, case, SEAL)
        with pytest.raises(NotAllowed):
            cases.reveal(conn, OFFICIAL, case, SEAL)
        assert conn.scalar(sa.select(sa.func.count()).select_from(Audit)) == 1


def test_who_may_not_see_a_contact_cannot_find_it_by_searching(conn: sa.Connection, case: int) -> None:
    def found(viewer: object, text: str) -> list[int]:
        filters = Filters(text=text, show=Show.ALL)
        return cases.listing(conn, viewer, filters, Order.NEWEST, 0, 9)["id"].to_list()  # type: ignore[arg-type]

    assert found(WORKER, "13812345678") == found(WORKER, "3812") == [case]
    assert found(OFFICIAL, "13812345678") == found(OFFICIAL, "3812") == []
    assert found(OFFICIAL, "JF-1/2") == found(OFFICIAL, "电梯") == [case]


@pytest.mark.usefixtures("case")
def test_an_export_keeps_masked_columns_apart_and_the_identity_in(conn: sa.Connection) -> None:
    found = cases.export_rows(conn, OFFICIAL, Filters(show=Show.ALL))
    assert found.rows.select("source", "number", "category").rows() == [("jiefang", "JF-1/2", "住房->物业->电梯")]
    assert found.masked.columns == ["title", "body", "reply"]
    assert "13812345678" not in str(found.masked.to_dicts()) + str(found.rows.to_dicts())
    assert "urgency" not in found.rows.columns  # nobody filled it


def test_an_export_of_texts_without_numbers_is_whole(engine: sa.Engine) -> None:
    with engine.begin() as conn:
        make_case(conn, "1", title="路灯不亮", body="第二盏")
        found = cases.export_rows(conn, OFFICIAL, Filters(show=Show.ALL))
    assert found.rows.select("title", "body").rows() == [("路灯不亮", "第二盏")]
    assert found.masked.is_empty()
