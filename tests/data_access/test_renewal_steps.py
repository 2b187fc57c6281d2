"""Five steps: each gate opens only with what it asks for, and every refusal names the thing and its value."""

import threading
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from access import OPERATOR
from data_access import corrections, renewal
from data_access.engine import reading, writing
from data_access.renewal import Examined, Made, Present, Rule, Upload, Votes
from data_access.tables.renewal import Deliberation, Proposal, RenewalFile, StepEvidence
from tests.conftest import make_viewer
from tests.renewal_rows import (
    FIRST,
    OFFICIAL,
    PDF,
    TODAY,
    decided,
    hold,
    make_meeting,
    make_neighbourhood,
    make_planned,
    make_proposal,
    prepare,
    version_of,
    walk,
)
from vocabulary.enums import Feed, Role
from vocabulary.refusals import NotAllowed, NotPossible
from vocabulary.renewal import Feasible, Lack, Origin, Outcome, Profession, ProposalState, Step

WEEK = timedelta(7)


@pytest.fixture
def conn(engine: sa.Engine, noon: datetime) -> Iterator[sa.Connection]:  # noqa: ARG001 (the clock stands)
    with writing(engine) as conn:
        make_neighbourhood(conn)
        yield conn


def state(conn: sa.Connection, proposal_id: int) -> tuple[int, str, date, date | None]:
    columns = (Proposal.step, Proposal.state, Proposal.opened_on, Proposal.closed_on)
    row = conn.execute(sa.select(*columns).where(Proposal.id == proposal_id)).one()
    return row.step, row.state, row.opened_on, row.closed_on


def test_a_proposal_goes_through_five_steps_to_its_decision(conn: sa.Connection) -> None:
    proposal_id = decided(conn)
    end = FIRST + timedelta(28)
    assert state(conn, proposal_id) == (5, "decided", FIRST + timedelta(20), end)
    steps = renewal.steps(conn, OFFICIAL, FIRST, TODAY)
    assert steps["step"].to_list() == [1, 2, 3, 4, 5]
    assert (steps["passed_on"] - steps["opened_on"]).dt.total_days().to_list() == [5, 5, 5, 5, 8]


def test_no_step_opens_before_the_one_before_is_passed(conn: sa.Connection) -> None:
    proposal_id = make_proposal(conn)
    with pytest.raises(NotPossible, match="现在在“居民提议”这一步，不能办理“社区复议”"):
        hold(conn, proposal_id, Step.REVIEW, TODAY)
    with pytest.raises(NotPossible, match="“群众商议”这一步还没有开始"):
        renewal.give_evidence(conn, OFFICIAL, proposal_id, Step.DISCUSS, "记录", "有", None, TODAY)
    with pytest.raises(NotPossible, match="不能办理“专业审议”"):
        renewal.give_opinion(conn, OFFICIAL, proposal_id, Examined(Profession.PLANNER, Feasible.YES, "好", TODAY))
    with pytest.raises(NotPossible, match="不能办理“最终决议”"):
        renewal.publish(conn, OFFICIAL, proposal_id, Made(TODAY, TODAY + WEEK, "公告栏"))
    assert state(conn, proposal_id)[0] == 1


def test_no_step_is_passed_without_evidence(conn: sa.Connection) -> None:
    proposal_id = make_proposal(conn)
    with pytest.raises(NotPossible, match="“居民提议”还缺：佐证材料"):
        hold(conn, proposal_id, Step.PROPOSE, TODAY)
    hold(conn, proposal_id, Step.PROPOSE, TODAY, outcome=Outcome.REVISE, note="先补照片")
    assert state(conn, proposal_id)[:2] == (1, "open")


