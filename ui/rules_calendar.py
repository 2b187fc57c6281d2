"""Workdays, office hours, and days on which a place is closed."""

import re
from datetime import date, timedelta

import polars as pl
import streamlit as st

import clock
from access import OPERATOR
from data_access import desk, festivals, places, rules, workdays
from data_access.engine import Connection
from data_access.workdays import Window
from texts import language, t
from ui import words
from ui.forms import day, done, fresh
from ui.loading import load
from ui.parts import empty, panel
from ui.rules_parts import from_on, saved, versions
from vocabulary.enums import PlaceKind
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible

AHEAD = timedelta(500)
SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*[-–—~至到]\s*(\d{1,2}):(\d{2})")
WEEKDAYS = range(1, 8)
SERVES = (PlaceKind.CANTEEN, PlaceKind.CRAFT_WORKSHOP, PlaceKind.HOSPITAL, PlaceKind.SERVICE_CENTRE)


def workdays_part(viewer: Viewer) -> None:
    left, right = st.columns([1.6, 1], gap="small")
    first = clock.today().replace(month=1, day=1)
    with left, panel(t("rules.part.workdays"), key="rules-workdays"):
        rows = [
            {
                t("rules.day"): f"{words.day(row['day'])} {words.day_of_week(row['day'])}",
                t("rules.works"): t("rules.works_yes" if row["works"] else "rules.works_no"),
                t("rules.name"): row["name"] or "",
            }
            for row in load(festivals.named_days, viewer, first, first + AHEAD).iter_rows(named=True)
        ]
        versions(rows, "workdays-table")
    with right, panel(t("rules.save"), key="rules-workday-form"):
        form = "rule-workday"
        key = fresh(form)
        with st.form(key, border=False):
            when = day(t("rules.day"), f"{key}-day")
            works = st.segmented_control(
                t("rules.works"),
                [True, False],
                default=True,
                format_func=lambda yes: t("rules.works_yes" if yes else "rules.works_no"),
                key=f"{key}-works",
                required=True,
            )
            name = st.text_input(t("rules.name"), key=f"{key}-name", autocomplete="off")
            if st.form_submit_button(t("rules.save"), type="primary"):
                done(t("rules.saved_now"), form, desk.set_workday, viewer, when, bool(works), name)


def hours(viewer: Viewer) -> None:
    left, right = st.columns([1.6, 1], gap="small")
    calendar = load(workdays.calendar, OPERATOR)
    today = clock.today()
    monday = today - timedelta(today.weekday())
    with left, panel(t("rules.part.hours"), key="rules-hours"):
        rows = [
            {
                t("rules.weekday"): t(f"words.weekday.{weekday}"),
                t("rules.windows"): _said([h for h in calendar.hours if h.hold_on(monday + timedelta(weekday - 1))]),
            }
            for weekday in WEEKDAYS
        ]
        versions(rows, "hours-table")
    with right, panel(t("rules.save"), key="rules-hours-form"):
        form = "rule-hours"
        key = fresh(form)
        with st.form(key, border=False):
            weekday = st.selectbox(
                t("rules.weekday"),
                list(WEEKDAYS),
                format_func=lambda one: t(f"words.weekday.{one}"),
                key=f"{key}-weekday",
                filter_mode=None,
            )
            text = st.text_input(
                t("rules.windows"), key=f"{key}-windows", placeholder=t("rules.windows_hint"), autocomplete="off"
            )
            since = from_on(key)
            if st.form_submit_button(t("rules.save"), type="primary"):
                done(saved(since), form, _set_hours, viewer, weekday, text, since)


def closed(viewer: Viewer) -> None:
    left, right = st.columns([1.6, 1], gap="small")
    found = load(rules.closed_days, viewer, clock.today())
    with left, panel(t("rules.part.closed"), key="rules-closed"):
        if found.is_empty():
            empty(t("rules.none_set"))
        for row in found.iter_rows(named=True):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"{row['place']} · {words.day(row['day'])} · {row['reason']}", width="stretch")
                if st.button(t("rules.drop"), key=f"closed-{row['id']}", type="tertiary"):
                    done(t("rules.saved_now"), "rule-closed", rules.drop_closed_day, viewer, row["id"])
    with right, panel(t("rules.save"), key="rules-closed-form"):
        form = "rule-closed"
        key = fresh(form)
        names = _places(viewer)
        with st.form(key, border=False):
            place = st.selectbox(
                t("rules.place"), list(names), format_func=names.__getitem__, key=f"{key}-place", filter_mode=None
            )
            when = day(t("rules.day"), f"{key}-day", clock.today() + timedelta(1))
            reason = st.text_input(t("rules.reason"), key=f"{key}-reason", autocomplete="off")
            if st.form_submit_button(t("rules.save"), type="primary") and place:
                done(t("rules.saved_now"), form, rules.set_closed_day, viewer, place, when, reason)


def _places(viewer: Viewer) -> dict[str, str]:
    rows = load(places.places, viewer).filter(pl.col("kind").is_in([kind.value for kind in SERVES]))
    name = "name_en" if language() == "en" else "name"
    return {row["code"]: row[name] or row["name"] for row in rows.iter_rows(named=True)}


def _said(windows: list[workdays.Hours]) -> str:
    ordered = sorted(windows, key=lambda one: one.open_minute)
    return " ".join(f"{_clock(one.open_minute)}-{_clock(one.close_minute)}" for one in ordered) or "—"


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _set_hours(conn: Connection, viewer: Viewer, weekday: int, text: str, since: date) -> None:
    desk.set_hours(conn, viewer, weekday, _windows(text), since)


def _windows(text: str) -> list[Window]:
    """The spans of time in a text; NotPossible when anything else stands in it."""
    if SPAN.sub("", text).strip(" ,，;；、"):
        raise NotPossible("rules.hours_unread", text=text.strip()[:60])
    found = (tuple(int(part) for part in match) for match in SPAN.findall(text))
    return [(a * 60 + b, c * 60 + d) for a, b, c, d in found]
