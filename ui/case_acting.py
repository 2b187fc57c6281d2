"""Acting on the open case: on what this person last saw of it, keeping what was typed when another was faster."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from data_access.cases import CaseDetail
from texts import t
from ui.forms import renew
from ui.loading import act
from ui.parts import flash
from vocabulary.questions import Viewer
from vocabulary.refusals import Refusal

SEEN = "_case seen"


def seen_version(case: CaseDetail) -> int:
    """The version of the case when it was opened here, or since the last act or warning."""
    kept: tuple[int, int] | None = st.session_state.get(SEEN)
    if kept is None or kept[0] != case.id:
        st.session_state[SEEN] = kept = (case.id, case.version)
    return kept[1]


def done(act_name: str, form: str, write: Callable[..., Any], viewer: Viewer, case: CaseDetail, *args: Any) -> None:
    """Acts and says so at the head of the page; a refusal is said here, and what was typed stays.

    Who is told that another was faster has been told: the next try stands on what is there then.
    """
    try:
        act(write, viewer, case.id, seen_version(case), *args)
    except Refusal as refusal:
        if refusal.key.startswith("desk.changed") or refusal.key == "words.changed_meanwhile":
            st.session_state.pop(SEEN, None)
        st.error(str(refusal), icon=":material/error:")
        return
    st.session_state.pop(SEEN, None)
    renew(form)
    flash(t("casework.done", number=case.number, act=act_name))
    st.rerun()
