"""What is to be written: tables with their headings, drop-downs and hints, and sheets of plain sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from clock import SHANGHAI
from texts import t


@dataclass(frozen=True)
class Table:
    """A frame under the headings a reader sees; columns without a heading are left out, the order is the headings'.

    By column: `widths` in characters, `notes` shown when a cell is selected, `choices` offered as a drop-down.
    """

    name: str
    frame: pl.DataFrame
    headings: Mapping[str, str]
    widths: Mapping[str, int] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if len(set(self.headings.values())) < len(self.headings):
            raise ValueError(f"{self.name}: two columns under one heading could not be read again")

    def values(self) -> pl.DataFrame:
        """The columns to write as text, whole numbers, fractions, days, times and Shanghai moments to the second."""
        return self.frame.select(_writable(name, self.frame.schema[name]) for name in self.headings)


@dataclass(frozen=True)
class Guide:
    """A sheet of sentences, one a row: how to fill a template, what an export holds. The import passes over it."""

    name: str
    lines: Sequence[str]


def _writable(name: str, kind: pl.DataType) -> pl.Expr:
    """Yes and no are words of the reader's language, a list is joined by 、"""
    column = pl.col(name)
    match kind:
        case pl.Boolean():
            said = pl.when(column).then(pl.lit(t("sheets.yes"))).when(~column).then(pl.lit(t("sheets.no")))
            return said.alias(name)
        case pl.Datetime(time_zone=str()):
            return column.dt.convert_time_zone(SHANGHAI.key).dt.replace_time_zone(None).dt.truncate("1s")
        case pl.Datetime():
            return column.dt.truncate("1s")
        case pl.Decimal():
            return column.cast(pl.Float64)
        case pl.List():
            return column.cast(pl.List(pl.String)).list.join("、")
        case pl.Categorical() | pl.Enum() | pl.Null():
            return column.cast(pl.String)
    return column