@pytest.mark.parametrize(
    ("votes", "sentence"),
    [
        (Votes(15, 5, 3), "赞成15、反对5、弃权3共23票，多于到场的20人"),
        (Votes(12, 5, 1), "赞成12、反对5、弃权1共18票，少于到场的20人"),
        (Votes(21, -1, 0), "反对票-1不对，至少应为0"),
        (Votes(10, 7, 3), "赞成10票，到场20人，没有超过50%"),
        (None, "“群众商议”要有表决票数"),
    ],
)
def test_votes_must_add_up_to_those_present_and_carry_the_outcome(
    conn: sa.Connection, votes: Votes | None, sentence: str
) -> None:
    proposal_id = make_proposal(conn)
    walk(conn, proposal_id, Step.DISCUSS)
    prepare(conn, proposal_id, Step.DISCUSS, TODAY)
    with pytest.raises(NotPossible, match=sentence):
        hold(conn, proposal_id, Step.DISCUSS, TODAY, votes=votes)
    assert conn.scalar(sa.select(sa.func.count()).select_from(Deliberation)) == 1


def test_too_few_people_cannot_pass_a_step(conn: sa.Connection) -> None:
    proposal_id = make_proposal(conn)
    walk(conn, proposal_id, Step.DISCUSS)
    prepare(conn, proposal_id, Step.DISCUSS, TODAY)
    few = Present(residents=13, committee=1)
    with pytest.raises(NotPossible, match="“群众商议”到场14人，最少要15人"):
        hold(conn, proposal_id, Step.DISCUSS, TODAY, present=few, votes=Votes(14, 0, 0))
    with pytest.raises(NotPossible, match="商户人数-1不对"):
        hold(conn, proposal_id, Step.DISCUSS, TODAY, present=Present(residents=21, merchants=-1))


def test_experts_must_speak_and_none_may_call_it_infeasible(conn: sa.Connection) -> None:
    proposal_id = make_proposal(conn)
    day = walk(conn, proposal_id, Step.EXPERTS)
    renewal.give_evidence(conn, OFFICIAL, proposal_id, Step.EXPERTS, "评审记录", "", PDF, day)
    with pytest.raises(NotPossible, match="“专业审议”还缺：专业意见"):
        hold(conn, proposal_id, Step.EXPERTS, day)
    with pytest.raises(NotPossible, match="建筑师认为不可行，请写明原因"):
        renewal.give_opinion(conn, OFFICIAL, proposal_id, Examined(Profession.ARCHITECT, Feasible.NO, "不行", day))
    no = Examined(Profession.ARCHITECT, Feasible.NO, "井道占了消防通道。", day, "消防间距不足")
    renewal.give_opinion(conn, OFFICIAL, proposal_id, no)
    with pytest.raises(NotPossible, match="还缺：被判不可行的事项改到可行"):
        hold(conn, proposal_id, Step.EXPERTS, day)
    hold(conn, proposal_id, Step.EXPERTS, day, outcome=Outcome.REVISE, note="井道移到北侧")
    yes = Examined(Profession.ARCHITECT, Feasible.CONDITIONAL, "移到北侧后可行。", day + timedelta(1))
    renewal.give_opinion(conn, OFFICIAL, proposal_id, yes)
    hold(conn, proposal_id, Step.EXPERTS, day + timedelta(1))
    assert state(conn, proposal_id)[:2] == (5, "open")


