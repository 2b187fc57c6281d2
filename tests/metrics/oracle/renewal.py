"""Deliberation and renewal: proposals on their way through five steps, projects by area, progress and money."""

import statistics
from datetime import date
from typing import NamedTuple

from tests.metrics.oracle.world import Asked, Oracle, Row, Told, World, share


class Stood(NamedTuple):
    """A step of a proposal: the day it was opened, and the day it was left, by passing it or otherwise."""

    opened: date
    left: date | None
    passed: bool


def open_proposals(asked: Asked) -> list[Row]:
    filed = [row for row in asked.world["proposal"] if asked.by_end(row["filed_on"])]
    return [row for row in filed if row["state"] == "open" or not asked.by_end(row["closed_on"])]


def _steps(world: World) -> list[Stood]:
    """Every step that any proposal ever stood at: a meeting that passes it leads to the next."""
    found = []
    for proposal in world["proposal"]:
        passes = {
            row["step"]: row["held_on"]
            for row in world["deliberation"]
            if row["proposal_id"] == proposal["id"] and row["outcome"] == "pass" and row["step"] < proposal["step"]
        }
        opened = proposal["filed_on"]
        for step in range(1, proposal["step"]):
            found.append(Stood(opened, passes[step], True))
            opened = passes[step]
        found.append(Stood(opened, proposal["closed_on"], proposal["state"] == "decided"))
    return found


def _passed(asked: Asked) -> list[Stood]:
    return [step for step in _steps(asked.world) if step.passed and asked.inside(step.left)]


def _proposals_open(asked: Asked) -> Told:
    return Told(len(open_proposals(asked)))


def _steps_passed(asked: Asked) -> Told:
    stood = [step for step in _steps(asked.world) if asked.by_end(step.opened)]
    return share(len(_passed(asked)), sum(step.left is None or step.left >= asked.since for step in stood))


def _step_days(asked: Asked) -> Told:
    days = [(step.left - step.opened).days for step in _passed(asked) if step.left]
    return Told(statistics.median(days) if days else None, None, len(days))


def approved(asked: Asked) -> list[Row]:
    """Projects approved by the period's end and not given up by then."""
    projects = [row for row in asked.world["project"] if asked.by_end(row["approved_on"])]
    return [row for row in projects if not asked.by_end(row["stopped_on"])]


def _done(asked: Asked, project: Row) -> float:
    reached = [row for row in asked.world["milestone"] if row["project_id"] == project["id"]]
    return float(project["area_m2"] * sum(row["weight"] for row in reached if asked.by_end(row["done_on"])) / 100)


def _renewal_area(asked: Asked) -> Told:
    return Told(sum(row["area_m2"] for row in approved(asked)))


def _renewal_done(asked: Asked) -> Told:
    return Told(sum(_done(asked, row) for row in approved(asked)))


def _renewal_progress(asked: Asked) -> Told:
    projects = approved(asked)
    return share(sum(_done(asked, row) for row in projects), sum(row["area_m2"] for row in projects))


def _renewal_paid(asked: Asked) -> Told:
    projects = {row["id"]: row["budget_fen"] / 100 for row in approved(asked)}
    payments = [row for row in asked.world["project_payment"] if row["project_id"] in projects]
    paid = sum(row["fen"] for row in payments if asked.by_end(row["paid_on"]))
    return share(paid / 100, sum(projects.values()))


ORACLES: dict[str, Oracle] = {
    "proposals_open": _proposals_open,
    "steps_passed": _steps_passed,
    "step_days": _step_days,
    "renewal_area": _renewal_area,
    "renewal_done": _renewal_done,
    "renewal_progress": _renewal_progress,
    "renewal_paid": _renewal_paid,
}
