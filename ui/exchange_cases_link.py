"""The way from an import to its cases, in their own period."""

from datetime import date
from pathlib import Path

import streamlit as st

import access
from texts import t
from ui import address
from vocabulary.questions import Filters, Period, Viewer

CASES = Path(__file__).parents[1] / "pages" / "cases.py"


def cases_link(viewer: Viewer, batch: int, since: date, until: date) -> None:
    """A link to the list of these cases, for those who have that page: they may be years old."""
    if "cases" in access.pages(viewer):
        wanted = address.written(Filters(period=Period(since, until), batch=batch))
        st.page_link(CASES, label=t("exchange.see_cases"), icon=":material/arrow_forward:", query_params=wanted)
