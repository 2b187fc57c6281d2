"""Proposals, projects, and who answers for what is open; from the rows alone."""

import statistics
from dataclasses import dataclass
from datetime import date, timedelta

from tests.metrics.oracle.cases import DONE, closed, gone, open_then
from tests.metrics.oracle.stock import Oracle, Row, Stock, Told, Window, by_now, count, share, total

STEPS = (1, 2, 3, 4, 5)
PRESSING = {"emergency", "urgent"}


@dataclass(frozen=True)
class Stay:
    """A proposal at a step."""

    opened: date
    passed: date | None
    left: date | None


def stays(stock: Stock) -> list[Stay]:
    """A step opens on the day that the one before was passed; the first when the proposal was filed."""
    passed = {(d["proposal_id"], d["step"]): d["held_on"] for d in stock["deliberation"] if d["outcome"] == "pass"}
    found = []
    for proposal in stock["proposal"]:
        opened: date | None = proposal["filed_on"]
        for step in STEPS:
            if opened is not None:
                through = passed.get((proposal["id"], step))
                found.append(Stay(opened, through, through or proposal["closed_on"]))
                opened = through
    return found


def proposals_open(stock: Stock, days: Window) -> Told:
    filed = [proposal for proposal in stock["proposal"] if proposal["filed_on"] <= days.until]
    return count(proposal for proposal in filed if not by_now(proposal["closed_on"], days.until))


def steps_passed(stock: Stock, days: Window) -> Told:
    stood = [s for s in stays(stock) if s.opened <= days.until and (s.left is None or s.left >= days.since)]
    return share(sum(stay.passed in days for stay in stood), len(stood))


def step_days(stock: Stock, days: Window) -> Told:
    taken = [(stay.passed - stay.opened).days for stay in stays(stock) if stay.passed and stay.passed in days]
    return Told(statistics.median(taken) if taken else None, None, len(taken))


def projects(stock: Stock, days: Window) -> list[Row]:
    there = [project for project in stock["project"] if project["approved_on"] <= days.until]
    return [project for project in there if not by_now(project["stopped_on"], days.until)]


def done(stock: Stock, project: Row, days: Window) -> float:
    own = [m for m in stock["milestone"] if m["project_id"] == project["id"] and by_now(m["done_on"], days.until)]
    return float(project["area_m2"] * sum(milestone["weight"] for milestone in own) / 100)


def progress(stock: Stock, days: Window) -> Told:
    there = projects(stock, days)
    return share(sum(done(stock, one, days) for one in there), sum(one["area_m2"] for one in there))


def paid(stock: Stock, days: Window) -> Told:
    there = {project["id"]: project for project in projects(stock, days)}
    spent = [p["fen"] for p in stock["project_payment"] if p["project_id"] in there and p["paid_on"] <= days.until]
    return share(sum(spent) / 100, sum(project["budget_fen"] for project in there.values()) / 100)


def building(stock: Stock, days: Window) -> list[Row]:
    """The projects approved and neither finished nor given up."""
    return [one for one in projects(stock, days) if not by_now(one["finished_on"], days.until)]


def proposed(stock: Stock, days: Window) -> list[Row]:
    filed = [one for one in stock["proposal"] if one["filed_on"] <= days.until]
    return [one for one in filed if not by_now(one["closed_on"], days.until)]


def open_matters(stock: Stock, days: Window) -> Told:
    return count([*open_then(stock, days), *proposed(stock, days), *building(stock, days)])


def overdue_matters(stock: Stock, days: Window) -> Told:
    late = [case for case in open_then(stock, days) if gone(case["due_at"], stock, days)]
    behind = [one for one in building(stock, days) if one["plan_to"] < days.until and one["plan_to"] < stock.today]
    return count([*late, *behind])


def unowned(stock: Stock, days: Window) -> Told:
    parts = (
        [(case["received_on"], case["level"], case["lead_unit_id"]) for case in open_then(stock, days)],
        [(one["filed_on"], one["level"], one["unit_id"]) for one in proposed(stock, days)],
        [(one["approved_on"], one["level"], one["unit_id"]) for one in building(stock, days)],
    )
    nobodys = [since for part in parts for since, level, unit in part if level is None and unit is None]
    return count(since for since in nobodys if since + timedelta(1) <= days.until)


def urgent_solved(stock: Stock, days: Window) -> Told:
    finished = [case for case in stock["case"] if case["status"] in DONE and closed(case) in days]
    return count(c for c in finished if c["urgency"] in PRESSING and c["result"] == "solved")


ORACLES: dict[str, Oracle] = {
    "proposals_open": proposals_open,
    "steps_passed": steps_passed,
    "step_days": step_days,
    "renewal_area": lambda stock, days: total(one["area_m2"] for one in projects(stock, days)),
    "renewal_done": lambda stock, days: total(done(stock, one, days) for one in projects(stock, days)),
    "renewal_progress": progress,
    "renewal_paid": paid,
    "whistle_meetings": lambda stock, days: count(one for one in stock["whistle"] if one["blown_on"] in days),
    "urgent_solved": urgent_solved,
    "open_matters": open_matters,
    "overdue_matters": overdue_matters,
    "unowned_matters": unowned,
}
