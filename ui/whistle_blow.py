"""The form that blows a whistle: for which cases, what kind, whom it calls, until when, what is asked."""

import re
from datetime import datetime, timedelta

import streamlit as st

import access
import clock
from access import Permission
from data_access import cases, desk
from data_access.desk import NewWhistle
from texts import t
from ui.forms import choice, day, fresh, renew
from ui.loading import act, load
from ui.parts import flash
from ui.whistle_words import unit_names
from vocabulary.desk import WhistleKind
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible, Refusal

FORM = "wh-blow"
SOON = timedelta(hours=2)
STEP = timedelta(minutes=30)
LONGEST = 5000
APART = re.compile(r"[\s,，、;；]+")


def blow(viewer: Viewer) -> None:
    """The form for those who may, unfolded when the address brings cases: blow=ID,ID."""
    if not access.allows(viewer, Permission.WORK_CASES):
        return
    brought = _brought(viewer)
    if not brought and (asked := st.query_params.get("blow")):
        st.warning(t("cases.not_there", case=asked[:80]), icon=":material/search_off:")
    with st.expander(
        t("whistles.blow"),
        icon=":material/sports:",
        expanded=bool(brought),
        key=f"wh-new-{'brought' if brought else ''}",
    ):
        _form(viewer, brought)


def _brought(viewer: Viewer) -> str:
    """The numbers of the cases in the address, as far as this viewer sees them."""
    asked = APART.split(st.query_params.get("blow", ""))[:50]
    ids = [load(cases.named, viewer, one) for one in asked if one]
    found = [load(cases.one, viewer, case_id) for case_id in dict.fromkeys(ids) if case_id]
    return t("whistles.join_cases").join(case.number for case in found if case)


def _form(viewer: Viewer, brought: str) -> None:
    key = f"{fresh(FORM)}-{brought}"
    with st.form(key, border=False):
        left, right = st.columns(2)
        with left:
            typed = st.text_input(
                t("whistles.blow_cases"),
                brought,
                key=f"{key}-cases",
                max_chars=1000,
                help=t("whistles.blow_cases_help"),
            )
            kind = choice(t("columns.whistle_kind"), WhistleKind, f"{key}-kind")
        with right:
            names = unit_names(viewer)
            units = st.multiselect(
                t("whistles.units"),
                list(names),
                format_func=lambda unit: names[unit],
                key=f"{key}-units",
                placeholder=t("whistles.units_choose"),
            )
            arrive_by = _until(key)
        request = st.text_area(t("whistles.request"), key=f"{key}-request", max_chars=LONGEST, height=90)
        st.markdown(f":small[:gray[{t('whistles.names_nobody')}]]")
        sent = st.form_submit_button(t("whistles.blow_send"), type="primary")
    if not sent:
        return
    try:
        ids = tuple(_case(viewer, number) for number in APART.split(typed.strip()) if number)
    except NotPossible as refusal:
        st.error(str(refusal), icon=":material/error:")
        return
    _send(viewer, NewWhistle(kind, ids, tuple(units), arrive_by, request))


def _until(key: str) -> datetime:
    """Until when they are to come; at first in two hours, at a full or half hour."""
    first: datetime = st.session_state.setdefault(f"_first {key}", _in_two_hours())
    left, right = st.columns(2)
    with left:
        on = day(t("columns.arrive_by"), f"{key}-on", first.date())
    with right:
        at = st.time_input(t("whistles.arrive_time"), first.time(), step=STEP // 2, key=f"{key}-at")
    return datetime.combine(on, at, clock.SHANGHAI)


def _in_two_hours() -> datetime:
    soon = (clock.now() + SOON).astimezone(clock.SHANGHAI)
    begun = soon.replace(minute=0, second=0, microsecond=0)
    return begun + STEP * -(-(soon - begun) // STEP)


def _case(viewer: Viewer, number: str) -> int:
    found = load(cases.numbered, viewer, number)
    if found is None:
        raise NotPossible("casework.no_number", number=number)
    return found


def _send(viewer: Viewer, new: NewWhistle) -> None:
    try:
        whistle_id = act(desk.blow, viewer, new)
    except Refusal as refusal:
        st.error(str(refusal), icon=":material/error:")
        return
    renew(FORM)
    st.query_params.pop("blow", None)
    st.query_params["whistle"] = str(whistle_id)
    flash(t("whistles.blown_said", count=len(set(new.unit_ids))))
    st.rerun()
