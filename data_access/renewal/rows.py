"""Proposals and projects as those see them who may read rows: lists, and one of them with all that belongs to it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
import sqlalchemy as sa

import clock
from access import Permission, check
from data_access.frames import Schema, by_the_minute, frame, read, stands_on
from data_access.renewal.rules import rules
from data_access.renewal.standing import Standing, standings
from data_access.tables.base import Base
from data_access.tables.cases import Case
from data_access.tables.peace_post import Opinion
from data_access.tables.places import Grid, Unit
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
from texts import language
from vocabulary.enums import Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible
from vocabulary.renewal import Lack, ProposalState

Row = dict[str, Any]
LISTED: Schema = {
    "id": pl.Int64,
    "number": pl.String,
    "title": pl.String,
    "step": pl.Int64,
    "state": pl.String,
    "filed_on": pl.Date,
    "opened_on": pl.Date,
    "closed_on": pl.Date,
    "grid": pl.String,
}
PROJECT_LIST: Schema = {
    "id": pl.Int64,
    "number": pl.String,
    "name": pl.String,
    "mode": pl.String,
    "function": pl.String,
    "area_m2": pl.Int64,
    "households": pl.Int64,
    "budget_fen": pl.Int64,
    "paid_fen": pl.Int64,
    "progress": pl.Int64,
    "approved_on": pl.Date,
    "plan_from": pl.Date,
    "plan_to": pl.Date,
    "started_on": pl.Date,
    "finished_on": pl.Date,
    "stopped_on": pl.Date,
    "risk": pl.String,
    "risk_reason": pl.String,
    "grid": pl.String,
}


@dataclass(frozen=True)
class Source:
    """The opinion or case that a proposal came from: its id and number, and the day it came in."""

    id: int
    number: str
    came_on: date


@dataclass(frozen=True)
class Story:
    """A proposal with everything that happened to it, each list in the order of its days."""

    proposal: Row
    standing: Standing
    lacks: tuple[Lack, ...]
    source: Source | None
    meetings: list[Row]
    evidence: list[Row]
    opinions: list[Row]
    publicity: list[Row]
    projects: list[Row]
    milestones: list[Row]


@dataclass(frozen=True)
class Work:
    """A project with its milestones and payments."""

    project: Row
    milestones: list[Row]
    payments: list[Row]
    proposal: Row | None


@by_the_minute
@stands_on(Subject.RENEWAL, Subject.PLACES)
def proposal_list(conn: sa.Connection, viewer: Viewer) -> pl.DataFrame:
    """All proposals; open ones first, those that wait longest at their step on top; `lacks` names what is missing."""
    check(viewer, Permission.SEE_RENEWAL)
    statement = sa.select(*(getattr(Proposal, name) for name in list(LISTED)[:-1]), grid_name().label("grid"))
    listed = read(conn, statement.outerjoin(Grid, Grid.id == Proposal.grid_id), LISTED)
    asked, today = rules(conn, viewer, clock.today()), clock.today()
    lacking = [
        (proposal, [lack.value for lack in standing.lacks(asked[standing.step], today)])
        for proposal, standing in standings(conn).items()
    ]
    missing = frame(lacking, {"id": pl.Int64, "lacks": pl.List(pl.String)})
    waits = pl.when(pl.col("closed_on").is_null()).then((pl.lit(today) - pl.col("opened_on")).dt.total_days())
    return (
        listed.join(missing, on="id", how="left")
        .with_columns(waiting=waits.cast(pl.Int64))
        .sort(pl.col("closed_on").is_not_null(), "opened_on", pl.col("filed_on"), "id")
    )


@by_the_minute
@stands_on(Subject.RENEWAL, Subject.PLACES, Subject.CASES, Subject.OPINIONS)
def story(conn: sa.Connection, viewer: Viewer, number: str) -> Story:
    """A proposal by its number. NotPossible when there is none."""
    check(viewer, Permission.SEE_RENEWAL)
    proposal = _one(conn, Proposal, number)
    standing = standings(conn, [proposal["id"]])[proposal["id"]]
    rule = rules(conn, viewer, clock.today())[standing.step]
    lacks = standing.lacks(rule, clock.today()) if proposal["state"] == ProposalState.OPEN else ()
    projects = _of(conn, Project, Project.proposal_id == proposal["id"], Project.approved_on)
    inside = Milestone.project_id.in_([project["id"] for project in projects])
    return Story(
        proposal=proposal,
        standing=standing,
        lacks=lacks,
        source=_source(conn, proposal),
        meetings=_of(conn, Deliberation, Deliberation.proposal_id == proposal["id"], Deliberation.held_on),
        evidence=_evidence(conn, proposal["id"]),
        opinions=_of(conn, ExpertOpinion, ExpertOpinion.proposal_id == proposal["id"], ExpertOpinion.given_on),
        publicity=_of(conn, Publicity, Publicity.proposal_id == proposal["id"], Publicity.from_on),
        projects=projects,
        milestones=_of(conn, Milestone, inside, Milestone.position),
    )


@stands_on(Subject.RENEWAL, Subject.PLACES)
def project_list(conn: sa.Connection, viewer: Viewer) -> pl.DataFrame:
    """All projects with what is paid and how far they are now (in percent), the newest approved first."""
    check(viewer, Permission.SEE_RENEWAL)
    reached = sa.select(sa.func.sum(Milestone.weight)).where(
        Milestone.project_id == Project.id, Milestone.done_on.is_not(None)
    )
    paid = sa.select(sa.func.sum(ProjectPayment.fen)).where(ProjectPayment.project_id == Project.id)
    named: dict[str, Any] = {
        "paid_fen": sa.cast(sa.func.coalesce(paid.scalar_subquery(), 0), sa.BigInteger).label("paid_fen"),
        "progress": sa.cast(sa.func.coalesce(reached.scalar_subquery(), 0), sa.Integer).label("progress"),
        "grid": grid_name().label("grid"),
    }
    columns = [named[name] if name in named else getattr(Project, name) for name in PROJECT_LIST]
    statement = sa.select(*columns).select_from(Project).outerjoin(Grid, Grid.id == Project.grid_id)
    return read(conn, statement.order_by(Project.approved_on.desc(), Project.id.desc()), PROJECT_LIST)


@stands_on(Subject.RENEWAL, Subject.PLACES)
def work(conn: sa.Connection, viewer: Viewer, number: str) -> Work:
    """A project by its number. NotPossible when there is none."""
    check(viewer, Permission.SEE_RENEWAL)
    project = _one(conn, Project, number)
    proposals = _of(conn, Proposal, Proposal.id == project["proposal_id"], Proposal.filed_on)
    return Work(
        project=project,
        milestones=_of(conn, Milestone, Milestone.project_id == project["id"], Milestone.position),
        payments=_of(conn, ProjectPayment, ProjectPayment.project_id == project["id"], ProjectPayment.paid_on),
        proposal=proposals[0] if proposals else None,
    )


@stands_on(Subject.PLACES)
def choices(conn: sa.Connection, _viewer: Viewer) -> tuple[dict[str, str], dict[str, str]]:
    """Grids and units by code, with their names in the reader's language."""
    return tuple(  # type: ignore[return-value]
        {
            code: (name_en if language() == "en" else None) or name
            for code, name, name_en in conn.execute(
                sa.select(table.code, table.name, table.name_en).order_by(table.code)
            )
        }
        for table in (Grid, Unit)
    )


