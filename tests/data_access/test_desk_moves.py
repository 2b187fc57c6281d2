"""Moving cases: every pair of statuses by every hand, what a move needs, what it sets, two people at once."""

import re
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from access import OPERATOR
from data_access import changes, desk
from data_access.desk import Given
from data_access.renewal.given import Upload
from data_access.tables.desk import CaseUnit
from tests import desk as made
from tests.case_rows import G2, PROPERTY, ROADS, make_neighbourhood
from tests.conftest import make_viewer
from tests.desk import GIVEN, OFFICIAL, UNIT, WORKER, S, bring, file, move, row, version
from vocabulary.desk import Hand, Need
from vocabulary.enums import CaseResult, EventKind, Level, Role, Subject
from vocabulary.moves import CASE_MOVES
from vocabulary.questions import Viewer
from vocabulary.refusals import NotAllowed, NotPossible, Refusal

BY_THEIR_OWN_ACT = (S.FOLLOWED_UP, S.MERGED)
PNG = Upload("照片.png", b"\x89PNG\r\n\x1a\n123")


pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def lite(sqlite: sa.Engine) -> Iterator[sa.Connection]:
    with sqlite.begin() as conn:
        make_neighbourhood(conn)
        yield conn


@pytest.mark.parametrize("start", S)
def test_every_pair_is_moved_or_refused_as_the_table_says(lite: sa.Connection, start: S) -> None:
    for to in S:
        case_id = bring(lite, file(lite), start)
        before = row(lite, case_id), made.events(lite, case_id)
        if (start, to) in CASE_MOVES and to not in BY_THEIR_OWN_ACT:
            move(lite, OPERATOR, case_id, to)
            assert row(lite, case_id)["status"] == to
            last = made.events(lite, case_id)[-1]
            assert (last["kind"], last["from_status"], last["to_status"]) == (EventKind.MOVED, start, to)
            continue
        with pytest.raises(NotPossible):
            move(lite, OPERATOR, case_id, to)
        assert (row(lite, case_id), made.events(lite, case_id)) == before


@pytest.mark.parametrize(("start", "to"), [pair for pair in CASE_MOVES if pair[1] not in BY_THEIR_OWN_ACT])
def test_each_hand_makes_its_own_moves_only(lite: sa.Connection, start: S, to: S) -> None:
    hand = CASE_MOVES[start, to].hand
    mine = {WORKER: hand is not Hand.LEAD, UNIT: hand is not Hand.WORKER, OFFICIAL: False}
    for viewer, allowed in mine.items():
        case_id = bring(lite, file(lite), start)
        if viewer is UNIT and row(lite, case_id)["lead_unit_id"] is None:
            with pytest.raises(NotPossible, match="没有编号"):
                move(lite, viewer, case_id, to)
            continue
        offered = next(one for one in desk.moves_for(lite, viewer, case_id) if one.to is to)
        assert (offered.refused is None) == allowed
        if allowed:
            move(lite, viewer, case_id, to)
        else:
            with pytest.raises(NotAllowed, match=row(lite, case_id)["number"]):
                move(lite, viewer, case_id, to)


@pytest.mark.parametrize(("start", "to"), CASE_MOVES)
def test_a_move_without_what_it_needs_is_refused_with_the_sentence(lite: sa.Connection, start: S, to: S) -> None:
    needs = CASE_MOVES[start, to].needs
    case_id = bring(lite, file(lite), start)
    if not needs:
        move(lite, OPERATOR, case_id, to, Given())
        return
    with pytest.raises(NotPossible, match="要"):
        move(lite, OPERATOR, case_id, to, Given())
    assert row(lite, case_id)["status"] == start


def test_evidence_is_a_file_or_a_reason_for_having_none(conn: sa.Connection) -> None:
    case_id = bring(conn, file(conn), S.HANDLING)
    bare = Given(result=CaseResult.SOLVED, reply="好了")
    with pytest.raises(NotPossible, match="佐证"):
        move(conn, UNIT, case_id, S.FINISHED, bare)
    desk.attach(conn, UNIT, case_id, version(conn, case_id), PNG)
    move(conn, UNIT, case_id, S.FINISHED, bare)
    found = row(conn, case_id)
    assert (found["result"], found["reply"], found["finished_on"]) == ("solved", "好了", made.at(24).date())


def test_assigning_calls_in_the_units_and_starts_the_time_to_sign(conn: sa.Connection) -> None:
    case_id = bring(conn, file(conn), S.ACCEPTED)
    given = Given(unit_id=PROPERTY, helping=(ROADS,), level=Level.BRANCH_SECRETARY)
    move(conn, WORKER, case_id, S.ASSIGNED, given)
    found = row(conn, case_id)
    assert (found["lead_unit_id"], found["level"]) == (PROPERTY, Level.BRANCH_SECRETARY)
    assert found["sign_due_at"] > made.at(24)
    helper = make_viewer(Role.UNIT, unit_id=ROADS)
    with pytest.raises(NotAllowed, match="主办单位"):
        move(conn, helper, case_id, S.SIGNED)
    desk.note(conn, helper, case_id, version(conn, case_id), "已到现场")
    move(conn, WORKER, case_id, S.ASSIGNED, Given(unit_id=ROADS, reason="改由城建办主办"))
    assert conn.scalar(sa.select(sa.func.count()).select_from(CaseUnit)) == 0
    with pytest.raises(NotPossible, match="没有编号"):
        move(conn, UNIT, case_id, S.SIGNED)


