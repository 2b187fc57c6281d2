"""Which part of the page is shown, and which proposal or project is chosen; the address says both."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

import polars as pl
import streamlit as st

from texts import t

PICKS: Any = ["single-row", "single-cell"]
FITTING = 10


class Part(StrEnum):
    STEPS = "steps"
    PROJECTS = "projects"


def part() -> Part:
    """The part of the page; an address that names a project opens the projects."""
    asked = st.query_params.get("part") or (Part.PROJECTS.value if "project" in st.query_params else None)
    if asked in set(Part) and asked != st.session_state.get("_part written"):
        st.session_state["part"] = asked
    elif "part" not in st.session_state:
        st.session_state["part"] = st.session_state.get("_part written", Part.STEPS.value)
    shown = st.segmented_control(
        t("renewal.part"),
        [each.value for each in Part],
        format_func=lambda name: t(f"renewal.parts.{name}"),
        key="part",
        label_visibility="collapsed",
        required=True,
    )
    st.session_state["_part written"] = st.query_params["part"] = shown or Part.STEPS.value
    return Part(shown or Part.STEPS.value)


def chosen(name: str, numbers: dict[int, str]) -> str | None:
    """The number of the chosen one: of the address, which may give its id, or picked since; None for none of these."""
    asked = st.query_params.get(name)
    if asked is not None and asked != st.session_state.get(f"_{name} written"):
        st.session_state[f"_{name}"] = st.session_state[f"_{name} written"] = asked
    found = st.session_state.get(f"_{name}")
    if found in numbers.values() or found is None:
        return found
    return numbers.get(int(found)) if found.isdecimal() else None


def choose(name: str, number: str | None) -> None:
    """Chooses one; its address can be copied."""
    st.session_state[f"_{name}"] = st.session_state[f"_{name} written"] = number
    if number:
        st.query_params[name] = number
    elif name in st.query_params:
        del st.query_params[name]


def table(name: str, shown: pl.DataFrame, numbers: list[str], **config: Any) -> None:
    """A list of which a click anywhere in a row chooses one. Another list is another table: no click goes astray."""
    key = f"{name}-list-{abs(hash(tuple(numbers))) % 10**8}"
    now = st.session_state.get(f"_{name}")
    wanted: Any = {"rows": [numbers.index(now)] if now in numbers else [], "columns": [], "cells": []}
    if key in st.session_state and [*st.session_state[key]["selection"]["rows"]] != wanted["rows"]:
        st.session_state[key] = {"selection": wanted}
    st.dataframe(
        shown.to_arrow(),
        key=key,
        hide_index=True,
        row_height=40,
        height="content" if len(numbers) <= FITTING else 444,
        on_select=_picker(name, key, numbers),
        selection_mode=PICKS,
        selection_default={"selection": wanted},
        column_config=config,
    )


def _picker(name: str, key: str, numbers: list[str]) -> Callable[[], None]:
    def picked() -> None:
        found = st.session_state[key]["selection"]
        rows = [row for row, _column in found["cells"]] or [*found["rows"]]
        choose(name, numbers[rows[0]] if rows else None)

    return picked
