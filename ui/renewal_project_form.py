"""The form of a project: approving one, of its own or from a decided proposal, and correcting one."""

import json
from typing import Any

import polars as pl
import streamlit as st

from data_access import places, renewal
from data_access.renewal import Planned
from texts import t
from ui.forms import choice, choice_or_none, done, fresh
from ui.loading import load
from ui.renewal_forms import day, named, number, submit, text, yuan
from vocabulary.enums import Level
from vocabulary.questions import Viewer
from vocabulary.renewal import Function, Mode, ProposalState

Row = dict[str, Any]


def new(viewer: Viewer) -> None:
    """The form for a new project."""
    form = "approve"
    key = fresh(form)
    with st.expander(t("renewal.approve_title"), icon=":material/add:"), st.form(key, border=False):
        planned = _fields(viewer, key, {})
        if submit(t("renewal.approve_act")):
            done(t("renewal.approved"), form, renewal.approve, viewer, planned)


def from_proposal(viewer: Viewer, proposal: Row) -> None:
    """The form for a project that comes of this decided proposal."""
    form = f"approve-{proposal['id']}"
    key = fresh(form)
    st.markdown(t("renewal.decided_note"))
    with st.expander(t("renewal.approve_title"), icon=":material/add:"), st.form(key, border=False):
        same = {name: proposal[name] for name in ("grid_code", "unit_code", "level")}
        planned = _fields(viewer, key, {"name": proposal["title"], "proposal_id": proposal["id"], **same})
        if submit(t("renewal.approve_act")):
            done(t("renewal.approved"), form, renewal.approve, viewer, planned)


def correct(viewer: Viewer, project: Row) -> None:
    """The form that corrects what was approved."""
    key = f"correct-project-{project['id']}-{project['version']}"
    with st.expander(t("renewal.correct_project")), st.form(key, border=False):
        planned = _fields(viewer, key, project)
        reason = text("reason", key)
        if submit(t("renewal.correct_act")):
            seen = (project["id"], project["version"])
            done(t("renewal.corrected"), key, renewal.correct_project, viewer, *seen, reason, planned)


def _fields(viewer: Viewer, key: str, now: Row) -> Planned:
    grids, units = load(renewal.choices, viewer)
    name = text("name", key, now.get("name", ""))
    left, right = st.columns(2)
    with left:
        mode = choice(t("renewal.mode"), Mode, f"{key}-mode", now.get("mode"))
        area = number("area_m2", key, now.get("area_m2", 0))
        budget = yuan("budget", key, now.get("budget_fen", 0))
        plan_from = day("plan_from", key, now.get("plan_from"))
        grid = named(t("columns.grid"), grids, f"{key}-grid", now.get("grid_code"))
        level = choice_or_none(t("renewal.level"), Level, f"{key}-level", t("words.unfilled"), now.get("level"))
    with right:
        function = choice(t("renewal.function"), Function, f"{key}-function", now.get("function"))
        households = number("households", key, now.get("households", 0))
        approved_on = day("approved_on", key, now.get("approved_on"))
        plan_to = day("plan_to", key, now.get("plan_to"))
        unit = named(t("renewal.unit"), units, f"{key}-unit", now.get("unit_code"))
        proposal_id = _proposal(viewer, key, now.get("proposal_id"))
    buildings, lon, lat = _where(viewer, key, now)
    return Planned(
        name=name,
        mode=mode,
        function=function,
        area_m2=area,
        households=households,
        budget_fen=budget,
        approved_on=approved_on,
        plan_from=plan_from,
        plan_to=plan_to,
        proposal_id=proposal_id,
        buildings=buildings,
        grid=grid,
        unit=unit,
        level=level,
        lon=lon,
        lat=lat,
    )


def _proposal(viewer: Viewer, key: str, now: int | None) -> int | None:
    """The decided proposal that it comes from, or none."""
    decided = load(renewal.proposal_list, viewer).filter(pl.col("state") == ProposalState.DECIDED.value)
    names = {row["id"]: f"{row['number']} {row['title']}" for row in decided.iter_rows(named=True)}
    ids = [0, *names]
    chosen = st.selectbox(
        t("renewal.from_proposal"),
        ids,
        ids.index(now) if now in names else 0,
        format_func=lambda proposal_id: names.get(proposal_id, t("renewal.from_none")),
        key=f"{key}-proposal",
        filter_mode=None,
    )
    return chosen or None


def _where(viewer: Viewer, key: str, now: Row) -> tuple[tuple[str, ...], float | None, float | None]:
    """The buildings it works on, or for a place between them its longitude and latitude."""
    numbers = load(places.buildings, viewer)["number"].to_list()
    given = [number for number in json.loads(now.get("buildings", "[]")) if number in numbers]
    chosen = st.multiselect(
        t("renewal.buildings"), numbers, given, key=f"{key}-buildings", placeholder=t("renewal.pick_buildings")
    )
    spot = []
    left, right = st.columns(2)
    for side, name in ((left, "lon"), (right, "lat")):
        with side:
            label = t(f"renewal.{name}")
            spot.append(st.number_input(label, value=now.get(name), format="%.6f", key=f"{key}-{name}"))
    return tuple(chosen), spot[0], spot[1]
