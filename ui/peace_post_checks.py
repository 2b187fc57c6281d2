"""The work list of check-backs; for the chosen one a logged look at the number and the form that closes it."""

from datetime import date, timedelta
from typing import Any

import polars as pl
import streamlit as st

import access
import clock
from access import Permission
from data_access import peace_post
from jobs import installation
from texts import t
from ui import words
from ui.choosing import chosen
from ui.forms import Row, choice_or_none, done, fresh, outcome, unsaid
from ui.loading import act, load
from ui.parts import empty, facts, panel, plain
from vocabulary.peace_post import CHECK_DAYS, CheckOutcome, DisputeOutcome, DisputeType, Performed
from vocabulary.questions import Viewer
from vocabulary.refusals import Refusal, word

SOON = timedelta(7)
LOOKED = "_peace_post number"


def check_backs(viewer: Viewer) -> None:
    """The list of those due, the chosen one beside it, and what falls due within a week."""
    today = clock.today()
    due = load(peace_post.open_check_backs, viewer, today)
    left, right = st.columns([1.62, 1], gap="small")
    with left, panel(t("peace_post.checks_title"), t("peace_post.checks_note", count=due.height), key="pp-checks"):
        row = None if due.is_empty() else _table(due, today)
        if due.is_empty():
            empty(t("peace_post.checks_none"))
        _soon(load(peace_post.open_check_backs, viewer, today + SOON), today)
    with right, panel(t("peace_post.check_title"), key="pp-check"):
        if row is None:
            st.markdown(f":gray[{t('peace_post.check_choose')}]")
            return
        _one(viewer, row)


def _table(due: pl.DataFrame, today: date) -> Row | None:
    rows = list(due.iter_rows(named=True))
    shown = pl.DataFrame(
        {
            t("peace_post.number"): [row["number"] for row in rows],
            t("columns.dispute_type"): [word(DisputeType(row["dispute_type"])) for row in rows],
            t("columns.grid"): [row["grid"] for row in rows],
            t("peace_post.check"): [t("peace_post.after", days=row["after_days"]) for row in rows],
            t("columns.due_on"): [str(row["due_on"]) for row in rows],
            t("peace_post.late"): [days_late((today - row["due_on"]).days) for row in rows],
        }
    )
    return chosen("pp-checks-table", rows, shown, required=True)


def days_late(late: int) -> str:
    """Overdue by so many days, or due today."""
    return t("peace_post.days_late", days=late) if late > 0 else t("peace_post.due_today")


def _soon(coming: pl.DataFrame, today: date) -> None:
    soon = [row for row in coming.iter_rows(named=True) if row["due_on"] > today]
    if not soon:
        return
    one = (
        t("peace_post.soon_one", number=row["number"], days=row["after_days"], day=f"{row['due_on']:%m-%d}")
        for row in soon
    )
    said = t("peace_post.soon", count=len(soon), which=t("peace_post.join").join(one))
    st.markdown(f":small[:gray[{plain(said)}]]")


def _one(viewer: Viewer, row: dict[str, Any]) -> None:
    facts(
        [
            (t("peace_post.number"), row["number"]),
            (t("columns.dispute_type"), word(DisputeType(row["dispute_type"]))),
            (t("columns.dispute_outcome"), word(DisputeOutcome(row["dispute_outcome"]))),
            (t("columns.grid"), row["grid"]),
            (t("columns.due_on"), words.day(row["due_on"])),
        ]
    )
    if not (access.allows(viewer, Permission.WRITE_DISPUTES) and access.allows(viewer, Permission.REVEAL_CONTACT)):
        st.markdown(f":small[:gray[{t('peace_post.check_by_worker')}]]")
        return
    _number(viewer, row)
    _close(viewer, row)


def _number(viewer: Viewer, row: dict[str, Any]) -> None:
    if not row["contact"]:
        st.markdown(f":small[:gray[{t('peace_post.no_number')}]]")
        return
    looked = st.session_state.get(LOOKED)
    if looked and looked[0] == (viewer, row["dispute_id"]):
        st.markdown(f"**{plain(looked[1])}** :small[:gray[{t('peace_post.number_shown')}]]")
        return
    st.session_state.pop(LOOKED, None)
    st.button(
        t("peace_post.reveal"),
        key=f"pp-reveal-{row['dispute_id']}",
        icon=":material/visibility:",
        on_click=_look,
        args=(viewer, row["dispute_id"]),
    )


def _look(viewer: Viewer, dispute_id: int) -> None:
    try:
        said = act(peace_post.reveal_contact, viewer, dispute_id, installation.contact_seal())
    except Refusal as refusal:
        said = str(refusal)
    st.session_state[LOOKED] = ((viewer, dispute_id), said)


def _close(viewer: Viewer, row: dict[str, Any]) -> None:
    key = fresh(f"pp-check-{row['id']}")
    with st.form(key, border=False):
        found = outcome(t("columns.check_outcome"), CheckOutcome, f"{key}-outcome")
        done_on = st.date_input(t("columns.done_on"), clock.today(), format="YYYY-MM-DD", key=f"{key}-on")
        performed = None
        if row["dispute_outcome"] == DisputeOutcome.AGREEMENT:
            none, now = t("peace_post.performed_unknown"), row["performed"]
            performed = choice_or_none(t("columns.performed"), Performed, f"{key}-performed", none, now)
        last = row["after_days"] == max(CHECK_DAYS)
        st.markdown(f":small[:gray[{t('peace_post.check_last' if last else 'peace_post.check_first')}]]")
        sent = st.form_submit_button(t("peace_post.check_close"), type="primary")
    if sent and found is None:
        unsaid(t("columns.check_outcome"))
    elif sent:
        said = t("peace_post.check_closed", number=row["number"], days=row["after_days"])
        asked = (row["id"], row["version"], found, done_on, performed)
        done(said, f"pp-check-{row['id']}", peace_post.close_check_back, viewer, *asked)
