"""The rows behind a figure: their table in the reader's words, and the sentence that says how they make the figure."""

from typing import Any

import polars as pl
import streamlit as st

from metrics.figure import Kind, Metric, ninetieth
from texts import known, t
from ui import words
from ui.worked import arrow, worked

MANY = 2000
TALL, HEAD, ROW = 400, 44, 36


def rows_table(frame: pl.DataFrame, key: str, **config: Any) -> None:
    """Draws the rows; of many the browser asks for those that are looked at."""
    many, shown = frame.height > MANY, headed(frame)
    st.dataframe(
        shown if many else arrow(shown),
        hide_index=True,
        height=min(TALL, HEAD + ROW * max(1, frame.height)),
        key=key,
        lazy=many,
        placeholder=words.NONE,
        column_config=config or None,
    )


def adds_up(metric: Metric, frame: pl.DataFrame, column: str | None) -> str:
    """The sentence that says how these rows make the number, worked out from the rows themselves."""
    rows = words.number(frame.height)
    if metric.kind.placed and column:
        found = ninetieth(frame[column]) if metric.kind is Kind.P90 else frame[column].median()
        value = words.NONE if not isinstance(found, int | float) else words.number(found, metric.decimals)
        return t(f"words.rows_{metric.kind.value}", rows=rows, value=value, unit=words.unit(metric))
    if column:
        return t("words.rows_sum", rows=rows, column=heading(column), sum=words.number(float(frame[column].sum())))
    return t("words.rows_count", rows=rows)


def heading(column: str) -> str:
    """The reader's heading of a column of evidence."""
    return t(f"columns.{column}")


@worked
def headed(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with the reader's headings and words: enumerations in the reader's language, moments as local text."""
    shown = []
    for name, kind in frame.schema.items():
        column = pl.col(name)
        if known(f"columns.words_of.{name}"):
            group = t(f"columns.words_of.{name}")
            said = {value: t(f"{group}.{value}") for value in frame[name].unique() if value is not None}
            column = column.replace_strict(said, default=None, return_dtype=pl.String)
        elif isinstance(kind, pl.Datetime):
            column = column.dt.strftime("%Y-%m-%d %H:%M")
        elif kind == pl.Date:
            column = column.dt.strftime("%Y-%m-%d")
        elif kind == pl.Boolean:
            column = pl.when(column).then(pl.lit("✓")).otherwise(pl.lit(""))
        shown.append(column.alias(heading(name)))
    return frame.select(shown)
