"""What a reader can narrow the cases to: the values that occur, each with how many cases have it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from access import Permission, check
from data_access import scope
from data_access.frames import stands_on
from data_access.tables.cases import Case, Category
from data_access.tables.places import Grid
from vocabulary.enums import Subject
from vocabulary.questions import Filters, Viewer


@dataclass(frozen=True)
class GridChoice:
    """A grid; the code is "" for the cases without one."""

    code: str
    name: str
    name_en: str | None
    cases: int


@dataclass(frozen=True)
class Options:
    """The values among the cases this viewer sees; "" (the path ("",)) stands for those where it is not given."""

    cases: int
    first_on: date | None
    statuses: Mapping[str, int]
    channels: Mapping[str, int]
    urgencies: Mapping[str, int]
    categories: Mapping[tuple[str, ...], int]
    grids: tuple[GridChoice, ...]


@stands_on(Subject.CASES, Subject.PLACES)
def options(conn: sa.Connection, viewer: Viewer) -> Options:
    """Every status, channel, urgency, grid and path of the taxonomy (of one, two and three levels) that occurs."""
    check(viewer, Permission.SEE_CASES)
    statuses = _tally(conn, viewer, Case.status)
    first = scope.within(sa.select(sa.func.min(Case.received_on)), viewer, Filters(), conn.dialect.name)
    return Options(
        cases=sum(statuses.values()),
        first_on=conn.scalar(first),
        statuses=statuses,
        channels=_tally(conn, viewer, Case.channel),
        urgencies=_tally(conn, viewer, Case.urgency),
        categories=_paths(conn, _tally(conn, viewer, Case.category_id)),
        grids=_grids(conn, _tally(conn, viewer, Case.grid_id)),
    )


def _tally(conn: sa.Connection, viewer: Viewer, column: Any) -> dict[Any, int]:
    statement = sa.select(column, sa.func.count()).group_by(column)
    rows = conn.execute(scope.within(statement, viewer, Filters(), conn.dialect.name))
    return {("" if value is None else value): count for value, count in rows}


def _paths(conn: sa.Connection, tally: Mapping[Any, int]) -> dict[tuple[str, ...], int]:
    levels = sa.select(Category.id, Category.level1, Category.level2, Category.level3)
    found: dict[tuple[str, ...], int] = {}
    for category, *names in conn.execute(levels.order_by(Category.level1, Category.level2, Category.level3)):
        path = tuple(name for name in names if name)
        for depth in range(1, len(path) + 1):
            if cases := tally.get(category, 0):
                found[path[:depth]] = found.get(path[:depth], 0) + cases
    return found | ({("",): tally[""]} if "" in tally else {})


def _grids(conn: sa.Connection, tally: Mapping[Any, int]) -> tuple[GridChoice, ...]:
    rows = conn.execute(sa.select(Grid.id, Grid.code, Grid.name, Grid.name_en).order_by(Grid.code))
    found = [GridChoice(code, name, name_en, tally[grid]) for grid, code, name, name_en in rows if grid in tally]
    return (*found, GridChoice("", "", None, tally[""])) if "" in tally else tuple(found)
