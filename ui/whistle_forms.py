"""The forms of a running whistle: answering, arriving, promising, keeping a promise, concluding."""

from datetime import date, datetime, time

import polars as pl
import streamlit as st

import clock
from data_access import desk
from texts import t
from ui.forms import Row, choice, day, done, fresh
from ui.whistle_words import unit_names
from vocabulary.desk import Presence
from vocabulary.enums import Role
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible

LONGEST = 5000


def come(viewer: Viewer, row: Row, own: pl.DataFrame) -> None:
    """For the calls that are this viewer's: the answer, and how the unit took part."""
    silent = own.filter(pl.col("responded_at").is_null(), pl.col("presence").is_null())
    missing = own.filter(pl.col("presence").is_null())
    names = unit_names(viewer)
    for unit_id in silent["unit_id"]:
        own_answer = viewer.role is Role.UNIT
        said = t("whistles.respond") if own_answer else t("whistles.respond_for", unit=names[unit_id])
        if st.button(
            said,
            key=f"wh-respond-{row['id']}-{unit_id}",
            type="primary" if own_answer else "secondary",
            icon=":material/campaign:",
        ):
            told = t("whistles.responded_said", number=row["number"], unit=names[unit_id])
            done(told, f"wh-respond-{row['id']}", desk.respond, viewer, row["id"], unit_id)
    if missing.height:
        # Once all answered it is another one, which stands open from the start.
        key = f"wh-arrive-of-{row['id']}-{silent.height}"
        with st.expander(t("whistles.arrive"), key=key, expanded=silent.is_empty()):
            _arrive(viewer, row, missing)


def _arrive(viewer: Viewer, row: Row, missing: pl.DataFrame) -> None:
    form = f"wh-arrive-{row['id']}"
    key = fresh(form)
    with st.form(key, border=False):
        unit_id = _unit(viewer, missing, key)
        presence = choice(t("columns.presence"), Presence, f"{key}-presence")
        left, right = st.columns(2)
        with left:
            on = day(t("whistles.arrived_on"), f"{key}-on")
        with right:
            typed = st.text_input(t("whistles.arrived_time"), key=f"{key}-time", max_chars=8, placeholder="14:30")
        sent = st.form_submit_button(t("whistles.arrive_save"), type="primary")
    if not sent:
        return
    try:
        at = None if presence is Presence.ABSENT else _moment(on, typed)
    except NotPossible as refusal:
        st.error(str(refusal), icon=":material/error:")
        return
    told = t("whistles.arrived_said", number=row["number"], unit=unit_names(viewer)[unit_id])
    done(told, form, desk.arrive, viewer, row["id"], unit_id, presence, at)


def _moment(on: date, typed: str) -> datetime | None:
    """The moment that was typed; None for now. NotPossible for what is no time of day."""
    said = typed.strip().replace("：", ":")
    if not said:
        if on != clock.today():
            raise NotPossible("whistles.time_missing", day=on)
        return None
    hour, colon, minute = said.partition(":")
    whole = all(part.isascii() and part.isdecimal() for part in (hour, minute))
    if not (colon and whole and int(hour) < 24 and int(minute) < 60):
        raise NotPossible("whistles.no_time", typed=said)
    return datetime.combine(on, time(int(hour), int(minute)), clock.SHANGHAI)


def promise(viewer: Viewer, row: Row, own: pl.DataFrame) -> None:
    """What a called unit promises, until which day."""
    form = f"wh-promise-{row['id']}"
    key = fresh(form)
    with st.expander(t("whistles.promise"), key=f"wh-promise-of-{row['id']}"), st.form(key, border=False):
        unit_id = _unit(viewer, own, key)
        what = st.text_area(t("whistles.promise_what"), key=f"{key}-what", max_chars=LONGEST, height=80)
        due_on = day(t("whistles.promise_until"), f"{key}-due")
        st.markdown(f":small[:gray[{t('whistles.names_nobody')}]]")
        if st.form_submit_button(t("whistles.promise_save"), type="primary"):
            told = t("whistles.promised_said", unit=unit_names(viewer)[unit_id], day=due_on)
            done(told, form, desk.commit, viewer, row["id"], unit_id, what, due_on)


def keep(viewer: Viewer, row: Row) -> None:
    """That a promise was kept, and what was done."""
    form = f"wh-keep-{row['id']}"
    key = fresh(form)
    with st.form(key, border=False):
        left, right = st.columns([2, 1], vertical_alignment="bottom")
        with left:
            note = st.text_input(t("whistles.keep_note"), key=f"{key}-note", max_chars=LONGEST)
        with right:
            sent = st.form_submit_button(t("whistles.keep"))
    if sent:
        done(t("whistles.kept_said", what=row["what"][:30]), form, desk.done, viewer, row["id"], note)


def conclude(viewer: Viewer, row: Row) -> None:
    """What the meeting came to; who did not come by then was absent."""
    form = f"wh-conclude-{row['id']}"
    key = fresh(form)
    with st.expander(t("whistles.conclude"), key=f"wh-conclude-of-{row['id']}"), st.form(key, border=False):
        said = st.text_area(t("whistles.conclusion"), key=f"{key}-said", max_chars=LONGEST, height=100)
        st.markdown(f":small[:gray[{t('whistles.conclude_note')}]]")
        if st.form_submit_button(t("whistles.conclude_save"), type="primary"):
            told = t("whistles.concluded_said", number=row["number"])
            done(told, form, desk.conclude, viewer, row["id"], said)


def _unit(viewer: Viewer, calls: pl.DataFrame, key: str) -> int:
    """The unit it is registered for: a unit's own, else one of those called."""
    if viewer.role is Role.UNIT and viewer.unit_id is not None:
        return viewer.unit_id
    names = unit_names(viewer)
    label = t("columns.called_unit")
    chosen: int = st.selectbox(label, list(calls["unit_id"]), format_func=lambda unit: names[unit], key=f"{key}-unit")
    return chosen
