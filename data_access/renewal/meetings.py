"""Meetings of the five steps: the gates each must pass, and where a proposal stands after them."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access import corrections
from data_access.renewal.common import at_least, begin, done, insert, not_ahead, not_before, row, said, said_or_none
from data_access.renewal.given import Meeting
from data_access.renewal.proposing import open_proposal
from data_access.renewal.rules import Rule, rules
from data_access.renewal.standing import standings
from data_access.tables.renewal import Deliberation, Project, Proposal
from texts import t
from vocabulary.enums import Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible, word
from vocabulary.renewal import Lack, Outcome, ProposalState, Side, Step


def hold(conn: sa.Connection, viewer: Viewer, proposal_id: int, seen_version: int, meeting: Meeting) -> int:
    """Records a meeting of the step a proposal waits at; passed, the next step opens; turned down, it ends.

    NotPossible for a step out of turn, for numbers that do not add up, and for a pass without what the step asks for.
    """
    begin(conn, viewer)
    proposal = open_proposal(conn, proposal_id)
    if proposal["version"] != seen_version:
        raise NotPossible("words.changed_meanwhile")
    if meeting.step != proposal["step"]:
        raise NotPossible("renewal.refused.not_at_step", wanted=meeting.step, step=Step(proposal["step"]))
    not_before("held_on", not_ahead("held_on", meeting.held_on), "step_opened_on", proposal["opened_on"])
    values = _values(meeting, rules(conn, viewer, meeting.held_on)[meeting.step])
    _check_standing(conn, viewer, proposal_id, meeting)
    meeting_id = insert(conn, Deliberation, proposal_id=proposal_id, step=int(meeting.step), **values)
    _settle(conn, proposal_id)
    done(conn, viewer, "step_held", proposal_id, step=int(meeting.step), outcome=meeting.outcome.value)
    return meeting_id


def correct_meeting(
    conn: sa.Connection, viewer: Viewer, meeting_id: int, seen_version: int, reason: str, meeting: Meeting
) -> None:
    """Corrects a meeting with a reason; its day stays between its neighbours, its step stays.

    Another outcome only for the newest meeting, while no project stands on the proposal.
    """
    begin(conn, viewer)
    was = row(conn, Deliberation, meeting_id)
    held = _meetings(conn, was["proposal_id"])
    place = next(place for place, one in enumerate(held) if one.id == meeting_id)
    if meeting.step != was["step"]:
        raise NotPossible("renewal.refused.not_at_step", wanted=meeting.step, step=Step(was["step"]))
    filed_on = row(conn, Proposal, was["proposal_id"])["filed_on"]
    other, earliest = ("held_before", held[place - 1].held_on) if place else ("filed_on", filed_on)
    not_before("held_on", not_ahead("held_on", meeting.held_on), other, earliest)
    if place + 1 < len(held):
        not_before("held_after", held[place + 1].held_on, "held_on", meeting.held_on)
    values = _values(meeting, rules(conn, viewer, meeting.held_on)[meeting.step])
    if meeting.outcome != was["outcome"]:
        _refuse_new_outcome(conn, was["proposal_id"], newest=place + 1 == len(held))
    _check_standing(conn, viewer, was["proposal_id"], meeting)
    corrections.correct(conn, viewer, Subject.RENEWAL, Deliberation, meeting_id, seen_version, reason, **values)
    _settle(conn, was["proposal_id"])


def _values(meeting: Meeting, rule: Rule) -> dict[str, Any]:
    """The columns of a meeting whose numbers add up and whose outcome they carry."""
    for side in Side:
        at_least(side.value, getattr(meeting.present, side.value))
    present = meeting.present.total()
    at_least("present", present, 1)
    _check_votes(meeting, rule)
    if meeting.outcome is Outcome.PASS:
        _check_pass(meeting, rule)
    elif not meeting.note.strip():
        raise NotPossible("renewal.refused.note_missing", outcome=meeting.outcome)
    votes = meeting.votes
    return {
        "held_on": meeting.held_on,
        "form": meeting.form,
        "venue": said("venue", meeting.venue),
        **asdict(meeting.present),
        "votes_for": votes and votes.given_for,
        "votes_against": votes and votes.against,
        "votes_abstain": votes and votes.abstain,
        "quorum": rule.quorum,
        "outcome": meeting.outcome,
        "note": said_or_none("body", meeting.note),
    }


def _check_votes(meeting: Meeting, rule: Rule) -> None:
    votes, present = meeting.votes, meeting.present.total()
    if votes is None:
        if rule.votes and meeting.outcome is Outcome.PASS:
            raise NotPossible("renewal.refused.votes_missing", step=meeting.step)
        return
    counted = {"votes_for": votes.given_for, "votes_against": votes.against, "votes_abstain": votes.abstain}
    for name, value in counted.items():
        at_least(name, value)
    if votes.total() != present:
        which = "votes_above" if votes.total() > present else "votes_below"
        raise NotPossible(f"renewal.refused.{which}", **counted, total=votes.total(), present=present)


def _check_pass(meeting: Meeting, rule: Rule) -> None:
    present = meeting.present.total()
    if present < rule.quorum:
        raise NotPossible("renewal.refused.quorum", step=meeting.step, present=present, quorum=rule.quorum)
    votes = meeting.votes
    if rule.votes and votes and votes.given_for * 100 <= rule.pass_percent * present:
        share = {"votes_for": votes.given_for, "present": present, "percent": rule.pass_percent}
        raise NotPossible("renewal.refused.votes_few", **share)


def _check_standing(conn: sa.Connection, viewer: Viewer, proposal_id: int, meeting: Meeting) -> None:
    """A step is passed with all it asks for; the last is not even held before publicity is over.

    What an earlier step asked for was seen when it was passed.
    """
    standing = standings(conn, [proposal_id])[proposal_id]
    if standing.step != meeting.step:
        return
    lacking = standing.lacks(rules(conn, viewer, meeting.held_on)[meeting.step], meeting.held_on)
    counts = [lack for lack in lacking if meeting.outcome is Outcome.PASS or lack in (Lack.PUBLICITY, Lack.RUNNING)]
    if counts:
        what = t("renewal.join").join(word(lack) for lack in counts)
        raise NotPossible("renewal.refused.lacking", step=meeting.step, what=what, day=meeting.held_on)


def _refuse_new_outcome(conn: sa.Connection, proposal_id: int, *, newest: bool) -> None:
    if not newest:
        raise NotPossible("renewal.refused.outcome_old")
    project = conn.scalar(sa.select(Project.number).where(Project.proposal_id == proposal_id))
    if project:
        raise NotPossible("renewal.refused.outcome_project", project=project)


def _meetings(conn: sa.Connection, proposal_id: int) -> Sequence[Any]:
    held = sa.select(Deliberation.id, Deliberation.step, Deliberation.held_on, Deliberation.outcome)
    mine = held.where(Deliberation.proposal_id == proposal_id)
    return conn.execute(mine.order_by(Deliberation.step, Deliberation.held_on, Deliberation.id)).all()


def _settle(conn: sa.Connection, proposal_id: int) -> None:
    """Writes where a proposal stands after its meetings, and raises its version."""
    step, opened, state, closed, why = _after(conn, proposal_id)
    values = {"step": int(step), "opened_on": opened, "state": state, "closed_on": closed, "close_reason": why}
    here = sa.update(Proposal).where(Proposal.id == proposal_id)
    conn.execute(here.values(**values, version=Proposal.version + 1))


def _after(conn: sa.Connection, proposal_id: int) -> tuple[Step, date, ProposalState, date | None, str | None]:
    was = row(conn, Proposal, proposal_id)
    step, opened = Step.PROPOSE, was["filed_on"]
    for meeting in _meetings(conn, proposal_id):
        if meeting.outcome == Outcome.REJECT:
            return step, opened, ProposalState.REJECTED, meeting.held_on, None
        if meeting.outcome == Outcome.PASS and step is Step.DECIDE:
            return step, opened, ProposalState.DECIDED, meeting.held_on, None
        if meeting.outcome == Outcome.PASS:
            step, opened = Step(step + 1), meeting.held_on
    if was["state"] == ProposalState.WITHDRAWN:
        return step, opened, ProposalState.WITHDRAWN, was["closed_on"], was["close_reason"]
    return step, opened, ProposalState.OPEN, None, None