def test_an_unknown_unit_and_a_unit_of_two_parts_are_refused(conn: sa.Connection) -> None:
    case_id = bring(conn, file(conn), S.ACCEPTED)
    with pytest.raises(NotPossible, match="没有序号为 77 的单位"):
        move(conn, WORKER, case_id, S.ASSIGNED, Given(unit_id=77))
    with pytest.raises(NotPossible, match="一种分工"):
        move(conn, WORKER, case_id, S.ASSIGNED, Given(unit_id=ROADS, helping=(ROADS,)))
    assert row(conn, case_id)["status"] == S.ACCEPTED


def test_a_returned_case_counts_its_returns_and_a_reopened_one_its_reopenings(conn: sa.Connection) -> None:
    case_id = bring(conn, file(conn), S.RETURNED)
    move(conn, WORKER, case_id, S.ASSIGNED)
    move(conn, UNIT, case_id, S.RETURNED)
    assert row(conn, case_id)["returned_count"] == 2
    case_id = bring(conn, file(conn), S.REOPENING)
    found = row(conn, case_id)
    assert (found["reopened_count"], found["finished_on"], found["result"]) == (1, None, None)


def test_the_second_of_two_is_told_what_the_first_did_with_both_texts(conn: sa.Connection) -> None:
    other = made.make_second_account(conn)
    case_id = bring(conn, file(conn), S.ACCEPTED)
    seen = version(conn, case_id)
    desk.move(conn, other, case_id, seen, S.HANDLING, Given(note="我来联系，13812345678"))
    mine = Given(unit_id=PROPERTY, note="派给物业")
    with pytest.raises(NotPossible, match="王芳 在 11-24 12:00 刚改过") as told:
        desk.move(conn, WORKER, case_id, seen, S.ASSIGNED, mine)
    assert "办理中" in str(told.value)
    assert "我来联系，138******78" in str(told.value)
    assert mine.note == "派给物业"
    assert row(conn, case_id)["status"] == S.HANDLING


def test_an_archived_case_and_ten_thousand_characters_are_refused(conn: sa.Connection) -> None:
    case_id = bring(conn, file(conn), S.ARCHIVED)
    with pytest.raises(NotPossible, match=r"已归档.*不能再流转"):
        move(conn, WORKER, case_id, S.HANDLING)
    assert desk.moves_for(conn, WORKER, case_id) == ()
    case_id = bring(conn, file(conn), S.ACCEPTED)
    with pytest.raises(NotPossible, match="10000 字，最多 5000 字"):
        move(conn, WORKER, case_id, S.HANDLING, Given(note="字" * 10_000))


HOSTILE = [
    *('\'; drop table "case"; --', "<script>alert(1)</script>", "a\x00b\ud800c", "{number} {0} %s", "=1+1"),
    "\u202e1\u20662👩\u200d👩\u200d👧",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_kept_as_texts(conn: sa.Connection, text: str) -> None:
    case_id = bring(conn, file(conn, text=text), S.HANDLING)
    desk.note(conn, UNIT, case_id, version(conn, case_id), text)
    kept = re.sub("[\x00\ud800\u202e\u2066]", "", text)
    assert row(conn, case_id)["body"] == kept
    assert made.events(conn, case_id)[-1]["note"] == kept


def test_a_case_of_another_grid_is_out_of_reach(conn: sa.Connection) -> None:
    case_id = file(conn, building_id=None, grid_id=G2)
    with pytest.raises(NotPossible, match="没有编号"):
        move(conn, WORKER, case_id, S.ACCEPTED)


def test_every_move_raises_the_version_of_the_data_and_of_the_case(conn: sa.Connection) -> None:
    case_id = bring(conn, file(conn), S.SIGNED)
    assert version(conn, case_id) == 4
    assert changes.versions(conn)[Subject.CASES][0] == 1  # one transaction


def test_many_cases_each_have_their_result(conn: sa.Connection) -> None:
    pending, accepted = file(conn), bring(conn, file(conn), S.ACCEPTED)
    asked = [(pending, 1), (accepted, version(conn, accepted)), (accepted, 1), (999, 1)]

    def assign(conn: sa.Connection, viewer: Viewer, case_id: int, seen: int) -> None:
        desk.move(conn, viewer, case_id, seen, S.ASSIGNED, GIVEN[S.ASSIGNED])

    results = desk.each(conn, WORKER, asked, assign)
    assert [result.case_id for result in results] == [pending, accepted, accepted, 999]
    said = [result.refused for result in results]
    assert said[1] is None
    assert all(isinstance(one, Refusal) for one in (said[0], said[2], said[3]))
    assert row(conn, accepted)["status"] == S.ASSIGNED


def test_what_a_choice_needs_stands_beside_it(conn: sa.Connection) -> None:
    case_id = bring(conn, file(conn), S.HANDLING)
    choices = {one.to: one for one in desk.moves_for(conn, UNIT, case_id)}
    assert choices[S.FINISHED].needs == {Need.RESULT, Need.REPLY, Need.EVIDENCE}
    assert choices[S.FINISHED].refused is None
    assert isinstance(choices[S.WITHDRAWN].refused, NotAllowed)
