"""Which canteen a till stands in."""

from dataclasses import dataclass

import streamlit as st

from data_access import canteen
from texts import language, t
from ui.loading import load
from vocabulary.questions import Viewer


@dataclass(frozen=True)
class Canteen:
    """A canteen by its code, with its name for the reader."""

    code: str
    name: str


def here(viewer: Viewer) -> Canteen | None:
    """The only canteen, or the chosen one of several; None while there is none."""
    rows = load(canteen.canteens, viewer).iter_rows(named=True)
    known = [Canteen(row["code"], (language() == "en" and row["name_en"]) or row["name"]) for row in rows]
    if len(known) < 2:
        return known[0] if known else None
    return st.selectbox(t("till.canteen"), known, format_func=lambda one: one.name, key="till-canteen")
