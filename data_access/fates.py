"""Many rows at once, as a sheet brings them: written one after the other, all or none, the fate of each counted."""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias, TypeVar

import sqlalchemy as sa

from data_access import corrections
from vocabulary.enums import Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible

Row: TypeAlias = Mapping[Any, Any]
F = TypeVar("F")


class Fate(StrEnum):
    """What became of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Written:
    """How many rows were of each fate."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0


class Once:
    """Refuses what stands in a sheet twice."""

    def __init__(self) -> None:
        self._seen: set[Hashable] = set()

    def __call__(self, key: Hashable, refusal: str, **values: object) -> None:
        """NotPossible with this sentence when the key was met before."""
        if key in self._seen:
            raise NotPossible(refusal, **values)
        self._seen.add(key)


def each(
    rows: Sequence[F], write: Callable[[F, Once], Fate], refusal: str, order: Callable[[F], Any] | None = None
) -> Written:
    """Writes every row, in the order of the sheet or in this one. NotPossible with `refusal` names the row and why."""
    counted, once = Counter[Fate](), Once()
    placed = list(enumerate(rows, start=1))
    for place, facts in sorted(placed, key=lambda pair: order(pair[1])) if order else placed:
        try:
            counted[write(facts, once)] += 1
        except NotPossible as why:
            raise NotPossible(refusal, row=place, why=str(why)) from why
    return Written(**{fate.value: counted[fate] for fate in Fate})


def corrected(
    conn: sa.Connection, viewer: Viewer, subject: Subject, table: Any, now: Row, values: Row, reason: str
) -> Fate:
    """A row that stands is corrected where it says something else."""
    if agrees(now, values):
        return Fate.UNCHANGED
    corrections.correct(conn, viewer, subject, table, now["id"], now["version"], reason, **values)
    return Fate.CHANGED


def agrees(now: Row, values: Row) -> bool:
    """Does the row say all of these already?"""
    return all(now[name] == value for name, value in values.items())
