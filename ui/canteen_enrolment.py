"""Consents on the page of the social workers: who agreed in their grids, a new consent, one taken back."""

import polars as pl
import streamlit as st

import clock
from data_access import canteen
from data_access.canteen import Consent
from jobs import installation
from texts import t
from ui import words
from ui.choosing import chosen
from ui.forms import Row, done, fresh, quiet
from ui.loading import load
from ui.parts import empty, panel
from vocabulary.canteen import DinerGroup
from vocabulary.questions import Viewer
from vocabulary.refusals import word


def enrolments(viewer: Viewer) -> None:
    """The list of consents beside the form for a new one."""
    frame = load(canteen.enrolled, viewer)
    left, right = st.columns([1.62, 1], gap="small")
    note = t("canteen.page.enrolled_note", count=frame.height)
    with left, panel(t("canteen.page.enrolled_title"), note, key="care-enrolled"):
        if frame.is_empty():
            empty(t("canteen.page.enrolled_none"))
        else:
            _list(viewer, list(frame.iter_rows(named=True)))
    with right, panel(t("canteen.page.enrol_title"), key="care-enrol"):
        _new(viewer)


def _list(viewer: Viewer, rows: list[Row]) -> None:
    shown = pl.DataFrame(
        {
            t("columns.card"): [row["card"] for row in rows],
            t("columns.building"): [words.building(row["building"]) for row in rows],
            t("canteen.page.consent_on"): [str(row["consent_on"]) for row in rows],
            t("canteen.page.care_wanted"): ["✓" if row["care"] else "" for row in rows],
        }
    )
    row = chosen("care-enrolled-table", rows, shown, by=("enrolment_id",))
    if row is None:
        quiet(t("canteen.page.withdraw_how"))
        return
    with st.popover(t("canteen.page.withdraw", card=row["card"])):
        st.markdown(t("canteen.page.withdraw_what"))
        if st.button(t("canteen.page.withdraw_really"), key=f"withdraw-{row['enrolment_id']}"):
            said = t("canteen.page.withdrawn", card=row["card"])
            done(said, "withdraw", canteen.withdraw, viewer, row["enrolment_id"], row["version"])


def _new(viewer: Viewer) -> None:
    key = fresh("enrol")
    with st.form(key, border=False):
        card = st.text_input(t("columns.card"), key=f"{key}-card", max_chars=32, autocomplete="off")
        name = st.text_input(t("canteen.page.name"), key=f"{key}-name", max_chars=32, autocomplete="off")
        phone = st.text_input(t("canteen.page.phone"), key=f"{key}-phone", max_chars=24, autocomplete="off")
        day = st.date_input(t("canteen.page.consent_on"), clock.today(), format="YYYY-MM-DD", key=f"{key}-on")
        groups = st.multiselect(
            t("canteen.page.groups"),
            list(DinerGroup),
            format_func=word,
            key=f"{key}-groups",
            placeholder=t("canteen.page.groups_none"),
        )
        care = st.checkbox(t("canteen.page.care_wanted"), value=True, key=f"{key}-care")
        quiet(t("canteen.page.consent_what"))
        sent = st.form_submit_button(t("canteen.page.enrol"))
    if sent:
        consent = Consent(card.strip(), day, name, phone, frozenset(groups), care)
        said = t("canteen.page.enrolled", card=card.strip())
        done(said, "enrol", canteen.enrol, viewer, consent, installation.contact_seal())
