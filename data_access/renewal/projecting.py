"""Projects: approving, correcting, beginning, finishing and stopping them, their milestones, risk and photos."""

import json
from datetime import date
from typing import Any

import sqlalchemy as sa

import clock
from data_access import corrections
from data_access.renewal import files
from data_access.renewal.common import (
    at_least,
    begin,
    done,
    grid_id,
    known_buildings,
    not_ahead,
    not_before,
    numbered,
    row,
    said,
    unit_id,
    update,
)
from data_access.renewal.given import Planned, Upload
from data_access.tables.renewal import Milestone, Project, ProjectPayment, Proposal
from vocabulary.enums import Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible
from vocabulary.renewal import Photo, ProjectState, ProposalState, Risk, Step


def approve(conn: sa.Connection, viewer: Viewer, planned: Planned) -> int:
    """Adds a project. NotPossible when the proposal it comes from is not decided."""
    begin(conn, viewer)
    project_id = numbered(conn, Project, "XM", planned.number, **project_values(conn, planned))
    done(conn, viewer, "project_approved", project_id, mode=planned.mode.value)
    return project_id


def correct_project(
    conn: sa.Connection, viewer: Viewer, project_id: int, seen_version: int, reason: str, planned: Planned
) -> None:
    """Corrects what was approved; its number stays. NotPossible below what is paid, or against its own milestones."""
    begin(conn, viewer)
    was, values = row(conn, Project, project_id), project_values(conn, planned)
    paid = int(conn.scalar(sa.select(sa.func.sum(ProjectPayment.fen)).where(_of(ProjectPayment, project_id))) or 0)
    if planned.budget_fen < paid:
        raise NotPossible("renewal.refused.budget_paid", budget=_yuan(planned.budget_fen), paid=_yuan(paid))
    if was["started_on"]:
        not_before("started_on", was["started_on"], "approved_on", planned.approved_on)
    for stage in conn.execute(sa.select(Milestone.name, Milestone.planned_on).where(_of(Milestone, project_id))):
        check_stage_day(stage.name, stage.planned_on, planned.plan_from, planned.plan_to)
    corrections.correct(conn, viewer, Subject.RENEWAL, Project, project_id, seen_version, reason, **values)


def start(conn: sa.Connection, viewer: Viewer, project_id: int, seen_version: int, on: date) -> None:
    """Work begins."""
    begin(conn, viewer)
    project = _in_state(conn, project_id, ProjectState.PLANNED)
    not_before("started_on", not_ahead("started_on", on), "approved_on", project["approved_on"])
    update(conn, Project, project_id, seen_version, started_on=on)
    done(conn, viewer, "project_started", project_id, on=on)


def finish(conn: sa.Connection, viewer: Viewer, project_id: int, seen_version: int, on: date) -> None:
    """Work is done. NotPossible while a milestone is not reached, or without any."""
    begin(conn, viewer)
    project = _in_state(conn, project_id, ProjectState.BUILDING)
    not_before("finished_on", not_ahead("finished_on", on), "started_on", project["started_on"])
    stages = conn.execute(sa.select(Milestone.name, Milestone.done_on).where(_of(Milestone, project_id))).all()
    if not stages:
        raise NotPossible("renewal.refused.no_milestones", project=project["number"])
    for stage in stages:
        if stage.done_on is None:
            raise NotPossible("renewal.refused.milestone_open", project=project["number"], name=stage.name)
    latest = max(stage.done_on for stage in stages)
    not_before("finished_on", on, "last_milestone", latest)
    update(conn, Project, project_id, seen_version, finished_on=on)
    done(conn, viewer, "project_finished", project_id, on=on)


def stop(conn: sa.Connection, viewer: Viewer, project_id: int, seen_version: int, on: date, reason: str) -> None:
    """The project is given up; from that day it is in no figure."""
    begin(conn, viewer)
    project = _in_state(conn, project_id, ProjectState.PLANNED, ProjectState.BUILDING)
    not_before("stopped_on", not_ahead("stopped_on", on), "approved_on", project["approved_on"])
    update(conn, Project, project_id, seen_version, stopped_on=on, stop_reason=said("reason", reason))
    done(conn, viewer, "project_stopped", project_id, on=on)


