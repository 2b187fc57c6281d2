"""The lists of the whistles: the calls that wait, those of the period, and which one is open."""

from typing import Any

import polars as pl
import streamlit as st

import clock
from data_access import desk
from texts import language, t
from ui import words
from ui.forms import Row
from ui.loading import load
from ui.parts import panel
from ui.whistle_words import call_state, state, unit_names
from ui.worked import worked
from vocabulary.desk import WhistleKind
from vocabulary.questions import Period, Viewer
from vocabulary.refusals import word

FITTING, TALL, ROW = 8, 380, 40


def opened(viewer: Viewer, period: Period) -> Row | None:
    """The whistle of the address; else the one that waits first; else the newest of the period."""
    asked = st.query_params.get("whistle", "")
    if asked:
        found = load(desk.whistle, viewer, int(asked)) if _is_id(asked) else pl.DataFrame()
        if found.height:
            return found.row(0, named=True)
        st.warning(t("whistles.not_there", whistle=asked[:40]), icon=":material/search_off:")
    calls = _waiting(viewer)
    if calls.height:
        return load(desk.whistle, viewer, calls["whistle_id"][0]).row(0, named=True)
    blown = load(desk.whistles, viewer, period.since, period.until)
    return blown.row(0, named=True) if blown.height else None


def waiting(viewer: Viewer, now: Row | None) -> None:
    """The units that did not answer, then those that did not come, the first to be here first; none draws nothing."""
    calls = _waiting(viewer)
    if calls.is_empty():
        return
    with panel(t("whistles.waiting_title"), t("whistles.waiting_note", count=calls.height), key="wh-waiting"):
        _listed("wh-waiting-table", calls, calls["whistle_id"], _calls_shown(viewer, calls), now)


def whistles(viewer: Viewer, period: Period, now: Row | None) -> None:
    """The whistles of the period, the newest first."""
    blown = load(desk.whistles, viewer, period.since, period.until)
    note = t("whistles.list_note", since=words.day(period.since), until=words.day(period.until), count=blown.height)
    with panel(t("whistles.list_title"), note, key="wh-list"):
        if blown.is_empty():
            st.markdown(f":gray[{t('whistles.list_none')}]")
            return
        _listed("wh-list-table", blown, blown["id"], _whistles_shown(blown), now)


def _is_id(asked: str) -> bool:
    return asked.isascii() and asked.isdecimal() and len(asked) < 10


def _waiting(viewer: Viewer) -> pl.DataFrame:
    return _ordered(load(desk.waiting_calls, viewer))


@worked
def _ordered(calls: pl.DataFrame) -> pl.DataFrame:
    return calls.sort(pl.col("responded_at").is_not_null(), "arrive_by", "whistle_id")


def _calls_shown(viewer: Viewer, calls: pl.DataFrame) -> pl.DataFrame:
    names, now = unit_names(viewer), clock.now()
    rows = list(calls.iter_rows(named=True))
    return pl.DataFrame(
        {
            t("columns.called_unit"): [names[row["unit_id"]] for row in rows],
            t("columns.status"): [call_state(row, now) for row in rows],
            t("columns.arrive_by"): [words.moment(row["arrive_by"]) for row in rows],
            t("columns.whistle"): [row["whistle"] for row in rows],
        }
    )


def _whistles_shown(blown: pl.DataFrame) -> pl.DataFrame:
    rows = list(blown.iter_rows(named=True))
    return pl.DataFrame(
        {
            t("columns.whistle"): [row["number"] for row in rows],
            t("columns.whistle_kind"): [word(WhistleKind(row["kind"])) for row in rows],
            t("columns.status"): [state(row) for row in rows],
            t("whistles.came"): [f"{row['came']} / {row['called']}" for row in rows],
            t("whistles.cases"): [row["cases"] for row in rows],
            t("columns.blown_at"): [words.moment(row["blown_at"]) for row in rows],
            t("whistles.request"): [row["request"] for row in rows],
        }
    )


def _listed(name: str, rows: pl.DataFrame, ids: pl.Series, shown: pl.DataFrame, now: Row | None) -> None:
    """Rows of which a click opens the whistle; the rows of the open one are marked."""
    known = ids.to_list()
    is_open = now["id"] if now else None
    # Another open whistle, or other rows, make it another list, which begins with its own row marked.
    key = f"{name}-{language()}-{is_open}-{hash(tuple(known))}"
    at = [known.index(is_open)] if is_open in known else []
    selection: Any = {"rows": at, "columns": [], "cells": []}
    st.dataframe(
        shown.to_arrow(),
        key=key,
        hide_index=True,
        row_height=ROW,
        height="content" if rows.height <= FITTING else TALL,
        on_select=lambda: _open(key, known),
        selection_mode="single-row",
        selection_default={"selection": selection},
    )


def _open(key: str, known: list[int]) -> None:
    picked = st.session_state[key]["selection"]["rows"]
    if picked and picked[0] < len(known):
        st.query_params["whistle"] = str(known[picked[0]])
