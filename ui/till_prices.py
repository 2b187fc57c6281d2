"""The canteen's prices at the till's head: what holds, and the form for a new one."""

import streamlit as st

import clock
from data_access import canteen as reads
from texts import t
from ui import words
from ui.loading import act, load
from ui.parts import facts, flash
from ui.till_where import Canteen
from vocabulary.enums import MealKind
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible, word


def prices(viewer: Viewer, canteen: Canteen) -> None:
    """A popover at the page's head."""
    with st.popover(t("till.prices"), icon=":material/sell:"):
        known = load(reads.menu, viewer, canteen.code).iter_rows(named=True)
        facts(
            [
                (
                    f"{word(MealKind(row['meal']))} · {words.day(row['from_on'])}",
                    f"{words.money(row['fen'])} {t('till.yuan')}",
                )
                for row in known
            ]
        )
        with st.form("till-price", border=False):
            meal = st.selectbox(t("till.meal"), list(MealKind), format_func=word, key="till-price-meal")
            yuan = st.number_input(t("till.price_new"), 0.0, 999.0, 18.0, 0.5, key="till-price-yuan")
            day = st.date_input(t("till.price_from"), clock.today(), format="YYYY-MM-DD", key="till-price-day")
            saves = st.form_submit_button(t("till.price_save"))
        if not saves or meal is None:
            return
        try:
            act(reads.set_price, viewer, canteen.code, meal, round(yuan * 100), day)
        except NotPossible as refusal:
            st.error(str(refusal), icon=":material/error:")
            return
        flash(t("till.price_saved", meal=word(meal), day=words.day(day), yuan=f"{yuan:.2f}"))
        st.rerun()
