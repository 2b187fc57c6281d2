"""The hospital's months, from the rows alone."""

import calendar
from datetime import date
from functools import partial

from tests.metrics.oracle.stock import Oracle, Row, Stock, Told, Window, share

FEW = 20
GROUPS = {"elders": "elders_65", "hypertension": "hypertension", "diabetes": "diabetes"}
STANDING = {
    "contracted": ("contracted", "residents"),
    "managed": ("managed", "residents"),
    "to_norm": ("managed_to_norm", "managed"),
    "controlled": ("controlled", "managed"),
}
ADDED = {"followed_up": ("follow_ups_done", "follow_ups_due"), "checked_up": ("check_ups_done", "check_ups_due")}


def over(stock: Stock, group: str, days: Window) -> list[Row]:
    """The months of a group that had ended by the period's end and by now, the oldest first."""
    own = [row for row in stock["health_month"] if row["health_group"] == group]
    ended = [row for row in own if _last(row) <= days.until and _last(row) < stock.today]
    return sorted(ended, key=lambda row: row["month"])


def _last(row: Row) -> date:
    month: date = row["month"]
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def newest(stock: Stock, days: Window, *, group: str, part: tuple[str, str]) -> Told:
    months = over(stock, group, days)
    return share(months[-1][part[0]], months[-1][part[1]], FEW) if months else Told(None)


def added(stock: Stock, days: Window, *, group: str, part: tuple[str, str]) -> Told:
    months = [row for row in over(stock, group, days) if _last(row) in days]
    if not months:
        return Told(None)
    return share(sum(row[part[0]] for row in months), sum(row[part[1]] for row in months), FEW)


ORACLES: dict[str, Oracle] = {
    f"{name}_{key}": partial(how, group=group, part=part)
    for name, group in GROUPS.items()
    for how, parts in ((newest, STANDING), (added, ADDED))
    for key, part in parts.items()
    if (name, key) != ("elders", "controlled")
}
