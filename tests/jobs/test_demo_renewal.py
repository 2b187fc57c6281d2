"""The demo's proposals and projects obey the rules that the forms enforce."""

import json
from typing import Any

import sqlalchemy as sa

from access import OPERATOR
from data_access import renewal
from data_access.engine import reading
from data_access.renewal.meetings import _after
from data_access.tables.base import Base
from data_access.tables.peace_post import Opinion
from data_access.tables.places import Building
from data_access.tables.renewal import (
    Deliberation,
    ExpertOpinion,
    Milestone,
    Project,
    ProjectPayment,
    Proposal,
    Publicity,
    RenewalFile,
    StepEvidence,
)
from tests.conftest import NOON
from vocabulary.renewal import Outcome, Profession, ProposalState, Risk, Side, Step

TODAY = NOON.date()


def rows(conn: sa.Connection, table: type[Base]) -> list[dict[str, Any]]:
    return [dict(row) for row in conn.execute(sa.select(table.table())).mappings()]


def test_every_proposal_stands_where_its_meetings_put_it(small_demo: sa.Engine) -> None:
    with reading(small_demo) as conn:
        proposals = rows(conn, Proposal)
        assert len(proposals) > 15
        for row in proposals:
            step, opened, state, closed, _ = _after(conn, row["id"])
            assert (row["step"], row["opened_on"], row["state"], row["closed_on"]) == (step, opened, state, closed)
    assert {row["state"] for row in proposals} == {state.value for state in ProposalState}
    assert {row["step"] for row in proposals if row["state"] == "open"} == {1, 2, 3, 4, 5}


def test_no_gate_was_passed_without_what_it_asks_for(small_demo: sa.Engine) -> None:
    with reading(small_demo) as conn:
        rules = renewal.rules(conn, OPERATOR, TODAY)
        meetings, papers = rows(conn, Deliberation), rows(conn, StepEvidence)
        opinions, public = rows(conn, ExpertOpinion), rows(conn, Publicity)
    given = {(paper["proposal_id"], paper["step"]) for paper in papers}
    for meeting in meetings:
        rule = rules[Step(meeting["step"])]
        present = sum(meeting[side.value] for side in Side)
        votes = [meeting[name] for name in ("votes_for", "votes_against", "votes_abstain")]
        assert meeting["held_on"] <= TODAY
        assert (meeting["note"] is None) == (meeting["outcome"] == Outcome.PASS)
        if rule.votes:
            assert sum(vote for vote in votes) == present
        if meeting["outcome"] != Outcome.PASS:
            continue
        assert (meeting["proposal_id"], meeting["step"]) in given
        assert present >= rule.quorum
        if rule.votes:
            assert votes[0] * 2 > present
        mine = [one for one in opinions if one["proposal_id"] == meeting["proposal_id"]]
        if meeting["step"] == Step.EXPERTS:
            newest = {one["profession"]: one["feasible"] for one in sorted(mine, key=lambda one: str(one["given_on"]))}
            assert newest
            assert "no" not in newest.values()
        if meeting["step"] == Step.DECIDE:
            (shown,) = [one for one in public if one["proposal_id"] == meeting["proposal_id"]]
            assert (shown["to_on"] - shown["from_on"]).days + 1 >= rule.publicity_days
            assert shown["to_on"] < meeting["held_on"]
    assert {one["profession"] for one in opinions} == {one.value for one in Profession}
    assert all(one["reason"] for one in opinions if one["feasible"] == "no")


def test_every_project_adds_up(small_demo: sa.Engine) -> None:
    with reading(small_demo) as conn:
        projects, stages, payments = rows(conn, Project), rows(conn, Milestone), rows(conn, ProjectPayment)
        proposals = {row["id"]: row for row in rows(conn, Proposal)}
        buildings = set(conn.scalars(sa.select(Building.number)))
        files = {row["id"] for row in rows(conn, RenewalFile)}
    assert {row["mode"] for row in projects} == {"keep", "improve", "demolish", "add"}
    assert {row["function"] for row in projects} == {"living", "industry", "ecology", "culture", "safety"}
    assert any(row["risk"] != Risk.GREEN for row in projects)
    for row in projects:
        mine = [stage for stage in stages if stage["project_id"] == row["id"]]
        assert sum(stage["weight"] for stage in mine) == 100
        assert all(row["plan_from"] <= stage["planned_on"] <= row["plan_to"] for stage in mine)
        assert (row["finished_on"] is not None) == all(stage["done_on"] for stage in mine)
        paid = sum(one["fen"] for one in payments if one["project_id"] == row["id"])
        assert paid <= row["budget_fen"]
        assert set(json.loads(str(row["buildings"]))) <= buildings
        assert (row["risk"] == Risk.GREEN) == (row["risk_reason"] is None)
        if row["proposal_id"]:
            proposal = proposals[row["proposal_id"]]
            assert proposal["state"] == ProposalState.DECIDED
            assert row["approved_on"] >= proposal["closed_on"]
        assert {row["before_id"], row["after_id"]} - {None} <= files


def test_a_proposal_and_its_opinion_know_each_other(small_demo: sa.Engine) -> None:
    with reading(small_demo) as conn:
        opinions = {row["id"]: row["proposal_id"] for row in rows(conn, Opinion)}
        for proposal in rows(conn, Proposal):
            if proposal["opinion_id"] is not None:
                assert opinions[proposal["opinion_id"]] == proposal["id"]
