"""The demo's proposals: their five steps with meetings, evidence, expert opinions and publicity, up to today."""

import tomllib
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from data_access.engine import Connection
from data_access.tables.renewal import Deliberation, ExpertOpinion, Proposal, Publicity, StepEvidence
from jobs.demo.links import Came, link, origins
from jobs.demo.rows import put
from vocabulary.enums import Level
from vocabulary.renewal import Feasible, MeetingForm, Outcome, Profession, ProposalState, Side, Step

Row = dict[str, Any]
VOTED = (Step.DISCUSS, Step.REVIEW, Step.DECIDE)
FORMS = {
    Step.PROPOSE: MeetingForm.HOME_VISIT,
    Step.DISCUSS: MeetingForm.COURTYARD,
    Step.REVIEW: MeetingForm.MEETING,
    Step.EXPERTS: MeetingForm.REVIEW,
    Step.DECIDE: MeetingForm.DISCUSSION,
}
VENUES = {
    Step.PROPOSE: "楼栋入户",
    Step.DISCUSS: "院坝",
    Step.REVIEW: "社区居委会会议室",
    Step.EXPERTS: "党群服务中心会议室",
    Step.DECIDE: "党群服务中心办事大厅",
}
PAPERS = {
    Step.PROPOSE: ("居民联名提议书", "联名居民已签字确认，提议内容与现场情况相符。"),
    Step.DISCUSS: ("院坝会签到和记录", "会上逐条听取意见，记录已在公告栏张贴。"),
    Step.REVIEW: ("社区复议纪要", "核对了资金来源、产权和影响范围。"),
    Step.EXPERTS: ("专业审议记录", "专业人员到现场查看并提出意见。"),
    Step.DECIDE: ("最终决议书", "公示期内的反馈已逐条答复。"),
}
# Least and most people present by side.
PRESENT: dict[Step, dict[Side, tuple[int, int]]] = {
    Step.PROPOSE: {Side.RESIDENTS: (5, 18)},
    Step.DISCUSS: {Side.RESIDENTS: (16, 42), Side.MERCHANTS: (0, 4), Side.COMMITTEE: (2, 4), Side.PROPERTY: (0, 2)},
    Step.REVIEW: {Side.RESIDENTS: (4, 9), Side.COMMITTEE: (4, 7), Side.PROPERTY: (1, 2), Side.DEPARTMENTS: (0, 2)},
    Step.EXPERTS: {Side.EXPERTS: (3, 6), Side.COMMITTEE: (1, 3), Side.DEPARTMENTS: (1, 3)},
    Step.DECIDE: {Side.RESIDENTS: (15, 36), Side.COMMITTEE: (3, 5), Side.PROPERTY: (1, 2), Side.DEPARTMENTS: (1, 3)},
}
WORDS = {
    Profession.PLANNER: "与片区规划一致，退距和通行宽度满足要求。",
    Profession.ARCHITECT: "体量和色彩与老厂区协调，采光影响在允许范围内。",
    Profession.ENGINEER: "结构和管线条件可行，施工时注意保护原有基础。",
}
QUORUMS = {Step.PROPOSE: 1, Step.DISCUSS: 15, Step.REVIEW: 7, Step.EXPERTS: 3, Step.DECIDE: 15}
PUBLIC_DAYS = 7
LEVELS = {"elderly": Level.BRANCH_SECRETARY, "environment": Level.PARTY_MEMBER}


@dataclass
class Rows:
    """Rows of every table, as they are told."""

    proposals: list[Row] = field(default_factory=list)
    meetings: list[Row] = field(default_factory=list)
    evidence: list[Row] = field(default_factory=list)
    opinions: list[Row] = field(default_factory=list)
    publicity: list[Row] = field(default_factory=list)


@cache
def written() -> dict[str, list[Row]]:
    """What is invented: jobs/demo/renewal.toml."""
    return tomllib.loads((Path(__file__).parent / "renewal.toml").read_text(encoding="utf-8"))


def deliberate(conn: Connection, today: date, seed: int, grids: dict[str, int]) -> dict[str, tuple[int, date | None]]:
    """Adds the proposals; gives by key the id of each and the day it was decided."""
    rows, made = Rows(), {}
    came = origins(conn, written()["proposal"], today)
    for number, story in enumerate(written()["proposal"], start=1):
        dice = np.random.default_rng([seed, 808, number])
        made[story["key"]] = (number, _told(rows, number, story, today, dice, grids))
    rows.proposals = [{**row, **_from(each)} for row, each in zip(rows.proposals, came, strict=True)]
    tables = (
        (Proposal, rows.proposals),
        (Deliberation, rows.meetings),
        (StepEvidence, rows.evidence),
        (ExpertOpinion, rows.opinions),
        (Publicity, rows.publicity),
    )
    for table, given in tables:
        put(conn, table, [{"id": place, **row} for place, row in enumerate(given, start=1)])
    link(conn, came)
    return made


def _from(came: Came) -> Row:
    return {"origin": came.origin.value, "opinion_id": came.opinion_id, "case_id": came.case_id}


