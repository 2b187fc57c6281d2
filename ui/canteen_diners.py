"""Cards and pauses on the page: a new card, a pause, pauses that hold ended early."""

from datetime import timedelta

import polars as pl
import streamlit as st

import clock
from data_access import canteen, places
from data_access.canteen import CardFacts
from texts import t
from ui import words
from ui.choosing import chosen
from ui.forms import done, fresh, quiet
from ui.loading import load
from ui.parts import empty, panel
from vocabulary.enums import AgeBand
from vocabulary.questions import Period, Viewer
from vocabulary.refusals import word


def diners(viewer: Viewer, _period: Period) -> None:
    """The pauses, and the forms for a pause and a card."""
    left, right = st.columns([1.62, 1], gap="small")
    frame = load(canteen.pauses, viewer)
    with left, panel(t("canteen.page.pauses_title"), t("canteen.page.pauses_note", count=frame.height), key="pauses"):
        if frame.is_empty():
            empty(t("canteen.page.pauses_none"))
        else:
            _pauses(viewer, frame)
    with right:
        with panel(t("canteen.page.pause_title"), key="pause"):
            _pause(viewer)
        with panel(t("canteen.page.card_title"), key="card-new"):
            _card(viewer)


def _pauses(viewer: Viewer, frame: pl.DataFrame) -> None:
    rows = list(frame.iter_rows(named=True))
    shown = pl.DataFrame(
        {
            t("columns.card"): [row["card"] for row in rows],
            t("canteen.page.from_on"): [str(row["from_on"]) for row in rows],
            t("canteen.page.to_on"): [str(row["to_on"] or t("canteen.page.open_end")) for row in rows],
        }
    )
    row = chosen("pauses-table", rows, shown, by=("pause_id",))
    if row is None:
        quiet(t("canteen.page.pause_choose"))
        return
    with st.form(f"pause-end-{row['pause_id']}-{row['version']}", border=False):
        last = st.date_input(t("canteen.page.last_day", card=row["card"]), clock.today(), format="YYYY-MM-DD")
        sent = st.form_submit_button(t("canteen.page.pause_end"))
    if sent:
        said = t("canteen.page.pause_ended", card=row["card"], day=words.day(last))
        done(said, "pause-end", canteen.end_pause, viewer, row["pause_id"], row["version"], last)


def _pause(viewer: Viewer) -> None:
    key, today = fresh("pause"), clock.today()
    with st.form(key, border=False):
        card = st.text_input(t("columns.card"), key=f"{key}-card", max_chars=32, autocomplete="off")
        begins = st.date_input(t("canteen.page.from_on"), today, format="YYYY-MM-DD", key=f"{key}-from")
        ends = st.date_input(t("canteen.page.to_on"), today + timedelta(6), format="YYYY-MM-DD", key=f"{key}-to")
        sent = st.form_submit_button(t("canteen.page.pause_add"))
    if sent:
        done(t("canteen.page.paused", card=card.strip()), "pause", canteen.add_pause, viewer, card, begins, ends)


def _card(viewer: Viewer) -> None:
    key = fresh("card")
    numbers = load(places.buildings, viewer)["number"].to_list()
    with st.form(key, border=False):
        card = st.text_input(t("columns.card"), key=f"{key}-card", max_chars=32, autocomplete="off")
        band = st.selectbox(t("columns.band"), list(AgeBand), 1, format_func=word, key=f"{key}-band", filter_mode=None)
        resident = st.checkbox(t("columns.resident"), value=True, key=f"{key}-resident")
        building = st.selectbox(
            t("columns.building"), numbers, None, key=f"{key}-building", placeholder=t("words.unfilled")
        )
        quiet(t("canteen.page.card_what"))
        sent = st.form_submit_button(t("canteen.page.card_add"))
    if sent:
        facts = CardFacts(card, band or AgeBand.A60, resident=resident, building=building if resident else None)
        done(t("canteen.page.card_added", card=card.strip()), "card", canteen.issue_card, viewer, facts)
