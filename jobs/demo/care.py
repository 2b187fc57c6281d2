"""The demo's missed-meal care: the tasks that the rule made over the last weeks, and what their calls found."""

from datetime import date, timedelta
from typing import Any

import numpy as np

from data_access.canteen import care
from data_access.engine import Connection
from data_access.tables.canteen import CareTask
from jobs.care import newly_missed
from jobs.demo.days import Stretch
from jobs.demo.rows import put
from metrics.care import Watched, by_diner
from vocabulary.canteen import CareOutcome

WEEKS = timedelta(40)
FOUND = {
    CareOutcome.SAFE: 0.42,
    CareOutcome.BACK: 0.24,
    CareOutcome.AWAY: 0.16,
    CareOutcome.ILL: 0.08,
    CareOutcome.HELPED: 0.06,
    CareOutcome.UNREACHABLE: 0.04,
}
WAITS = (0, 1, 2)


def miss(conn: Connection, days: Stretch, seed: int) -> None:
    """Looks at each of the last days as the job would have, and closes what is older than two days."""
    whom = care.watched(conn)
    ate = by_diner(care.eaten(conn, days.until).iter_rows())
    paused: dict[int, list[tuple[date, date | None]]] = {}
    for diner, since, until in care.paused(conn).iter_rows():
        paused.setdefault(diner, []).append((since, until))
    diners = [
        Watched(diner, consent_on, ate.get(diner, frozenset()), tuple(paused.get(diner, ())))
        for diner, _, consent_on in whom.iter_rows()
    ]
    grids = dict(whom.select("diner_id", "grid_id").iter_rows())
    serving, made, rows = care.serving_days(conn, days.until), dict[int, date](), list[dict[str, Any]]()
    for day in days.each():
        if day > days.until - WEEKS:
            for diner, last in sorted(newly_missed(day, serving, diners, made).items()):
                made[diner] = day
                rows.append(_task(diner, grids[diner], last, day, days.until, seed))
    if rows:
        put(conn, CareTask, rows)


def _task(diner: int, grid: int | None, last: date, day: date, until: date, seed: int) -> dict[str, Any]:
    chance = np.random.default_rng([seed, day.toordinal(), 66, diner])
    closed_on = day + timedelta(int(chance.choice(WAITS, p=(0.5, 0.35, 0.15))))
    outcomes = list(FOUND)
    outcome = outcomes[int(chance.choice(len(outcomes), p=list(FOUND.values())))]
    done = closed_on < until
    return {
        "diner_id": diner,
        "grid_id": grid,
        "last_ate_on": last,
        "made_on": day,
        "outcome": outcome.value if done else None,
        "closed_on": closed_on if done else None,
    }
