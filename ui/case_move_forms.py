"""The form of a move of the open case: exactly what this move needs, no more."""

import streamlit as st

from data_access import desk
from data_access.cases import CaseDetail
from data_access.desk import Answer, Choice, Choices, Given
from jobs import casework
from texts import t
from ui import case_templates
from ui.case_acting import done
from ui.case_words import own_name
from ui.forms import FILES, choice_or_none, fresh, outcome, uploads
from ui.loading import load
from vocabulary.desk import Need, Satisfaction
from vocabulary.enums import CaseResult, CaseStatus, Level
from vocabulary.questions import Viewer

REPLY_HEIGHT = 132


def move_form(viewer: Viewer, case: CaseDetail, move: Choice) -> None:
    """The form, or for a follow-up and a merge theirs."""
    if Need.FOLLOW_UP in move.needs:
        _follow_up(viewer, case)
    elif Need.CASE in move.needs:
        _merge(viewer, case)
    else:
        _move(viewer, case, move)


def unit_names(choices: Choices) -> dict[int, str]:
    """The units by their names in the reader's language."""
    return {unit.id: own_name(unit.name, unit.name_en) or unit.name for unit in choices.units}


def text(name: str, key: str, *, hint: bool = True, label: str = "") -> str:
    """A longer text, which asks not to name anybody."""
    asks = t("casework.names_nobody") if hint else None
    return st.text_area(label or t(f"casework.{name}"), key=f"{key}-{name}", height=88, placeholder=asks)


def _move(viewer: Viewer, case: CaseDetail, move: Choice) -> None:
    act = t(f"casework.move.{move.to.value}")
    form = f"move-{case.id}-{move.to.value}"
    key = fresh(form)
    if Need.REPLY in move.needs:
        case_templates.take(viewer, case, f"{key}-reply")
    with st.form(key, border=False):
        given = _given(viewer, case, move, key)
        files = uploads(t("casework.evidence"), FILES, f"{key}-files") if Need.EVIDENCE in move.needs else ()
        if st.form_submit_button(act, type="primary", shortcut="Ctrl+Enter"):
            done(act, form, casework.move, viewer, case, move.to, given, files)
    if Need.REPLY in move.needs:
        case_templates.keep(viewer, case, f"{key}-reply")


def _given(viewer: Viewer, case: CaseDetail, move: Choice, key: str) -> Given:
    needs = move.needs
    said: dict[str, object] = {}
    if Need.UNIT in needs:
        said |= _units(viewer, case, key)
    if Need.RESULT in needs:
        said["result"] = outcome(t("casework.result"), CaseResult, f"{key}-result")
    if Need.REPLY in needs:
        said["reply"] = st.text_area(
            t("casework.reply"), key=f"{key}-reply", height=REPLY_HEIGHT, placeholder=t("casework.names_nobody")
        )
    if Need.NOTE in needs:
        said["note"] = text("note", key)
    if Need.REASON in needs:
        said["reason"] = text("reason", key)
    elif Need.EVIDENCE in needs:
        said["reason"] = text("reason", key, hint=False, label=t("casework.reason_optional"))
    if case.first_contact_at is None and move.to in (CaseStatus.ACCEPTED, CaseStatus.HANDLING, CaseStatus.FINISHED):
        said["contacted"] = st.checkbox(t("casework.contacted"), key=f"{key}-contacted")
    return Given(**said)  # type: ignore[arg-type]


def _units(viewer: Viewer, case: CaseDetail, key: str) -> dict[str, object]:
    names = unit_names(load(desk.choices, viewer))
    ids = [0, *names]
    lead = st.selectbox(
        t("casework.unit"),
        ids,
        format_func=lambda unit: names.get(unit, t("casework.unit_choose")),
        key=f"{key}-unit",
        filter_mode="contains",
    )
    helping, informed = (_several(f"casework.{part}", names, f"{key}-{part}") for part in ("helping", "informed"))
    level = choice_or_none(t("casework.level"), Level, f"{key}-level", t("casework.level_as_is"), case.level)
    return {"unit_id": lead or None, "helping": tuple(helping), "informed": tuple(informed), "level": level}


def _several(label: str, names: dict[int, str], key: str) -> list[int]:
    return st.multiselect(
        t(label),
        list(names),
        format_func=names.__getitem__,
        key=key,
        placeholder=t("casework.unit_choose"),
        select_all=False,
    )


def _follow_up(viewer: Viewer, case: CaseDetail) -> None:
    act = t("casework.move.followed_up")
    form = f"follow-{case.id}"
    key = fresh(form)
    reached = st.segmented_control(
        t("casework.reached"),
        [True, False],
        default=True,
        format_func=lambda yes: t("casework.reached_yes" if yes else "casework.reached_no"),
        key=f"{key}-reached",
        required=True,
    )
    with st.form(key, border=False):
        solved, satisfaction, silent = None, None, t("casework.unanswered")
        if reached:
            solved = choice_or_none(t("casework.solved"), CaseResult, f"{key}-solved", silent)
            satisfaction = choice_or_none(t("casework.satisfaction"), Satisfaction, f"{key}-satisfaction", silent)
        answer = Answer(bool(reached), solved, satisfaction, text("note", key))
        if st.form_submit_button(act, type="primary", shortcut="Ctrl+Enter"):
            done(act, form, desk.follow_up, viewer, case, answer)


def _merge(viewer: Viewer, case: CaseDetail) -> None:
    act = t("casework.move.merged")
    form = f"merge-{case.id}"
    key = fresh(form)
    with st.form(key, border=False):
        number = st.text_input(t("casework.into"), key=f"{key}-into", autocomplete="off")
        reason = text("reason", key)
        if st.form_submit_button(act, type="primary", shortcut="Ctrl+Enter"):
            done(act, form, casework.merge, viewer, case, number, reason)
