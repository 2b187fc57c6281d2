"""The head of the activities' page: its period, the first sentence, the figures, the month's calendar."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from html import escape

import polars as pl
import streamlit as st

import clock
from data_access import activities
from metrics import activities as figures
from texts import t
from ui import parts, words
from ui.evidence import cards
from ui.filters import period_bar
from ui.forms import Row
from ui.loading import load
from ui.parts import panel
from ui.worked import worked
from vocabulary.activities import ActivityState
from vocabulary.questions import Filters, Period, Span, Viewer

held = worked(figures.held)
FIGURES = ("activities_held", "person_times", "activity_attendance", "party_held_rate")
BACK, AHEAD = 60, 30
WEEK = 7


def head() -> Period:
    """Title, what the page tells, badges, and the period that was chosen."""
    chosen: list[Period] = []
    parts.head(
        t("activities.title"), t("activities.subtitle"), lambda: chosen.append(period_bar("activities", Span.MONTH))
    )
    return chosen[0]


def figure_cards(viewer: Viewer, period: Period) -> None:
    """The four figures with their rows."""
    cards(viewer, FIGURES, period, Filters(), "activities")


def nothing_yet(viewer: Viewer) -> bool:
    """Was no activity ever entered?"""
    return load(activities.activities, viewer, date(2000, 1, 1), date(2099, 12, 31)).is_empty()


def unreported(viewer: Viewer) -> pl.DataFrame:
    """The activities that are over and wait for their attendance."""
    today = clock.today()
    known = load(activities.activities, viewer, today - timedelta(BACK), today)
    return _over(known, clock.now().replace(second=0, microsecond=0))


@worked
def _over(known: pl.DataFrame, now: datetime) -> pl.DataFrame:
    return known.filter(pl.col("ends_at") <= now, state=ActivityState.PLANNED.value)


def still_due(viewer: Viewer) -> pl.DataFrame:
    """The meetings of organisation life due this month and not held."""
    month = clock.today().replace(day=1)
    return _not_held(load(activities.party_due, viewer, month, month))


@worked
def _not_held(due: pl.DataFrame) -> pl.DataFrame:
    return due.filter(pl.col("held_on").is_null())


def sentence(viewer: Viewer, period: Period) -> str:
    """HTML of ours: what was held, what waits for its attendance, what is due."""
    over = held(period, load(activities.activities, viewer, period.since, period.until))
    return t(
        "activities.lead",
        held=words.number(over.height),
        times=words.number(int(over["actual"].sum())),
        waiting=unreported(viewer).height,
        due=still_due(viewer).height,
    )


def calendar(viewer: Viewer, period: Period) -> None:
    """The month in which the period ends, a line a day that has something."""
    first = period.until.replace(day=1)
    last = (first + timedelta(31)).replace(day=1) - timedelta(1)
    by_day: dict[date, list[Row]] = defaultdict(list)
    for row in load(activities.activities, viewer, first, last).iter_rows(named=True):
        by_day[row["day"]].append(row)
    title = t("activities.calendar_title", month=f"{first:%Y-%m}")
    with panel(title, t("activities.calendar_note"), key="activities-calendar"):
        st.html(_month(first, last, by_day))


def _month(first: date, last: date, by_day: dict[date, list[Row]]) -> str:
    monday = first - timedelta(first.weekday())
    weeks = [monday + timedelta(WEEK * n) for n in range((last - monday).days // WEEK + 1)]
    names = "".join(f'<th scope="col">{words.day_of_week(monday + timedelta(n))}</th>' for n in range(WEEK))
    body = "".join(
        "<tr>" + "".join(_cell(week + timedelta(n), first, by_day) for n in range(WEEK)) + "</tr>" for week in weeks
    )
    return f'<table class="month"><thead><tr>{names}</tr></thead><tbody>{body}</tbody></table>'


def _cell(day: date, first: date, by_day: dict[date, list[Row]]) -> str:
    if day.month != first.month:
        return "<td></td>"
    said = "".join(
        f'<li class="{row["state"]}">{words.clock_time(row["starts_at"])} {escape(row["title"])}</li>'
        for row in by_day[day]
    )
    return f"<td><b>{day.day}</b><ul>{said}</ul></td>"
