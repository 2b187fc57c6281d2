"""What the canteen's forms share: acting on what was typed, a fresh form after it, money as it is typed."""

from collections.abc import Callable
from typing import Any

import polars as pl
import streamlit as st

from texts import t
from ui.loading import act
from ui.parts import flash
from vocabulary.questions import Viewer
from vocabulary.refusals import Refusal

Row = dict[str, Any]


def done(said: str, form: str, write: Callable[..., Any], viewer: Viewer, *args: Any) -> None:
    """Acts and says so at the head of the page, with a fresh form; a refusal is said here and what was typed stays."""
    try:
        act(write, viewer, *args)
    except Refusal as refusal:
        st.error(str(refusal), icon=":material/error:")
        return
    st.session_state[f"_made {form}"] = st.session_state.get(f"_made {form}", 0) + 1
    flash(said)
    st.rerun()


def fresh(form: str) -> str:
    """The key of a form: another one after each act, so that the next begins empty."""
    return f"{form}-{st.session_state.get(f'_made {form}', 0)}"


def yuan(label: str, key: str, fen: int = 0) -> int:
    """A sum typed in yuan, in fen."""
    typed = st.number_input(label, value=fen / 100, step=100.0, format="%.2f", key=key)
    return round(float(typed or 0) * 100)


def chosen(key: str, rows: list[Row], shown: pl.DataFrame, *, height: int = 360, **config: Any) -> Row | None:
    """A table of these rows; gives the one that was clicked. A list that changed is another table."""
    clicked = st.dataframe(
        shown,
        key=f"{key}-{hash(tuple(tuple(row.values()) for row in rows))}",
        hide_index=True,
        row_height=40,
        height="content" if len(rows) <= 8 else height,
        on_select="rerun",
        selection_mode="single-row",
        column_config=config or None,
    )
    return rows[clicked.selection.rows[0]] if clicked.selection.rows else None


def quiet(sentence: str) -> None:
    """A small gray sentence."""
    st.markdown(f":small[:gray[{sentence}]]")


def reason(key: str) -> str:
    """Why something is corrected."""
    return st.text_input(t("canteen.page.reason"), key=key) or ""
