"""The opinions: those that wait or those of the period, the chosen one with all that can be done with it."""

from html import escape

import polars as pl
import streamlit as st

import access
from access import Permission
from data_access import peace_post
from texts import t
from ui import peace_post_opinion_forms as forms
from ui import words
from ui.choosing import chosen
from ui.forms import Row
from ui.links import linked
from ui.loading import load
from ui.parts import empty, facts, panel, plain
from ui.peace_post_history import told
from ui.renewal_from_opinion import from_opinion
from vocabulary.peace_post import DECIDED, Decision, OpinionOrigin, Theme
from vocabulary.questions import Period, Viewer
from vocabulary.refusals import word

SHOWN = (True, False)


def opinions(viewer: Viewer, period: Period) -> None:
    """The list, and beside it the chosen opinion; who may write finds the form for a new one above."""
    if access.allows(viewer, Permission.WRITE_OPINIONS):
        with st.expander(t("peace_post.opinion_new"), icon=":material/add:", key="pp-new-opinion"):
            forms.new(viewer)
    found = {waiting: load(peace_post.opinion_list, viewer, period, waiting) for waiting in SHOWN}
    left, right = st.columns([1.62, 1], gap="small")
    with left, panel(t("peace_post.opinions_title"), key="pp-opinions"):
        rows = found[_waiting({waiting: rows.height for waiting, rows in found.items()})]
        if rows.is_empty():
            empty(t("peace_post.opinions_none"))
            return
        told = list(rows.iter_rows(named=True))
        row = chosen("pp-opinions-table", told, _shown(told), required=True, new=forms.NEW, config=_widths())
    with right, panel(t("peace_post.opinion_title"), key="pp-opinion"):
        if row:
            _one(viewer, row)


def _waiting(counts: dict[bool, int]) -> bool:
    names = {True: "peace_post.opinions_waiting", False: "peace_post.opinions_period"}
    shown = st.segmented_control(
        t("peace_post.opinions_title"),
        SHOWN,
        default=True,
        format_func=lambda waiting: t(names[waiting], count=words.number(counts[waiting])),
        key="pp-opinions-shown",
        label_visibility="collapsed",
        required=True,
    )
    return bool(shown)


def _widths() -> dict[str, object]:
    return {t("columns.text"): st.column_config.TextColumn(width="large")}


def decision_words(row: Row) -> str:
    """What was decided, or that nobody looked yet."""
    return word(Decision(row["decision"])) if row["decision"] else t("peace_post.undecided")


def _shown(rows: list[Row]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            t("columns.collected_on"): [str(row["collected_on"]) for row in rows],
            t("columns.opinion_origin"): [word(OpinionOrigin(row["opinion_origin"])) for row in rows],
            t("columns.theme"): [word(Theme(row["theme"])) for row in rows],
            t("columns.decision"): [decision_words(row) for row in rows],
            t("columns.text"): [row["text"] or t("peace_post.text_gone_short") for row in rows],
        }
    )


def _one(viewer: Viewer, row: Row) -> None:
    st.markdown(plain(row["text"] or t("peace_post.text_gone_short")))
    facts(
        [
            (t("peace_post.number"), row["number"]),
            (t("columns.opinion_origin"), word(OpinionOrigin(row["opinion_origin"]))),
            (t("columns.theme"), word(Theme(row["theme"]))),
            (t("columns.grid"), row["grid"] or t("peace_post.whole_community")),
            (t("columns.collected_on"), words.day(row["collected_on"])),
            (t("columns.decision"), decision_words(row)),
            (t("columns.decision_reason"), row["decision_reason"] or "—"),
            (t("columns.decided_on"), words.day(row["decided_on"]) if row["decided_on"] else "—"),
            (t("columns.answered_on"), words.day(row["answered_on"]) if row["answered_on"] else "—"),
        ]
    )
    _became(viewer, row)
    if access.allows(viewer, Permission.WRITE_OPINIONS):
        _acts(viewer, row)
    told(load(peace_post.opinion_history, viewer, row["id"]))


def _became(viewer: Viewer, row: Row) -> None:
    if row["case_id"] is not None:
        said = escape(t("peace_post.is_case", number=row["case_number"]))
        _link(linked(said, viewer, "cases", {"case": [str(row["case_id"])]}))
    if row["proposal_id"] is not None:
        said = escape(t("peace_post.is_proposal"))
        _link(linked(said, viewer, "renewal", {"proposal": [str(row["proposal_id"])]}))


def _link(html: str) -> None:
    st.html(f'<p class="note">{html}</p>')


def _acts(viewer: Viewer, row: Row) -> None:
    if access.allows(viewer, Permission.WORK_CASES):
        if row["decision"] not in DECIDED or row["answered_on"] is None:
            forms.decide(viewer, row)
        if row["case_id"] is None and row["text"]:
            with st.expander(t("peace_post.to_case"), key=f"pp-case-of-{row['id']}"):
                forms.become_case(viewer, row)
    if row["proposal_id"] is None and row["text"]:
        from_opinion(viewer, row)
    with st.expander(t("peace_post.correct"), key=f"pp-opinion-correct-of-{row['id']}"):
        forms.correct(viewer, row)
    with st.expander(t("peace_post.strike_out"), key=f"pp-opinion-strike-of-{row['id']}"):
        forms.strike(viewer, row)
