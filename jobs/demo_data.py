"""The demo neighbourhood: invented rows for a database of its own.

`python -m jobs.demo_data [--days 400] [--seed 1] [--fresh]` loads it into the demo's database, or into the one of
DATABASE_URL, only while that is empty; `--fresh` throws an older demo away first. The rows depend on the seed and the
day alone, accounts, write times and the sealing of contacts aside: today is told until 09:40, whatever the hour, but
never beyond now.
"""

import argparse
import sys
import time
from collections.abc import Callable

import polars as pl

import settings
from access import OPERATOR
from data_access import changes, migrate
from data_access.engine import Connection, Engine, open_engine, reading, sqlite_url, writing
from data_access.installation import facts, holds_anything, holds_imports, holds_places
from data_access.sealing import Seal
from jobs import installation, rollup, terminal
from jobs.demo import (
    activities,
    canteen,
    care,
    cases,
    diners,
    disputes,
    health,
    meals,
    neighbourhood,
    opinions,
    renewal,
    stalls,
    volunteers,
)
from jobs.demo.days import stretch
from texts import t
from vocabulary.enums import Subject
from vocabulary.refusals import NotPossible

Progress = Callable[[float], None]
DAYS, SEED = 400, 1


def load(
    engine: Engine, days: int = DAYS, seed: int = SEED, progress: Progress | None = None, seal: Seal | None = None
) -> None:
    """Loads the demo neighbourhood, whole or not at all; `progress` is told the share done.

    NotPossible where rows stand already, or for less than one day.
    """
    if days < 1:
        raise NotPossible("demo.no_days", days=days)
    told = progress or (lambda _: None)
    with writing(engine) as conn:
        _refuse_rows(conn)
        _fill(conn, days, seed, told, seal or installation.contact_seal())
        changes.record(conn, OPERATOR, Subject.PLACES, "demo_loaded", days=days, seed=seed)
        for subject in Subject:
            changes.raise_version(conn, subject)
    told(1.0)


def _fill(conn: Connection, days: int, seed: int, told: Progress, seal: Seal) -> None:
    shown = stretch(days)
    neighbourhood.build(conn, shown.since, seed)
    stalls.open_up(conn, shown, seed)
    cases.file(conn, shown, seed, seal)
    disputes.mediate(conn, shown, seed, seal)
    opinions.collect(conn, shown, seed)
    renewal.renew(conn, shown, seed)
    health.report(conn, shown, seed)
    activities.hold(conn, shown, seed)
    volunteers.serve(conn, shown, seed)
    eaters = diners.invent(seed)
    diners.issue(conn, eaters, shown.since, seed)
    canteen.open_kitchen(conn, eaters, shown, seed, seal)
    for share, rows in meals.serve(conn, eaters, shown, seed):
        served = rows.with_columns(void=pl.col("void_at").is_not_null())
        rollup.store(conn, served["served_on"].unique().to_list(), served)
        told(share)
    canteen.keep_books(conn, shown, seed)
    care.miss(conn, shown, seed)


def _refuse_rows(conn: Connection) -> None:
    if facts(conn).get("kind") == "demo":
        if holds_places(conn):
            raise NotPossible("demo.loaded")
        if holds_imports(conn):
            raise NotPossible("demo.tried")
    elif holds_anything(conn):
        raise NotPossible("installation.holds_rows")


def database(fresh: bool) -> Engine:
    """The empty database to load: the given one, else the demo's own file; `fresh` throws an older demo away.

    NotPossible for an office's own database, or where a demo stands and is not to be thrown away.
    """
    chosen = settings.read()
    file = installation.demo_file(chosen)
    engine = open_engine(installation.url(chosen) if chosen.database_url else sqlite_url(file))
    migrate.upgrade(engine)
    with reading(engine) as conn:
        kind = facts(conn).get("kind")
        if kind == "real" and not (chosen.demo and not holds_anything(conn)):
            raise NotPossible("installation.holds_rows")
        if not (fresh and kind == "demo"):
            _refuse_rows(conn)
    if fresh and kind == "demo":
        migrate.downgrade(engine, "base")
        migrate.upgrade(engine)
    return engine


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m jobs.demo_data", description=t("demo.about"))
    parser.add_argument("--days", type=int, default=DAYS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--fresh", action="store_true")
    chosen = parser.parse_args(arguments)
    begun = time.monotonic()
    load(database(chosen.fresh), chosen.days, chosen.seed, _shown if sys.stderr.isatty() else None)
    print(t("demo.done", days=chosen.days, seconds=f"{time.monotonic() - begun:.0f}"))
    return 0


def _shown(share: float) -> None:
    print(f"\r{share:4.0%}", end="" if share < 1 else "\n", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(terminal.ended(main))
