"""Opinions: recorded, decided with a reason, answered, made cases, corrected."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

import clock
from access import OPERATOR
from data_access import cases, peace_post
from data_access.corrections import history
from data_access.tables.cases import Case, CaseEvent
from data_access.tables.peace_post import Opinion
from tests.conftest import NOON, make_viewer
from tests.peace_post import FEEDER, OFFICIAL, TODAY, WORKER, day, make_grids, opinion, verdict
from vocabulary.cases import Order, Show
from vocabulary.enums import Role
from vocabulary.peace_post import Decision, OpinionOrigin
from vocabulary.questions import Filters, Period
from vocabulary.refusals import NotAllowed, NotPossible

pytestmark = pytest.mark.usefixtures("noon")
YEAR = Period(day(365), TODAY)


@pytest.fixture
def conn(engine: sa.Engine) -> Any:
    with engine.connect() as connection, connection.begin():
        make_grids(connection)
        yield connection


def add(conn: sa.Connection, viewer: Any = OPERATOR, **given: Any) -> int:
    return peace_post.add_opinion(conn, viewer, opinion(**given))


def one(conn: sa.Connection, opinion_id: int, viewer: Any = WORKER) -> dict[str, Any]:
    return peace_post.one_opinion(conn, viewer, opinion_id).row(0, named=True)


def test_an_opinion_is_studied_then_decided_then_answered(conn: sa.Connection) -> None:
    opinion_id = add(conn, WORKER)
    peace_post.decide(conn, WORKER, opinion_id, 1, verdict(Decision.STUDYING, "在核算"))
    assert one(conn, opinion_id)["decided_on"] is None
    peace_post.decide(conn, WORKER, opinion_id, 2, verdict(Decision.PARTLY, "先装一盏", decided=1))
    peace_post.decide(conn, WORKER, opinion_id, 3, verdict(Decision.PARTLY, "别的理由", decided=0, answered=0))
    row = one(conn, opinion_id)
    assert (row["decision"], row["decision_reason"], row["decided_on"]) == ("partly", "先装一盏", day(1))
    assert (row["answered_on"], row["version"]) == (TODAY, 4)


def test_another_decision_is_a_correction(conn: sa.Connection) -> None:
    opinion_id = add(conn, verdict=verdict(Decision.ADOPTED))
    with pytest.raises(NotPossible, match="已经定为“采纳”"):
        peace_post.decide(conn, WORKER, opinion_id, 1, verdict(Decision.REJECTED, "不行"))
    now = opinion(verdict=verdict(Decision.REJECTED, "产权不在社区"))
    peace_post.correct_opinion(conn, WORKER, opinion_id, 1, now, "录错")
    assert one(conn, opinion_id)["decision"] == "rejected"
    kept = history(conn, Opinion, opinion_id)[0]
    assert (kept["reason"], kept["before"]["decision"]) == ("录错", "adopted")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"text": "  "}, "请写明意见内容。"),
        ({"text": "好" * 1001}, "意见内容有1001字，最多1000字。"),
        ({"collected": -1}, f"收集日{day(-1)}还没到。"),
        ({"grid": "g9"}, "没有编号为“g9”的网格。"),
        ({"verdict": verdict(Decision.REJECTED, " ")}, "未采纳必须写明理由。"),
        ({"verdict": verdict(Decision.ADOPTED, decided=None)}, "已定“采纳”，请填决定日。"),
        ({"verdict": verdict(Decision.ADOPTED, decided=11)}, f"决定日{day(11)}早于收集日{day(10)}。"),
        ({"verdict": verdict(Decision.ADOPTED, decided=-1)}, f"决定日{day(-1)}还没到。"),
        ({"verdict": verdict(Decision.STUDYING, answered=11)}, f"答复日{day(11)}早于收集日{day(10)}。"),
        ({"verdict": verdict(Decision.STUDYING, answered=-1)}, f"答复日{day(-1)}还没到。"),
        ({"verdict": verdict(None, answered=1)}, f"{day(1)}已答复，请选明怎么定的。"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(conn: sa.Connection, given: dict[str, Any], sentence: str) -> None:
    with pytest.raises(NotPossible) as refused:
        add(conn, **given)
    assert str(refused.value) == sentence
    assert conn.scalar(sa.select(sa.func.count()).select_from(Opinion)) == 0


def test_a_worker_sees_the_own_grids_and_what_concerns_the_whole_community(conn: sa.Connection) -> None:
    own, whole, other = add(conn, grid="g1"), add(conn, grid=""), add(conn, grid="g2")
    seen = peace_post.opinion_list(conn, WORKER, YEAR, False)["id"].to_list()
    assert sorted(seen) == [own, whole]
    assert sorted(peace_post.opinion_list(conn, OFFICIAL, YEAR, False)["id"]) == [own, whole, other]


def test_a_feeder_sees_what_its_feed_reported(conn: sa.Connection) -> None:
    add(conn, WORKER)
    own = add(conn, FEEDER, grid="g2")
    assert peace_post.opinion_list(conn, FEEDER, YEAR, True)["id"].to_list() == [own]
    with pytest.raises(NotAllowed):
        peace_post.decide(conn, FEEDER, own, 1, verdict(Decision.ADOPTED))
    with pytest.raises(NotAllowed):
        peace_post.become_case(conn, FEEDER, own, 1)


@pytest.mark.parametrize("role", [Role.PRESENTER, Role.UNIT, Role.ADMIN])
def test_others_read_no_opinion(conn: sa.Connection, role: Role) -> None:
    viewer = make_viewer(role, unit_id=1)
    with pytest.raises(NotAllowed):
        peace_post.opinion_list(conn, viewer, YEAR, True)
    with pytest.raises(NotAllowed):
        peace_post.one_opinion(conn, viewer, 1)


def test_numbers_of_people_in_a_text_are_masked_for_who_does_not_write_it(conn: sa.Connection) -> None:
    opinion_id = add(conn, text="请回电13812345678", verdict=verdict(Decision.REJECTED, "已电13812345678"))
    assert one(conn, opinion_id)["text"] == "请回电13812345678"
    masked = one(conn, opinion_id, OFFICIAL)
    assert (masked["text"], masked["decision_reason"]) == ("请回电138******78", "已电138******78")


def test_an_opinion_becomes_a_case_in_one_act_and_both_ends_know(conn: sa.Connection) -> None:
    opinion_id = add(conn, text="建议小区东门加一盏路灯\n晚上太黑", origin=OpinionOrigin.PEACE_POST)
    case_id = peace_post.become_case(conn, WORKER, opinion_id, 1)
    case = conn.execute(sa.select(Case).where(Case.id == case_id)).one()
    assert (case.title, case.body) == ("建议小区东门加一盏路灯", "建议小区东门加一盏路灯\n晚上太黑")
    assert (case.channel, case.type, case.status, case.grid_id) == ("peace_post", "suggestion", "pending", 1)
    assert (case.received_at, case.received_on) == (NOON, TODAY)
    assert conn.scalars(sa.select(CaseEvent.kind).where(CaseEvent.case_id == case_id)).all() == ["filed"]
    found = cases.listing(conn, WORKER, Filters(text="东门路灯"[:2], show=Show.ALL), Order.NEWEST, 0, 9)
    assert found["id"].to_list() == [case_id]
    row = one(conn, opinion_id)
    assert (row["case_id"], row["case_number"], row["version"]) == (case_id, case.number, 2)
    assert peace_post.opinion_of(conn, WORKER, case_id) == row["number"]
    with pytest.raises(NotPossible, match="已经转成诉求"):
        peace_post.become_case(conn, WORKER, opinion_id, 2)


def test_a_proposal_is_linked_once(conn: sa.Connection) -> None:
    opinion_id = add(conn)
    peace_post.link_proposal(conn, WORKER, opinion_id, 1, 7)
    assert one(conn, opinion_id)["proposal_id"] == 7
    with pytest.raises(NotPossible, match="已经转成议题"):
        peace_post.link_proposal(conn, WORKER, opinion_id, 2, 8)


def test_the_second_of_two_writers_is_told(conn: sa.Connection) -> None:
    opinion_id = add(conn)
    peace_post.decide(conn, WORKER, opinion_id, 1, verdict(Decision.STUDYING))
    for late in (
        lambda: peace_post.decide(conn, WORKER, opinion_id, 1, verdict(Decision.ADOPTED)),
        lambda: peace_post.become_case(conn, WORKER, opinion_id, 1),
        lambda: peace_post.correct_opinion(conn, WORKER, opinion_id, 1, opinion(), "改"),
        lambda: peace_post.strike_opinion(conn, WORKER, opinion_id, 1, "删"),
    ):
        with pytest.raises(NotPossible, match="刚刚被别人改过"):
            late()


def test_waiting_opinions_come_oldest_first_whatever_the_period(conn: sa.Connection) -> None:
    add(conn, collected=3, verdict=verdict(Decision.ADOPTED))
    young, old = add(conn, collected=2), add(conn, collected=300, verdict=verdict(Decision.STUDYING))
    week = Period(day(6), TODAY)
    assert peace_post.opinion_list(conn, WORKER, week, True)["id"].to_list() == [old, young]
    assert peace_post.opinion_list(conn, WORKER, week, False).height == 2


def test_struck_out_opinions_leave_lists_and_figures(conn: sa.Connection) -> None:
    opinion_id = add(conn)
    peace_post.strike_opinion(conn, WORKER, opinion_id, 1, "重复")
    assert peace_post.opinions(conn, OPERATOR, day(30), TODAY, Filters()).is_empty()
    assert peace_post.one_opinion(conn, OPERATOR, opinion_id).is_empty()


def test_texts_go_two_years_after_the_answer(conn: sa.Connection) -> None:
    answered = add(conn, verdict=verdict(Decision.ADOPTED, answered=0))
    waiting = add(conn)
    retold = opinion(text="建议加两盏路灯", verdict=verdict(Decision.ADOPTED, answered=0))
    peace_post.correct_opinion(conn, WORKER, answered, 1, retold, "听错")
    with clock.standing_at(NOON + timedelta(730)):
        assert peace_post.drop_old_texts(conn, OPERATOR) == 0
    with clock.standing_at(NOON + timedelta(731)):
        assert peace_post.drop_old_texts(conn, OPERATOR) == 1
    assert one(conn, answered)["text"] is None
    assert [(row["before"], row["after"]) for row in history(conn, Opinion, answered)] == [({}, {})]
    assert one(conn, waiting)["text"] == "建议加一盏路灯"
    with pytest.raises(NotPossible, match="已过保存期"):
        peace_post.become_case(conn, WORKER, answered, 2)
