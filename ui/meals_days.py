"""When the canteen serves: the curve of a day, and the meals of each day of the period."""

from collections.abc import Callable

import polars as pl
import streamlit as st

import clock
from charts.meals import by_day as days_chart
from charts.meals import curve as curve_chart
from data_access import meals
from jobs import meals_page
from metrics.overview import step_of, window
from texts import t
from ui import festivals, words
from ui.loading import load
from ui.meals_lead import dates
from ui.meals_rows import Behind, button
from ui.parts import chart, plain
from ui.worked import worked
from vocabulary.questions import Op, Period, Rows, Viewer, Where

DAYS_AT_LEAST = 28
SERVED = (Where("served_on", Op.IN_PERIOD), Where("void", Op.NULL))


def nothing(viewer: Viewer, period: Period) -> bool:
    """Is there no meal in the period nor in the four weeks up to its end?"""
    frame = load(meals_page.days, viewer, window(period, DAYS_AT_LEAST))
    return not int(frame["elderly"].sum()) and not int(frame["others"].sum())


def curve(viewer: Viewer, day: Period, height: int) -> Behind:
    """The panel of one day's quarters of an hour; gives its rows."""
    frame = load(meals.curve, viewer, day.until)
    elderly, others = int(frame["elderly"].sum()), int(frame["others"].sum())
    is_today = day.until == clock.today()
    name = t("meals.page.curve_today") if is_today else t("meals.page.curve_of", day=dates(day))
    behind = Behind("meals-curve", name, day, Rows("meals", SERVED), elderly + others)
    usual = frame["usual"].null_count() < frame.height
    note = t("meals.page.curve_note_usual" if usual else "meals.page.curve_note")
    alt = t("meals.page.curve_alt", name=name, total=words.number(elderly + others), elderly=words.number(elderly))
    drawn = _timed(frame)
    _panel(viewer, behind, note, usual, lambda: chart(curve_chart, drawn, height, key="meals-curve-chart", alt=alt))
    return behind


def by_day(viewer: Viewer, period: Period) -> Behind:
    """The panel of meals over the period, and as many days before it as make four weeks; gives its rows."""
    days = window(period, DAYS_AT_LEAST)
    frame = load(meals_page.days, viewer, days)
    elderly, others = int(frame["elderly"].sum()), int(frame["others"].sum())
    name, step = t("meals.page.days_title"), step_of(days)
    behind = Behind("meals-days", name, days, Rows("meals", SERVED), elderly + others)
    ends = {"since": words.day(days.since), "until": words.day(days.until)}
    note = t(f"meals.page.over_{step}s", span=dates(days))
    note += t("meals.page.running") if days.until == clock.today() else ""
    alt = t("meals.page.days_alt", **ends, total=words.number(elderly + others), elderly=words.number(elderly))
    _panel(viewer, behind, note, False, lambda: chart(days_chart, _said(frame), step, key="meals-days-chart", alt=alt))
    return behind


def _panel(viewer: Viewer, behind: Behind, note: str, some: bool, draw: Callable[[], object]) -> None:
    with st.container(border=True, key=f"panel-{behind.key}", height="stretch", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            st.markdown(f"**{plain(behind.name)}** :small[:gray[{plain(note)}]]", width="stretch")
            if behind.total:
                button(viewer, behind)
        if behind.total or some:
            draw()
        else:
            st.markdown(f":gray[{t('meals.page.no_meals')}]")


@worked
def _timed(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(at=pl.Series([_quarter(minute) for minute in frame["quarter"]], dtype=pl.String))


@worked
def _said(frame: pl.DataFrame) -> pl.DataFrame:
    """The festivals' names in the reader's language where it has a word for them."""
    names = {name: festivals.said(name) for name in frame["festival"].drop_nulls().unique()}
    return frame.with_columns(pl.col("festival").replace_strict(names, default=None, return_dtype=pl.String))


def _quarter(minute: int) -> str:
    """11:45–12:00."""
    return f"{minute // 60:02}:{minute % 60:02}–{(minute + 15) // 60:02}:{(minute + 15) % 60:02}"