def test_the_last_step_waits_for_seven_days_of_publicity(conn: sa.Connection) -> None:
    proposal_id = make_proposal(conn)
    day = walk(conn, proposal_id, Step.DECIDE)
    renewal.give_evidence(conn, OFFICIAL, proposal_id, Step.DECIDE, "决议", "通过", None, day)
    with pytest.raises(NotPossible, match=f"到{day}为止，“最终决议”还缺：公示"):
        hold(conn, proposal_id, Step.DECIDE, day, outcome=Outcome.REJECT, note="没有人来")
    short = Made(day, day + timedelta(5), "公告栏")
    with pytest.raises(NotPossible, match=f"公示{short.from_on}至{short.to_on}只有6天，至少要7天"):
        renewal.publish(conn, OFFICIAL, proposal_id, short)
    with pytest.raises(NotPossible, match=r"公示结束.*早于公示开始"):
        renewal.publish(conn, OFFICIAL, proposal_id, Made(day, day - timedelta(1), "公告栏"))
    with pytest.raises(NotPossible, match=r"公示开始.*早于这一步开始的日子"):
        renewal.publish(conn, OFFICIAL, proposal_id, Made(day - timedelta(1), day + WEEK, "公告栏"))
    last = day + timedelta(6)
    renewal.publish(conn, OFFICIAL, proposal_id, Made(day, last, "公告栏"))
    with pytest.raises(NotPossible, match=f"到{last}为止，“最终决议”还缺：公示期满"):
        hold(conn, proposal_id, Step.DECIDE, last)
    hold(conn, proposal_id, Step.DECIDE, last + timedelta(1))
    assert state(conn, proposal_id)[1] == "decided"


def test_days_cannot_run_backwards_or_ahead(conn: sa.Connection) -> None:
    proposal_id = make_proposal(conn)
    prepare(conn, proposal_id, Step.PROPOSE, TODAY)
    with pytest.raises(NotPossible, match=f"早于这一步开始的日子{FIRST}"):
        hold(conn, proposal_id, Step.PROPOSE, FIRST - timedelta(1))
    with pytest.raises(NotPossible, match="还没有到"):
        hold(conn, proposal_id, Step.PROPOSE, TODAY + timedelta(1))
    with pytest.raises(NotPossible, match=r"提出日期.*还没有到"):
        make_proposal(conn, TODAY + timedelta(1))
    with pytest.raises(NotPossible, match=f"早于提出日期{FIRST}"):
        renewal.give_evidence(conn, OFFICIAL, proposal_id, Step.PROPOSE, "记录", "有", None, FIRST - timedelta(1))


def test_a_meeting_that_does_not_pass_says_why_and_may_end_the_proposal(conn: sa.Connection) -> None:
    proposal_id = make_proposal(conn)
    walk(conn, proposal_id, Step.DISCUSS)
    with pytest.raises(NotPossible, match="结果是“不通过”，请在备注里写明理由"):
        hold(conn, proposal_id, Step.DISCUSS, TODAY, outcome=Outcome.REJECT)
    hold(conn, proposal_id, Step.DISCUSS, TODAY, outcome=Outcome.REJECT, note="多数人反对", votes=Votes(3, 15, 2))
    assert state(conn, proposal_id) == (2, "rejected", FIRST + timedelta(5), TODAY)
    with pytest.raises(NotPossible, match="未通过，不能再办理"):
        prepare(conn, proposal_id, Step.DISCUSS, TODAY)


def test_what_proposed_it_may_take_it_back(conn: sa.Connection) -> None:
    proposal_id = make_proposal(conn)
    with pytest.raises(NotPossible, match="请填写原因"):
        renewal.withdraw(conn, OFFICIAL, proposal_id, 1, "  ")
    renewal.withdraw(conn, OFFICIAL, proposal_id, 1, "已另行解决")
    assert state(conn, proposal_id)[1::2] == ("withdrawn", TODAY)
    steps = renewal.steps(conn, OFFICIAL, FIRST, TODAY)
    assert steps.select("step", "passed_on", "left_on").rows() == [(1, None, TODAY)]


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (Upload("空.pdf", b""), "文件“空.pdf”是空的"),
        (Upload("大.pdf", b"%PDF-" + b"x" * (8 * 1024 * 1024)), "文件“大.pdf”有8.0 MB，最大8 MB"),
        (Upload("程序.pdf", b"MZ\x90"), "文件“程序.pdf”不是 PDF、JPEG 或 PNG"),
    ],
)
def test_a_file_is_taken_only_when_it_is_small_and_what_it_says(
    conn: sa.Connection, upload: Upload, sentence: str
) -> None:
    proposal_id = make_proposal(conn)
    with pytest.raises(NotPossible, match=sentence):
        renewal.give_evidence(conn, OFFICIAL, proposal_id, Step.PROPOSE, "材料", "", upload, TODAY)
    assert conn.scalar(sa.select(sa.func.count()).select_from(StepEvidence)) == 0


