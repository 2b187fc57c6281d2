"""Lists of which rows can be chosen, and stay chosen when the list changes under the reader's hands."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
import streamlit as st

from ui.forms import Row, made

FITTING = 9
TALL = 400
NUMBER = re.compile(r"[-−+]?[\d,]+(\.\d+)?( ?%)?")


def chosen(
    name: str,
    rows: list[Row],
    shown: pl.DataFrame,
    *,
    by: Sequence[str] = ("id",),
    required: bool = False,
    new: str = "",
    config: Mapping[str, Any] | None = None,
) -> Row | None:
    """Draws `shown`, which has a line for each of `rows`; gives the one that is chosen, None for none.

    `by` are the columns that tell the rows apart; `required` begins with the first, and does so again when the form
    named `new` has made a row; `config` are column configurations by heading.
    """
    mode = "single-row-required" if required else "single-row"
    found = _drawn(name, rows, shown, by, mode, new, config or {})
    return found[0] if found else None


def ticked(name: str, rows: list[Row], shown: pl.DataFrame) -> list[Row]:
    """Like `chosen`, any number of rows."""
    return _drawn(name, rows, shown, ("id",), "multi-row", "", {})


def _drawn(
    name: str, rows: list[Row], shown: pl.DataFrame, by: Sequence[str], mode: Any, new: str, config: Mapping[str, Any]
) -> list[Row]:
    """A list that changed is another table, so that a click on its third line never means another row; what was
    chosen stays so while it is on the list and the page is not left."""
    ids = [tuple(row[column] for column in by) for row in rows]
    key, kept, sent = f"{name}-{hash(tuple(ids))}", f"_{name} chosen", made(new)
    before, last, when = st.session_state.get(kept, (name, (), sent))
    carried = [at for at, one in enumerate(ids) if one in last] if before in st.session_state and when == sent else []
    clicked = st.dataframe(
        shown.to_arrow(),
        key=key,
        hide_index=True,
        row_height=40,
        height="content" if len(ids) <= FITTING else TALL,
        column_config={**_numbers_right(shown), **config},
        on_select="rerun",
        selection_mode=mode,
        selection_default={"selection": {"rows": carried, "columns": [], "cells": []}},
    )
    places = [at for at in clicked.selection.rows if at < len(ids)]
    st.session_state[kept] = (key, {ids[at] for at in places}, sent)
    return [rows[at] for at in places]


def _numbers_right(shown: pl.DataFrame) -> dict[str, Any]:
    """The columns of which every word is a number stand at the right, as numbers do."""
    worded = {one.name: [said for said in one if said] for one in shown if one.dtype == pl.String}
    return {
        heading: st.column_config.Column(alignment="right")
        for heading, said in worded.items()
        if said and all(NUMBER.fullmatch(one) for one in said)
    }
