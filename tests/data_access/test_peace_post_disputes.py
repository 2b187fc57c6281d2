"""Disputes: recorded, closed, checked back, corrected; the contact lives no longer than it is needed."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

import clock
from access import OPERATOR
from data_access import peace_post
from data_access.corrections import history
from data_access.tables.peace_post import CheckBack, Dispute, DisputeContact
from data_access.tables.records import Audit
from tests.conftest import NOON, make_viewer
from tests.peace_post import BOTH, FEEDER, OFFICIAL, SEAL, TODAY, WORKER, add, closing, day, facts, make_grids
from vocabulary.enums import Role
from vocabulary.peace_post import CheckOutcome, DisputeOutcome, DisputeType, Performed
from vocabulary.refusals import NotAllowed, NotPossible

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def conn(engine: sa.Engine) -> Any:
    with engine.connect() as connection, connection.begin():
        make_grids(connection)
        yield connection


def checks(conn: sa.Connection, dispute_id: int) -> list[tuple[Any, ...]]:
    columns = (CheckBack.id, CheckBack.version, CheckBack.after_days, CheckBack.due_on, CheckBack.outcome)
    rows = conn.execute(sa.select(*columns).where(CheckBack.dispute_id == dispute_id).order_by(CheckBack.after_days))
    return [tuple(row) for row in rows]


def contacts(conn: sa.Connection) -> int:
    return conn.scalar(sa.select(sa.func.count()).select_from(DisputeContact)) or 0


def version(conn: sa.Connection, dispute_id: int) -> int:
    return conn.scalar(sa.select(Dispute.version).where(Dispute.id == dispute_id)) or 0


def close(conn: sa.Connection, check: tuple[Any, ...], back: int = 0, **given: Any) -> None:
    peace_post.close_check_back(conn, WORKER, check[0], check[1], CheckOutcome.KEPT, day(back), **given)


def test_an_agreement_makes_two_check_backs_due_and_closes_the_dispute(conn: sa.Connection) -> None:
    dispute_id = add(conn, WORKER)
    assert not checks(conn, dispute_id)
    peace_post.settle(conn, WORKER, dispute_id, 1, closing(9), BOTH, "023-68123456", SEAL)
    assert [row[2:] for row in checks(conn, dispute_id)] == [(7, day(2), None), (30, day(-21), None)]
    row = peace_post.one_dispute(conn, WORKER, dispute_id).row(0, named=True)
    assert (row["dispute_outcome"], row["closed_on"], row["version"]) == ("agreement", day(9), 2)
    assert row["number"] == f"TJ{dispute_id:05d}"


@pytest.mark.parametrize("outcome", [DisputeOutcome.FAILED, DisputeOutcome.TRANSFERRED])
def test_without_an_agreement_nothing_is_checked_back(conn: sa.Connection, outcome: DisputeOutcome) -> None:
    assert not checks(conn, add(conn, closed=closing(2, outcome)))


def test_the_second_check_back_deletes_the_contact(conn: sa.Connection) -> None:
    dispute_id = add(conn, opened=50, closed=closing(40), contact="13800001111")
    first, second = checks(conn, dispute_id)
    close(conn, first)
    assert contacts(conn) == 1
    close(conn, second, performed=Performed.YES)
    assert contacts(conn) == 0
    row = peace_post.one_dispute(conn, OFFICIAL, dispute_id).row(0, named=True)
    assert row["performed"] == "yes"
    with pytest.raises(NotPossible, match="没有留回访电话"):
        peace_post.reveal_contact(conn, WORKER, dispute_id, SEAL)


def test_a_contact_is_sealed_and_each_look_at_it_is_written_down(conn: sa.Connection) -> None:
    dispute_id = add(conn, closed=closing(8), contact=" 138 0000 1111 ")
    assert b"1111" not in (conn.scalar(sa.select(DisputeContact.sealed)) or b"")
    assert peace_post.reveal_contact(conn, WORKER, dispute_id, SEAL) == "138 0000 1111"
    looks = sa.select(Audit.entity_id, Audit.detail).where(Audit.action == "contact_revealed")
    assert conn.execute(looks).all() == [(dispute_id, "{}")]


@pytest.mark.parametrize("viewer", [FEEDER, OFFICIAL, make_viewer(Role.UNIT, unit_id=1), make_viewer(Role.PRESENTER)])
def test_only_a_worker_opens_a_contact(conn: sa.Connection, viewer: Any) -> None:
    dispute_id = add(conn, FEEDER, closed=closing(8), contact="13800001111")
    with pytest.raises(NotAllowed):
        peace_post.reveal_contact(conn, viewer, dispute_id, SEAL)


def test_a_forgotten_contact_goes_sixty_days_after_its_last_check_back(conn: sa.Connection) -> None:
    add(conn, opened=95, closed=closing(90), contact="13800001111")
    assert peace_post.drop_old_contacts(conn, OPERATOR) == 0
    with clock.standing_at(NOON + timedelta(1)):
        assert peace_post.drop_old_contacts(conn, OPERATOR) == 1
    assert contacts(conn) == 0


def test_a_contact_can_be_changed_and_taken_back(conn: sa.Connection) -> None:
    dispute_id = add(conn, closed=closing(8), contact="13800001111")
    peace_post.change_contact(conn, WORKER, dispute_id, "02368123456", SEAL)
    assert peace_post.reveal_contact(conn, WORKER, dispute_id, SEAL) == "02368123456"
    peace_post.change_contact(conn, WORKER, dispute_id, "", SEAL)
    assert contacts(conn) == 0


@pytest.mark.parametrize(
    ("given", "contact", "sentence"),
    [
        ({"opened": -1}, "", "受理时间2026-11-25 12:00还没到。"),
        ({"grid": "g9"}, "", "没有编号为“g9”的网格。"),
        ({"closed": closing(11)}, "", f"了结日{day(11)}早于受理日{day(10)}。"),
        ({"closed": closing(-1)}, "", f"了结日{day(-1)}还没到。"),
        ({"closed": closing(1), "mediators": frozenset()}, "", "结果是“达成协议”，请选明由谁调解。"),
        (
            {"closed": closing(1, DisputeOutcome.ORAL, Performed.YES)},
            "",
            "只有“达成协议”的纠纷才记履行情况。",
        ),
        ({"closed": closing(1)}, "李四", "“李四”不像电话号码，请只填号码。"),
        ({}, "13800001111", "没有待办的回访，不必留电话。"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence_and_nothing_is_written(
    engine: sa.Engine, given: dict[str, Any], contact: str, sentence: str
) -> None:
    with engine.begin() as conn:
        make_grids(conn)
    with pytest.raises(NotPossible) as refused, engine.begin() as conn:
        add(conn, contact=contact, **given)
    assert str(refused.value) == sentence
    with engine.connect() as conn:
        assert not any(conn.scalar(sa.select(sa.func.count()).select_from(t)) for t in (Dispute, CheckBack, Audit))


def test_a_worker_writes_in_the_own_grids_only(conn: sa.Connection) -> None:
    with pytest.raises(NotPossible, match="“网格2”不是您负责的网格"):
        add(conn, WORKER, grid="g2")
    elsewhere = add(conn, grid="g2")
    with pytest.raises(NotPossible, match="已不存在"):
        peace_post.settle(conn, WORKER, elsewhere, 1, closing(1), BOTH)


@pytest.mark.parametrize("viewer", [OFFICIAL, make_viewer(Role.PRESENTER), make_viewer(Role.UNIT, unit_id=1)])
def test_who_only_reads_writes_nothing(conn: sa.Connection, viewer: Any) -> None:
    dispute_id = add(conn, closed=closing(8))
    check = checks(conn, dispute_id)[0]
    for write in (
        lambda: add(conn, viewer),
        lambda: peace_post.settle(conn, viewer, dispute_id, 1, closing(1), BOTH),
        lambda: peace_post.correct_dispute(conn, viewer, dispute_id, 1, facts(), "错登"),
        lambda: peace_post.strike_dispute(conn, viewer, dispute_id, 1, "错登"),
        lambda: peace_post.note_performed(conn, viewer, dispute_id, 1, Performed.YES),
        lambda: peace_post.change_contact(conn, viewer, dispute_id, "", SEAL),
        lambda: peace_post.close_check_back(conn, viewer, check[0], check[1], CheckOutcome.KEPT, TODAY),
    ):
        with pytest.raises(NotAllowed):
            write()


def test_a_feeder_settles_its_own_rows_but_calls_nobody_back(conn: sa.Connection) -> None:
    own, other = add(conn, FEEDER), add(conn, WORKER)
    peace_post.settle(conn, FEEDER, own, 1, closing(8), BOTH)
    check = checks(conn, own)[0]
    with pytest.raises(NotAllowed):
        peace_post.close_check_back(conn, FEEDER, check[0], check[1], CheckOutcome.KEPT, TODAY)
    with pytest.raises(NotPossible):
        peace_post.settle(conn, FEEDER, other, 1, closing(8), BOTH)


def test_a_check_back_waits_for_its_day_and_for_the_one_before(conn: sa.Connection) -> None:
    dispute_id = add(conn, opened=50, closed=closing(40))
    first, second = checks(conn, dispute_id)
    with pytest.raises(NotPossible, match="请先了结7日回访"):
        close(conn, second)
    with pytest.raises(NotPossible, match=f"7日回访{day(33)}才到期，不能记在{day(34)}"):
        close(conn, first, back=34)
    with pytest.raises(NotPossible, match="还没到"):
        close(conn, first, back=-1)
    close(conn, first)
    with pytest.raises(NotPossible, match="这次7日回访已经了结"):
        close(conn, checks(conn, dispute_id)[0])


def test_the_second_of_two_writers_is_told(conn: sa.Connection) -> None:
    dispute_id = add(conn)
    peace_post.settle(conn, WORKER, dispute_id, 1, closing(8), BOTH)
    with pytest.raises(NotPossible, match="刚刚被别人改过"):
        peace_post.settle(conn, WORKER, dispute_id, 1, closing(8), BOTH)
    with pytest.raises(NotPossible, match="已经了结"):
        peace_post.settle(conn, WORKER, dispute_id, 2, closing(8), BOTH)
    first = checks(conn, dispute_id)[0]
    close(conn, first)
    with pytest.raises(NotPossible, match="刚刚被别人改过"):
        close(conn, first)
    with pytest.raises(NotPossible, match="刚刚被别人改过"):
        peace_post.note_performed(conn, WORKER, dispute_id, 1, Performed.YES)


def test_a_corrected_outcome_takes_its_open_check_backs_and_contact_along(conn: sa.Connection) -> None:
    dispute_id = add(conn, closed=closing(8), contact="13800001111")
    moved = facts(closed=closing(6), kind=DisputeType.PARKING)
    peace_post.correct_dispute(conn, WORKER, dispute_id, 1, moved, "日期登错")
    assert [row[3] for row in checks(conn, dispute_id)] == [day(-1), day(-24)]
    failed = facts(closed=closing(6, DisputeOutcome.FAILED))
    peace_post.correct_dispute(conn, WORKER, dispute_id, 2, failed, "其实未成")
    assert not checks(conn, dispute_id)
    assert contacts(conn) == 0
    kept = history(conn, Dispute, dispute_id)
    assert [row["reason"] for row in kept] == ["其实未成", "日期登错"]
    assert kept[0]["before"]["outcome"] == "agreement"
    with pytest.raises(NotPossible, match="请写明原因"):
        peace_post.correct_dispute(conn, WORKER, dispute_id, 3, failed, " ")


def test_a_struck_out_dispute_leaves_every_list_but_stays_in_its_history(conn: sa.Connection) -> None:
    dispute_id = add(conn, closed=closing(8), contact="13800001111")
    peace_post.strike_dispute(conn, WORKER, dispute_id, version(conn, dispute_id), "重复登记")
    assert peace_post.one_dispute(conn, OPERATOR, dispute_id).is_empty()
    assert peace_post.open_check_backs(conn, OPERATOR, TODAY).is_empty()
    assert contacts(conn) == 0
    assert history(conn, Dispute, dispute_id)[0]["reason"] == "重复登记"
