"""The forms of the acts beside the moves: notes, reminders, evidence, more time, corrections, units, ties."""

from datetime import timedelta
from html import escape

import streamlit as st

import clock
from data_access import desk
from data_access.cases import CaseDetail
from data_access.desk import Beside, Changed
from jobs import casework
from texts import t
from ui.case_acting import done
from ui.case_move_forms import text, unit_names
from ui.case_words import own_name
from ui.forms import FILES, choice, choice_or_none, day, fresh, upload
from ui.links import linked
from ui.loading import load
from vocabulary.desk import Part
from vocabulary.enums import CaseType, Level, Urgency
from vocabulary.questions import Viewer
from vocabulary.refusals import word


def note(viewer: Viewer, case: CaseDetail, _beside: Beside) -> None:
    act, form = t("casework.act.note"), f"note-{case.id}"
    key = fresh(form)
    with st.form(key, border=False):
        said = text("note", key)
        contacted = case.first_contact_at is None and st.checkbox(t("casework.contacted"), key=f"{key}-contacted")
        if st.form_submit_button(act, type="primary", shortcut="Ctrl+Enter"):
            done(act, form, desk.note, viewer, case, said, contacted)


def remind(viewer: Viewer, case: CaseDetail, _beside: Beside) -> None:
    act, form = t("casework.act.remind"), f"remind-{case.id}"
    key = fresh(form)
    with st.form(key, border=False):
        said = text("note", key, label=act)
        if st.form_submit_button(act, type="primary", shortcut="Ctrl+Enter"):
            done(act, form, desk.remind, viewer, case, said)


def evidence(viewer: Viewer, case: CaseDetail, _beside: Beside) -> None:
    act, form = t("casework.act.evidence"), f"evidence-{case.id}"
    key = fresh(form)
    with st.form(key, border=False):
        given = upload(t("casework.evidence"), FILES, f"{key}-file")
        if st.form_submit_button(act, type="primary", shortcut="Ctrl+Enter"):
            if given is None:
                st.error(t("casework.evidence_missing"), icon=":material/error:")
            else:
                done(act, form, desk.attach, viewer, case, given)


def extension(viewer: Viewer, case: CaseDetail, _beside: Beside) -> None:
    act, form = t("casework.act.extension"), f"extension-{case.id}"
    key = fresh(form)
    first = max(clock.today(), case.due_at.date() if case.due_at else clock.today()) + timedelta(1)
    with st.form(key, border=False):
        until = day(t("casework.until_on"), f"{key}-until", first)
        reason = text("reason", key)
        if st.form_submit_button(act, type="primary", shortcut="Ctrl+Enter"):
            done(act, form, desk.ask_extension, viewer, case, until, reason)


def suspend(viewer: Viewer, case: CaseDetail, _beside: Beside) -> None:
    act, form = t("casework.act.suspend"), f"suspend-{case.id}"
    key = fresh(form)
    with st.form(key, border=False):
        until = day(t("casework.until_on"), f"{key}-until", clock.today() + timedelta(7))
        open_end = st.checkbox(t("casework.until_open"), key=f"{key}-open")
        reason = text("reason", key)
        if st.form_submit_button(act, type="primary", shortcut="Ctrl+Enter"):
            done(act, form, desk.suspend, viewer, case, None if open_end else until, reason)


def resume(viewer: Viewer, case: CaseDetail, _beside: Beside) -> None:
    act, form = t("casework.act.resume"), f"resume-{case.id}"
    key = fresh(form)
    with st.form(key, border=False):
        said = text("note", key)
        if st.form_submit_button(act, type="primary", shortcut="Ctrl+Enter"):
            done(act, form, desk.resume, viewer, case, said)


def reclassify(viewer: Viewer, case: CaseDetail, _beside: Beside) -> None:
    act, form = t("casework.act.reclassify"), f"reclassify-{case.id}"
    key = fresh(form)
    found, same = load(desk.choices, viewer), t("casework.unchanged")
    paths = {0: same} | {one: " › ".join(path) for one, path in found.categories}
    grids = {0: same} | {grid.id: own_name(grid.name, grid.name_en) or grid.code for grid in found.grids}
    with st.form(key, border=False):
        urgency = choice_or_none(t("casework.urgency"), Urgency, f"{key}-urgency", same)
        kind = choice_or_none(t("casework.type"), CaseType, f"{key}-type", same)
        category = st.selectbox(
            t("casework.category"),
            list(paths),
            format_func=paths.__getitem__,
            key=f"{key}-category",
            filter_mode="contains",
        )
        grid = st.selectbox(
            t("casework.grid"), list(grids), format_func=grids.__getitem__, key=f"{key}-grid", filter_mode=None
        )
        level = choice_or_none(t("casework.level"), Level, f"{key}-level", same)
        reason = text("reason", key)
        if st.form_submit_button(act, type="primary", shortcut="Ctrl+Enter"):
            changed = Changed(kind, urgency, category or None, grid or None, level)
            done(act, form, desk.reclassify, viewer, case, changed, reason)


def units(viewer: Viewer, case: CaseDetail, beside: Beside) -> None:
    act, form = t("casework.act.units"), f"units-{case.id}"
    key = fresh(form)
    names = unit_names(load(desk.choices, viewer))
    with st.form(key, border=False):
        unit = st.selectbox(
            t("casework.which_unit"),
            list(names),
            format_func=names.__getitem__,
            key=f"{key}-unit",
            filter_mode="contains",
        )
        part = choice(t("casework.part"), Part, f"{key}-part")
        if st.form_submit_button(act, type="primary", shortcut="Ctrl+Enter") and unit:
            done(act, form, desk.add_unit, viewer, case, unit, part)
    for one in beside.units:
        with st.container(horizontal=True, vertical_alignment="center"):
            name = own_name(one.name, one.name_en)
            st.markdown(f"{name} · {word(Part(one.part))}", width="stretch")
            if st.button(t("casework.let_go"), key=f"{key}-go-{one.unit_id}", type="tertiary"):
                done(t("casework.let_go"), form, desk.remove_unit, viewer, case, one.unit_id)


def repeat(viewer: Viewer, case: CaseDetail, _beside: Beside) -> None:
    act, form = t("casework.act.repeat"), f"repeat-{case.id}"
    key = fresh(form)
    with st.form(key, border=False):
        number = st.text_input(t("casework.first"), key=f"{key}-first", autocomplete="off")
        if st.form_submit_button(act, type="primary", shortcut="Ctrl+Enter"):
            done(act, form, casework.link_repeat, viewer, case, number)


def unrepeat(viewer: Viewer, case: CaseDetail, _beside: Beside) -> None:
    act, form = t("casework.act.unrepeat"), f"unrepeat-{case.id}"
    if st.button(act, key=f"{fresh(form)}-go", type="primary"):
        done(act, form, desk.unlink_repeat, viewer, case)


def unmerge(viewer: Viewer, case: CaseDetail, _beside: Beside) -> None:
    act, form = t("casework.act.unmerge"), f"unmerge-{case.id}"
    key = fresh(form)
    with st.form(key, border=False):
        reason = text("reason", key)
        if st.form_submit_button(act, type="primary", shortcut="Ctrl+Enter"):
            done(act, form, desk.unmerge, viewer, case, reason)


def whistle(viewer: Viewer, case: CaseDetail, _beside: Beside) -> None:
    st.html(linked(escape(t("casework.to_whistles")), viewer, "whistles", {"blow": [str(case.id)]}))
