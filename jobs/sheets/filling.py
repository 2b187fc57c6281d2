"""Rows of a kind as a table under its headings, in the reader's words; the template to fill with its explanations."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import polars as pl

import clock
from access import allows
from data_access import books
from data_access.books import Coded
from data_access.engine import Connection
from data_access.frames import MOMENT
from jobs.export_sheet import Form, Made, Question, made
from jobs.sheets.declared import may_export
from jobs.sheets.kinds import Column, Holds, Kind, value_of
from jobs.sheets.reading import words_of
from jobs.sheets.things import things
from sheets import writing
from sheets.tables import Guide, Table
from texts import t
from vocabulary.questions import Period, Viewer
from vocabulary.refusals import NotAllowed, word

MOST_OFFERED = 2_000
TYPES: dict[Holds, Any] = {
    Holds.WHOLE: pl.Int64,
    Holds.NUMBER: pl.Float64,
    Holds.YUAN: pl.Float64,
    Holds.DAY: pl.Date,
    Holds.MOMENT: MOMENT,
    Holds.TIME: pl.Time,
    Holds.YES_NO: pl.Boolean,
}


def template(conn: Connection, viewer: Viewer, kind: Kind) -> bytes:
    """A workbook to fill: headings with an example beneath them, drop-downs, and a sheet that explains each column."""
    if not may_export(viewer, kind):
        raise NotAllowed("words.not_allowed", what=kind.permission)
    named = things(conn, kind)
    example = {column.field: _example(column, named) for column in kind.columns}
    choices = {column.field: offered for column in kind.columns if (offered := _offered(column, named))}
    notes = {column.field: kind.note(column) for column in kind.columns if kind.note(column)}
    frame = _frame(kind.columns, [example])
    table = Table(kind.name, frame, _headings(kind, kind.columns), notes=notes, choices=choices)
    return writing.xlsx([table, Guide(t("sheet_kinds.guide.name"), list(_explained(kind)))])


def exported(conn: Connection, viewer: Viewer, kind: Kind, period: Period | None, form: Form) -> Made:
    """The rows of a kind, of a period where it has days, under headings that an import reads back."""
    if not may_export(viewer, kind):
        raise NotAllowed("words.not_allowed", what=kind.permission)
    whole = allows(viewer, kind.permission)
    columns = [column for column in kind.columns if whole or not column.covered]
    since, until = (period.since, period.until) if period else (None, None)
    rows = books.listed(conn, viewer, kind.book, since, until)
    table = Table(kind.name, _frame(columns, rows), _headings(kind, columns))
    dated = period is not None and kind.book.day is not None
    asked = Question([t("sheet_kinds.export.days", since=since, until=until)] if dated else [])
    return made(conn, viewer, table, asked, form, [t("sheet_kinds.export.note")])


def count(conn: Connection, viewer: Viewer, kind: Kind, period: Period | None) -> int:
    """How many rows an export of this period holds."""
    if not may_export(viewer, kind):
        raise NotAllowed("words.not_allowed", what=kind.permission)
    since, until = (period.since, period.until) if period else (None, None)
    return books.counted(conn, viewer, kind.book, since, until)


def _frame(columns: Sequence[Column], rows: Sequence[dict[str, Any]]) -> pl.DataFrame:
    cells = {column.field: [_cell(column, row[column.field]) for row in rows] for column in columns}
    return pl.DataFrame({column.field: _series(column, cells[column.field]) for column in columns})


def _series(column: Column, cells: list[Any]) -> pl.Series:
    return pl.Series(column.field, cells, TYPES.get(column.holds, pl.String))


def _cell(column: Column, value: Any) -> Any:
    """A value as it is written into a cell."""
    if value is None:
        return None
    match column.holds:
        case Holds.YUAN:
            return value / 100
        case Holds.MONTH:
            return f"{value:%Y-%m}"
        case Holds.MOMENT:
            return _local(value)
        case Holds.WORD:
            assert column.words is not None
            return word(column.words(value))
        case Holds.WORDS:
            assert column.words is not None
            return "、".join(word(column.words(one)) for one in value) or None
        case Holds.CODES:
            return "、".join(value) or None
    return value


def _local(at: datetime) -> datetime:
    return at.astimezone(clock.SHANGHAI)


def _headings(kind: Kind, columns: Iterable[Column]) -> dict[str, str]:
    return {column.field: kind.heading(column) for column in columns}


def _example(column: Column, named: dict[str, list[Coded]]) -> Any:
    """The example's value; of a code one that there is."""
    value = value_of(column.example)
    if column.of and value:
        there = [one.code for one in named[column.of]]
        if column.holds is Holds.CODES:
            return tuple(there[:2]) or value
        return value if value in there or not there else there[0]
    return tuple(map(value_of, value)) if isinstance(value, tuple) else value


def _offered(column: Column, named: dict[str, list[Coded]]) -> list[str]:
    """What a drop-down offers."""
    if column.holds is Holds.WORD:
        return words_of(column)
    if column.holds is Holds.YES_NO:
        return [t("sheets.yes"), t("sheets.no")]
    return [one.code for one in named[column.of][:MOST_OFFERED]] if column.holds is Holds.CODE else []


def _explained(kind: Kind) -> Iterable[str]:
    identity = "、".join(kind.heading(column) for column in kind.identity)
    yield t("sheet_kinds.guide.about", name=kind.name, about=t(f"sheet_kinds.{kind.key}.about"))
    yield t("sheet_kinds.guide.one_row")
    yield t("sheet_kinds.guide.example")
    yield t("sheet_kinds.guide.identity", columns=identity)
    for column in kind.columns:
        yield _explanation(kind, column)


def _explanation(kind: Kind, column: Column) -> str:
    there = "、".join(words_of(column)) if column.words else ""
    what = t(f"sheet_kinds.of.{column.of}") if column.of else ""
    holds = t(f"sheet_kinds.holds.{column.holds}", longest=column.longest, there=there, what=what)
    line = t("sheet_kinds.guide.column", heading=kind.heading(column), needed=_needed(column), holds=holds)
    if note := kind.note(column):
        line += f" {note}。" if line.endswith("。") else f" {note}."
    if column.also:
        line += " " + t("sheet_kinds.guide.also", also="、".join(column.also.split()))
    return line


def _needed(column: Column) -> str:
    if column.lone:
        return t("sheet_kinds.guide.lone")
    if column.usual is not None:
        usual = t("sheets.yes") if column.usual is True else str(_cell(column, column.usual))
        return t("sheet_kinds.guide.usual", usual=usual)
    return t(f"sheet_kinds.guide.{'needed' if column.needed else 'optional'}")
