"""A preview made true: its new and changed cases written in one transaction, whole or not at all."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from data_access import imports as stock
from data_access.engine import Connection, Engine
from data_access.imports import AT_ONCE, Batch
from data_access.sealing import Seal
from data_access.search import filling
from jobs.imports.preview import Preview, whole
from jobs.imports.progress import Progress, silent, spared
from jobs.imports.rows import CaseRow
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible

CHANGED = "imports.changed_meanwhile"
T = TypeVar("T")


@dataclass(frozen=True)
class Written:
    """A batch that is in the database, and the days on which its new and changed cases were received."""

    batch: int
    days: tuple[date, date] | None


@dataclass(frozen=True)
class _Ids:
    """The ids of categories and units, those made for this import among them."""

    paths: Mapping[tuple[str, str, str], int]
    units: Mapping[str, int]

    def of(self, row: CaseRow, wanted: Collection[str] = ("category", "lead_unit")) -> dict[str, int]:
        found: dict[str, int] = {}
        if row.path and "category" in wanted:
            found["category_id"] = self.paths[whole(row.path)]
        if row.unit and "lead_unit" in wanted:
            found["lead_unit_id"] = self.units[row.unit]
        return found


def write(engine: Engine, viewer: Viewer, found: Preview, seal: Seal, tell: Progress = silent) -> Written:
    """NotPossible when the data changed since the preview: it has to be looked at again."""
    with stock.alone(engine) as conn, spared(tell) as told:
        if stock.stood_on(conn) != found.grounds:
            raise NotPossible(CHANGED)
        batch = stock.keep_batch(conn, viewer, _batch(found))
        ids = _with_made(conn, found)
        total, done = len(found.new) + len(found.updates), 0
        with filling(conn, len(found.new)):
            for some in _chunks(found.new):
                told("writing", done, total)
                for row, case in some:
                    case.columns = {**case.columns, **ids.of(row)}
                stock.insert(conn, viewer, [case for _, case in some], batch, seal)
                done += len(some)
        for others in _chunks(found.updates):
            told("writing", done, total)
            for one in others:
                named = {difference.field for difference in one.differences}
                one.change.columns = {**one.change.columns, **ids.of(one.row, named)}
            stock.change(conn, viewer, [one.change for one in others], batch, seal)
            done += len(others)
    tell("writing", total, total)
    return Written(batch, found.days)


def _batch(found: Preview) -> Batch:
    since, until = found.days or (None, None)
    return Batch(
        file=found.file,
        source=found.columns.source,
        new=len(found.new),
        changed=len(found.updates),
        unchanged=found.unchanged,
        rejected=len(found.rejected),
        since=since,
        until=until,
    )


def _with_made(conn: Connection, found: Preview) -> _Ids:
    source = found.columns.source
    paths = stock.make_paths(conn, found.new_paths, source)
    units = stock.make_units(conn, found.new_units, source)
    return _Ids({**found.known.paths, **paths}, {**found.known.units, **units})


def _chunks(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    for first in range(0, len(rows), AT_ONCE):
        yield rows[first : first + AT_ONCE]