def test_a_file_comes_back_as_it_was_handed_in_and_goes_with_its_evidence(conn: sa.Connection) -> None:
    proposal_id = make_proposal(conn)
    first = renewal.give_evidence(conn, OFFICIAL, proposal_id, Step.PROPOSE, "签名", "", PDF, TODAY)
    file_id = int(conn.scalar(sa.select(RenewalFile.id)) or 0)
    kept = renewal.stored(conn, OFFICIAL, file_id)
    assert (kept.name, kept.media, kept.content) == (PDF.name, "application/pdf", PDF.content)
    with pytest.raises(NotAllowed):
        renewal.stored(conn, make_viewer(Role.PRESENTER), file_id)
    hold(conn, proposal_id, Step.PROPOSE, TODAY)
    with pytest.raises(NotPossible, match="“签名”是“居民提议”唯一的佐证材料"):
        renewal.remove_evidence(conn, OFFICIAL, first, "有人名")
    renewal.give_evidence(conn, OFFICIAL, proposal_id, Step.PROPOSE, "摘要", "去掉了人名", None, TODAY)
    renewal.remove_evidence(conn, OFFICIAL, first, "有人名")
    assert conn.scalar(sa.select(sa.func.count()).select_from(RenewalFile)) == 0


def test_phone_numbers_never_reach_the_database(conn: sa.Connection) -> None:
    make_proposal(conn, title="联系13812345678", matter="身份证50010719680101123X")
    title, matter = conn.execute(sa.select(Proposal.title, Proposal.matter)).one()
    assert "13812345678" not in title
    assert "19680101" not in matter


def test_the_second_of_two_people_is_told_and_nothing_is_written(conn: sa.Connection) -> None:
    proposal_id = make_proposal(conn)
    prepare(conn, proposal_id, Step.PROPOSE, TODAY)
    seen = version_of(conn, proposal_id)
    renewal.hold(conn, OFFICIAL, proposal_id, seen, make_meeting(Step.PROPOSE, TODAY))
    with pytest.raises(NotPossible, match="别人改过"):
        renewal.hold(conn, OFFICIAL, proposal_id, seen, make_meeting(Step.PROPOSE, TODAY))
    assert conn.scalar(sa.select(sa.func.count()).select_from(Deliberation)) == 1


