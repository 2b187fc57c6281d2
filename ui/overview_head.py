"""The overview's head and its nine figures: the five of cases first, on a phone the others folded."""

import streamlit as st

import clock
from data_access import places
from data_access.engine import Connection
from data_access.frames import stands_on
from jobs import installation
from jobs.figures import Card
from texts import t
from ui import parts, words
from ui.evidence import cards
from ui.filters import period_bar
from ui.loading import load
from vocabulary.enums import Subject
from vocabulary.questions import Filters, Period, Viewer

FIRST = ("on_time_rate", "received", "open", "finished", "hours_to_finish")
MORE = ("meals_a_day", "elder_share", "elder_coverage", "stalls_open")


def head(viewer: Viewer) -> Period:
    """Title, community, today, badges, and the period that was chosen."""
    chosen: list[Period] = []
    today = clock.today()
    subtitle = t(
        "overview.subtitle",
        community=load(community, viewer) or t("words.community"),
        day=words.day(today),
        weekday=words.day_of_week(today),
    )
    parts.head(t("overview.title"), subtitle, lambda: chosen.append(period_bar("overview")))
    return chosen[0]


@stands_on(Subject.RULES, Subject.ACCOUNTS)
def community(conn: Connection, _viewer: Viewer) -> str:
    """The name that an office gave; empty for the demo neighbourhood, which has one in each language."""
    facts = installation.facts(conn)
    return "" if facts.get("kind") == "demo" else facts.get("community", "")


def figures(viewer: Viewer, period: Period) -> dict[str, Card]:
    """The cards, five of cases and four of the rest; under each row the rows behind the one that is opened."""
    shown = cards(viewer, FIRST, period, Filters(), "overview")
    with st.container(key="fold"):
        st.html(f"<details><summary>{t('overview.more')}</summary></details>")
    with st.container(key="cards-more"):
        return shown | cards(viewer, MORE, period, Filters(), "overview")


def nothing_yet(viewer: Viewer, shown: dict[str, Card]) -> bool:
    """Is there neither a figure nor a place?"""
    return not any(card.figure.value for card in shown.values()) and load(places.places, viewer).is_empty()
