"""What the canteen's forms share: a table to choose a row from, and the reason of a correction."""

from typing import Any

import polars as pl
import streamlit as st

from texts import t
from ui.forms import Row


def chosen(key: str, rows: list[Row], shown: pl.DataFrame, *, height: int = 360, **config: Any) -> Row | None:
    """A table of these rows; gives the one that was clicked. A list that changed is another table."""
    clicked = st.dataframe(
        shown.to_arrow(),
        key=f"{key}-{hash(tuple(tuple(row.values()) for row in rows))}",
        hide_index=True,
        row_height=40,
        height="content" if len(rows) <= 8 else height,
        on_select="rerun",
        selection_mode="single-row",
        column_config=config or None,
    )
    return rows[clicked.selection.rows[0]] if clicked.selection.rows else None


def reason(key: str) -> str:
    """Why something is corrected."""
    return st.text_input(t("canteen.page.reason"), key=key) or ""