def test_two_people_at_once_leave_one_meeting(engine: sa.Engine, noon: datetime) -> None:  # noqa: ARG001
    with writing(engine) as conn:
        proposal_id = make_proposal(conn)
        prepare(conn, proposal_id, Step.PROPOSE, TODAY)
        seen = version_of(conn, proposal_id)
    refused: list[str] = []

    def write() -> None:
        try:
            with writing(engine) as conn:
                renewal.hold(conn, OFFICIAL, proposal_id, seen, make_meeting(Step.PROPOSE, TODAY))
        except NotPossible as refusal:
            refused.append(refusal.key)

    both = [threading.Thread(target=write) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert refused == ["words.changed_meanwhile"]
    with reading(engine) as conn:
        assert conn.scalar(sa.select(sa.func.count()).select_from(Deliberation)) == 1


def test_a_meeting_is_corrected_with_a_reason_and_the_step_follows(conn: sa.Connection) -> None:
    proposal_id = make_proposal(conn)
    day = walk(conn, proposal_id, Step.DISCUSS)
    prepare(conn, proposal_id, Step.DISCUSS, day)
    meeting_id = hold(conn, proposal_id, Step.DISCUSS, day)
    wrong = make_meeting(Step.DISCUSS, day, votes=Votes(9, 8, 3), outcome=Outcome.PASS)
    with pytest.raises(NotPossible, match="没有超过50%"):
        renewal.correct_meeting(conn, OFFICIAL, meeting_id, 1, "票数记错", wrong)
    right = make_meeting(Step.DISCUSS, day, votes=Votes(9, 8, 3), outcome=Outcome.REVISE, note="再议")
    with pytest.raises(NotPossible, match="请写明原因"):
        renewal.correct_meeting(conn, OFFICIAL, meeting_id, 1, "", right)
    renewal.correct_meeting(conn, OFFICIAL, meeting_id, 1, "票数记错", right)
    assert state(conn, proposal_id)[:2] == (2, "open")
    assert corrections.history(conn, Deliberation, meeting_id)[0]["before"]["votes_for"] == 12
    with pytest.raises(NotPossible, match="别人改过"):
        renewal.correct_meeting(conn, OFFICIAL, meeting_id, 1, "又记错", right)


def test_an_old_meeting_keeps_its_outcome_and_its_place(conn: sa.Connection) -> None:
    proposal_id = make_proposal(conn)
    day = walk(conn, proposal_id, Step.REVIEW)
    first = int(conn.scalar(sa.select(sa.func.min(Deliberation.id))) or 0)
    other = make_meeting(Step.PROPOSE, FIRST, outcome=Outcome.REVISE, note="再议")
    with pytest.raises(NotPossible, match="后面还有议事"):
        renewal.correct_meeting(conn, OFFICIAL, first, 1, "误记", other)
    with pytest.raises(NotPossible, match=r"下一次议事.*早于议事日期"):
        renewal.correct_meeting(conn, OFFICIAL, first, 1, "误记", make_meeting(Step.PROPOSE, day + timedelta(1)))
    renewal.correct_meeting(conn, OFFICIAL, first, 1, "误记", make_meeting(Step.PROPOSE, FIRST + timedelta(2)))
    steps = renewal.steps(conn, OFFICIAL, FIRST, TODAY)
    assert steps["opened_on"].to_list()[:2] == [FIRST, FIRST + timedelta(2)]


def test_a_decision_on_which_a_project_stands_stays(conn: sa.Connection) -> None:
    proposal_id = decided(conn)
    renewal.approve(conn, OFFICIAL, make_planned(proposal_id=proposal_id))
    last = int(conn.scalar(sa.select(sa.func.max(Deliberation.id))) or 0)
    other = make_meeting(Step.DECIDE, FIRST + timedelta(28), outcome=Outcome.REJECT, note="不建")
    with pytest.raises(NotPossible, match="项目XM0001已由这个议题立项"):
        renewal.correct_meeting(conn, OFFICIAL, last, 1, "误记", other)


def test_the_office_changes_what_a_step_asks_for_from_a_day_on(conn: sa.Connection) -> None:
    rule = Rule(Step.DISCUSS, True, 30, 66, 0, 0)
    with pytest.raises(NotAllowed):
        renewal.change_rule(conn, OFFICIAL, rule, TODAY)
    renewal.change_rule(conn, OPERATOR, rule, TODAY)
    assert renewal.rules(conn, OFFICIAL, TODAY)[Step.DISCUSS] == rule
    assert renewal.rules(conn, OFFICIAL, TODAY - timedelta(1))[Step.DISCUSS].quorum == 15
    with pytest.raises(NotPossible, match="公示天数5不对，至少应为7"):
        renewal.change_rule(conn, OPERATOR, Rule(Step.DECIDE, True, 15, 50, 0, 5), TODAY)
    with pytest.raises(NotPossible, match="已经过去"):
        renewal.change_rule(conn, OPERATOR, rule, TODAY - timedelta(1))
    proposal_id = make_proposal(conn)
    walk(conn, proposal_id, Step.DISCUSS)
    prepare(conn, proposal_id, Step.DISCUSS, TODAY)
    with pytest.raises(NotPossible, match="到场20人，最少要30人"):
        hold(conn, proposal_id, Step.DISCUSS, TODAY)
    hold(conn, proposal_id, Step.DISCUSS, TODAY - timedelta(1))  # by the rule of its day


def test_who_may_file_may_not_yet_decide(conn: sa.Connection) -> None:
    worker, post = make_viewer(Role.WORKER), make_viewer(Role.FEEDER, feed=Feed.PEACE_POST)
    given = renewal.Proposed("加座椅", "院坝没有座椅", TODAY)
    for viewer in (worker, post):
        proposal_id = renewal.file_proposal(conn, viewer, given)
        with pytest.raises(NotAllowed):
            renewal.hold(conn, viewer, proposal_id, 1, make_meeting(Step.PROPOSE, TODAY))
    for viewer in (make_viewer(Role.PRESENTER), make_viewer(Role.UNIT), make_viewer(Role.FEEDER, feed=Feed.CANTEEN)):
        with pytest.raises(NotAllowed):
            renewal.file_proposal(conn, viewer, given)
    with pytest.raises(NotPossible, match="请指明是哪一件"):
        renewal.file_proposal(conn, OFFICIAL, renewal.Proposed("加座椅", "没有", TODAY, origin=Origin.OPINION))


def test_the_list_says_where_each_waits_how_long_and_for_what(conn: sa.Connection) -> None:
    one, two, three = (make_proposal(conn, FIRST + timedelta(n)) for n in range(3))
    walk(conn, one, Step.DECIDE)
    renewal.withdraw(conn, OFFICIAL, three, 1, "不议了")
    listed = renewal.proposal_list(conn, OFFICIAL)
    assert listed["id"].to_list() == [two, one, three]
    assert listed["step"].to_list() == [1, 5, 1]
    assert listed["waiting"].to_list() == [59, 40, None]
    assert listed["lacks"].to_list() == [[Lack.EVIDENCE], [Lack.EVIDENCE, Lack.PUBLICITY], None]
    with pytest.raises(NotAllowed):
        renewal.proposal_list(conn, make_viewer(Role.PRESENTER))


def test_one_story_holds_all_that_happened(conn: sa.Connection) -> None:
    proposal_id = decided(conn)
    renewal.approve(conn, OFFICIAL, make_planned(proposal_id=proposal_id))
    told = renewal.story(conn, OFFICIAL, "YT0001")
    assert [meeting["step"] for meeting in told.meetings] == [1, 2, 3, 4, 5]
    assert (len(told.evidence), len(told.opinions), len(told.publicity), len(told.projects)) == (5, 1, 1, 1)
    assert told.proposal["state"] == ProposalState.DECIDED
    with pytest.raises(NotPossible, match="没有编号为“YT9”"):
        renewal.story(conn, OFFICIAL, "YT9")


def test_what_a_proposal_says_is_corrected_with_a_reason(conn: sa.Connection) -> None:
    proposal_id = make_proposal(conn)
    given = renewal.Proposed("给一栋加装电梯", "一栋没有电梯。", FIRST + timedelta(1), grid="1")
    renewal.correct_proposal(conn, OFFICIAL, proposal_id, 1, "楼栋写错", given)
    assert state(conn, proposal_id)[2] == FIRST + timedelta(1)
    walk(conn, proposal_id, Step.DISCUSS, FIRST + timedelta(1))
    late = renewal.Proposed("给一栋加装电梯", "一栋没有电梯。", TODAY)
    with pytest.raises(NotPossible, match=r"议事日期.*早于提出日期"):
        renewal.correct_proposal(conn, OFFICIAL, proposal_id, version_of(conn, proposal_id), "日期写错", late)
    with pytest.raises(NotPossible, match="没有代码为“9”的网格"):
        make_proposal(conn, grid="9")
