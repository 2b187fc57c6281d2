"""Rolling up: the daily rows that figures stand on, made again from the meals of the days that changed.

`python -m jobs.rollup` makes them all again; with `--check` it names every difference instead and ends with 1 on one.
"""

import argparse
import sys
from collections.abc import Callable, Collection, Iterator
from datetime import date
from typing import Any

import polars as pl

from data_access import meals
from data_access.changes import raise_version
from data_access.engine import Connection, Engine, reading, writing
from data_access.meals.daily import ROLLED_UP
from jobs import installation, terminal
from rollups.meals import BY_DAY, BY_DINER, diner_days, meals_by_day
from texts import t
from vocabulary.enums import Subject

AT_ONCE = 31
DEFINITIONS: dict[str, tuple[Callable[[Any], Any], tuple[str, ...]]] = {
    "meal_day": (meals_by_day, BY_DAY),
    "diner_day": (diner_days, BY_DINER),
}


def refresh(conn: Connection, days: Collection[date]) -> None:
    """Rolls these days up again, in the transaction that changed their meals."""
    meals.hold_roll_ups(conn)
    for some in _parts(days):
        store(conn, some, meals.events(conn, some))


def store(conn: Connection, days: Collection[date], events: pl.DataFrame) -> None:
    """Keeps what `events`, all the meals of these days, roll up to."""
    for table, (definition, _) in DEFINITIONS.items():
        meals.replace_days(conn, table, days, definition(events))


def refresh_all(engine: Engine) -> int:
    """Rolls every day up again; gives the number of days."""
    with writing(engine) as conn:
        days = meals.days_with_rows(conn)
        refresh(conn, days)
        raise_version(conn, Subject.MEALS)
    return len(days)


def differences(conn: Connection) -> Iterator[str]:
    """A sentence for each stored daily row that is not what its meals roll up to, missing ones too."""
    for some in _parts(meals.days_with_rows(conn)):
        events = meals.events(conn, some)
        for table, (definition, cell) in DEFINITIONS.items():
            yield from _differing(table, cell, meals.rolled_up(conn, table, some), definition(events))


def _differing(table: str, cell: tuple[str, ...], stored: pl.DataFrame, counted: pl.DataFrame) -> Iterator[str]:
    schema = ROLLED_UP[table][1]
    values = [name for name in schema if name not in cell]
    sides = [
        side.select(*cell, pl.struct(values).alias(name))
        for side, name in (
            (stored, "stored"),
            (counted.select(pl.col(name).cast(kind) for name, kind in schema.items()), "counted"),
        )
    ]
    both = sides[0].join(sides[1], on=list(cell), how="full", coalesce=True)
    for row in both.filter(pl.col("stored").ne_missing(pl.col("counted"))).sort(cell).iter_rows(named=True):
        yield t(
            "rollup.differs",
            day=row["served_on"],
            table=table,
            cell=", ".join(f"{name}={row[name]}" for name in cell if name != "served_on"),
            stored=_said(row["stored"]),
            counted=_said(row["counted"]),
        )


def _said(values: dict[str, object] | None) -> str:
    return ", ".join(f"{name}={value}" for name, value in values.items()) if values else t("rollup.absent")


def _parts(days: Collection[date]) -> Iterator[list[date]]:
    ordered = sorted(set(days))
    for first in range(0, len(ordered), AT_ONCE):
        yield ordered[first : first + AT_ONCE]


def main(arguments: list[str] | None = None) -> int:
    """1 when `--check` finds a difference."""
    parser = argparse.ArgumentParser(prog="python -m jobs.rollup", description=__doc__)
    parser.add_argument("--check", action="store_true")
    chosen = parser.parse_args(arguments)
    engine = installation.opened()
    if not chosen.check:
        print(t("rollup.done", days=refresh_all(engine)))
        return 0
    with reading(engine) as conn:
        days, found = meals.days_with_rows(conn), list(differences(conn))
    for sentence in found:
        print(sentence, file=sys.stderr)
    if not found:
        print(t("rollup.sound", days=len(days)))
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(terminal.ended(main))
