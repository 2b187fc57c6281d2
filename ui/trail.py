"""The audit trail on a page: who did what to which thing, newest first."""

import json
from typing import Any, Literal

import polars as pl
import streamlit as st

from data_access import audit
from texts import known, t
from ui import words
from ui.loading import load
from ui.parts import empty, panel
from vocabulary.questions import Viewer

FITTING = 10


def trail(viewer: Viewer) -> None:
    """The newest entries, in the reader's words."""
    entries = load(audit.trail, viewer)
    with panel(t("trail.title"), t("trail.note", count=words.number(len(entries))), key="trail"):
        if entries.is_empty():
            empty(t("trail.none"))
            return
        rows = list(entries.iter_rows(named=True))
        shown = {
            t("trail.at"): [words.moment(row["at"]) for row in rows],
            t("trail.who"): [_who(row["actor"]) for row in rows],
            t("trail.what"): [action(row["action"]) for row in rows],
            t("trail.whom"): [_whom(row) for row in rows],
            t("trail.detail"): [detail(row["detail"]) for row in rows],
        }
        height: int | Literal["content"] = "content" if len(rows) <= FITTING else 440
        st.dataframe(pl.DataFrame(shown), hide_index=True, row_height=40, height=height, key="audit-trail")


def action(key: str) -> str:
    """The reader's word for what was done."""
    return t(f"trail.action.{key}") if known(f"trail.action.{key}") else key


def detail(kept: str) -> str:
    """What the entry tells beside who and whom: names and values in the reader's words."""
    told = {name: value for name, value in json.loads(kept).items() if name != "login"}
    return "；".join(f"{_named(name)} {_value(name, value)}" for name, value in told.items())


def _who(actor: str) -> str:
    if actor == "operator":
        return t("trail.operator")
    return actor or t("trail.stranger")


def _whom(row: dict[str, Any]) -> str:
    subject = t(f"trail.subject.{row['subject']}") if known(f"trail.subject.{row['subject']}") else row["subject"]
    if row["entity_id"] is None:
        return subject
    return f"{subject} {row['login'] or row['entity_id']}"


def _named(name: str) -> str:
    return t(f"trail.told.{name}") if known(f"trail.told.{name}") else name


def _value(name: str, value: Any) -> str:
    if isinstance(value, list):
        return "、".join(_value(name, item) for item in value)
    places = ("words", "accounts", "renewal.word", "activities.word")
    for key in (
        *(f"{place}.{name}.{value}" for place in places),
        f"trail.said.{str(value).lower()}",
        f"{name}.{value}.name",
    ):
        if known(key):
            return t(key)
    return str(value)
