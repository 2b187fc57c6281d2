"""Raw rows as the standard library reads them, the question asked of them, and how an answer is told."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
DONE = {"finished", "followed_up", "archived"}
DROPPED = {"rejected", "withdrawn", "merged"}
ELDERS = {"60-69", "70-79", "80-89", "90+"}
FEW = 20
Row = dict[str, Any]


class World:
    """The tables of a database file: days are dates, moments know that they are UTC."""

    def __init__(self, file: Path) -> None:
        self._conn = sqlite3.connect(file)
        self._tables: dict[str, list[Row]] = {}
        self._by_day: dict[tuple[str, str], dict[date, list[Row]]] = {}

    def __getitem__(self, table: str) -> list[Row]:
        if table not in self._tables:
            self._tables[table] = list(self._read(table))
        return self._tables[table]

    def by_day(self, table: str, column: str) -> dict[date, list[Row]]:
        if (table, column) not in self._by_day:
            days = self._by_day[table, column] = {}
            for row in self[table]:
                days.setdefault(row[column], []).append(row)
        return self._by_day[table, column]

    def by_id(self, table: str) -> dict[int, Row]:
        return {row["id"]: row for row in self[table]}

    def close(self) -> None:
        self._conn.close()

    def _read(self, table: str) -> Iterator[Row]:
        readers = {name: _reader(kind) for _, name, kind, *_ in self._conn.execute(f'pragma table_info("{table}")')}
        for values in self._conn.execute(f'select {", ".join(readers)} from "{table}"'):
            yield {
                name: None if value is None else reader(value)
                for (name, reader), value in zip(readers.items(), values, strict=True)
            }


def _reader(kind: str) -> Callable[[Any], Any]:
    return {"DATE": date.fromisoformat, "DATETIME": _moment}.get(kind, _as_is)


def _moment(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


def _as_is(value: Any) -> Any:
    return value


def day_of(moment: datetime) -> date:
    """The day it was in Shanghai."""
    return moment.astimezone(SHANGHAI).date()


@dataclass(frozen=True)
class Asked:
    """The question: these days, both included, at this moment; `grids` are those a worker has, None without bounds.

    `filters` is what a reader narrowed the cases to, by the names of the product's filters.
    """

    world: World
    since: date
    until: date
    now: datetime
    grids: frozenset[int] | None = None
    filters: Mapping[str, Any] = field(default_factory=dict)

    def inside(self, day: date | None) -> bool:
        return day is not None and self.since <= day <= self.until

    def by_end(self, day: date | None) -> bool:
        return day is not None and day <= self.until

    @cached_property
    def today(self) -> date:
        return day_of(self.now)

    @cached_property
    def end(self) -> datetime:
        """The end of the last day, or now while that day lasts."""
        midnight = datetime.combine(self.until + timedelta(1), datetime.min.time(), SHANGHAI)
        return min(midnight, self.now)

    @cached_property
    def yesterday(self) -> date:
        return self.today - timedelta(1)

    @cached_property
    def by_now(self) -> date:
        """The last day, or today when that lies ahead."""
        return min(self.until, self.today)

    def seen(self, row: Row) -> bool:
        """Whether a row of this grid is this viewer's; what has no grid is every worker's."""
        return self.grids is None or row["grid_id"] is None or row["grid_id"] in self.grids

    def here(self, row: Row) -> bool:
        """Whether the viewer sees a row and asked for its grid."""
        wanted = self.filters.get("grids")
        return self.seen(row) and (not wanted or self._codes.get(row["grid_id"], "") in wanted)

    @cached_property
    def _codes(self) -> dict[int, str]:
        return {grid["id"]: grid["code"] for grid in self.world["grid"]}


@dataclass(frozen=True)
class Told:
    """What the oracle says: the figure, and n and N where it has them."""

    value: float | None
    n: float | None = None
    of: float | None = None


Oracle = Callable[[Asked], Told]


def share(n: float, of: float, people: bool = False) -> Told:
    """n of N; without an N no figure, and none of fewer than twenty people."""
    return Told(n / of if of and not (people and of < FEW) else None, n, of)
