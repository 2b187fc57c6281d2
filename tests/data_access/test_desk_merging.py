"""Merging and its undoing, repeats, follow-up, helping units, saved views: the rules of each."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

import clock
from data_access import cases, desk
from data_access.desk import Answer
from data_access.sealing import Seal
from data_access.tables.desk import FollowUp
from tests import desk as made
from tests.case_rows import PROPERTY, ROADS
from tests.conftest import NOON, make_viewer
from tests.desk import UNIT, WORKER, S, bring, file, move, new_case, row, version
from vocabulary.cases import Show
from vocabulary.desk import Part, Satisfaction
from vocabulary.enums import CaseResult, CaseStatus, Role
from vocabulary.questions import Filters
from vocabulary.refusals import NotAllowed, NotPossible

pytestmark = pytest.mark.usefixtures("noon")
SEAL = Seal(b"tests-only-key-tests-only-key-tests-only-kw=")
HELPER = make_viewer(Role.UNIT, unit_id=ROADS)


def test_a_merged_case_counts_once_and_keeps_number_and_reporter(conn: sa.Connection) -> None:
    one = desk.file_case(conn, WORKER, new_case(contact={"name": "张三"}), SEAL)
    other = desk.file_case(conn, WORKER, new_case(contact={"name": "李四"}), SEAL)
    bring(conn, one, S.HANDLING)
    before = row(conn, one)
    assert cases.counts(conn, WORKER, Filters())[Show.OPEN] == 2
    desk.merge(conn, WORKER, one, version(conn, one), other, "同一部电梯")
    assert cases.counts(conn, WORKER, Filters())[Show.OPEN] == 1
    found = row(conn, one)
    assert (found["status"], found["parent_id"], found["number"]) == (S.MERGED, other, before["number"])
    reporters = cases.reveal(conn, WORKER, other, SEAL).contacts
    assert [contact["name"] for contact in reporters] == ["张三", "李四"]
    whole = cases.one(conn, WORKER, other)
    assert whole
    assert whole.contacts == 2
    without = cases.one(conn, WORKER, file(conn))
    assert without
    assert without.contacts == 0
    desk.unmerge(conn, WORKER, one, version(conn, one), "两部电梯")
    again = row(conn, one)
    changed = {"version", "updated_at"}
    assert {k: v for k, v in again.items() if k not in changed} == {k: v for k, v in before.items() if k not in changed}
    assert len(cases.reveal(conn, WORKER, other, SEAL).contacts) == 1


def test_a_merge_into_itself_in_a_ring_or_into_a_closed_case_is_refused(conn: sa.Connection) -> None:
    one, other = file(conn), file(conn)
    with pytest.raises(NotPossible, match="SQ2026-00001 不能并入自己"):
        desk.merge(conn, WORKER, one, 1, one, "同")
    desk.merge(conn, WORKER, one, 1, other, "同一件")
    with pytest.raises(NotPossible, match="不能再反过来"):
        desk.merge(conn, WORKER, other, version(conn, other), one, "反过来")
    finished = bring(conn, file(conn), S.FINISHED)
    with pytest.raises(NotPossible, match="已办结.*重复"):  # noqa: RUF043
        desk.merge(conn, WORKER, other, version(conn, other), finished, "同")
    with pytest.raises(NotPossible, match="没有编号 999"):
        desk.merge(conn, WORKER, other, version(conn, other), 999, "同")
    with pytest.raises(NotPossible, match="原因"):
        desk.merge(conn, WORKER, other, version(conn, other), file(conn), " ")


def test_a_repeat_is_raised_again_within_thirty_days_after_the_first_was_finished(conn: sa.Connection) -> None:
    first = bring(conn, file(conn), S.FINISHED)
    early = file(conn, received_at=NOON - timedelta(1))
    with pytest.raises(NotPossible, match="还没有办结"):
        desk.link_repeat(conn, WORKER, early, 1, first)
    with clock.standing_at(NOON + timedelta(30)):
        again = file(conn)
        desk.link_repeat(conn, WORKER, again, 1, first)
        assert row(conn, again)["repeat_of_id"] == first
        desk.unlink_repeat(conn, WORKER, again, 2)
        assert row(conn, again)["repeat_of_id"] is None
        with pytest.raises(NotPossible, match="自己的重复"):
            desk.link_repeat(conn, WORKER, first, version(conn, first), first)
    with clock.standing_at(NOON + timedelta(32)):
        late = file(conn)
        with pytest.raises(NotPossible, match="办结 32 天后.*超过 30 天"):  # noqa: RUF043
            desk.link_repeat(conn, WORKER, late, 1, first)


UNFINISHED = [status for status in CaseStatus if status is not S.FINISHED]


@pytest.mark.parametrize("status", UNFINISHED)
def test_only_a_finished_case_is_followed_up(conn: sa.Connection, status: S) -> None:
    case_id = bring(conn, file(conn), status)
    seen, calls = version(conn, case_id), sa.select(sa.func.count()).select_from(FollowUp)
    before = conn.scalar(calls)
    with pytest.raises(NotPossible, match="办结以后才能回访"):
        desk.follow_up(conn, WORKER, case_id, seen, Answer(True, CaseResult.SOLVED))
    assert conn.scalar(calls) == before


ANSWERS = {
    "solved and content": (Answer(True, CaseResult.SOLVED, Satisfaction.SATISFIED), False, True, True),
    "nothing said": (Answer(True), False, None, None),
    "unsolved": (Answer(True, CaseResult.UNSOLVED), True, False, None),
    "dissatisfied": (Answer(True, CaseResult.PARTLY, Satisfaction.DISSATISFIED), True, True, False),
    "neither nor": (Answer(True, CaseResult.EXPLAINED, Satisfaction.NEUTRAL), False, True, False),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_what_was_not_answered_is_never_satisfied(conn: sa.Connection, name: str) -> None:
    answer, asks, solved, satisfied = ANSWERS[name]
    case_id = bring(conn, file(conn), S.FINISHED)
    assert desk.follow_up(conn, WORKER, case_id, version(conn, case_id), answer) == asks
    found = row(conn, case_id)
    assert (found["status"], found["resident_solved"], found["resident_satisfied"]) == (
        S.FOLLOWED_UP,
        solved,
        satisfied,
    )
    assert (found["unhappy_since"] is not None) == asks


def test_who_was_not_reached_leaves_the_case_finished(conn: sa.Connection) -> None:
    case_id = bring(conn, file(conn), S.FINISHED)
    desk.follow_up(conn, WORKER, case_id, version(conn, case_id), Answer(False, note="无人接听"))
    assert row(conn, case_id)["status"] == S.FINISHED
    with pytest.raises(NotPossible, match="没有联系上"):
        desk.follow_up(conn, WORKER, case_id, version(conn, case_id), Answer(False, CaseResult.SOLVED))


def test_an_unhappy_reporter_is_reopened_or_the_archive_says_why_not(conn: sa.Connection) -> None:
    unhappy = Answer(True, CaseResult.UNSOLVED)
    one, other = (bring(conn, file(conn), S.FINISHED) for _ in range(2))
    for case_id in (one, other):
        desk.follow_up(conn, WORKER, case_id, version(conn, case_id), unhappy)
    desk.reopen(conn, WORKER, one, version(conn, one), "没修好")
    assert (row(conn, one)["status"], row(conn, one)["unhappy_since"]) == (S.REOPENING, None)
    with pytest.raises(NotPossible, match="写明原因"):
        move(conn, WORKER, other, S.ARCHIVED, desk.Given())
    move(conn, WORKER, other, S.ARCHIVED, desk.Given(reason="政策已解释清楚"))
    assert row(conn, other)["unhappy_since"] is None


def test_units_that_help_or_are_informed_see_the_case_but_no_contact(conn: sa.Connection) -> None:
    case_id = desk.file_case(conn, WORKER, new_case(contact={"name": "张三"}), SEAL)
    bring(conn, case_id, S.ASSIGNED)
    assert cases.one(conn, HELPER, case_id) is None
    desk.add_unit(conn, WORKER, case_id, version(conn, case_id), ROADS, Part.INFORMED)
    assert cases.one(conn, HELPER, case_id) is not None
    with pytest.raises(NotAllowed, match="知会"):
        desk.note(conn, HELPER, case_id, version(conn, case_id), "我们来")
    with pytest.raises(NotPossible):
        cases.reveal(conn, HELPER, case_id, SEAL)
    assert cases.reveal(conn, UNIT, case_id, SEAL).contacts
    desk.add_unit(conn, WORKER, case_id, version(conn, case_id), ROADS, Part.HELPING)
    desk.note(conn, HELPER, case_id, version(conn, case_id), "我们来")
    with pytest.raises(NotPossible, match="主办单位"):
        desk.add_unit(conn, WORKER, case_id, version(conn, case_id), PROPERTY, Part.HELPING)
    desk.remove_unit(conn, WORKER, case_id, version(conn, case_id), ROADS)
    assert cases.one(conn, HELPER, case_id) is None
    with pytest.raises(NotPossible, match="不是诉求"):
        desk.remove_unit(conn, WORKER, case_id, version(conn, case_id), ROADS)


def test_views_are_ones_own_or_shared_and_templates_fit_their_case(conn: sa.Connection) -> None:
    other = made.make_second_account(conn)
    desk.save_view(conn, WORKER, "cases", "我的超时", "due=overdue")
    shared = desk.save_view(conn, WORKER, "cases", "本周", "span=week", shared=True)
    assert desk.save_view(conn, WORKER, "cases", "本周", "span=month", shared=True) == shared
    assert desk.saved_views(conn, WORKER, "cases")["name"].to_list() == ["我的超时", "本周"]
    assert desk.saved_views(conn, other, "cases").select("name", "query", "own").row(0) == ("本周", "span=month", False)
    with pytest.raises(NotAllowed, match="本周"):
        desk.drop_view(conn, other, shared)
    with pytest.raises(NotPossible, match="起个名字"):
        desk.save_view(conn, WORKER, "cases", " ", "span=week")
    desk.save_template(conn, WORKER, "通用", "您好，")
    own = desk.save_template(conn, WORKER, "电梯办结", "电梯已恢复。", 1, S.HANDLING)
    assert desk.templates(conn, UNIT, 1, S.HANDLING)["name"].to_list() == ["电梯办结", "通用"]
    assert desk.templates(conn, UNIT, 2, S.HANDLING)["name"].to_list() == ["通用"]
    with pytest.raises(NotPossible, match="名称和内容"):
        desk.save_template(conn, WORKER, "空", " ")
    desk.drop_template(conn, WORKER, own)
    assert desk.templates(conn, UNIT, 1, S.HANDLING).height == 1
