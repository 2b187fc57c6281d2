"""The head of the volunteers' page: its period, the first sentence, the figures."""

from datetime import datetime, timedelta

import polars as pl
import streamlit as st

import access
import clock
from access import Permission
from data_access import volunteers
from jobs import volunteer_hours
from metrics import volunteers as figures
from texts import t
from ui import parts, words
from ui.evidence import cards
from ui.filters import period_bar
from ui.loading import load
from ui.worked import worked
from vocabulary.questions import Filters, Period, Span, Viewer

FIGURES = ("volunteer_hours", "active_rate", "turnout_rate", "clues_became_cases", "clues_resolved")
ACROSS = 3
AHEAD = 7


served_hours = worked(figures.volunteer_hours)


def head() -> Period:
    """Title, what the page tells, badges, and the period that was chosen."""
    chosen: list[Period] = []
    bar = ("volunteers", Span.MONTH)
    parts.head(t("volunteers.title"), t("volunteers.subtitle"), lambda: chosen.append(period_bar(*bar)))
    return chosen[0]


def figure_cards(viewer: Viewer, period: Period) -> None:
    """Two rows of figures; under each row the rows behind the one that is opened."""
    cards(viewer, FIGURES[:ACROSS], period, Filters(), "volunteers")
    cards(viewer, FIGURES[ACROSS:], period, Filters(), "volunteers")


def nothing_yet(viewer: Viewer) -> bool:
    """Was no volunteer ever registered?"""
    today = clock.today()
    return load(volunteers.members, viewer, today, today).is_empty()


def first_step(viewer: Viewer) -> str:
    """The key of the sentence that says what to do first."""
    if access.allows(viewer, Permission.WRITE_VOLUNTEERS):
        return "volunteers.none_writer"
    return "volunteers.none" if access.allows(viewer, Permission.SEE_VOLUNTEERS) else "volunteers.none_presenter"


def shifts_short(viewer: Viewer) -> pl.DataFrame:
    """The shifts of the next seven days that still begin and have fewer signed up than needed."""
    today = clock.today()
    coming = load(volunteers.shifts, viewer, today, today + timedelta(AHEAD))
    return _short(coming, clock.now().replace(second=0, microsecond=0))


@worked
def _short(coming: pl.DataFrame, now: datetime) -> pl.DataFrame:
    return coming.filter(pl.col("signed") < pl.col("needed"), pl.col("starts_at") > now)


def sentence(viewer: Viewer, period: Period) -> str:
    """HTML of ours: hours, who is registered, clues; for those who see the rows what waits."""
    days = (period.since, period.until)
    served = served_hours(period, load(volunteer_hours.hours, viewer, *days)).value or 0
    said = t(
        "volunteers.lead",
        hours=words.number(served, 1),
        members=words.number(load(volunteers.members, viewer, *days).height),
        clues=words.number(load(volunteers.clues, viewer, *days).height),
    )
    if not access.allows(viewer, Permission.SEE_VOLUNTEERS):
        return said
    return said + t(
        "volunteers.lead_work",
        short=shifts_short(viewer).height,
        waiting=load(volunteers.unverified, viewer, clock.today()).height,
        clues=load(volunteers.clues_waiting, viewer).height,
    )


def part_choice() -> str:
    """Which part of the work is looked at, kept in the address."""
    names = ["shifts", "records", "clues", "people"]
    asked = st.query_params.get("part", names[0])
    chosen = st.segmented_control(
        t("volunteers.part_label"),
        names,
        default=asked if asked in names else names[0],
        format_func=lambda name: t(f"volunteers.part.{name}"),
        key="volunteers-part",
        label_visibility="collapsed",
        required=True,
    )
    st.query_params["part"] = chosen or names[0]
    return chosen or names[0]