@stands_on(Subject.CASES)
def case_id(conn: sa.Connection, viewer: Viewer, number: str) -> int:
    """The case of this number that a proposal comes from. NotPossible when there is none."""
    check(viewer, Permission.SEE_CASES)
    found = conn.scalar(sa.select(Case.id).where(Case.number == number.strip()).order_by(Case.id))
    if found is None:
        raise NotPossible("renewal.refused.no_case", number=number)
    return int(found)


def grid_name() -> sa.ColumnElement[Any]:
    """The name of a joined grid in the reader's language."""
    return sa.func.coalesce(Grid.name_en if language() == "en" else Grid.name, Grid.name)


def _one(conn: sa.Connection, table: type[Proposal] | type[Project], number: str) -> Row:
    named = {"grid": grid_name(), "grid_code": Grid.code, "unit": _unit_name(), "unit_code": Unit.code}
    statement = (
        sa.select(table.table(), *(column.label(name) for name, column in named.items()))
        .outerjoin(Grid, Grid.id == table.grid_id)
        .outerjoin(Unit, Unit.id == table.unit_id)
        .where(table.number == number)
    )
    found = conn.execute(statement.order_by(table.id)).mappings().first()
    if found is None:
        raise NotPossible("renewal.refused.no_number", number=number)
    return dict(found)


def _unit_name() -> sa.ColumnElement[Any]:
    return sa.func.coalesce(Unit.name_en if language() == "en" else Unit.name, Unit.name)


def _of(conn: sa.Connection, table: type[Base], where: sa.ColumnElement[bool], by: Any) -> list[Row]:
    columns = table.table()
    found = conn.execute(sa.select(columns).where(where).order_by(by, columns.c.id)).mappings()
    return [dict(row) for row in found]


def _evidence(conn: sa.Connection, proposal_id: int) -> list[Row]:
    columns = (StepEvidence.table(), RenewalFile.name.label("file"), RenewalFile.size)
    statement = sa.select(*columns).outerjoin(RenewalFile, RenewalFile.id == StepEvidence.file_id)
    here = statement.where(StepEvidence.proposal_id == proposal_id).order_by(StepEvidence.given_on, StepEvidence.id)
    return [dict(row) for row in conn.execute(here).mappings()]


def _source(conn: sa.Connection, proposal: Row) -> Source | None:
    """The opinion or the case that it came from."""
    came = ((Opinion, Opinion.collected_on, proposal["opinion_id"]), (Case, Case.received_on, proposal["case_id"]))
    for table, day, row_id in came:
        if row_id is not None:
            found = conn.execute(sa.select(table.id, table.number, day).where(table.id == row_id)).one_or_none()
            return Source(*found) if found else None
    return None
