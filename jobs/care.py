"""Making the tasks of missed-meal care; it may run at any time and as often as one likes.

`python -m jobs.care` looks once; a server does so each hour (jobs/daily.py), and the page of the social workers too.
"""

import sys
from collections.abc import Mapping
from datetime import date

import clock
from access import OPERATOR
from data_access.canteen import care
from data_access.engine import Connection, reading, writing
from data_access.frames import by_the_minute, stands_on
from jobs import installation, terminal
from metrics.care import Watched, absences, by_diner
from texts import t
from vocabulary.enums import Subject
from vocabulary.questions import Viewer


@by_the_minute
@stands_on(Subject.MEALS, Subject.CARE)
def due(conn: Connection, _viewer: Viewer) -> int:
    """How many diners are missed today who have no task for it yet."""
    return len(_missed(conn)[0])


def make(conn: Connection, viewer: Viewer) -> int:
    """Makes a task for each diner who is missed today and has none for it; gives how many."""
    care.hold_tasks(conn)
    missed, grids = _missed(conn)
    care.add_tasks(conn, viewer, missed, grids)
    return len(missed)


def _missed(conn: Connection) -> tuple[dict[int, date], dict[int, int | None]]:
    """By diner the last day they ate, and the grid of everyone who agreed to be called."""
    today = clock.today()
    whom = care.watched(conn)
    if whom.is_empty():
        return {}, {}
    ate = by_diner(care.eaten(conn, today).iter_rows())
    paused: dict[int, list[tuple[date, date | None]]] = {}
    for diner, since, until in care.paused(conn).iter_rows():
        paused.setdefault(diner, []).append((since, until))
    diners = [
        Watched(diner, consent_on, ate.get(diner, frozenset()), tuple(paused.get(diner, ())))
        for diner, _, consent_on in whom.iter_rows()
    ]
    missed = newly_missed(today, care.serving_days(conn, today), diners, care.known_tasks(conn))
    return missed, dict(whom.select("diner_id", "grid_id").iter_rows())


def newly_missed(today: date, serving: list[date], diners: list[Watched], made: Mapping[int, date]) -> dict[int, date]:
    """By diner the last day they ate, of those missed today; `made` is the day of each one's newest task.

    A task made since all was known to be well is one for the same absence.
    """
    found = absences(today, serving, diners)
    return {n: one.last_ate_on for n, one in found.items() if n not in made or made[n] <= one.well_on}


def look() -> int:
    """Makes what is due in the database in use; gives how many."""
    engine = installation.engine()
    with reading(engine) as conn:
        if not due(conn, OPERATOR):
            return 0
    with writing(engine) as conn:
        return make(conn, OPERATOR)


def main() -> int:
    """The command."""
    installation.opened()
    print(t("canteen.care_made", count=look()))
    return 0


if __name__ == "__main__":
    sys.exit(terminal.ended(main))