def take_back(conn: sa.Connection, viewer: Viewer, project_id: int, seen_version: int, reason: str) -> None:
    """Undoes the newest of beginning, finishing and stopping, with a reason."""
    begin(conn, viewer)
    state = state_of(row(conn, Project, project_id))
    undone: dict[ProjectState, dict[str, Any]] = {
        ProjectState.BUILDING: {"started_on": None},
        ProjectState.FINISHED: {"finished_on": None},
        ProjectState.STOPPED: {"stopped_on": None, "stop_reason": None},
    }
    if state not in undone:
        raise NotPossible("renewal.refused.nothing_to_take_back", state=state)
    reached = sa.select(Milestone.name).where(_of(Milestone, project_id), Milestone.done_on.is_not(None))
    name = conn.scalar(reached) if state is ProjectState.BUILDING else None
    if name:
        raise NotPossible("renewal.refused.milestone_done", name=name)
    corrections.correct(conn, viewer, Subject.RENEWAL, Project, project_id, seen_version, reason, **undone[state])


def rate_risk(conn: sa.Connection, viewer: Viewer, project_id: int, seen_version: int, risk: Risk, reason: str) -> None:
    """Sets the risk; amber and red need a written reason."""
    begin(conn, viewer)
    _in_state(conn, project_id, ProjectState.PLANNED, ProjectState.BUILDING)
    if risk is not Risk.GREEN and not reason.strip():
        raise NotPossible("renewal.refused.risk_reason", risk=risk)
    kept = said("reason", reason) if reason.strip() and risk is not Risk.GREEN else None
    update(conn, Project, project_id, seen_version, risk=risk, risk_reason=kept, risk_on=clock.today())
    done(conn, viewer, "risk_rated", project_id, risk=risk.value)


def keep_photo(
    conn: sa.Connection, viewer: Viewer, project_id: int, seen_version: int, which: Photo, upload: Upload
) -> None:
    """Keeps the photo before or after; the one it replaces is forgotten."""
    begin(conn, viewer)
    column = f"{which.value}_id"
    old = row(conn, Project, project_id)[column]
    update(conn, Project, project_id, seen_version, **{column: files.store(conn, upload, pictures=True)})
    if old:
        files.drop(conn, old)
    done(conn, viewer, "photo_kept", project_id, photo=which.value)


def state_of(project: Any) -> ProjectState:
    """Not begun, under way, finished or stopped, by its days."""
    if project["stopped_on"]:
        return ProjectState.STOPPED
    if project["finished_on"]:
        return ProjectState.FINISHED
    return ProjectState.BUILDING if project["started_on"] else ProjectState.PLANNED


def check_stage_day(name: str, day: date, plan_from: date, plan_to: date) -> None:
    """A milestone is planned within its project's planned days."""
    if not plan_from <= day <= plan_to:
        raise NotPossible("renewal.refused.milestone_outside", name=name, day=day, since=plan_from, until=plan_to)


def project_values(conn: sa.Connection, planned: Planned) -> dict[str, Any]:
    """The columns of a project as it is kept. NotPossible for what cannot be."""
    not_ahead("approved_on", planned.approved_on)
    not_before("plan_to", planned.plan_to, "plan_from", planned.plan_from)
    _check_proposal(conn, planned)
    if (planned.lon is None) != (planned.lat is None):
        raise NotPossible("renewal.refused.half_a_spot")
    return {
        "name": said("name", planned.name),
        "mode": planned.mode,
        "function": planned.function,
        "proposal_id": planned.proposal_id,
        "grid_id": grid_id(conn, planned.grid),
        "unit_id": unit_id(conn, planned.unit),
        "level": planned.level,
        "buildings": json.dumps(known_buildings(conn, planned.buildings), ensure_ascii=False),
        "lon": planned.lon,
        "lat": planned.lat,
        "area_m2": at_least("area_m2", planned.area_m2, 1),
        "households": at_least("households", planned.households),
        "budget_fen": at_least("budget", planned.budget_fen, 0),
        "approved_on": planned.approved_on,
        "plan_from": planned.plan_from,
        "plan_to": planned.plan_to,
    }


def _check_proposal(conn: sa.Connection, planned: Planned) -> None:
    if planned.proposal_id is None:
        return
    proposal = row(conn, Proposal, planned.proposal_id)
    if proposal["state"] != ProposalState.DECIDED:
        step, state = Step(proposal["step"]), ProposalState(proposal["state"])
        raise NotPossible("renewal.refused.not_decided", number=proposal["number"], step=step, state=state)
    not_before("approved_on", planned.approved_on, "decided_on", proposal["closed_on"])


def _in_state(conn: sa.Connection, project_id: int, *states: ProjectState) -> dict[str, Any]:
    project = row(conn, Project, project_id)
    now = state_of(project)
    if now not in states:
        raise NotPossible("renewal.refused.project_state", project=project["number"], state=now)
    return project


def _of(table: type[Milestone] | type[ProjectPayment], project_id: int) -> sa.ColumnElement[bool]:
    return table.project_id == project_id


def _yuan(fen: int) -> str:
    return f"{fen / 100:,.2f}"
