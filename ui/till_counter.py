"""The counter: a card number and Enter shows its price and today's meals, Enter once more books the meal."""

from datetime import datetime, time
from html import escape
from pathlib import Path

import streamlit as st

import clock
from data_access import canteen as reads
from data_access.canteen import Quote
from jobs import meals
from texts import t
from ui import words
from ui.loading import act, load
from ui.till_where import Canteen
from vocabulary.enums import MealKind, MealMode
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible, word

BEFORE = ((time(10, 30), MealKind.BREAKFAST), (time(15, 30), MealKind.LUNCH))
CARD, ASKED, AGAIN, SAID = "till-card", "till-asked", "till-again", "till-said"
LISTENER = f"<script>{(Path(__file__).parent.parent / 'static' / 'till.js').read_text(encoding='utf-8')}</script>"


def counter(viewer: Viewer, canteen: Canteen) -> None:
    """The panel with the meal, the card, its price, and what was last booked."""
    with st.container(border=True, key="panel-till", gap="small"):
        meal, mode = _meal(), _mode()
        shown = st.session_state.get(ASKED)
        asked = load(reads.quote, viewer, canteen.code, meal, shown) if shown else None
        had = isinstance(asked, Quote) and any(one.meal is meal for one in asked.had)
        with st.form("till", border=False):
            st.text_input(t("till.card"), key=CARD, placeholder=t("till.card_hint"), autocomplete="off", max_chars=32)
            if had:
                st.checkbox(t("till.again"), key=AGAIN)
            order = (viewer, canteen, meal, mode)
            st.form_submit_button(t("till.enter"), type="primary", on_click=_enter, args=order, width="stretch")
        _said()
        if asked is not None:
            _shown(asked, meal, had)
        st.button(t("till.anonymous"), key="till-anonymous", on_click=_book, args=(*order, None))
        st.html(LISTENER, unsafe_allow_javascript=True)


def meal_at(moment: datetime) -> MealKind:
    """The meal that is served at this time of the day."""
    here = moment.astimezone(clock.SHANGHAI).time()
    return next((meal for until, meal in BEFORE if here < until), MealKind.SUPPER)


def _meal() -> MealKind:
    """The chosen meal; it goes over to the next by itself when its time has come."""
    now = meal_at(clock.now())
    if st.session_state.get("till-time") is not now:
        st.session_state["till-time"] = now
        st.session_state["till-meal"] = now
    chosen = st.segmented_control(t("till.meal"), list(MealKind), format_func=word, key="till-meal", required=True)
    return chosen or now


def _mode() -> MealMode:
    chosen = st.segmented_control(
        t("till.mode"), list(MealMode), default=MealMode.DINE_IN, format_func=word, key="till-mode", required=True
    )
    return chosen or MealMode.DINE_IN


def _enter(viewer: Viewer, canteen: Canteen, meal: MealKind, mode: MealMode) -> None:
    """The first Enter asks for the card's price, the next with the same card books."""
    card = str(st.session_state[CARD]).strip()
    if not card:
        st.session_state[ASKED] = None
        st.session_state[SAID] = ("error", t("till.type_first"))
    elif st.session_state.get(ASKED) == card:
        _book(viewer, canteen, meal, mode, card)
    else:
        st.session_state[ASKED] = card
        st.session_state.pop(AGAIN, None)
        st.session_state.pop(SAID, None)


def _book(viewer: Viewer, canteen: Canteen, meal: MealKind, mode: MealMode, card: str | None) -> None:
    again = bool(card and st.session_state.get(AGAIN))
    try:
        sold = act(meals.book, viewer, canteen.code, meal, mode, None, card, again=again)
    except NotPossible as refusal:
        st.session_state[SAID] = ("error", str(refusal))
        return
    st.session_state[SAID] = (
        "success",
        t("till.booked", number=sold.number, meal=word(meal), yuan=words.money(sold.paid_fen)),
    )
    st.session_state[CARD] = ""
    st.session_state[ASKED] = None
    st.session_state.pop(AGAIN, None)


def _said() -> None:
    """What the last key did; it stays until the next one, whoever else sells meanwhile."""
    kind, sentence = st.session_state.get(SAID, (None, ""))
    if kind == "success":
        st.success(sentence, icon=":material/check:")
    elif kind == "error":
        st.error(sentence, icon=":material/error:")


def _shown(asked: Quote | NotPossible, meal: MealKind, had: bool) -> None:
    """The price, large, and what the card had today; or why it cannot be sold."""
    if isinstance(asked, NotPossible):
        st.session_state[ASKED] = None
        st.error(str(asked), icon=":material/error:")
        return
    taken = t("till.list").join(
        t("till.had_one", meal=word(one.meal), at=words.clock_time(one.at)) for one in asked.had
    )
    lines = [
        t("till.list_price", yuan=words.money(asked.list_fen)),
        t("till.had", meals=taken) if taken else t("till.had_none"),
        t("till.book_now", meal=word(meal)) if not had else "",
    ]
    said = "<br>".join(escape(line) for line in lines if line)
    price = f"{escape(t('till.price'))} <b>{words.money(asked.paid_fen)}</b> {escape(t('till.yuan'))}"
    st.html(f'<div class="due" role="status"><p>{price}</p><small>{said}</small></div>')
