"""Filing a proposal, what is given for its steps (evidence, expert opinions, publicity), and withdrawing it."""

from datetime import date
from typing import Any

import sqlalchemy as sa

import clock
from access import Permission
from data_access import corrections
from data_access.renewal import files
from data_access.renewal.common import (
    begin,
    done,
    grid_id,
    insert,
    not_ahead,
    not_before,
    numbered,
    row,
    said,
    said_or_none,
    unit_id,
    update,
)
from data_access.renewal.given import Examined, Made, Proposed, Upload
from data_access.renewal.rules import rules
from data_access.tables.cases import Case
from data_access.tables.peace_post import Opinion
from data_access.tables.renewal import Deliberation, ExpertOpinion, Proposal, Publicity, StepEvidence
from vocabulary.enums import Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible
from vocabulary.renewal import LEAST_PUBLICITY, Feasible, Origin, ProposalState, Step


def file_proposal(conn: sa.Connection, viewer: Viewer, proposed: Proposed) -> int:
    """Files a proposal: it waits at the first step. Gives its id.

    It keeps the opinion or case that it came from; the other end of an opinion's link is the peace post's to write.
    """
    begin(conn, viewer, Permission.FILE_PROPOSAL)
    values = proposal_values(conn, proposed)
    first = {"step": int(Step.PROPOSE), "opened_on": proposed.filed_on, "state": ProposalState.OPEN}
    proposal_id = numbered(conn, Proposal, "YT", proposed.number, **values, **first)
    done(conn, viewer, "proposal_filed", proposal_id, origin=proposed.origin.value)
    return proposal_id


def correct_proposal(
    conn: sa.Connection, viewer: Viewer, proposal_id: int, seen_version: int, reason: str, proposed: Proposed
) -> None:
    """Corrects what a proposal says; its number stays. NotPossible when it was filed after its first meeting."""
    begin(conn, viewer)
    values = proposal_values(conn, proposed)
    held = conn.scalar(sa.select(sa.func.min(Deliberation.held_on)).where(Deliberation.proposal_id == proposal_id))
    if held is not None:
        not_before("held_on", held, "filed_on", proposed.filed_on)
    now = row(conn, Proposal, proposal_id)
    if now["step"] == Step.PROPOSE:
        values["opened_on"] = proposed.filed_on
    corrections.correct(conn, viewer, Subject.RENEWAL, Proposal, proposal_id, seen_version, reason, **values)


def proposal_values(conn: sa.Connection, proposed: Proposed) -> dict[str, Any]:
    """The columns of a proposal as it is kept. NotPossible for what cannot be."""
    not_ahead("filed_on", proposed.filed_on)
    given = {Origin.OPINION: proposed.opinion_id, Origin.CASE: proposed.case_id}
    if proposed.origin in given and given[proposed.origin] is None:
        raise NotPossible("renewal.refused.origin_missing", origin=proposed.origin)
    for table, row_id in ((Opinion, proposed.opinion_id), (Case, proposed.case_id)):
        if row_id is not None and conn.scalar(sa.select(table.id).where(table.id == row_id)) is None:
            raise NotPossible("renewal.refused.origin_gone", origin=proposed.origin, id=row_id)
    return {
        "title": said("title", proposed.title),
        "matter": said("matter", proposed.matter),
        "filed_on": proposed.filed_on,
        "origin": proposed.origin,
        "opinion_id": proposed.opinion_id,
        "case_id": proposed.case_id,
        "grid_id": grid_id(conn, proposed.grid),
        "unit_id": unit_id(conn, proposed.unit),
        "level": proposed.level,
    }


def give_evidence(
    conn: sa.Connection,
    viewer: Viewer,
    proposal_id: int,
    step: Step,
    title: str,
    body: str,
    upload: Upload | None,
    given_on: date,
) -> int:
    """Adds evidence to the present step or one before it: a text, a file, or both."""
    begin(conn, viewer)
    proposal = open_proposal(conn, proposal_id)
    if step > proposal["step"]:
        raise NotPossible("renewal.refused.step_ahead", wanted=step, step=Step(proposal["step"]))
    if upload is None and not body.strip():
        raise NotPossible("renewal.refused.evidence_empty", title=title.strip())
    evidence_id = insert(
        conn,
        StepEvidence,
        proposal_id=proposal_id,
        step=int(step),
        given_on=_in_time(proposal, "given_on", given_on),
        title=said("title", title),
        body=said_or_none("body", body),
        file_id=files.store(conn, upload) if upload else None,
    )
    done(conn, viewer, "evidence_given", proposal_id, step=int(step), file=upload is not None)
    return evidence_id


