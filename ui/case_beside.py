"""What stands beside the open case: other units, tied cases, evidence to download, what waits for an answer."""

from html import escape

import streamlit as st

from data_access import desk
from data_access.cases import CaseDetail
from data_access.desk import Beside
from texts import t
from ui import words
from ui.case_words import own_name
from ui.links import linked
from ui.loading import load
from vocabulary.desk import Part
from vocabulary.enums import CaseStatus
from vocabulary.questions import Viewer

LABELS = {Part.HELPING: "casework.helping_units", Part.INFORMED: "casework.informed_units"}


def beside_it(viewer: Viewer, case: CaseDetail, beside: Beside) -> None:
    """Lines of what there is, then the files."""
    lines = [*_units(beside), *_tied(viewer, beside), *_waiting(case, beside)]
    if lines:
        st.html("".join(f'<p class="note"><span>{line}</span></p>' for line in lines))
    for file in beside.files:
        key = f"file-{case.id}-{file.id}"
        if st.session_state.get(key):
            found = load(desk.content, viewer, case.id, file.id)
            st.download_button(file.name, found, file.name, file.media, key=f"{key}-down", icon=":material/download:")
        else:
            icon = ":material/attach_file:"
            st.button(file.name, key=f"{key}-open", type="tertiary", icon=icon, on_click=_fetch, args=(key,))


def _fetch(key: str) -> None:
    st.session_state[key] = True


def _units(beside: Beside) -> list[str]:
    found = []
    for part, label in LABELS.items():
        names = [own_name(one.name, one.name_en) or one.name for one in beside.units if one.part == part]
        if names:
            found.append(escape(t(label, names=t("casework.join").join(names))))
    return found


def _tied(viewer: Viewer, beside: Beside) -> list[str]:
    def said(one: desk.Tied) -> str:
        return linked(escape(f"{one.number} {one.title}"), viewer, "cases", {"case": [str(one.id)], "show": ["all"]})

    return [t(f"casework.tied_{one.how}", case=said(one)) for one in beside.tied]


def _waiting(case: CaseDetail, beside: Beside) -> list[str]:
    found = []
    if beside.extension_until:
        found.append(escape(t("casework.waits_extension", at=words.moment(beside.extension_until))))
    if beside.unhappy_since and case.status == CaseStatus.FOLLOWED_UP:
        found.append(escape(t("casework.asks_reopen", at=words.moment(beside.unhappy_since))))
    return found
