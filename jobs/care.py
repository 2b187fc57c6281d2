"""Making the tasks of missed-meal care; it may run at any time and as often as one likes.

`python -m jobs.care` looks once; a start does so too, and so does the page of the social workers.
"""

import sys
from datetime import date

import clock
from access import OPERATOR
from data_access.canteen import care
from data_access.engine import Connection, writing
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
    """By diner the last day they ate, and the grid. A task made since then is one for the same absence."""
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
    made = care.known_tasks(conn)
    found = absences(today, care.serving_days(conn, today), diners)
    new = {diner: one for diner, one in found.items() if diner not in made or made[diner] <= one.well_on}
    missed = {diner: one.last_ate_on for diner, one in new.items()}
    return missed, dict(whom.select("diner_id", "grid_id").iter_rows())


def main() -> int:
    """The command."""
    with writing(installation.opened()) as conn:
        print(t("canteen.care_made", count=make(conn, OPERATOR)))
    return 0


if __name__ == "__main__":
    sys.exit(terminal.ended(main))
