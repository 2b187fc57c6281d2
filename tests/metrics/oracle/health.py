"""The hospital's months: a stage of care over the one above it, work done over work due."""

from functools import partial

from tests.metrics.oracle.canteen import month_end
from tests.metrics.oracle.world import Asked, Oracle, Row, Told, share

GROUPS = {"elders": "elders_65", "hypertension": "hypertension", "diabetes": "diabetes"}
STAGES = {
    "contracted": ("contracted", "residents"),
    "managed": ("managed", "residents"),
    "to_norm": ("managed_to_norm", "managed"),
    "controlled": ("controlled", "managed"),
}
WORK = {
    "followed_up": ("follow_ups_done", "follow_ups_due"),
    "checked_up": ("check_ups_done", "check_ups_due"),
}


def _months(asked: Asked, group: str) -> list[Row]:
    """A group's months that were over by the end of the period."""
    theirs = [row for row in asked.world["health_month"] if row["health_group"] == group]
    return [row for row in theirs if asked.by_end(month_end(row["month"]))]


def _newest(group: str, n: str, of: str, asked: Asked) -> Told:
    over = _months(asked, group)
    if not over:
        return share(0, 0)
    newest = max(over, key=lambda row: row["month"])
    return share(newest[n] or 0, newest[of], people=True)


def _summed(group: str, n: str, of: str, asked: Asked) -> Told:
    ended = [row for row in _months(asked, group) if asked.inside(month_end(row["month"]))]
    return share(sum(row[n] for row in ended), sum(row[of] for row in ended), people=True)


ORACLES: dict[str, Oracle] = {
    f"{name}_{part}": partial(worked_out, group, *columns)
    for name, group in GROUPS.items()
    for worked_out, parts in ((_newest, STAGES), (_summed, WORK))
    for part, columns in parts.items()
    if (name, part) != ("elders", "controlled")
}
