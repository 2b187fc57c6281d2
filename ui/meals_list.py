"""The list of meals: filtered, the newest first, read a page at a time."""

import polars as pl
import streamlit as st

import access
from access import Permission
from data_access.engine import Connection
from jobs import export_sheet, meals_page
from jobs.export_sheet import Form, Made, Question
from texts import t
from ui import words
from ui.export_button import export
from ui.loading import load
from ui.meals_filters import Choice, chosen
from ui.meals_lead import dates
from ui.meals_rows import meals_table
from ui.parts import plain
from vocabulary.enums import MealKind, Subject
from vocabulary.questions import Period, Viewer
from vocabulary.refusals import word

METRICS = ("meals_a_day", "elder_share", "elders_served", "elder_coverage")


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
            _export(viewer, choice, counted, period, total)
        note = t("meals.page.list_note", count=words.number(total), span=dates(period))
        title.markdown(f"**{t('meals.page.list_title')}** :small[:gray[{plain(note)}]]")
        if total:
            meals_table(
                viewer, choice.rows(counted), period, total, f"meals-list-{choice.meal}-{choice.who}-{choice.tier}"
            )
        else:
            st.markdown(f":gray[{t('meals.page.no_match')}]")


def _export(viewer: Viewer, choice: Choice, counted: pl.DataFrame, period: Period, total: int) -> None:
    """All of the list as a file."""
    said = (
        ("meals.page.filter_meal", word(MealKind(choice.meal)) if choice.meal else ""),
        ("meals.page.filter_who", t(f"meals.page.{choice.who}") if choice.who else ""),
        ("meals.page.tier_name", "、".join(counted.filter(code=choice.tier)["tier"].unique()) if choice.tier else ""),
    )
    lines = tuple(t("cases.chip", name=t(key), values=value) for key, value in said if value)
    rows, name = choice.rows(counted), t("meals.page.list_title")

    def made(conn: Connection, form: Form) -> Made:
        return export_sheet.behind(conn, viewer, name, rows, period, Question(lines, METRICS), form)

    export(viewer, Subject.MEALS, name, total, made, "meals")
