"""What a reader narrowed the cases to: whether a case has one of the words asked for in each respect, "" being none."""

from datetime import timedelta
from functools import cache
from typing import Any

from tests.metrics.oracle.world import DONE, DROPPED, Asked, Row, World

WORDS = {
    "statuses": "status",
    "channels": "channel",
    "urgencies": "urgency",
    "types": "type",
    "levels": "level",
}


def kept(asked: Asked, case: Row) -> bool:
    """Whether the viewer sees a case and asked for it."""
    filters = asked.filters
    words = all(_one_of(case[column], filters.get(name)) for name, column in WORDS.items())
    return asked.here(case) and words and _placed(asked, case) and _said(case, filters.get("text", ""))


def _one_of(value: Any, wanted: tuple[str, ...] | None) -> bool:
    return not wanted or ("" if value is None else value) in wanted


def _placed(asked: Asked, case: Row) -> bool:
    filters, world = asked.filters, asked.world
    building = _names(world, "building", "number").get(case["building_id"])
    unit = _names(world, "unit", "code").get(case["lead_unit_id"], "")
    return (
        (not filters.get("buildings") or building in filters["buildings"])
        and _one_of(unit, filters.get("units"))
        and (filters.get("batch") is None or case["batch_id"] == filters["batch"])
        and (not filters.get("categories") or any(_on(asked, case, path) for path in filters["categories"]))
        and _one_of(_label(asked, case), filters.get("punctualities"))
    )


def _on(asked: Asked, case: Row, path: tuple[str, ...]) -> bool:
    """Whether a case's category lies on a path of one to three levels; ("",) is that of the cases without one."""
    if case["category_id"] is None:
        return path == ("",)
    category = asked.world.by_id("category")[case["category_id"]]
    return tuple(category[f"level{number}"] for number in (1, 2, 3))[: len(path)] == path


def _label(asked: Asked, case: Row) -> str | None:
    """How a case stands to its limit now, or stood when it was finished; None without a limit and for dropped ones."""
    if case["due_at"] is None or case["status"] in DROPPED:
        return None
    end = case["finished_at"] if case["status"] in DONE else asked.now
    if end > case["due_at"]:
        return "severe" if case["severe_at"] and end > case["severe_at"] else "overdue"
    soon = case["status"] not in DONE and case["due_at"] <= asked.now + timedelta(hours=24)
    return "due_soon" if soon else "on_time"


def _said(case: Row, text: str) -> bool:
    """Whether every word stands in the case's number, title, text or spot, in large letters or small."""
    told = "\n".join(case[column] or "" for column in ("number", "title", "body", "spot")).lower()
    return all(word.lower() in told for word in text.split())


@cache
def _names(world: World, table: str, column: str) -> dict[int, str]:
    return {row["id"]: row[column] for row in world[table]}
