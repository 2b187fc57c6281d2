"""The raw rows of a demo file, read with the standard library alone, and what an oracle tells of them."""

import re
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

SHANGHAI = timezone(timedelta(hours=8))
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?")
Row = dict[str, Any]


@dataclass(frozen=True)
class Told:
    """What a figure should be: its value, and what of how much where it has such parts."""

    value: float | None
    n: float | None = None
    of: float | None = None


@dataclass
class Stock:
    """The tables of one SQLite file as they are at `now`; days as dates, moments in Shanghai time."""

    file: Path
    now: datetime
    _tables: dict[str, list[Row]] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.now.date()

    def __getitem__(self, table: str) -> list[Row]:
        if table not in self._tables:
            conn = sqlite3.connect(f"file:{self.file}?mode=ro", uri=True)
            conn.row_factory = sqlite3.Row
            rows = conn.execute(f'select * from "{table}"').fetchall()
            self._tables[table] = [{name: _read(row[name]) for name in row.keys()} for row in rows]  # noqa: SIM118
            conn.close()
        return self._tables[table]

    def by_id(self, table: str) -> dict[int, Row]:
        return {row["id"]: row for row in self[table]}


@dataclass(frozen=True)
class Window:
    """The days of a period, both ends included."""

    since: date
    until: date

    def __contains__(self, day: date | None) -> bool:
        return day is not None and self.since <= day <= self.until

    @property
    def days(self) -> list[date]:
        return [self.since + timedelta(n) for n in range((self.until - self.since).days + 1)]


Oracle = Callable[[Stock, Window], Told]


def count(rows: Iterable[object]) -> Told:
    return Told(sum(1 for _ in rows))


def total(values: Iterable[float | None]) -> Told:
    return Told(sum(value for value in values if value is not None))


def share(n: float, of: float, few: int = 0) -> Told:
    """n of N; nothing of nothing, and no share below `few`."""
    return Told(n / of if of and of >= few else None, n, of)


def by_now(day: date | None, until: date) -> bool:
    """Had it happened when the day `until` was over?"""
    return day is not None and day <= until


def _read(value: object) -> object:
    if isinstance(value, str) and MOMENT.fullmatch(value):
        return datetime.fromisoformat(value).replace(tzinfo=UTC).astimezone(SHANGHAI)
    if isinstance(value, str) and DAY.fullmatch(value):
        return date.fromisoformat(value)
    return value
