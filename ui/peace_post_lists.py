"""The lists of the peace post, one row of which can be chosen."""

from typing import Any

import polars as pl
import streamlit as st

from texts import t

FITTING = 9
TALL = 400


def listed(name: str, rows: pl.DataFrame, shown: pl.DataFrame, **columns: Any) -> int | None:
    """Draws `shown`, which has a line for each of `rows`; gives the id of the row that was clicked."""
    # A list that changed is another one: a click on its third line must not mean another row.
    key = f"{name}-{hash(tuple(rows['id']))}"
    clicked = st.dataframe(
        shown.to_arrow(),
        key=key,
        hide_index=True,
        row_height=40,
        height="content" if rows.height <= FITTING else TALL,
        column_config=columns or None,
        on_select="rerun",
        selection_mode="single-row-required",
    )
    chosen = clicked.selection.rows
    return int(rows["id"][chosen[0]]) if chosen and chosen[0] < rows.height else None


def days_late(late: int) -> str:
    """Overdue by so many days, or due today."""
    return t("peace_post.days_late", days=late) if late > 0 else t("peace_post.due_today")
