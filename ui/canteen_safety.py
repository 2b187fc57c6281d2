"""Food safety on the page: what today and the days of the period still lack, the log, and an entry made."""

from datetime import date

import polars as pl
import streamlit as st

import access
import clock
from access import Permission
from data_access import canteen
from data_access.canteen import SafetyEntry
from texts import t
from ui import words
from ui.choosing import chosen
from ui.evidence import cards
from ui.forms import Row, done, fresh, quiet, reason
from ui.loading import load
from ui.parts import empty, panel
from ui.till_where import here
from vocabulary.canteen import SAMPLE_GRAMS, SAMPLE_HOURS, SafetyCheck
from vocabulary.enums import MealKind
from vocabulary.questions import Filters, Period, Viewer
from vocabulary.refusals import word


def safety(viewer: Viewer, period: Period) -> None:
    """The figure, what is missing, the log and, for the canteen, the form."""
    cards(viewer, ("food_safety_complete",), period, Filters(), "safety")
    due = load(canteen.safety_due, viewer, period.since, period.until)
    _missing(due)
    writes = access.allows(viewer, Permission.WRITE_CANTEEN)
    left, right = st.columns([1.62, 1], gap="small") if writes else (st.container(), None)
    frame = load(canteen.safety_log, viewer, period.since, period.until)
    with left, panel(t("canteen.page.log_title"), t("canteen.page.log_note", count=frame.height), key="safety-log"):
        if frame.is_empty():
            empty(t("canteen.page.log_none"))
        row = None if frame.is_empty() else _log(list(frame.iter_rows(named=True)))
    if right is not None:
        with right, panel(t("canteen.page.log_correct" if row else "canteen.page.log_new"), key="safety-form"):
            _form(viewer, row)


def _missing(due: pl.DataFrame) -> None:
    lacking = due.filter(~pl.col("logged"))
    today = lacking.filter("running")
    before = lacking.filter(~pl.col("running")).sort("day", descending=True)
    with panel(t("canteen.page.missing_title"), t("canteen.page.missing_note", count=lacking.height), key="safety-due"):
        served_today = not due.filter("running").is_empty()
        if not today.is_empty():
            st.markdown(t("canteen.page.missing_today", what=_named(today)))
        elif served_today:
            st.markdown(t("canteen.page.missing_today_none"))
        elif lacking.is_empty():
            st.markdown(f":gray[{t('canteen.page.missing_none')}]")
        for day in before["day"].unique(maintain_order=True).head(5):
            what = _named(before.filter(pl.col("day") == day))
            st.markdown(f":small[{t('canteen.page.missing_day', day=words.day(day), what=what)}]")


def _named(rows: pl.DataFrame) -> str:
    return t("meals.page.list").join(_kind(row) for row in rows.iter_rows(named=True))


def _kind(row: Row) -> str:
    said = word(SafetyCheck(row["safety_kind"]))
    return t("canteen.page.of_meal", kind=said, meal=word(MealKind(row["meal"]))) if row["meal"] else said


def _log(rows: list[Row]) -> Row | None:
    shown = pl.DataFrame(
        {
            t("columns.day"): [str(row["day"]) for row in rows],
            t("columns.safety_kind"): [_kind(row) for row in rows],
            t("columns.passed"): ["✓" if row["passed"] else t("canteen.page.failed") for row in rows],
            t("canteen.page.sample"): [
                t("canteen.page.sample_said", grams=row["grams"], hours=row["hours"]) if row["grams"] else ""
                for row in rows
            ],
            t("canteen.page.note"): [row["note"] or "" for row in rows],
        }
    )
    return chosen("safety-log-table", rows, shown, by=("safety_id",))


def _form(viewer: Viewer, row: Row | None) -> None:
    place = here(viewer)
    if place is None:
        empty(t("till.no_canteen"))
        return
    name = "safety" if row is None else f"safety-{row['safety_id']}-{row['version']}"
    key = fresh(name)
    kind = SafetyCheck(row["safety_kind"]) if row else _chosen_kind()
    with st.form(key, border=False):
        if row is None:
            day = st.date_input(t("columns.day"), clock.today(), format="YYYY-MM-DD", key=f"{key}-day")
        else:
            day = row["day"]
            st.markdown(f"**{words.day(day)} {_kind(row)}**")
        entry = _entry(key, kind, day, row)
        why = reason(f"{key}-why") if row else ""
        sent = st.form_submit_button(t("words.save"))
    if not sent:
        return
    said = t("canteen.page.logged", day=words.day(day), kind=word(kind))
    if row is None:
        done(said, name, canteen.log_entry, viewer, place.code, entry)
    else:
        done(said, name, canteen.correct_entry, viewer, row["safety_id"], row["version"], entry, why)


def _chosen_kind() -> SafetyCheck:
    """Chosen outside the form: a sample asks for more than the others."""
    kinds = list(SafetyCheck)
    return st.selectbox(t("columns.safety_kind"), kinds, format_func=word, key="safety-kind", filter_mode=None)


def _entry(key: str, kind: SafetyCheck, day: date, row: Row | None) -> SafetyEntry:
    meal, grams, hours = None, None, None
    if kind is SafetyCheck.SAMPLE:
        meal = MealKind(row["meal"]) if row else None
        if row is None:
            meals = list(MealKind)
            meal = st.selectbox(t("columns.meal"), meals, format_func=word, key=f"{key}-meal", filter_mode=None)
        now = (row["grams"], row["hours"]) if row else (SAMPLE_GRAMS, SAMPLE_HOURS)
        grams = int(st.number_input(t("canteen.page.grams"), value=now[0], step=5, key=f"{key}-grams"))
        hours = int(st.number_input(t("canteen.page.hours"), value=now[1], step=1, key=f"{key}-hours"))
    passed = st.checkbox(t("columns.passed"), value=row["passed"] if row else True, key=f"{key}-passed")
    note = st.text_input(t("canteen.page.note"), (row["note"] or "") if row else "", key=f"{key}-note", max_chars=200)
    quiet(t("canteen.page.note_what"))
    return SafetyEntry(day, kind, meal, passed, grams, hours, note)
