"""A list one row of which can be chosen, and stays chosen when the list changes under the reader's hands."""

import re
from collections.abc import Hashable, Sequence
from typing import Any

import polars as pl
import streamlit as st

from ui.forms import Row, made

FITTING = 9
TALL = 400
NUMBER = re.compile(r"[-−+]?[\d,]+(\.\d+)?( ?%)?")


def chosen(
    name: str, rows: list[Row], shown: pl.DataFrame, *, by: Sequence[str] = ("id",), **config: Any
) -> Row | None:
    """Draws `shown`, which has a line for each of `rows`; gives the one that is chosen, None for none.

    `by` are the columns that tell the rows apart; `config` are column configurations by heading.
    """
    at = position(name, [tuple(row[column] for column in by) for row in rows], shown, **config)
    return None if at is None else rows[at]


def position(
    name: str, ids: Sequence[Hashable], shown: pl.DataFrame, *, required: bool = False, new: str = "", **config: Any
) -> int | None:
    """Draws `shown`, which has a line for each of `ids`; gives the place of the chosen one, None for none.

    A list that changed is another table, so that a click on its third line never means another row; the row that was
    chosen stays so while it is on the list and the page is not left, and until the form named `new` has made a row.
    """
    key, kept, sent = f"{name}-{hash(tuple(ids))}", f"_{name} chosen", made(new)
    before, last, when = st.session_state.get(kept, (name, None, sent))
    rows = [ids.index(last)] if before in st.session_state and last in ids and when == sent else []
    clicked = st.dataframe(
        shown.to_arrow(),
        key=key,
        hide_index=True,
        row_height=40,
        height="content" if len(ids) <= FITTING else TALL,
        column_config=_numbers_right(shown) | config,
        on_select="rerun",
        selection_mode="single-row-required" if required else "single-row",
        selection_default={"selection": {"rows": rows, "columns": [], "cells": []}},
    )
    found = clicked.selection.rows
    at = found[0] if found and found[0] < len(ids) else None
    st.session_state[kept] = (key, None if at is None else ids[at], sent)
    return at


def _numbers_right(shown: pl.DataFrame) -> dict[str, Any]:
    """The columns of which every word is a number stand at the right, as numbers do."""
    worded = {one.name: [said for said in one if said] for one in shown if one.dtype == pl.String}
    return {
        heading: st.column_config.Column(alignment="right")
        for heading, said in worded.items()
        if said and all(NUMBER.fullmatch(one) for one in said)
    }
