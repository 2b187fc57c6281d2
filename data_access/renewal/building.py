"""What happens while a project is built: its milestones, planned as a whole and reached one by one, and payments."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access import corrections
from data_access.renewal.common import (
    at_least,
    begin,
    done,
    insert,
    not_ahead,
    not_before,
    row,
    said,
    said_or_none,
    update,
)
from data_access.renewal.given import Stage
from data_access.renewal.projecting import check_stage_day, state_of
from data_access.tables.renewal import Milestone, Project, ProjectPayment
from vocabulary.enums import Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible
from vocabulary.renewal import WHOLE, ProjectState


def plan_milestones(
    conn: sa.Connection, viewer: Viewer, project_id: int, seen_version: int, stages: Sequence[Stage]
) -> None:
    """The milestones of a project, all of them in their order; their weights make 100.

    NotPossible when one that was reached is missing or weighs something else.
    """
    begin(conn, viewer)
    project = row(conn, Project, project_id)
    _refuse_ended(project["number"], state_of(project))
    _check_stages(project["plan_from"], project["plan_to"], stages)
    known = {stage.id: stage for stage in _stages(conn, project_id)}
    kept = {stage.id: stage for stage in stages if stage.id is not None}
    for stage in known.values():
        given = kept.get(stage.id)
        if stage.done_on and (given is None or given.weight != stage.weight):
            raise NotPossible("renewal.refused.milestone_reached", name=stage.name, day=stage.done_on)
    update(conn, Project, project_id, seen_version)
    gone = [stage_id for stage_id in known if stage_id not in kept]
    conn.execute(sa.delete(Milestone).where(Milestone.id.in_(gone)))
    for position, stage in enumerate(stages, start=1):
        _write(conn, project_id, position, stage, stage.id in known)
    done(conn, viewer, "milestones_planned", project_id, count=len(stages))


def reach(conn: sa.Connection, viewer: Viewer, milestone_id: int, seen_version: int, on: date) -> None:
    """A milestone is reached. NotPossible before work began."""
    begin(conn, viewer)
    stage = row(conn, Milestone, milestone_id)
    project = row(conn, Project, stage["project_id"])
    if state_of(project) is not ProjectState.BUILDING:
        raise NotPossible("renewal.refused.project_state", project=project["number"], state=state_of(project))
    not_before("done_on", not_ahead("done_on", on), "started_on", project["started_on"])
    update(conn, Milestone, milestone_id, seen_version, done_on=on)
    done(conn, viewer, "milestone_reached", stage["project_id"], milestone=milestone_id)


def correct_milestone(
    conn: sa.Connection, viewer: Viewer, milestone_id: int, seen_version: int, reason: str, on: date | None
) -> None:
    """Corrects the day a milestone was reached, or says with None that it was not."""
    begin(conn, viewer)
    stage = row(conn, Milestone, milestone_id)
    project = row(conn, Project, stage["project_id"])
    if state_of(project) is not ProjectState.BUILDING:
        raise NotPossible("renewal.refused.project_state", project=project["number"], state=state_of(project))
    if on is not None:
        not_before("done_on", not_ahead("done_on", on), "started_on", project["started_on"])
    corrections.correct(conn, viewer, Subject.RENEWAL, Milestone, milestone_id, seen_version, reason, done_on=on)


def pay(conn: sa.Connection, viewer: Viewer, project_id: int, on: date, fen: int, note: str = "") -> int:
    """Notes a payment. NotPossible above the budget: a larger budget is approved first, as a correction."""
    begin(conn, viewer)
    _check_payment(conn, project_id, on, at_least("amount", fen, 1), other_than=None)
    kept = said_or_none("note", note, limit="reason")
    payment_id = insert(conn, ProjectPayment, project_id=project_id, paid_on=on, fen=fen, note=kept)
    done(conn, viewer, "payment_noted", project_id, fen=fen)
    return payment_id


def correct_payment(
    conn: sa.Connection, viewer: Viewer, payment_id: int, seen_version: int, reason: str, on: date, fen: int
) -> None:
    """Corrects a payment; nought says that there was none."""
    begin(conn, viewer)
    project_id = row(conn, ProjectPayment, payment_id)["project_id"]
    _check_payment(conn, project_id, on, at_least("amount", fen), other_than=payment_id)
    values = {"paid_on": on, "fen": fen}
    corrections.correct(conn, viewer, Subject.RENEWAL, ProjectPayment, payment_id, seen_version, reason, **values)


def _check_payment(conn: sa.Connection, project_id: int, on: date, fen: int, other_than: int | None) -> None:
    project = row(conn, Project, project_id)
    not_before("paid_on", not_ahead("paid_on", on), "approved_on", project["approved_on"])
    others = sa.select(sa.func.sum(ProjectPayment.fen)).where(ProjectPayment.project_id == project_id)
    if other_than is not None:
        others = others.where(ProjectPayment.id != other_than)
    paid = int(conn.scalar(others) or 0)
    if paid + fen > project["budget_fen"]:
        sums = {"fen": fen, "paid": paid, "budget": project["budget_fen"]}
        said_sums = {name: f"{value / 100:,.2f}" for name, value in sums.items()}
        raise NotPossible("renewal.refused.paid_above", project=project["number"], **said_sums)


def _check_stages(plan_from: date, plan_to: date, stages: Sequence[Stage]) -> None:
    for stage in stages:
        said("milestone", stage.name)
        at_least("weight", stage.weight, 1)
        check_stage_day(stage.name, stage.planned_on, plan_from, plan_to)
    total = sum(stage.weight for stage in stages)
    if total != WHOLE:
        weights = "+".join(str(stage.weight) for stage in stages) or "0"
        raise NotPossible("renewal.refused.weights", weights=weights, total=total)


def _write(conn: sa.Connection, project_id: int, position: int, stage: Stage, known: bool) -> None:
    values = {"position": position, "name": said("milestone", stage.name), "weight": stage.weight}
    values |= {"planned_on": stage.planned_on}
    if known:
        here = sa.update(Milestone).where(Milestone.id == stage.id, Milestone.project_id == project_id)
        conn.execute(here.values(**values, version=Milestone.version + 1))
    else:
        insert(conn, Milestone, project_id=project_id, **values)


def _stages(conn: sa.Connection, project_id: int) -> Sequence[Any]:
    columns = (Milestone.id, Milestone.name, Milestone.weight, Milestone.done_on)
    return conn.execute(sa.select(*columns).where(Milestone.project_id == project_id)).all()


def _refuse_ended(number: str, state: ProjectState) -> None:
    if state in (ProjectState.FINISHED, ProjectState.STOPPED):
        raise NotPossible("renewal.refused.project_state", project=number, state=state)
