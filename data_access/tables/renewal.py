"""Proposals with their way through the five steps 五步议事, and the renewal projects 留改拆增 that come of them."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from data_access.tables.base import Base, Common, Word
from vocabulary.enums import Level
from vocabulary.renewal import (
    Feasible,
    Function,
    MeetingForm,
    Mode,
    Origin,
    Outcome,
    Profession,
    ProposalState,
    Risk,
)


class StepRule(Common, Base):
    """What a step asks for, from a day until a day: people present, votes, expert opinions, days of publicity.

    A vote passes when more than `pass_percent` of those present are for it.
    """

    __tablename__ = "step_rule"
    __table_args__ = (sa.UniqueConstraint("step", "from_on"),)
    step: Mapped[int]
    votes: Mapped[bool]
    quorum: Mapped[int]
    pass_percent: Mapped[int]
    opinions: Mapped[int]
    publicity_days: Mapped[int]
    from_on: Mapped[date]
    to_on: Mapped[date | None]


class RenewalFile(Common, Base):
    """A file as it was handed in, its kind told by its first bytes; `digest` is SHA-256 in hexadecimal."""

    __tablename__ = "renewal_file"
    name: Mapped[str] = mapped_column(sa.String(160))
    media: Mapped[str] = mapped_column(sa.String(40))
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(sa.String(64))
    content: Mapped[bytes]


class Proposal(Common, Base):
    """A proposal 议题. Identity is (source, number). `step`, `opened_on` (of that step), `state` and `closed_on`

    follow from its meetings. `opinion_id` is that of an opinion at the peace post.
    """

    __tablename__ = "proposal"
    __table_args__ = (sa.UniqueConstraint("source", "number"), sa.Index("ix_proposal_state_step", "state", "step"))
    number: Mapped[str] = mapped_column(sa.String(64))
    title: Mapped[str]
    matter: Mapped[str]
    origin: Mapped[str] = mapped_column(Word(Origin))
    opinion_id: Mapped[int | None] = mapped_column(index=True)
    case_id: Mapped[int | None] = mapped_column(index=True)
    grid_id: Mapped[int | None] = mapped_column(sa.ForeignKey("grid.id"), index=True)
    level: Mapped[str | None] = mapped_column(Word(Level))
    unit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    filed_on: Mapped[date] = mapped_column(index=True)
    step: Mapped[int] = mapped_column(default=1)
    opened_on: Mapped[date]
    state: Mapped[str] = mapped_column(Word(ProposalState), default=ProposalState.OPEN)
    closed_on: Mapped[date | None]
    close_reason: Mapped[str | None]


class Deliberation(Common, Base):
    """A meeting of a step: who was there by side, how they voted, what came of it. `quorum` is the rule of its day."""

    __tablename__ = "deliberation"
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"), index=True)
    step: Mapped[int]
    held_on: Mapped[date] = mapped_column(index=True)
    form: Mapped[str] = mapped_column(Word(MeetingForm))
    venue: Mapped[str]
    residents: Mapped[int]
    merchants: Mapped[int]
    committee: Mapped[int]
    property: Mapped[int]
    experts: Mapped[int]
    departments: Mapped[int]
    votes_for: Mapped[int | None]
    votes_against: Mapped[int | None]
    votes_abstain: Mapped[int | None]
    quorum: Mapped[int]
    outcome: Mapped[str] = mapped_column(Word(Outcome))
    note: Mapped[str | None]


class StepEvidence(Common, Base):
    """Evidence of a step: a text, a file, or both."""

    __tablename__ = "step_evidence"
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"), index=True)
    step: Mapped[int]
    given_on: Mapped[date]
    title: Mapped[str]
    body: Mapped[str | None]
    file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("renewal_file.id"))


class ExpertOpinion(Common, Base):
    """What a planner, architect or engineer says in the fourth step; `reason` says why it is not feasible."""

    __tablename__ = "expert_opinion"
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"), index=True)
    given_on: Mapped[date]
    profession: Mapped[str] = mapped_column(Word(Profession))
    feasible: Mapped[str] = mapped_column(Word(Feasible))
    body: Mapped[str]
    reason: Mapped[str | None]


class Publicity(Common, Base):
    """A proposal made public 公示, both days included; of several the newest holds. `replies` is what came back."""

    __tablename__ = "publicity"
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"), index=True)
    from_on: Mapped[date]
    to_on: Mapped[date]
    venue: Mapped[str]
    replies: Mapped[str | None]


class Project(Common, Base):
    """A renewal project 更新项目. Identity is (source, number). `buildings` is JSON, a list of building numbers."""

    __tablename__ = "project"
    __table_args__ = (sa.UniqueConstraint("source", "number"),)
    number: Mapped[str] = mapped_column(sa.String(64))
    name: Mapped[str]
    mode: Mapped[str] = mapped_column(Word(Mode))
    function: Mapped[str] = mapped_column(Word(Function))
    proposal_id: Mapped[int | None] = mapped_column(sa.ForeignKey("proposal.id"), index=True)
    grid_id: Mapped[int | None] = mapped_column(sa.ForeignKey("grid.id"), index=True)
    level: Mapped[str | None] = mapped_column(Word(Level))
    unit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    buildings: Mapped[str] = mapped_column(default="[]")
    lon: Mapped[float | None]
    lat: Mapped[float | None]
    area_m2: Mapped[int]
    households: Mapped[int]
    budget_fen: Mapped[int] = mapped_column(sa.BigInteger)
    approved_on: Mapped[date] = mapped_column(index=True)
    plan_from: Mapped[date]
    plan_to: Mapped[date]
    started_on: Mapped[date | None]
    finished_on: Mapped[date | None]
    stopped_on: Mapped[date | None]
    stop_reason: Mapped[str | None]
    risk: Mapped[str] = mapped_column(Word(Risk), default=Risk.GREEN)
    risk_reason: Mapped[str | None]
    risk_on: Mapped[date | None]
    before_id: Mapped[int | None] = mapped_column(sa.ForeignKey("renewal_file.id"))
    after_id: Mapped[int | None] = mapped_column(sa.ForeignKey("renewal_file.id"))


class Milestone(Common, Base):
    """A milestone 里程碑; the weights of a project's milestones make 100."""

    __tablename__ = "milestone"
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id"), index=True)
    position: Mapped[int]
    name: Mapped[str]
    weight: Mapped[int]
    planned_on: Mapped[date]
    done_on: Mapped[date | None]


class ProjectPayment(Common, Base):
    """Money paid for a project; corrected to nothing when it was no payment."""

    __tablename__ = "project_payment"
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id"), index=True)
    paid_on: Mapped[date] = mapped_column(index=True)
    fen: Mapped[int] = mapped_column(sa.BigInteger)
    note: Mapped[str | None]
