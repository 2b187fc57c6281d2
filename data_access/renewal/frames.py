"""Frames that the figures of renewal are computed from; no title, name or text is in them."""

from datetime import date

import polars as pl
import sqlalchemy as sa

from data_access.frames import Schema, frame, read, stands_on
from data_access.tables.renewal import Deliberation, Milestone, Project, ProjectPayment, Proposal
from vocabulary.enums import Subject
from vocabulary.questions import Viewer
from vocabulary.renewal import Outcome, Step

STEPS: Schema = {
    "proposal_id": pl.Int64,
    "number": pl.String,
    "step": pl.Int64,
    "opened_on": pl.Date,
    "passed_on": pl.Date,
    "left_on": pl.Date,
}
PROJECTS: Schema = {
    "project_id": pl.Int64,
    "number": pl.String,
    "mode": pl.String,
    "function": pl.String,
    "area_m2": pl.Int64,
    "households": pl.Int64,
    "budget_fen": pl.Int64,
    "approved_on": pl.Date,
    "plan_from": pl.Date,
    "plan_to": pl.Date,
    "started_on": pl.Date,
    "finished_on": pl.Date,
    "stopped_on": pl.Date,
    "risk": pl.String,
    "buildings": pl.String,
    "lon": pl.Float64,
    "lat": pl.Float64,
}
MILESTONES: Schema = {
    "project_id": pl.Int64,
    "position": pl.Int64,
    "weight": pl.Int64,
    "planned_on": pl.Date,
    "done_on": pl.Date,
}
PAYMENTS: Schema = {"project_id": pl.Int64, "paid_on": pl.Date, "fen": pl.Int64}


@stands_on(Subject.RENEWAL)
def steps(conn: sa.Connection, _viewer: Viewer, _since: date, until: date) -> pl.DataFrame:
    """One row a proposal and step it reached up to `until`: when the step opened, was passed, was left.

    A step is left when it is passed or when the proposal ends at it; else `left_on` is null.
    """
    proposals = sa.select(Proposal.id, Proposal.number, Proposal.filed_on, Proposal.closed_on).order_by(Proposal.id)
    passed = sa.select(Deliberation.proposal_id, Deliberation.step, Deliberation.held_on)
    passed = passed.where(Deliberation.outcome == Outcome.PASS)
    days = {(proposal, step): day for proposal, step, day in conn.execute(passed)}
    rows = [
        (proposal, number, int(step), opened, passed_on, passed_on or closed_on)
        for proposal, number, filed_on, closed_on in conn.execute(proposals)
        for step, opened, passed_on in _way(proposal, filed_on, days)
        if opened <= until
    ]
    return frame(rows, STEPS)


def _way(proposal: int, filed_on: date, passed: dict[tuple[int, int], date]) -> list[tuple[Step, date, date | None]]:
    """The steps a proposal reached with the days they opened and were passed."""
    found: list[tuple[Step, date, date | None]] = []
    opened: date | None = filed_on
    for step in Step:
        if opened is None:
            break
        passed_on = passed.get((proposal, step))
        found.append((step, opened, passed_on))
        opened = passed_on
    return found


@stands_on(Subject.RENEWAL)
def projects(conn: sa.Connection, _viewer: Viewer, _since: date, until: date) -> pl.DataFrame:
    """The projects approved up to `until`, those stopped too, in the order in which they were approved."""
    columns = (Project.id.label("project_id"), *(getattr(Project, name) for name in list(PROJECTS)[1:]))
    statement = sa.select(*columns).where(Project.approved_on <= until)
    return read(conn, statement.order_by(Project.approved_on, Project.id), PROJECTS)


@stands_on(Subject.RENEWAL)
def milestones(conn: sa.Connection, _viewer: Viewer, _since: date, _until: date) -> pl.DataFrame:
    """All milestones, reached or not."""
    columns = [getattr(Milestone, name) for name in MILESTONES]
    return read(conn, sa.select(*columns).order_by(Milestone.project_id, Milestone.position), MILESTONES)


@stands_on(Subject.RENEWAL)
def payments(conn: sa.Connection, _viewer: Viewer, _since: date, until: date) -> pl.DataFrame:
    """The payments up to `until`."""
    columns = [getattr(ProjectPayment, name) for name in PAYMENTS]
    statement = sa.select(*columns).where(ProjectPayment.paid_on <= until)
    return read(conn, statement.order_by(ProjectPayment.paid_on, ProjectPayment.id), PAYMENTS)
