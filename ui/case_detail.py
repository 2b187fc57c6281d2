"""The case that is open: its marks, its title, its way, its facts, its text and reply, what happened to it."""

from html import escape

import streamlit as st

from data_access import cases, desk, peace_post, volunteers
from texts import t
from ui import case_acts, case_beside, case_dues, case_reveal, case_words, words
from ui.case_facts import pairs
from ui.case_history import history
from ui.case_list import beside, choose
from ui.loading import load
from ui.parts import facts, plain, steps
from vocabulary.enums import DROPPED_STATUSES, OPEN_STATUSES, CaseStatus, Urgency
from vocabulary.questions import Viewer

STEPS = ("accepted", "assigned", "signed", "handling", "finished", "followed_up", "archived")
REACHED = {
    CaseStatus.PENDING: 0,
    CaseStatus.ACCEPTED: 1,
    CaseStatus.RETURNED: 1,
    CaseStatus.ASSIGNED: 2,
    CaseStatus.SIGNED: 3,
    CaseStatus.HANDLING: 3,
    CaseStatus.REOPENING: 3,
    CaseStatus.FINISHED: 5,
    CaseStatus.FOLLOWED_UP: 6,
    CaseStatus.ARCHIVED: 7,
}
SCROLLS = 500
"""From so many characters on a text keeps its own scroll bar."""


def detail(viewer: Viewer, case: cases.CaseDetail) -> None:
    """The panel beside the list."""
    with st.container(border=True, key="panel-case", gap="small"):
        look = case_reveal.current(viewer, case.id)
        revealed = look.found if look else None
        _head(case, revealed.title if revealed else case.title)
        if case.status not in DROPPED_STATUSES:
            steps([t(f"cases.step.{step}") for step in STEPS], REACHED[CaseStatus(case.status)])
        _came_from(viewer, case)
        facts(pairs(case, revealed))
        case_dues.of_a_case(case.due_at if case.status in OPEN_STATUSES else None)
        case_reveal.button(viewer, case, look)
        found = load(desk.beside, viewer, case.id)
        case_beside.beside_it(viewer, case, found)
        case_acts.acts(viewer, case, found)
        _said(t("cases.text"), (revealed.body if revealed else case.body) or t("cases.no_text"))
        reply = revealed.reply if revealed else case.reply
        if reply:
            _said(t("cases.reply"), reply)
        _told(viewer, case)


def _head(case: cases.CaseDetail, title: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.markdown(f":small[:gray[{plain(case.number)}]]", width="stretch")
        if case.urgency:
            colour = case_words.URGENCY_COLOURS[Urgency(case.urgency)]
            st.badge(case_words.urgency(case.urgency), color=colour)
        st.badge(case_words.status(case.status), color=case_words.STATUS_COLOURS[CaseStatus(case.status)])
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", gap="xsmall"):
        _step("previous", -1, "keyboard_arrow_up", "Alt+Up")
        _step("next", 1, "keyboard_arrow_down", "Alt+Down")
        st.button(
            t("cases.close"), key="case-close", type="tertiary", icon=":material/close:", on_click=choose, args=(None,)
        )
    st.html(f'<h2 class="case-title">{escape(title.strip() or t("cases.untitled"))}</h2>')


def _came_from(viewer: Viewer, case: cases.CaseDetail) -> None:
    """The clue or the opinion that became this case."""
    if reported_on := load(volunteers.clue_of, viewer, case.id):
        st.markdown(f":small[:gray[{t('cases.from_clue', day=words.day(reported_on))}]]")
    if number := load(peace_post.opinion_of, viewer, case.id):
        st.markdown(f":small[:gray[{t('cases.from_opinion', number=plain(number))}]]")


def _step(name: str, step: int, icon: str, shortcut: str) -> None:
    """The way to the case before or after in the list."""
    other = beside(step)
    st.button(
        f":material/{icon}:",
        key=f"case-{name}",
        type="tertiary",
        help=t(f"casemany.{name}"),
        disabled=other is None,
        on_click=choose,
        args=(other,),
        shortcut=shortcut,
    )


def _said(heading: str, text: str) -> None:
    """A text as it was written; a long one can be scrolled by keyboard too."""
    own = f' tabindex="0" role="region" aria-label="{escape(heading)}"' if len(text) > SCROLLS else ""
    st.html(f'<h3 class="case-heading">{escape(heading)}</h3><p class="case-text"{own}>{escape(text)}</p>')


def _told(viewer: Viewer, case: cases.CaseDetail) -> None:
    heading = st.container()
    count = history(viewer, case)
    note = t("cases.history_note", count=count)
    heading.markdown(f"**{t('cases.history')}** :small[:gray[{note}]]")
