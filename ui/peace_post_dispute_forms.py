"""The forms of a dispute: a new one, how it was closed, how it was performed, a correction, striking it out."""

from datetime import datetime
from typing import Any

import streamlit as st

import clock
from data_access import peace_post
from data_access.peace_post import Closing, DisputeFacts
from jobs import installation
from texts import t
from ui.forms import Row, choice, choice_or_none, done, fresh, outcome, unsaid
from ui.parts import empty
from ui.peace_post_forms import grid_choice, grids
from vocabulary.peace_post import DisputeOrigin, DisputeOutcome, DisputeType, Mediator, Performed
from vocabulary.questions import Viewer
from vocabulary.refusals import word

NEW = "pp-dispute"


def new(viewer: Viewer) -> None:
    """A dispute that came, or one that is already closed."""
    if not grids(viewer):
        empty(t("peace_post.no_grids"))
        return
    key = fresh(NEW)
    with st.form(key, border=False):
        facts = _facts(viewer, key, None)
        contact = _contact(key)
        sent = st.form_submit_button(t("peace_post.dispute_add"), type="primary")
    if sent:
        seal = installation.contact_seal()
        done(t("peace_post.dispute_added"), NEW, peace_post.add_dispute, viewer, facts, contact, seal)


def settle(viewer: Viewer, row: Row) -> None:
    """How an open dispute ended."""
    form = f"pp-settle-{row['id']}"
    key = fresh(form)
    with st.form(key, border=False):
        left, right = st.columns(2)
        with left:
            found = outcome(t("columns.dispute_outcome"), DisputeOutcome, f"{key}-outcome")
        with right:
            closed_on = st.date_input(t("columns.closed_on"), clock.today(), format="YYYY-MM-DD", key=f"{key}-on")
        mediators = _mediators(key, row)
        contact = _contact(key)
        sent = st.form_submit_button(t("peace_post.settle"), type="primary")
    if sent and found is None:
        unsaid(t("columns.dispute_outcome"))
    elif sent and found:
        said = t("peace_post.settled_said", number=row["number"], outcome=word(found))
        asked = (row["id"], row["version"], Closing(found, closed_on), mediators, contact)
        done(said, form, peace_post.settle, viewer, *asked, installation.contact_seal())


def perform(viewer: Viewer, row: Row) -> None:
    """How a written agreement was performed, as far as is known now."""
    form = f"pp-perform-{row['id']}"
    key = fresh(form)
    with st.form(key, border=False):
        performed = choice(t("columns.performed"), Performed, f"{key}-performed", row["performed"])
        sent = st.form_submit_button(t("words.save"))
    if sent:
        said = t("peace_post.performed_noted", number=row["number"], performed=word(performed))
        done(said, form, peace_post.note_performed, viewer, row["id"], row["version"], performed)


def correct(viewer: Viewer, row: Row) -> None:
    """What should have been recorded, and why."""
    form = f"pp-correct-{row['id']}"
    key = f"{fresh(form)}-{row['version']}"
    with st.form(key, border=False):
        facts = _facts(viewer, key, row)
        reason = st.text_input(t("peace_post.why"), key=f"{key}-why", max_chars=200)
        sent = st.form_submit_button(t("peace_post.correct_save"))
    if sent:
        said = t("peace_post.corrected", number=row["number"])
        done(said, form, peace_post.correct_dispute, viewer, row["id"], row["version"], facts, reason)


def strike(viewer: Viewer, row: Row) -> None:
    """A dispute that was recorded by mistake."""
    form = f"pp-strike-{row['id']}"
    key = fresh(form)
    with st.form(key, border=False):
        st.markdown(f":small[:gray[{t('peace_post.strike_note')}]]")
        reason = st.text_input(t("peace_post.why"), key=f"{key}-why", max_chars=200)
        sent = st.form_submit_button(t("peace_post.strike"))
    if sent:
        said = t("peace_post.struck", number=row["number"])
        done(said, form, peace_post.strike_dispute, viewer, row["id"], row["version"], reason)


def change_number(viewer: Viewer, row: Row) -> None:
    """Another telephone number for the check-backs, or none any more."""
    form = f"pp-number-{row['id']}"
    key = fresh(form)
    with st.form(key, border=False):
        contact = _contact(key)
        sent = st.form_submit_button(t("words.save"))
    if sent:
        asked = (row["id"], contact, installation.contact_seal())
        done(t("peace_post.number_kept"), form, peace_post.change_contact, viewer, *asked)


def _facts(viewer: Viewer, key: str, now: Row | None) -> DisputeFacts:
    row = now or dict[str, Any]()
    left, right = st.columns(2)
    with left:
        kind = choice(t("columns.dispute_type"), DisputeType, f"{key}-type", row.get("dispute_type"))
    with right:
        unknown, came = t("words.unfilled"), row.get("dispute_origin")
        origin = choice_or_none(t("columns.dispute_origin"), DisputeOrigin, f"{key}-origin", unknown, came)
    left, right = st.columns(2)
    with left:
        grid = grid_choice(viewer, f"{key}-grid", row.get("grid_code"))
    with right:
        mediators = _mediators(key, row)
    opened_at = _opened(key, row["opened_at"] if now else clock.now())
    return DisputeFacts(kind, grid, opened_at, origin, mediators, _closing(key, row))


def _opened(key: str, now: datetime) -> datetime:
    left, right = st.columns(2)
    with left:
        day = st.date_input(t("columns.opened_on"), now.date(), format="YYYY-MM-DD", key=f"{key}-opened")
    with right:
        at = st.time_input(t("peace_post.opened_time"), now.time(), step=60, key=f"{key}-time")
    chosen = datetime.combine(day, at, clock.SHANGHAI)
    # A time that was not touched keeps its seconds, which the box does not show.
    return now if chosen.replace(second=0) == now.replace(second=0, microsecond=0) else chosen


def _closing(key: str, row: Row) -> Closing | None:
    left, right = st.columns(2)
    with left:
        still, was = t("peace_post.still_open"), row.get("dispute_outcome")
        outcome = choice_or_none(t("columns.dispute_outcome"), DisputeOutcome, f"{key}-outcome", still, was)
    with right:
        day = row.get("closed_on") or clock.today()
        closed_on = st.date_input(t("peace_post.closed_if"), day, format="YYYY-MM-DD", key=f"{key}-closed")
    label, unknown = t("peace_post.performed_if"), t("peace_post.performed_unknown")
    performed = choice_or_none(label, Performed, f"{key}-performed", unknown, row.get("performed"))
    return Closing(outcome, closed_on, performed) if outcome else None


def _mediators(key: str, row: Row) -> frozenset[Mediator]:
    members = list(Mediator)
    now = [member for member in members if row.get(f"by_{member.value}")]
    label = t("peace_post.mediators")
    chosen = st.pills(label, members, selection_mode="multi", default=now, format_func=word, key=f"{key}-mediators")
    return frozenset(chosen)


def _contact(key: str) -> str:
    return st.text_input(
        t("peace_post.contact"),
        key=f"{key}-contact",
        max_chars=20,
        help=t("peace_post.contact_help"),
        autocomplete="off",
    )
