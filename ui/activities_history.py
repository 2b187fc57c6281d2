"""What became of an activity besides its attendance: why it was cancelled, and how it was corrected."""

from datetime import datetime
from enum import Enum
from html import escape

import streamlit as st

import access
from data_access import activities
from texts import t
from ui import words
from ui.forms import Row, quiet
from ui.loading import load
from ui.parts import log, plain
from vocabulary.activities import ActivityKind, ActivityState, Audience, PartyKind
from vocabulary.enums import Field
from vocabulary.questions import Viewer
from vocabulary.refusals import word

WORDS: dict[str, type[Enum]] = {
    "kind": ActivityKind,
    "party_kind": PartyKind,
    "audience": Audience,
    "field": Field,
    "state": ActivityState,
}
NAMES = {
    "title": "name",
    "starts_at": "starts",
    "ends_at": "ends",
    "zone_id": "where",
    "place_id": "where",
    "branch_id": "branch",
    "topic": "topic_head",
    "festival": "festival_head",
    "field": "field_head",
}
WITHOUT_VALUES = ("zone_id", "place_id", "branch_id")


def history(viewer: Viewer, row: Row) -> None:
    """Why it was cancelled, and its corrections, newest first; nothing of an activity that had neither."""
    if row["reason"]:
        quiet(t("activities.why", reason=plain(row["reason"])))
    changes = load(activities.history, viewer, row["id"])
    if not changes:
        return
    st.markdown(f"**{t('activities.history_title')}**")
    log([("", words.moment(one["at"]), _reason(one), _changes(one)) for one in changes])


def _reason(one: Row) -> str:
    return t("activities.why", reason=escape(access.masked(one["reason"])))


def _changes(one: Row) -> str:
    shown = {name: before for name, before in one["before"].items() if name != "day"}
    return t("activities.join").join(_change(name, before, one["after"][name]) for name, before in shown.items())


def _change(column: str, before: object, after: object) -> str:
    name = t(f"activities.{NAMES.get(column, column)}")
    if column in WITHOUT_VALUES:
        return t("activities.changed_only", name=name)
    return t("activities.changed", name=name, before=_value(column, before), after=_value(column, after))


def _value(column: str, value: object) -> str:
    if value is None:
        return words.NONE
    if column in WORDS:
        return word(WORDS[column](value))
    if column.endswith("_at"):
        return words.moment(datetime.fromisoformat(str(value)))
    return escape(access.masked(str(value)))