def remove_evidence(conn: sa.Connection, viewer: Viewer, evidence_id: int, reason: str) -> None:
    """Takes evidence away for good, with its file. NotPossible for the last one of a step that was passed."""
    begin(conn, viewer)
    why = said("reason", reason)
    gone = row(conn, StepEvidence, evidence_id)
    proposal = row(conn, Proposal, gone["proposal_id"])
    others = sa.select(sa.func.count()).where(
        StepEvidence.proposal_id == gone["proposal_id"],
        StepEvidence.step == gone["step"],
        StepEvidence.id != evidence_id,
    )
    passed = gone["step"] < proposal["step"] or proposal["state"] == ProposalState.DECIDED
    if passed and not conn.scalar(others):
        raise NotPossible("renewal.refused.last_evidence", title=gone["title"], step=Step(gone["step"]))
    conn.execute(sa.delete(StepEvidence).where(StepEvidence.id == evidence_id))
    if gone["file_id"]:
        files.drop(conn, gone["file_id"])
    done(conn, viewer, "evidence_removed", gone["proposal_id"], step=gone["step"], reason=why)


def give_opinion(conn: sa.Connection, viewer: Viewer, proposal_id: int, examined: Examined) -> int:
    """Adds an expert's opinion in the fourth step; the newest of each profession counts."""
    begin(conn, viewer)
    proposal = open_proposal(conn, proposal_id)
    _at(proposal, Step.EXPERTS)
    if examined.feasible is Feasible.NO and not examined.reason.strip():
        raise NotPossible("renewal.refused.reason_infeasible", profession=examined.profession)
    opinion_id = insert(
        conn,
        ExpertOpinion,
        proposal_id=proposal_id,
        given_on=_in_time(proposal, "given_on", examined.given_on),
        profession=examined.profession,
        feasible=examined.feasible,
        body=said("body", examined.body),
        reason=said_or_none("reason", examined.reason),
    )
    done(conn, viewer, "expert_opinion_given", proposal_id, profession=examined.profession.value)
    return opinion_id


def publish(conn: sa.Connection, viewer: Viewer, proposal_id: int, made: Made) -> int:
    """Notes that a proposal is made public before the last step. NotPossible for fewer days than the rule asks."""
    begin(conn, viewer)
    proposal = open_proposal(conn, proposal_id)
    _at(proposal, Step.DECIDE)
    not_before("public_from", made.from_on, "step_opened_on", proposal["opened_on"])
    not_before("public_to", made.to_on, "public_from", made.from_on)
    asked = max(LEAST_PUBLICITY, rules(conn, viewer, made.from_on)[Step.DECIDE].publicity_days)
    days = (made.to_on - made.from_on).days + 1
    if days < asked:
        raise NotPossible(
            "renewal.refused.publicity_short", since=made.from_on, until=made.to_on, days=days, asked=asked
        )
    not_ahead("public_from", made.from_on)
    publicity_id = insert(
        conn,
        Publicity,
        proposal_id=proposal_id,
        from_on=made.from_on,
        to_on=made.to_on,
        venue=said("venue", made.venue),
        replies=said_or_none("body", made.replies),
    )
    done(conn, viewer, "proposal_published", proposal_id, days=days)
    return publicity_id


def withdraw(conn: sa.Connection, viewer: Viewer, proposal_id: int, seen_version: int, reason: str) -> None:
    """Those who proposed it take it back: it ends today."""
    begin(conn, viewer)
    open_proposal(conn, proposal_id)
    ends = {"state": ProposalState.WITHDRAWN, "closed_on": clock.today(), "close_reason": said("reason", reason)}
    update(conn, Proposal, proposal_id, seen_version, **ends)
    done(conn, viewer, "proposal_withdrawn", proposal_id)


def open_proposal(conn: sa.Connection, proposal_id: int) -> dict[str, Any]:
    """The proposal. NotPossible when it has ended."""
    found = row(conn, Proposal, proposal_id)
    if found["state"] != ProposalState.OPEN:
        raise NotPossible("renewal.refused.ended", number=found["number"], state=ProposalState(found["state"]))
    return found


def _at(proposal: dict[str, Any], step: Step) -> None:
    if proposal["step"] != step:
        raise NotPossible("renewal.refused.not_at_step", wanted=step, step=Step(proposal["step"]))


def _in_time(proposal: dict[str, Any], field: str, day: date) -> date:
    return not_before(field, not_ahead(field, day), "filed_on", proposal["filed_on"])
