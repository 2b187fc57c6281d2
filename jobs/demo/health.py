"""The demo's hospital months: three groups from the first month of the demo on, care growing slowly.

The newest month of one group is not reported yet.
"""

from datetime import date, timedelta
from typing import Any

import numpy as np

from data_access.engine import Connection
from data_access.tables.health import HealthMonth
from jobs.demo.days import Stretch
from jobs.demo.rows import put
from vocabulary.health import HealthGroup

LEAST_MONTHS = 3
# Of the community's 2,400 residents of 60+ some 1,850 are 65 and older; the ill live in the community too.
RESIDENTS = {HealthGroup.ELDERS: 1846, HealthGroup.HYPERTENSION: 1423, HealthGroup.DIABETES: 566}
# Shares at the demo's end: contracted and managed of the residents, to norm and controlled of the managed.
SHARES = {
    HealthGroup.ELDERS: (0.81, 0.74, 0.86, None),
    HealthGroup.HYPERTENSION: (0.76, 0.69, 0.79, 0.66),
    HealthGroup.DIABETES: (0.74, 0.67, 0.76, 0.58),
}
GROWN = 0.006  # what each share gains a month
# The managed of whom a follow-up, a check-up falls due in a month, and how many of these are done.
DUE = {
    HealthGroup.ELDERS: (0.25, 0.083),
    HealthGroup.HYPERTENSION: (0.333, 0.083),
    HealthGroup.DIABETES: (0.333, 0.083),
}
DONE, SPREAD = (0.93, 0.88), 0.02
UNREPORTED = HealthGroup.DIABETES


def report(conn: Connection, days: Stretch, seed: int) -> None:
    """Every month that was over on the last day, but for the newest of one group."""
    told = _months(days)
    rows = [
        _row(month, group, len(told) - 1 - n, seed)
        for n, month in enumerate(told)
        for group in HealthGroup
        if not (month == told[-1] and group is UNREPORTED)
    ]
    put(conn, HealthMonth, rows)


def _months(days: Stretch) -> list[date]:
    month = (days.until + timedelta(1)).replace(day=1)
    found: list[date] = []
    while len(found) < LEAST_MONTHS or month > days.since:
        month = (month - timedelta(1)).replace(day=1)
        found.insert(0, month)
    return found


def _row(month: date, group: HealthGroup, ago: int, seed: int) -> dict[str, Any]:
    chance = np.random.default_rng([seed, month.toordinal(), list(HealthGroup).index(group), 71])
    contracted, managed, norm, controlled = (
        None if share is None else share - GROWN * ago + chance.normal(0, 0.003) for share in SHARES[group]
    )
    residents = RESIDENTS[group] - ago * (1 + int(chance.integers(0, 2)))
    people = int(residents * (managed or 0))
    due = [int(people * share * chance.uniform(0.96, 1.04)) for share in DUE[group]]
    done = [int(n * min(1, share + chance.normal(0, SPREAD))) for n, share in zip(due, DONE, strict=True)]
    return {
        "month": month,
        "health_group": group.value,
        "residents": residents,
        "contracted": int(residents * (contracted or 0)),
        "managed": people,
        "managed_to_norm": int(people * (norm or 0)),
        "controlled": None if controlled is None else int(people * controlled),
        "follow_ups_due": due[0],
        "follow_ups_done": done[0],
        "check_ups_due": due[1],
        "check_ups_done": done[1],
    }
