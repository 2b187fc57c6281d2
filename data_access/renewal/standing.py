"""Where proposals stand: what each has for its present step, and what it still lacks before that can be passed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa

from data_access.renewal.rules import Rule
from data_access.tables.renewal import ExpertOpinion, Proposal, Publicity, StepEvidence
from vocabulary.renewal import Feasible, Lack, Profession, Step


@dataclass
class Standing:
    """A proposal's present step, the evidence given for it, each profession's newest word, the newest publicity."""

    step: Step
    evidence: int = 0
    opinions: dict[Profession, Feasible] = field(default_factory=dict)
    public_from: date | None = None
    public_to: date | None = None

    def lacks(self, rule: Rule, on: date) -> tuple[Lack, ...]:
        """What keeps the step from being passed on a day, in the order in which one sees to it."""
        found = [] if self.evidence else [Lack.EVIDENCE]
        if len(self.opinions) < rule.opinions:
            found.append(Lack.OPINIONS)
        if Feasible.NO in self.opinions.values() and self.step is Step.EXPERTS:
            found.append(Lack.FEASIBLE)
        if rule.publicity_days:
            found += self._unpublished(on)
        return tuple(found)

    def _unpublished(self, on: date) -> list[Lack]:
        if self.public_to is None:
            return [Lack.PUBLICITY]
        return [] if self.public_to < on else [Lack.RUNNING]


def standings(conn: sa.Connection, ids: Iterable[int] | None = None) -> dict[int, Standing]:
    """Where these proposals stand, or all open ones. A publicity from before the last step opened does not count."""
    wanted = sa.select(Proposal.id, Proposal.step, Proposal.opened_on)
    wanted = wanted.where(Proposal.state == "open") if ids is None else wanted.where(Proposal.id.in_(list(ids)))
    rows = conn.execute(wanted).all()
    opened = {row.id: row.opened_on for row in rows}
    found = {row.id: Standing(Step(row.step)) for row in rows}
    inside = [row.id for row in rows]
    _evidence(conn, found, inside)
    said = sa.select(ExpertOpinion.proposal_id, ExpertOpinion.profession, ExpertOpinion.feasible)
    of_these = said.where(ExpertOpinion.proposal_id.in_(inside))
    for proposal, profession, feasible in conn.execute(of_these.order_by(ExpertOpinion.given_on, ExpertOpinion.id)):
        found[proposal].opinions[Profession(profession)] = Feasible(feasible)
    public = sa.select(Publicity.proposal_id, Publicity.from_on, Publicity.to_on)
    for proposal, since, until in conn.execute(public.where(Publicity.proposal_id.in_(inside)).order_by(Publicity.id)):
        if since >= opened[proposal]:
            found[proposal].public_from, found[proposal].public_to = since, until
    return found


def _evidence(conn: sa.Connection, found: dict[int, Standing], inside: list[int]) -> None:
    counted = (
        sa.select(StepEvidence.proposal_id, sa.func.count())
        .join(Proposal, sa.and_(Proposal.id == StepEvidence.proposal_id, Proposal.step == StepEvidence.step))
        .where(Proposal.id.in_(inside))
        .group_by(StepEvidence.proposal_id)
    )
    for proposal, count in conn.execute(counted):
        found[proposal].evidence = count
