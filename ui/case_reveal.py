"""A logged look at who reported a case: shown for ten minutes, or until another case is opened."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import streamlit as st

import access
import clock
from access import Permission
from data_access import cases
from jobs import installation
from texts import t
from ui.loading import act
from vocabulary.questions import Viewer
from vocabulary.refusals import Refusal

FOR = timedelta(minutes=10)
KEPT = "_case revealed"


@dataclass(frozen=True)
class Look:
    """What was opened, when, for whom; or the sentence why it could not be."""

    case_id: int
    at: datetime
    viewer: Viewer
    found: cases.Revealed | None
    refused: str = ""


def current(viewer: Viewer, case_id: int) -> Look | None:
    """The look at this case that still holds."""
    look: Look | None = st.session_state.get(KEPT)
    if look and (look.case_id, look.viewer) == (case_id, viewer) and clock.now() - look.at < FOR:
        return look
    st.session_state.pop(KEPT, None)
    return None


def button(viewer: Viewer, case: cases.CaseDetail, look: Look | None) -> None:
    """The tertiary button that says that looking is logged, for those who may; then what came of it."""
    if not access.allows(viewer, Permission.REVEAL_CONTACT):
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="case-reveal"):
        if look and look.found:
            said = t("cases.revealed") if look.found.contacts else t("cases.no_contact")
            st.button(
                t("cases.hide"), key="case-hide", type="tertiary", icon=":material/visibility_off:", on_click=_hide
            )
        else:
            said = look.refused if look else t("cases.reveal_note")
            label, icon = t("cases.reveal"), ":material/visibility:"
            st.button(label, key="case-look", type="tertiary", icon=icon, on_click=_look, args=(viewer, case.id))
        st.markdown(f":small[:gray[{said}]]", width="content")


def _look(viewer: Viewer, case_id: int) -> None:
    try:
        found, refused = act(cases.reveal, viewer, case_id, installation.contact_seal()), ""
    except Refusal as refusal:
        found, refused = None, str(refusal)
    st.session_state[KEPT] = Look(case_id, clock.now(), viewer, found, refused)


def _hide() -> None:
    st.session_state.pop(KEPT, None)
