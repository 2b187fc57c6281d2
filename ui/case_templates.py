"""Texts to begin a reply with: taking one, keeping what is typed as one, dropping one."""

import streamlit as st

from data_access import desk
from data_access.cases import CaseDetail
from texts import t
from ui.forms import done, fresh
from ui.loading import load
from vocabulary.enums import CaseStatus
from vocabulary.questions import Viewer

FORM = "template"


def take(viewer: Viewer, case: CaseDetail, into: str) -> None:
    """The choice of a template above the reply's field `into`, where it can then be changed."""
    rows = load(desk.templates, viewer, case.category_id, CaseStatus(case.status))
    if rows.is_empty():
        return
    texts = dict(rows.select("id", "text").iter_rows())
    names = dict(rows.select("id", "name").iter_rows())
    left, right = st.columns([3, 1], vertical_alignment="bottom", gap="small")
    with left:
        chosen = st.selectbox(
            t("casework.template"),
            [0, *names],
            format_func=lambda one: names.get(one, t("casework.template_none")),
            key=f"{into}-template",
            on_change=_fill,
            args=(into, texts),
            filter_mode=None,
        )
    with right:
        if chosen and st.button(t("casemany.template_drop"), key=f"{into}-template-drop", type="tertiary"):
            done(t("casemany.template_dropped"), FORM, desk.drop_template, viewer, chosen)


def keep(viewer: Viewer, case: CaseDetail, into: str) -> None:
    """The way to keep the reply that was typed, for cases of this category."""
    key = fresh(FORM)
    with st.popover(t("casemany.template_save"), type="tertiary", icon=":material/bookmark_add:"):
        name = st.text_input(t("casemany.template_name"), key=f"{key}-name", max_chars=60, autocomplete="off")
        text = st.text_area(t("casework.reply"), st.session_state.get(into, ""), key=f"{key}-text", height=120)
        if st.button(t("casemany.template_save"), key=f"{key}-save"):
            said = t("casemany.template_saved", name=name.strip())
            done(said, FORM, desk.save_template, viewer, name, text, case.category_id, None)


def _fill(into: str, texts: dict[int, str]) -> None:
    if found := texts.get(st.session_state[f"{into}-template"]):
        st.session_state[into] = found
