"""The volunteers in pictures: hours by month, role and occupation, and what became of their clues."""

from collections.abc import Iterator
from datetime import date

import polars as pl
import streamlit as st

from charts import volunteers as charts
from data_access import volunteers
from jobs import volunteer_hours
from metrics import volunteers as figures
from texts import t
from ui import words
from ui.forms import quiet
from ui.loading import load
from ui.parts import chart, panel
from ui.worked import arrow, worked
from vocabulary.questions import Period, Viewer
from vocabulary.refusals import word
from vocabulary.volunteers import VolunteerRole

MONTHS = 12
by_month, hours_by = worked(figures.hours_by_month), worked(figures.hours_by)
clues_by_role = worked(figures.clues_by_role)


def pictures(viewer: Viewer, period: Period) -> None:
    """Four panels, two by two."""
    known = load(volunteer_hours.hours, viewer, period.since, period.until)
    with st.grid(2, min_column_width=420, gap="small"):
        _months(viewer, period.until)
        _by(known, "volunteer_role", "roles", period)
        _by(known, "occupation", "occupations", period)
        _clues(viewer, period)


def _months(viewer: Viewer, until: date) -> None:
    year = Period(_year_back(until), until)
    frame = by_month(year, load(volunteer_hours.hours, viewer, year.since, year.until))
    with panel(t("volunteers.months_title"), t("volunteers.months_note"), key="volunteers-months"):
        if not frame["served_hours"].sum():
            quiet(t("volunteers.chart_none"))
            return
        said = _said("volunteers.month_piece", ((f"{on:%Y-%m}", hours) for on, hours in frame.iter_rows()), "month")
        chart(charts.by_month, frame, key="volunteers-months-chart", alt=t("volunteers.months_alt", parts=said))


def _by(known: pl.DataFrame, column: str, name: str, period: Period) -> None:
    frame = hours_by(column, period, known)
    with panel(
        t(f"volunteers.{name}_title"), t(f"volunteers.{name}_note", days=_days(period)), key=f"volunteers-{name}"
    ):
        if frame.is_empty():
            quiet(t("volunteers.chart_none"))
            return
        kind = charts.KINDS[column]
        said = _said("volunteers.piece", ((word(kind(one)), hours) for one, hours in frame.iter_rows()), "name")
        alt = t(f"volunteers.{name}_alt", parts=said)
        chart(charts.by_word, frame, column, key=f"volunteers-{name}-chart", alt=alt)


def _clues(viewer: Viewer, period: Period) -> None:
    frame = clues_by_role(period, load(volunteers.clues, viewer, period.since, period.until))
    with panel(t("volunteers.clues_title"), t("volunteers.clues_note", days=_days(period)), key="volunteers-clues"):
        if frame.is_empty():
            quiet(t("volunteers.clues_none"))
            return
        st.dataframe(arrow(_told(frame)), hide_index=True, height="content", key="volunteers-clues-table")


@worked
def _told(clues: pl.DataFrame) -> pl.DataFrame:
    headings = (("reported", "clues"), ("became", "became"), ("resolved", "resolved"))
    roles = pl.Series(t("volunteers.role"), [word(VolunteerRole(role)) for role in clues["volunteer_role"]], pl.String)
    return pl.DataFrame([roles, *(clues[column].alias(t(f"volunteers.{heading}")) for heading, column in headings)])


def _said(key: str, pairs: Iterator[tuple[str, float]], name: str) -> str:
    return t("volunteers.join").join(t(key, **{name: one, "hours": words.number(hours, 1)}) for one, hours in pairs)


def _days(period: Period) -> str:
    return t("volunteers.days", since=period.since, until=period.until)


def _year_back(until: date) -> date:
    first = until.replace(day=1)
    months = first.year * 12 + first.month - MONTHS
    return date(months // 12, months % 12 + 1, 1)
