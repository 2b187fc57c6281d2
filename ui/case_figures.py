"""The figures of the cases that were chosen: five that are always there, and those of time and of follow-up."""

import streamlit as st

from texts import t
from ui.evidence import cards
from vocabulary.questions import Filters, Period, Viewer

PAGE = "cases"
FIRST = ("received", "open", "finished", "hours_to_finish", "hours_to_finish_p90")
OF_TIME = ("on_time_rate", "due_soon", "overdue", "severe", "closure_rate")
OF_RESIDENTS = ("response_rate", "resolution_rate", "satisfaction_rate", "repeat_rate")


def figures(viewer: Viewer, period: Period, chosen: Filters) -> None:
    """The first row, and the others in an expander that is drawn when it is open."""
    cards(viewer, FIRST, period, chosen, PAGE)
    with st.expander(t("cases.more_figures"), icon=":material/timer:", key="cases-figures", on_change="rerun") as box:
        if box.open:
            cards(viewer, OF_TIME, period, chosen, PAGE)
            cards(viewer, OF_RESIDENTS, period, chosen, PAGE)
