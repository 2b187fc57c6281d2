"""Rules that the office edits 规则: read for a day, changed from a day on, never overwritten."""

from data_access.rules.calendar import closed_days, closed_on, drop_closed_day, set_closed_day, set_hours, set_workday
from data_access.rules.limits import Limit, limit_for, limits, set_limit
from data_access.rules.neighbourhood import add_building, add_grid, count_elders, elder_counts
from data_access.rules.numbers import USUAL, number, number_on, numbers, set_number
from data_access.rules.seeds import seed
from data_access.rules.targets import set_target, target_versions

__all__ = [
    "USUAL",
    "Limit",
    "add_building",
    "add_grid",
    "closed_days",
    "closed_on",
    "count_elders",
    "drop_closed_day",
    "elder_counts",
    "limit_for",
    "limits",
    "number",
    "number_on",
    "numbers",
    "seed",
    "set_closed_day",
    "set_hours",
    "set_limit",
    "set_number",
    "set_target",
    "set_workday",
    "target_versions",
]
