"""The head of the hospital's page: its period, the group, the first sentence and the rates of the group."""

from datetime import date

import streamlit as st

import access
import clock
from access import Permission
from data_access import health
from jobs.figures import Card
from metrics import health as figures
from texts import t
from ui import parts, words
from ui.evidence import cards
from ui.filters import period_bar
from ui.loading import load
from ui.worked import worked
from vocabulary.health import HealthGroup
from vocabulary.questions import Filters, Period, Span, Viewer
from vocabulary.refusals import word

ACROSS = 3


def head() -> Period:
    """Title, what the page tells, badges, and the period that was chosen."""
    chosen: list[Period] = []
    parts.head(t("health.title"), t("health.subtitle"), lambda: chosen.append(period_bar("health", Span.QUARTER)))
    return chosen[0]


def group_choice() -> HealthGroup:
    """Which group is looked at, kept in the address."""
    groups = [group.value for group in HealthGroup]
    asked = st.query_params.get("group", groups[0])
    chosen = st.segmented_control(
        t("health.group_label"),
        groups,
        default=asked if asked in groups else groups[0],
        format_func=lambda value: word(HealthGroup(value)),
        key="health-group",
        label_visibility="collapsed",
        required=True,
    )
    group = HealthGroup(chosen or groups[0])
    st.query_params["group"] = group.value
    return group


def figures_of(group: HealthGroup) -> tuple[str, ...]:
    """The keys of the group's metrics."""
    return tuple(figures.key_of(group, part) for part in figures.parts_of(group))


def shown(viewer: Viewer, group: HealthGroup, period: Period) -> dict[str, Card]:
    """Two rows of cards; under each row the months behind the one that is opened."""
    keys = figures_of(group)
    first = cards(viewer, keys[:ACROSS], period, Filters(), "health")
    return first | cards(viewer, keys[ACROSS:], period, Filters(), "health")


def nothing_yet(viewer: Viewer) -> bool:
    """Has no month ever been reported?"""
    today = clock.today()
    return load(health.months, viewer, today, today).is_empty()


def first_step(viewer: Viewer) -> str:
    """The key of the sentence that says what to do first."""
    return "health.none_feeder" if access.allows(viewer, Permission.WRITE_HEALTH) else "health.none"


def sentence(viewer: Viewer, group: HealthGroup, period: Period) -> str:
    """HTML of ours: how many there are, have a contract, are managed; and what is missing."""
    told = worked(figures.newest)(period, load(health.months, viewer, period.since, period.until))
    own = worked(figures.of_group)(group, told)
    waiting = load(health.missing, viewer, clock.today()).height
    after = t("health.lead_missing", count=waiting) if waiting else t("health.lead_complete")
    if own.is_empty():
        return t("health.lead_none", group=word(group)) + after
    row = own.row(0, named=True)
    people = {name: words.number(row[name]) for name in ("residents", "contracted", "managed")}
    return t("health.lead", month=month_named(row["month"]), group=word(group), **people) + after


def month_named(month: date) -> str:
    """2026年10月 / 2026-10."""
    return t("health.month_no", year=month.year, month=month.month)
