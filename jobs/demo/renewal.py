"""The demo's renewal: the proposals, and the projects that came of them with milestones, payments and photos."""

import hashlib
import json
from datetime import date, timedelta
from typing import Any

from data_access.engine import Connection
from data_access.tables.renewal import Milestone, Project, ProjectPayment, RenewalFile
from geo import neighbourhood as drawn
from jobs.demo import facade
from jobs.demo.days import Stretch
from jobs.demo.neighbourhood import UNITS
from jobs.demo.proposals import deliberate, written
from jobs.demo.rows import put
from vocabulary.enums import Level
from vocabulary.renewal import Mode, Photo, Risk

Row = dict[str, Any]
FEN = 100
STAGES: dict[Mode, tuple[tuple[str, int], ...]] = {
    Mode.KEEP: (("勘察鉴定", 10), ("保护方案公示", 10), ("修缮施工", 60), ("竣工验收", 20)),
    Mode.IMPROVE: (("施工图审查", 15), ("进场围挡", 10), ("主体改造", 50), ("收尾复绿", 15), ("竣工验收", 10)),
    Mode.DEMOLISH: (("腾退签约", 40), ("拆除", 40), ("清运平整", 20)),
    Mode.ADD: (("选址公示", 10), ("基础施工", 25), ("主体安装", 40), ("验收开放", 25)),
}
# What is paid of the budget when so much of the weight is reached.
PAID = ((10, 0.30), (40, 0.30), (70, 0.20), (100, 0.17))
AMBER_AFTER, RED_AFTER = 10, 35
UNIT = "renewal"


def renew(conn: Connection, days: Stretch, seed: int) -> None:
    """Adds it all up to the last day; the older history of proposals and projects is told whole."""
    today = days.until
    grids = {grid.code: number for number, grid in enumerate(drawn.grids(), start=1)}
    units = {code: number for number, code in enumerate(UNITS, start=1)}
    made = deliberate(conn, today, seed, grids)
    projects: list[Row] = []
    stages: list[Row] = []
    payments: list[Row] = []
    files: list[Row] = []
    for place, story in enumerate(written()["project"], start=1):
        proposal_id, decided_on = made.get(story.get("from", ""), (None, None))
        approved_on = today - timedelta(story["approved"])
        if proposal_id is not None and (decided_on is None or approved_on < decided_on):
            raise ValueError(f"{story['name']} was approved before its proposal was decided")
        reached = _stages(place, story, approved_on, today)
        stages += reached
        payments += _payments(place, story, reached)
        project = _project(place, story, approved_on, today, reached)
        known = {"proposal_id": proposal_id, "grid_id": _grid(story, grids), "unit_id": units.get(UNIT)}
        projects.append({**project, **known, **_photos(place, story, project, files, seed)})
    for table, rows in (
        (RenewalFile, files),
        (Project, projects),
        (Milestone, stages),
        (ProjectPayment, payments),
    ):
        put(conn, table, [{"id": number, **row} for number, row in enumerate(rows, start=1)])


def _stages(place: int, story: Row, approved_on: date, today: date) -> list[Row]:
    """Its milestones, planned by weight over the planned days and reached that much slower."""
    begins, days = approved_on + timedelta(story["reach"]), story["plan"]
    rows, weight = [], 0
    for position, (name, part) in enumerate(STAGES[Mode(story["mode"])], start=1):
        weight += part
        done_on = begins + timedelta(round(days * weight / 100 * story["slow"]))
        rows.append(
            {
                "project_id": place,
                "position": position,
                "name": name,
                "weight": part,
                "planned_on": begins + timedelta(round(days * weight / 100)),
                "done_on": done_on if done_on <= today and "stops" not in story else None,
            }
        )
    return rows


def _project(place: int, story: Row, approved_on: date, today: date, reached: list[Row]) -> Row:
    begins = approved_on + timedelta(story["reach"])
    planned_end = begins + timedelta(story["plan"])
    ended = [stage["done_on"] for stage in reached]
    finished_on = max(ended) if all(ended) else None
    risk, why = _risk(story, reached, today)
    stopped = approved_on + timedelta(story["reach"] + 25) if "stops" in story else None
    return {
        "number": f"XM{place:04d}",
        "name": story["name"],
        "mode": story["mode"],
        "function": story["function"],
        "level": Level.PARTY_SECRETARY.value,
        "buildings": json.dumps(story["buildings"], ensure_ascii=False),
        "area_m2": story["area"],
        "households": story["households"],
        "budget_fen": story["budget"] * FEN,
        "approved_on": approved_on,
        "plan_from": begins,
        "plan_to": planned_end,
        "started_on": begins if begins <= today and stopped is None else None,
        "finished_on": finished_on,
        "stopped_on": stopped,
        "stop_reason": story.get("stops"),
        "risk": risk.value,
        "risk_reason": why,
        "risk_on": None if risk is Risk.GREEN else today - timedelta(5),
    }


def _risk(story: Row, reached: list[Row], today: date) -> tuple[Risk, str | None]:
    """How many days its next milestone is late already, told as amber or red with the reason."""
    waits = [stage["planned_on"] for stage in reached if stage["done_on"] is None]
    late = (today - min(waits)).days if waits and "stops" not in story else 0
    if late < AMBER_AFTER or "reason" not in story:
        return Risk.GREEN, None
    return (Risk.RED if late >= RED_AFTER else Risk.AMBER), story["reason"]


def _payments(place: int, story: Row, reached: list[Row]) -> list[Row]:
    """A part of the budget with each share of the weight that is reached."""
    rows, weight, paid = [], 0, 0
    for stage in reached:
        if stage["done_on"] is None:
            break
        weight += stage["weight"]
        while paid < len(PAID) and PAID[paid][0] <= weight:
            fen = round(story["budget"] * PAID[paid][1]) * FEN
            rows.append(
                {"project_id": place, "paid_on": stage["done_on"], "fen": fen, "note": f"{stage['name']}后付款"}
            )
            paid += 1
    return rows


def _photos(place: int, story: Row, project: Row, files: list[Row], seed: int) -> Row:
    """Drawn pictures before, and after once it is finished; adds their files."""
    wanted = [Photo.BEFORE, Photo.AFTER] if project["finished_on"] else [Photo.BEFORE]
    ids: Row = {"before_id": None, "after_id": None}
    for which in wanted if story.get("photos") else []:
        content = facade.png(seed + place, after=which is Photo.AFTER)
        files.append(
            {
                "name": f"{project['number']}-{which.value}.png",
                "media": "image/png",
                "size": len(content),
                "digest": hashlib.sha256(content).hexdigest(),
                "content": content,
            }
        )
        ids[f"{which.value}_id"] = len(files)
    return ids


def _grid(story: Row, grids: dict[str, int]) -> int | None:
    """The grid of its first building."""
    return next((grids[one.grid] for one in drawn.buildings() if one.number == story["buildings"][0]), None)
