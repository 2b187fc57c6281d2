"""The rows of an import as tables: new, changed, unchanged, rejected."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import polars as pl

from access import masked
from clock import SHANGHAI
from jobs.imports.headings import field_name
from jobs.imports.preview import Preview
from jobs.imports.report import path_words, reason
from jobs.imports.settling import Difference
from jobs.imports.words import ENUMERATIONS
from texts import t
from ui import words
from vocabulary.enums import CaseStatus
from vocabulary.refusals import word

SHOWN = 60
Table = Callable[[Preview], pl.DataFrame]


def new(found: Preview) -> pl.DataFrame:
    """The cases that would be added."""
    cases = [(row.at, case) for row, case in found.new]
    return _table(
        row=[at for at, _ in cases],
        number=[case.number for _, case in cases],
        title=[masked(case.columns["title"]) for _, case in cases],
        received_at=[words.moment(case.columns["received_at"]) for _, case in cases],
        status=[word(CaseStatus(case.columns["status"])) for _, case in cases],
        place=[_place(case.columns, found) for _, case in cases],
    )


def changed(found: Preview) -> pl.DataFrame:
    """Each field that would change: before and now."""
    rows = [(one, difference) for one in found.updates for difference in one.differences]
    return _table(
        row=[one.row.at for one, _ in rows],
        number=[one.row.number for one, _ in rows],
        field=[field_name(difference.field.removesuffix("_id")) for _, difference in rows],
        before=[t("exchange.hidden") if d.hidden else said(d, d.before, found) for _, d in rows],
        now=[said(difference, difference.now, found) for _, difference in rows],
    )


def unchanged(found: Preview) -> pl.DataFrame:
    """The rows of cases that stay as they are."""
    return _table(row=[row.at for row in found.kept], number=[row.number for row in found.kept])


def rejected(found: Preview) -> pl.DataFrame:
    """The rows that are not taken, each with its reason."""
    return _table(
        row=[row.row for row in found.rejected],
        column=[row.problems[0].column for row in found.rejected],
        value=[row.problems[0].value for row in found.rejected],
        reason=[reason(row) for row in found.rejected],
    )


TABLES: Mapping[str, Table] = {"new": new, "changed": changed, "unchanged": unchanged, "rejected": rejected}


def said(difference: Difference, value: Any, found: Preview) -> str:
    """A value as the reader reads it, on one line and not too long."""
    if value is None:
        return words.NONE
    if difference.field == "grid_id":
        return found.known.grid_names.get(value, words.NONE)
    if difference.field == "building_id":
        return found.known.building_numbers.get(value, words.NONE)
    if difference.field in ENUMERATIONS:
        return word(ENUMERATIONS[difference.field](value))
    if isinstance(value, bool):
        return t("sheets.yes" if value else "sheets.no")
    if isinstance(value, datetime):
        return f"{value.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"
    if isinstance(value, tuple):
        return path_words(value)
    line = masked(" ".join(str(value).split()))
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}…"


def _place(case: Mapping[str, Any], found: Preview) -> str:
    grid = found.known.grid_names.get(case.get("grid_id") or 0, t("words.waiting_grid"))
    return f"{grid} · {masked(case['spot'])}" if case.get("spot") else grid


def _table(**columns: list[Any]) -> pl.DataFrame:
    return pl.DataFrame(
        {name: pl.Series(name, column, pl.Int64 if name == "row" else pl.String) for name, column in columns.items()}
    )
