"""The whistle that is open: what is asked, its cases, each called unit, what it came to, what was promised."""

from html import escape

import polars as pl
import streamlit as st

import access
import clock
from access import Permission
from data_access import desk
from texts import t
from ui import whistle_forms as forms
from ui import words
from ui.case_words import own_name, status
from ui.forms import Row
from ui.links import linked
from ui.loading import load
from ui.parts import facts, log, panel, plain
from ui.whistle_words import call_told, state, unit_names
from ui.worked import worked
from vocabulary.desk import WhistleKind
from vocabulary.enums import Role
from vocabulary.questions import Viewer
from vocabulary.refusals import word


def whistle(viewer: Viewer, row: Row) -> None:
    """The panel beside the lists, with the forms of those who take part."""
    note = f"{word(WhistleKind(row['kind']))} · {state(row)}"
    with panel(row["number"], note, key="wh-one"):
        facts(
            [
                (t("columns.blown_at"), words.moment(row["blown_at"])),
                (t("columns.arrive_by"), words.moment(row["arrive_by"])),
                (t("whistles.concluded_at"), words.moment(row["concluded_at"])),
            ]
        )
        _said("request", row["request"])
        _cases(viewer, row["id"])
        calls = load(desk.calls_of, viewer, row["id"])
        _units(viewer, calls)
        own = _to_act_for(viewer, calls)
        if row["concluded_at"] is None:
            forms.come(viewer, row, own)
        if row["conclusion"]:
            _said("conclusion", row["conclusion"])
        _promises(viewer, row["id"])
        if own.height:
            forms.promise(viewer, row, own)
        if row["concluded_at"] is None and access.allows(viewer, Permission.WORK_CASES):
            forms.conclude(viewer, row)


def _to_act_for(viewer: Viewer, calls: pl.DataFrame) -> pl.DataFrame:
    """The calls that this viewer registers for: a unit its own, a worker all, the others none."""
    if not access.allows(viewer, Permission.HANDLE_CASES):
        return calls.clear()
    return _of_unit(calls, viewer.unit_id) if viewer.role is Role.UNIT else calls


@worked
def _of_unit(calls: pl.DataFrame, unit_id: int | None) -> pl.DataFrame:
    return calls.filter(pl.col("unit_id") == unit_id)


def _said(what: str, text: str) -> None:
    heading, body = escape(t(f"whistles.{what}")), escape(text)
    st.html(f'<h3 class="case-heading">{heading}</h3><p class="case-text">{body}</p>')


def _cases(viewer: Viewer, whistle_id: int) -> None:
    found = load(desk.cases_of, viewer, whistle_id)
    st.html(f'<h3 class="case-heading">{escape(t("whistles.cases"))}</h3>')
    if found.is_empty():
        st.markdown(f":small[:gray[{t('whistles.cases_not_yours')}]]")
        return
    lines = []
    for row in found.iter_rows(named=True):
        title = linked(escape(row["title"].strip() or row["number"]), viewer, "cases", {"case": [str(row["id"])]})
        lines.append(("", row["number"], title, status(row["status"])))
    log(lines)


def _units(viewer: Viewer, calls: pl.DataFrame) -> None:
    names, now = unit_names(viewer), clock.now()
    st.html(f'<h3 class="case-heading">{escape(t("whistles.units"))}</h3>')
    facts([(names[call["unit_id"]], call_told(call, now)) for call in calls.iter_rows(named=True)])


def _promises(viewer: Viewer, whistle_id: int) -> None:
    found = load(desk.commitments, viewer, whistle_id)
    st.html(f'<h3 class="case-heading">{escape(t("whistles.promises"))}</h3>')
    if found.is_empty():
        st.markdown(f":small[:gray[{t('whistles.promises_none')}]]")
    handles = access.allows(viewer, Permission.HANDLE_CASES)
    for row in found.iter_rows(named=True):
        unit = own_name(row["unit"], row["unit_en"]) or ""
        st.markdown(f"**{plain(unit)}** {plain(row['what'])}  \n:small[:gray[{plain(_kept(row))}]]")
        mine = viewer.role is not Role.UNIT or viewer.unit_id == row["unit_id"]
        if handles and mine and row["done_at"] is None:
            forms.keep(viewer, row)


def _kept(row: Row) -> str:
    due = words.day(row["due_on"])
    if row["done_at"] is None:
        return t("whistles.promise_late" if row["due_on"] < clock.today() else "whistles.promise_due", day=due)
    told = t("whistles.promise_kept", day=due, at=words.moment(row["done_at"]))
    return t("whistles.join").join([told, row["done_note"]]) if row["done_note"] else told
