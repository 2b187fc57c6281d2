"""What a cell, a row and a sheet are once read, whichever format they came from."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from vocabulary.refusals import NotPossible

MAX_ROWS = 200_000
MAX_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """A cell in which the spreadsheet program shows an error: #N/A, #REF! …"""

    text: str


class FormulaCell:
    """A cell that is computed; never leaves this package."""


Cell = str | int | float | bool | datetime | date | time | ErrorCell | None
Raw = str | int | float | bool | datetime | date | time | ErrorCell | FormulaCell
Line = tuple[int, dict[int, Raw]]
"""A row that holds something: its number as the program shows it, its filled cells by column (A is 0)."""
Tab = tuple[str, Iterator[Line]]
"""A visible sheet: its name and its lines from top to bottom, read only when asked for."""

FORMULA = FormulaCell()


@dataclass(frozen=True, slots=True)
class Row:
    """`number` is the row number the spreadsheet program shows; `cells` stand under the sheet's headings."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The table that was read. `others` are further visible sheets of the file that have rows too.

    A column with content but without a heading is called by its letter in brackets: "[H]".
    """

    name: str
    heading_row: int
    headings: tuple[str, ...]
    rows: list[Row]
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it came: its bytes and the name a refusal calls it by."""

    data: bytes
    file: str
    max_rows: int = MAX_ROWS

    def refused(self, key: str, **values: object) -> NotPossible:
        return NotPossible(f"sheets.{key}", file=self.file, **values)


def letters(column: int) -> str:
    """0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def address(row: int, column: int) -> str:
    return f"{letters(column)}{row}"


def number(text: str) -> int | float | ErrorCell:
    """The number a file spells; a whole one is an int (2549.0 is 2549). ValueError when it spells none."""
    if text.isdecimal():
        return int(text)
    return whole(float(text))


def whole(value: float) -> int | float | ErrorCell:
    """An int where nothing is lost by it; what no spreadsheet can show is an error."""
    if not math.isfinite(value):
        return ErrorCell("#NUM!")
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def from_serial(value: float, since_1904: bool = False) -> datetime | date | time | float:
    """The moment a date cell's number stands for; a date at midnight, a time within the first day.

    Days count from 1900 (with its 29 February that never was) or from 1904. Out of range stays a number.
    """
    if not 0 <= value < 2_958_466:
        return value
    days, milliseconds = divmod(round(value * 86_400_000), 86_400_000)
    seconds, milliseconds = divmod(milliseconds, 1000)
    clock = time(seconds // 3600, seconds // 60 % 60, seconds % 60, milliseconds * 1000)
    if not days:
        return clock
    first = date(1904, 1, 1) if since_1904 else date(1899, 12, 30 if days >= 60 else 31)
    try:
        found = first + timedelta(days)
    except OverflowError:
        return value
    return datetime.combine(found, clock) if clock != time(0) else found


def from_duration(days: float) -> time | str:
    """A length of time within a day as a time, a longer one as the program shows it: "30:05:00"."""
    seconds = round(abs(days) * 86_400)
    if days >= 0 and seconds < 86_400:
        return time(seconds // 3600, seconds // 60 % 60, seconds % 60)
    return f"{'-' if days < 0 else ''}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def from_iso(text: str) -> datetime | date | time | str:
    """A day, a moment or a time as XML spells it; a text when it is none of them."""
    for kind in (date, datetime, time):
        try:
            found = kind.fromisoformat(text)
        except ValueError:
            continue
        return found.replace(tzinfo=None) if isinstance(found, datetime | time) else found
    return text
