"""What the forms of the peace post share: acting on what was typed, choosing words and grids."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any, TypeVar

import streamlit as st

from data_access import places
from texts import language, t
from ui.loading import act, load
from ui.parts import flash
from vocabulary.enums import Role
from vocabulary.questions import Viewer
from vocabulary.refusals import Refusal, word

E = TypeVar("E", bound=StrEnum)
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


def choice(label: str, kind: type[E], key: str, now: str | None = None) -> E:
    """One word of an enumeration."""
    members = list(kind)
    index = members.index(kind(now)) if now else 0
    chosen: E = st.selectbox(label, members, index, format_func=word, key=key, filter_mode=None)
    return chosen


def choice_or_none(label: str, kind: type[E], key: str, none: str, now: str | None = None) -> E | None:
    """One word of an enumeration, or none of them, which is called `none`."""
    # "" and not None: a box whose value is None shows Streamlit's own English words.
    values = ["", *(member.value for member in kind)]

    def said(value: str) -> str:
        return word(kind(value)) if value else none

    chosen = st.selectbox(label, values, values.index(now or ""), format_func=said, key=key, filter_mode=None)
    return kind(chosen) if chosen else None


def grids(viewer: Viewer) -> dict[str, str]:
    """The grids this viewer may write in: code to name."""
    rows = load(places.grids, viewer).iter_rows(named=True)
    return {
        row["code"]: (row["name_en"] if language() == "en" else None) or row["name"]
        for row in rows
        if viewer.role is not Role.WORKER or row["id"] in viewer.grids
    }


def grid_choice(viewer: Viewer, key: str, now: str | None = None, *, whole: bool = False) -> str:
    """The code of a grid; with `whole` also "" for the whole community."""
    named = ({"": t("peace_post.whole_community")} if whole else {}) | grids(viewer)
    codes: Sequence[str] = list(named)
    index = codes.index(now) if now in named else 0
    chosen = st.selectbox(t("columns.grid"), codes, index, format_func=named.__getitem__, key=key, filter_mode=None)
    return chosen or ""