def _told(
    rows: Rows, number: int, story: Row, today: date, dice: np.random.Generator, grids: dict[str, int]
) -> date | None:
    """One proposal up to today; gives the day it was decided, if it was."""
    opened = filed_on = today - timedelta(story["filed"])
    step, state, closed = Step.PROPOSE, ProposalState.OPEN, None
    for step, pace in zip(Step, story["pace"], strict=False):
        held_on = opened + timedelta(pace)
        last = step == len(story["pace"])
        outcome = Outcome.REJECT if last and story.get("ends") == "reject" else Outcome.PASS
        _prepared(rows, number, story, step, opened, held_on, today)
        if held_on > today:
            break
        if last and story.get("ends") == "withdraw":
            state, closed = ProposalState.WITHDRAWN, held_on
            break
        _held(rows, number, step, held_on, outcome, story.get("note"), dice)
        if outcome is Outcome.REJECT or step is Step.DECIDE:
            state = ProposalState.REJECTED if outcome is Outcome.REJECT else ProposalState.DECIDED
            closed = held_on
            break
        opened = held_on
    rows.proposals.append(
        {
            "number": f"YT{number:04d}",
            "title": story["title"],
            "matter": story["matter"],
            "grid_id": grids.get(story["grid"]),
            "level": LEVELS.get(story["theme"], Level.PARTY_SECRETARY).value,
            "filed_on": filed_on,
            "step": int(step),
            "opened_on": opened,
            "state": state.value,
            "closed_on": closed,
            "close_reason": story.get("note") if state is ProposalState.WITHDRAWN else None,
        }
    )
    return closed if state is ProposalState.DECIDED else None


def _prepared(rows: Rows, number: int, story: Row, step: Step, opened: date, held_on: date, today: date) -> None:
    """What is given for a step before its meeting, as far as that has come."""
    title, body = PAPERS[step]
    given_on = opened + (held_on - opened) * 0.6
    if given_on <= today:
        paper = {"proposal_id": number, "step": int(step), "given_on": given_on, "title": title, "body": body}
        rows.evidence.append(paper)
    tried_on = opened + (held_on - opened) * 0.45
    if step in story.get("revised", []) and tried_on <= today:
        dice = np.random.default_rng([number, int(step)])
        why = story["infeasible"] if step is Step.EXPERTS else "意见不集中，修改方案后再议"
        _held(rows, number, step, tried_on, Outcome.REVISE, why, dice)
    if step is Step.EXPERTS:
        _examined(rows, number, story, opened, held_on, today)
    if step is Step.DECIDE and opened + timedelta(1) <= today:
        first = opened + timedelta(1)
        ends = first + timedelta(PUBLIC_DAYS - 1)
        made = {"proposal_id": number, "from_on": first, "to_on": ends, "venue": "社区公告栏和微信群"}
        rows.publicity.append({**made, "replies": "收到意见，已答复" if ends < today and number % 3 == 0 else None})


def _examined(rows: Rows, number: int, story: Row, opened: date, held_on: date, today: date) -> None:
    """Two or three professions speak; where it was first called infeasible the version after it is feasible."""
    told: list[tuple[date, Profession, Feasible, str, str | None]] = []
    spoken = opened + (held_on - opened) * 0.7
    if "infeasible" in story:
        first = opened + (held_on - opened) * 0.3
        told.append((first, Profession.ENGINEER, Feasible.NO, "原方案不能实施。", story["infeasible"]))
    for place, profession in enumerate(Profession):
        if place < 2 or number % 2 == 0 or "infeasible" in story:
            verdict = Feasible.CONDITIONAL if (number + place) % 4 == 0 else Feasible.YES
            told.append((spoken, profession, verdict, WORDS[profession], None))
    for given_on, profession, verdict, body, reason in told:
        if given_on <= today:
            said = {"given_on": given_on, "profession": profession.value, "feasible": verdict.value}
            rows.opinions.append({"proposal_id": number, **said, "body": body, "reason": reason})


def _held(
    rows: Rows, number: int, step: Step, held_on: date, outcome: Outcome, note: str | None, dice: np.random.Generator
) -> None:
    sides = {side.value: 0 for side in Side}
    for side, (least, most) in PRESENT[step].items():
        sides[side.value] = int(dice.integers(least, most + 1))
    present = sum(sides.values())
    share = {Outcome.PASS: dice.uniform(0.62, 0.92), Outcome.REVISE: 0.42, Outcome.REJECT: dice.uniform(0.15, 0.35)}
    given_for = round(present * float(share[outcome]))
    against = int((present - given_for) * 0.6)
    votes = (given_for, against, present - given_for - against) if step in VOTED else (None, None, None)
    rows.meetings.append(
        {
            "proposal_id": number,
            "step": int(step),
            "held_on": held_on,
            "form": FORMS[step].value,
            "venue": VENUES[step],
            **sides,
            **dict(zip(("votes_for", "votes_against", "votes_abstain"), votes, strict=True)),
            "quorum": QUORUMS[step],
            "outcome": outcome.value,
            "note": None if outcome is Outcome.PASS else note,
        }
    )
