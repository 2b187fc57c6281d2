"""The forms of an opinion: a new one, its decision and answer, making it a case or proposal, a correction."""

from datetime import date

import streamlit as st

import clock
from data_access import peace_post
from data_access.peace_post import OpinionFacts, Verdict
from texts import t
from ui.forms import Row, choice, choice_or_none, done, fresh
from ui.peace_post_forms import grid_choice
from vocabulary.peace_post import Decision, OpinionOrigin, Theme
from vocabulary.questions import Viewer
from vocabulary.refusals import word

NEW = "pp-opinion"
LONGEST = 1000


def new(viewer: Viewer) -> None:
    """An opinion that was heard."""
    key = fresh(NEW)
    with st.form(key, border=False):
        facts = _facts(viewer, key, None)
        sent = st.form_submit_button(t("peace_post.opinion_add"), type="primary")
    if sent:
        done(t("peace_post.opinion_added"), NEW, peace_post.add_opinion, viewer, facts)


def decide(viewer: Viewer, row: Row) -> None:
    """What becomes of it, why, and when the answer was given."""
    form = f"pp-decide-{row['id']}"
    key = f"{fresh(form)}-{row['version']}"
    with st.form(key, border=False):
        decision = choice(t("columns.decision"), Decision, f"{key}-decision", row["decision"])
        reason = st.text_input(
            t("columns.decision_reason"), row["decision_reason"] or "", key=f"{key}-reason", max_chars=300
        )
        left, right = st.columns(2)
        with left:
            decided_on = _day(t("columns.decided_on"), f"{key}-decided", row["decided_on"] or clock.today())
        with right:
            answered_on = _day(t("columns.answered_on"), f"{key}-answered", row["answered_on"])
        sent = st.form_submit_button(t("peace_post.decide"), type="primary")
    if sent:
        said = t("peace_post.decided", number=row["number"], decision=word(decision))
        verdict = Verdict(decision, reason, decided_on, answered_on)
        done(said, form, peace_post.decide, viewer, row["id"], row["version"], verdict)


def become_case(viewer: Viewer, row: Row) -> None:
    """One act files a pending case with its text."""
    form = f"pp-case-{row['id']}"
    key = fresh(form)
    with st.form(key, border=False):
        first = row["text"].splitlines()[0][:60]
        title = st.text_input(t("columns.title"), first, key=f"{key}-title", max_chars=60)
        sent = st.form_submit_button(t("peace_post.become_case"))
    if sent:
        said = t("peace_post.became_case", number=row["number"])
        done(said, form, peace_post.become_case, viewer, row["id"], row["version"], title)


def correct(viewer: Viewer, row: Row) -> None:
    """What should have been recorded, and why."""
    form = f"pp-opinion-correct-{row['id']}"
    key = f"{fresh(form)}-{row['version']}"
    with st.form(key, border=False):
        facts = _facts(viewer, key, row)
        why = st.text_input(t("peace_post.why"), key=f"{key}-why", max_chars=200)
        sent = st.form_submit_button(t("peace_post.correct_save"))
    if sent:
        said = t("peace_post.corrected", number=row["number"])
        done(said, form, peace_post.correct_opinion, viewer, row["id"], row["version"], facts, why)


def strike(viewer: Viewer, row: Row) -> None:
    """An opinion that was recorded by mistake."""
    form = f"pp-opinion-strike-{row['id']}"
    key = fresh(form)
    with st.form(key, border=False):
        st.markdown(f":small[:gray[{t('peace_post.strike_note')}]]")
        why = st.text_input(t("peace_post.why"), key=f"{key}-why", max_chars=200)
        sent = st.form_submit_button(t("peace_post.strike"))
    if sent:
        said = t("peace_post.struck", number=row["number"])
        done(said, form, peace_post.strike_opinion, viewer, row["id"], row["version"], why)


def _facts(viewer: Viewer, key: str, row: Row | None) -> OpinionFacts:
    now = row or {}
    left, right = st.columns(2)
    with left:
        origin = choice(t("columns.opinion_origin"), OpinionOrigin, f"{key}-origin", now.get("opinion_origin"))
        grid = grid_choice(viewer, f"{key}-grid", now.get("grid_code") or "", whole=True)
    with right:
        theme = choice(t("columns.theme"), Theme, f"{key}-theme", now.get("theme"))
        collected_on = _day(t("columns.collected_on"), f"{key}-collected", now.get("collected_on") or clock.today())
    text = st.text_area(
        t("columns.text"),
        now.get("text") or "",
        key=f"{key}-text",
        max_chars=LONGEST,
        height=96,
        placeholder=t("peace_post.text_placeholder"),
    )
    st.markdown(f":small[:gray[{t('peace_post.text_note')}]]")
    verdict = _verdict(key, row) if row else Verdict()
    return OpinionFacts(origin, theme, text, collected_on or clock.today(), grid, verdict)


def _verdict(key: str, row: Row) -> Verdict:
    none = t("peace_post.undecided")
    decision = choice_or_none(t("columns.decision"), Decision, f"{key}-decision", none, row["decision"])
    reason = st.text_input(
        t("columns.decision_reason"), row["decision_reason"] or "", key=f"{key}-reason", max_chars=300
    )
    left, right = st.columns(2)
    with left:
        decided_on = _day(t("columns.decided_on"), f"{key}-decided", row["decided_on"])
    with right:
        answered_on = _day(t("columns.answered_on"), f"{key}-answered", row["answered_on"])
    return Verdict(decision, reason, decided_on, answered_on)


def _day(label: str, key: str, now: date | None) -> date | None:
    chosen: date | None = st.date_input(label, now, format="YYYY-MM-DD", key=key)
    return chosen
