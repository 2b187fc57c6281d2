"""A file to the table in it: the first visible sheet with headings and rows beneath them."""

import re
from collections.abc import Iterator, Mapping
from typing import cast

from sheets import cleaning, compound, delimited, ods, xls, xlsx
from sheets.cells import (
    FORMULA,
    MAX_COLUMNS,
    MAX_ROWS,
    Cell,
    ErrorCell,
    Line,
    Raw,
    Row,
    Sheet,
    Source,
    Tab,
    address,
    letters,
)
from sheets.package import Package

_SIGNATURES = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"{\\rtf", "word"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
)
_BREAK = re.compile(r"(?<=(.))\n")


def read(data: bytes, name: str, max_rows: int = MAX_ROWS) -> Sheet:
    """The table in a file, whose format is recognised by its content; `name` only serves to speak of it.

    The headings are the first row with two filled cells or more; what stands above is passed over, and so are
    empty rows, without shifting the numbers of the others. NotPossible for everything that is no such table.
    """
    source = Source(data, name, max_rows)
    if not data:
        raise source.refused("empty_file")
    found: Sheet | None = None
    bare: str | None = None
    others: list[str] = []
    for tab, lines in _tabs(source):
        if found:
            others += [tab] * _has_rows(lines)
            continue
        heading = next((line for line in lines if _sound(source, tab, line) and len(line[1]) > 1), None)
        if heading:
            found = _sheet(source, tab, heading, lines)
            bare = bare or tab
    if not found:
        raise source.refused("no_rows", sheet=bare) if bare else source.refused("no_headings")
    return Sheet(found.name, found.heading_row, found.headings, found.rows, tuple(others))


def _tabs(source: Source) -> Iterator[Tab]:
    data = source.data
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packaged(Package(source))
    if data.startswith((compound.SIGNATURE, xls.BARE)):
        return xls.tabs(source)
    if data.startswith(xls.OLD):
        raise source.refused("not_a_sheet.old")
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise source.refused(f"not_a_sheet.{kind}")
    return delimited.tabs(source)


def _packaged(package: Package) -> Iterator[Tab]:
    if b"opendocument.spreadsheet" in package.head("mimetype"):
        return ods.tabs(package)
    if "xl/workbook.bin" in package:
        raise package.source.refused("not_a_sheet.binary")
    if "word/document.xml" in package or b"opendocument.text" in package.head("mimetype"):
        raise package.source.refused("not_a_sheet.word")
    if "ppt/presentation.xml" in package:
        raise package.source.refused("not_a_sheet.slides")
    if "[Content_Types].xml" in package:
        return xlsx.tabs(package)
    raise package.source.refused("not_a_sheet.archive")


def _has_rows(lines: Iterator[Line]) -> bool:
    return any(len(cells) > 1 for _, cells in lines) and next(lines, None) is not None


def _sound(source: Source, tab: str, line: Line) -> bool:
    """True, or the refusal of a row with a formula or too many columns."""
    row, cells = line
    if FORMULA in cells.values():
        column = next(column for column, value in cells.items() if value is FORMULA)
        raise source.refused("formula", sheet=tab, cell=address(row, column))
    widest = max(cells)
    if widest >= MAX_COLUMNS:
        raise source.refused("too_many_columns", sheet=tab, cell=address(row, widest), limit=MAX_COLUMNS)
    return True


def _sheet(source: Source, tab: str, heading: Line, lines: Iterator[Line]) -> Sheet | None:
    """None when no row stands beneath the headings."""
    named = _headings(source, heading)
    columns = sorted(named)
    rows: list[Row] = []
    aside: dict[int, dict[int, Raw]] = {}
    for line in lines:
        _sound(source, tab, line)
        number, cells = line
        if len(rows) == source.max_rows:
            raise source.refused("too_many_rows", sheet=tab, limit=source.max_rows)
        if not cells.keys() <= named.keys():
            aside[len(rows)] = {column: value for column, value in cells.items() if column not in named}
        rows.append(Row(number, _cells(cells, columns)))
    for column in sorted({column for extra in aside.values() for column in extra}):
        named[column] = f"[{letters(column)}]"
    if aside:
        rows = [_widened(row, aside.get(at, {}), columns, sorted(named)) for at, row in enumerate(rows)]
    return Sheet(tab, heading[0], tuple(named[column] for column in sorted(named)), rows) if rows else None


def _cells(cells: Mapping[int, Raw | None], columns: list[int]) -> tuple[Cell, ...]:
    """A row with a formula has been refused by now."""
    return cast("tuple[Cell, ...]", tuple(map(cells.get, columns)))


def _widened(row: Row, extra: dict[int, Raw], columns: list[int], wanted: list[int]) -> Row:
    filled: dict[int, Raw | None] = {**dict(zip(columns, row.cells, strict=True)), **extra}
    return Row(row.number, _cells(filled, wanted))


def _headings(source: Source, line: Line) -> dict[int, str]:
    row, cells = line
    named: dict[int, str] = {}
    places: dict[str, int] = {}
    for column, value in sorted(cells.items()):
        heading = _heading(value)
        if heading in places:
            first, second = address(row, places[heading]), address(row, column)
            raise source.refused("repeated_heading", heading=heading, first=first, second=second)
        if heading:
            named[column] = heading
            places[heading] = column
    return named


def _heading(value: Raw) -> str:
    """On one line; a line break within Chinese disappears, elsewhere it is a space."""
    text = value.text if isinstance(value, ErrorCell) else cleaning.text(value) or ""
    return _BREAK.sub(lambda found: " " if found[1].isascii() else "", text)
