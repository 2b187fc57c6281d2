"""The rows behind the figures of renewal: proposals, their steps, and projects as they stood at a period's end."""

from collections import defaultdict
from typing import Any

import polars as pl
import sqlalchemy as sa

from access import Permission
from data_access import evidence
from data_access.frames import Schema, frame
from data_access.renewal.frames import steps
from data_access.tables.renewal import Milestone, Project, ProjectPayment, Proposal
from vocabulary.questions import Filters, Period, Viewer
from vocabulary.renewal import WHOLE

STEPS: Schema = {
    "number": pl.String,
    "title": pl.String,
    "step": pl.Int64,
    "step_opened_on": pl.Date,
    "passed_on": pl.Date,
    "left_on": pl.Date,
    "step_days": pl.Int64,
}
PROJECTS: Schema = {
    "number": pl.String,
    "project_name": pl.String,
    "renewal_mode": pl.String,
    "renewal_function": pl.String,
    "area_m2": pl.Int64,
    "done_m2": pl.Float64,
    "progress_percent": pl.Int64,
    "households": pl.Int64,
    "budget_yuan": pl.Float64,
    "project_paid_yuan": pl.Float64,
    "plan_from": pl.Date,
    "plan_to": pl.Date,
    "work_started_on": pl.Date,
    "work_finished_on": pl.Date,
    "risk": pl.String,
}


def _stood(conn: sa.Connection, viewer: Viewer, period: Period, _filters: Filters) -> pl.DataFrame:
    """The steps at which a proposal stood on some day of the period."""
    titles = {row.number: row.title for row in conn.execute(sa.select(Proposal.number, Proposal.title))}
    stood = steps(conn, viewer, period.since, period.until).filter(
        pl.col("left_on").is_null() | (pl.col("left_on") >= period.since)
    )
    return stood.select(
        "number",
        pl.col("number").replace_strict(titles, default=None, return_dtype=pl.String).alias("title"),
        "step",
        pl.col("opened_on").alias("step_opened_on"),
        "passed_on",
        "left_on",
        (pl.col("passed_on") - pl.col("opened_on")).dt.total_days().alias("step_days"),
    ).cast(dict(STEPS))  # type: ignore[arg-type]


def _projects(conn: sa.Connection, _viewer: Viewer, period: Period, _filters: Filters) -> pl.DataFrame:
    """The projects that were approved and not given up by the period's last day, as they stood on it."""
    day = period.until
    reached = _summed(conn, Milestone.project_id, Milestone.weight, Milestone.done_on <= day)
    paid = _summed(conn, ProjectPayment.project_id, ProjectPayment.fen, ProjectPayment.paid_on <= day)
    table = Project.table()
    here = sa.select(table).where(
        table.c.approved_on <= day, sa.or_(table.c.stopped_on.is_(None), table.c.stopped_on > day)
    )
    rows = [
        (
            *(row.number, row.name, row.mode, row.function, row.area_m2),
            row.area_m2 * reached[row.id] / WHOLE,
            *(reached[row.id], row.households, row.budget_fen / 100, paid[row.id] / 100),
            *(row.plan_from, row.plan_to, row.started_on, row.finished_on, row.risk),
        )
        for row in conn.execute(here.order_by(table.c.approved_on, table.c.id))
    ]
    return frame(rows, PROJECTS)


def _summed(conn: sa.Connection, of: Any, column: Any, where: Any) -> dict[int, int]:
    sums = conn.execute(sa.select(of, sa.func.sum(column)).where(where).group_by(of))
    return defaultdict(int, {row_id: int(total) for row_id, total in sums})


evidence.SUBJECTS["proposals"] = evidence.Selected(
    permission=Permission.SEE_RENEWAL,
    columns={
        "number": Proposal.number,
        "title": Proposal.title,
        "proposal_from": Proposal.origin,
        "step": Proposal.step,
        "filed_on": Proposal.filed_on,
        "ended_on": Proposal.closed_on,
    },
    schema={
        "number": pl.String,
        "title": pl.String,
        "proposal_from": pl.String,
        "step": pl.Int64,
        "filed_on": pl.Date,
        "ended_on": pl.Date,
    },
    source=Proposal.table(),
    order=(Proposal.filed_on, Proposal.id),
    hidden={},
)
evidence.SUBJECTS["proposal_steps"] = evidence.Derived(Permission.SEE_RENEWAL, _stood)
evidence.SUBJECTS["renewal_projects"] = evidence.Derived(Permission.SEE_RENEWAL, _projects)
