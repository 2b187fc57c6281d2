"""The choice of a grid, for the forms of the peace post."""

from collections.abc import Sequence

import streamlit as st

from data_access import places
from texts import language, t
from ui.loading import load
from vocabulary.enums import Role
from vocabulary.questions import Viewer


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
