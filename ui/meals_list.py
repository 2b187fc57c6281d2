"""The list of meals: filtered, the newest first, read a page at a time."""

import streamlit as st

import access
from access import Permission
from jobs import meals_page
from texts import t
from ui import words
from ui.loading import load
from ui.meals_filters import chosen
from ui.meals_lead import dates
from ui.meals_rows import meals_table
from ui.parts import plain
from vocabulary.questions import Period, Viewer


def listed(viewer: Viewer, period: Period) -> None:
    """The panel, for those who may read single meals; nothing for the others."""
    if not access.allows(viewer, Permission.SEE_MEAL_ROWS):
        return
    counted = load(meals_page.counted, viewer, period)
    with st.container(border=True, key="panel-meals-list", gap="xsmall"):
        title, bar = st.container(), st.container(key="bar", horizontal=True, vertical_alignment="center", gap="small")
        with bar:
            choice = chosen(viewer, counted)
        total = choice.count(counted)
        note = t("meals.page.list_note", count=words.number(total), span=dates(period))
        title.markdown(f"**{t('meals.page.list_title')}** :small[:gray[{plain(note)}]]")
        if total:
            meals_table(
                viewer, choice.rows(counted), period, total, f"meals-list-{choice.meal}-{choice.who}-{choice.tier}"
            )
        else:
            st.markdown(f":gray[{t('meals.page.no_match')}]")
