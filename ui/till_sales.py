"""Today's sales at the till: the newest, and the form that corrects one or takes it back."""

from typing import Any

import polars as pl
import streamlit as st

from data_access import canteen as reads
from jobs import meals
from texts import t
from ui import words
from ui.loading import act, load
from ui.parts import flash, panel
from ui.till_where import Canteen
from vocabulary.enums import MealKind, MealMode
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible, word

CHOSEN = "till-chosen"
Row = dict[str, Any]


def subtitle(viewer: Viewer, canteen: Canteen) -> str:
    """The canteen, and how many meals and how much money today."""
    sums = load(reads.takings, viewer, canteen.code)
    count, paid = int(sums["meals"].sum()), int(sums["paid_fen"].sum())
    return t("till.subtitle", name=canteen.name, count=words.number(count), yuan=words.money(paid))


def sales(viewer: Viewer, canteen: Canteen) -> None:
    """The newest sales; a click opens one beneath."""
    frame = load(reads.newest_sales, viewer, canteen.code)
    with panel(t("till.newest"), t("till.newest_note", count=frame.height), key="till-sales"):
        if frame.is_empty():
            st.markdown(f":gray[{t('till.newest_none')}]")
            return
        rows = list(frame.iter_rows(named=True))
        _table(rows)
        open_rows = [row for row in rows if row["number"] == st.session_state.get(CHOSEN) and not row["void"]]
        if open_rows:
            _one(viewer, open_rows[0])
        else:
            st.markdown(f":small[:gray[{t('till.choose')}]]")


def _table(rows: list[Row]) -> None:
    shown = pl.DataFrame(
        {
            t("till.number"): [row["number"] for row in rows],
            t("till.at"): [words.clock_time(row["served_at"]) for row in rows],
            t("till.meal"): [word(MealKind(row["meal"])) for row in rows],
            t("till.mode"): [word(MealMode(row["mode"])) for row in rows],
            t("till.card"): [row["card"] or "" for row in rows],
            t("till.paid"): [words.money(row["paid_fen"]) for row in rows],
            t("till.state"): [t("till.void") if row["void"] else "" for row in rows],
        },
        schema_overrides={t("till.card"): pl.String},
    )
    # Another list is another table: a click on its third row must not mean an older third row.
    key = f"till-sales-{hash(tuple((row['number'], row['version']) for row in rows))}"
    clicked = st.dataframe(
        shown,
        key=key,
        hide_index=True,
        height=360,
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            t("till.card"): st.column_config.Column(width=110),
            t("till.paid"): st.column_config.Column(alignment="right"),
        },
    )
    if clicked.selection.rows:
        st.session_state[CHOSEN] = rows[clicked.selection.rows[0]]["number"]


def _one(viewer: Viewer, row: Row) -> None:
    number, version = row["number"], row["version"]
    key = f"{number}-{version}"
    with st.form(f"till-one-{key}"):
        st.markdown(f"**{number}** :small[:gray[{t('till.one')}]]")
        left, middle, right = st.columns(3, gap="small")
        kinds, modes = list(MealKind), list(MealMode)
        meal = left.selectbox(t("till.meal"), kinds, kinds.index(row["meal"]), format_func=word, key=f"meal-{key}")
        mode = middle.selectbox(t("till.mode"), modes, modes.index(row["mode"]), format_func=word, key=f"mode-{key}")
        card = right.text_input(t("till.card"), row["card"] or "", key=f"card-{key}", autocomplete="off")
        reason = st.text_input(t("till.reason"), key=f"reason-{key}", placeholder=t("till.reason_hint"))
        with st.container(horizontal=True, gap="small"):
            corrects = st.form_submit_button(t("till.correct"))
            voids = st.form_submit_button(t("till.take_back"))
            closes = st.form_submit_button(t("words.close"), type="tertiary")
    try:
        if corrects:
            wanted = {"meal": meal, "mode": mode, "card": card.strip() or None}
            act(meals.correct, viewer, number, version, reason, **wanted)
            flash(t("till.corrected", number=number))
        elif voids:
            act(meals.void, viewer, number, reason)
            flash(t("till.voided", number=number))
    except NotPossible as refusal:
        st.error(str(refusal), icon=":material/error:")
        return
    if corrects or voids or closes:
        st.session_state[CHOSEN] = None
        st.rerun()
