"""Grids, buildings, and the counts of their residents of 60+."""

import streamlit as st

from data_access import places as neighbourhood
from data_access import rules
from texts import t
from ui import words
from ui.case_words import own_name
from ui.forms import day, done, fresh
from ui.loading import load
from ui.parts import panel
from ui.rules_parts import versions
from vocabulary.enums import ELDER_BANDS
from vocabulary.questions import Viewer
from vocabulary.refusals import word


def grid_names(viewer: Viewer) -> dict[str, str]:
    """The grids by code, and the one that is none."""
    rows = load(neighbourhood.grids, viewer).iter_rows(named=True)
    return {"": t("words.waiting_grid")} | {
        row["code"]: own_name(row["name"], row["name_en"]) or row["code"] for row in rows
    }


def places(viewer: Viewer) -> None:
    left, right = st.columns([1.6, 1], gap="small")
    with left, panel(t("rules.part.places"), t("rules.count_hint"), key="rules-places"):
        rows = [
            {
                t("rules.building"): t("cases.building", number=row["building"]),
                t("rules.grid"): own_name(row["grid"], row["grid_en"]) or t("words.waiting_grid"),
                t("rules.elders"): words.number(row["elders"]),
                t("rules.counted_on"): words.day(row["counted_on"]),
            }
            for row in load(rules.elder_counts, viewer).iter_rows(named=True)
        ]
        versions(rows, "counts-table")
    with right:
        with panel(t("rules.count"), key="rules-count"):
            _count(viewer)
        with panel(t("rules.add_building"), key="rules-building"):
            _building(viewer)
        with panel(t("rules.add_grid"), key="rules-grid"):
            _grid(viewer)


def _count(viewer: Viewer) -> None:
    form = "rule-count"
    key = fresh(form)
    numbers = sorted(load(neighbourhood.buildings, viewer)["number"].to_list(), key=lambda one: one.zfill(8))
    with st.form(key, border=False):
        number = st.selectbox(
            t("rules.building"),
            numbers,
            format_func=lambda one: t("cases.building", number=one),
            key=f"{key}-number",
            filter_mode="contains",
        )
        counts = {
            band: int(st.number_input(word(band), value=0, step=1, key=f"{key}-{band.value}")) for band in ELDER_BANDS
        }
        counted_on = day(t("rules.counted_on"), f"{key}-day")
        if st.form_submit_button(t("rules.count"), type="primary") and number:
            done(t("rules.saved_now"), form, rules.count_elders, viewer, number, counts, counted_on)


def _building(viewer: Viewer) -> None:
    form = "rule-building"
    key = fresh(form)
    grids = grid_names(viewer)
    with st.form(key, border=False):
        number = st.text_input(t("rules.building"), key=f"{key}-number", autocomplete="off")
        grid = st.selectbox(
            t("rules.grid"), list(grids), format_func=grids.__getitem__, key=f"{key}-grid", filter_mode=None
        )
        if st.form_submit_button(t("rules.add_building")):
            done(t("rules.saved_now"), form, rules.add_building, viewer, number, grid or "")


def _grid(viewer: Viewer) -> None:
    form = "rule-grid"
    key = fresh(form)
    with st.form(key, border=False):
        code = st.text_input(t("rules.grid_code"), key=f"{key}-code", autocomplete="off")
        name = st.text_input(t("rules.grid_name"), key=f"{key}-name", autocomplete="off")
        name_en = st.text_input(t("rules.grid_name_en"), key=f"{key}-name-en", autocomplete="off")
        if st.form_submit_button(t("rules.add_grid")):
            done(t("rules.saved_now"), form, rules.add_grid, viewer, code, name, name_en)
