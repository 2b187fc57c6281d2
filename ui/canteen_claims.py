"""Subsidy claims beside the meals: every month and tier, what differs, the lines behind a sum, a claim entered."""

from datetime import date

import polars as pl
import streamlit as st

import access
import clock
from access import Permission
from data_access import canteen
from texts import t
from ui import words
from ui.choosing import chosen
from ui.forms import Row, done, fresh, quiet, reason, yuan
from ui.loading import load
from ui.parts import empty, panel
from vocabulary.canteen import Mismatch
from vocabulary.enums import MealKind
from vocabulary.questions import Viewer
from vocabulary.refusals import word


def claims(viewer: Viewer) -> None:
    """The panel of months over, those that differ first asked for, and beneath the one that is chosen."""
    today = clock.today()
    frame = load(canteen.reconciled, viewer, today, today)
    wrong = frame.filter(pl.col("mismatch").is_not_null())
    note = t("canteen.page.claims_note", count=wrong.height, of=frame.height)
    with panel(t("canteen.page.claims_title"), note, key="canteen-claims"):
        if frame.is_empty():
            empty(t("canteen.page.claims_none"))
            return
        only = st.toggle(t("canteen.page.claims_only"), value=True, key="canteen-claims-only")
        rows = list((wrong if only else frame).iter_rows(named=True))
        if not rows:
            st.markdown(f":gray[{t('canteen.page.claims_agree')}]")
            return
        row = _table(rows)
        if row is None:
            quiet(t("canteen.page.claims_choose"))
            return
        left, right = st.columns([1.62, 1], gap="small")
        with left:
            _lines(viewer, row)
        if access.allows(viewer, Permission.WRITE_CANTEEN):
            with right:
                _form(viewer, row)


def _table(rows: list[Row]) -> Row | None:
    shown = pl.DataFrame(
        {
            t("columns.month"): [f"{row['month']:%Y-%m}" for row in rows],
            t("columns.tier_name"): [row["tier_name"] for row in rows],
            t("columns.payer"): [row["payer"] or words.NONE for row in rows],
            t("columns.meals"): [_number(row["meals"]) for row in rows],
            t("columns.claimed_meals"): [_number(row["claimed_meals"]) for row in rows],
            t("columns.due_yuan"): [_money(row["due_fen"]) for row in rows],
            t("columns.claimed_yuan"): [_money(row["claimed_fen"]) for row in rows],
            t("columns.mismatch"): [word(Mismatch(row["mismatch"])) if row["mismatch"] else "" for row in rows],
        }
    )
    return chosen("canteen-claims-table", rows, shown, by=("month", "tier"))


def _lines(viewer: Viewer, row: Row) -> None:
    """What the month's meals of this tier come to, by meal and price."""
    month: date = row["month"]
    lines = load(canteen.claim_lines, viewer, month).filter(tier=row["tier"])
    st.markdown(f"**{row['tier_name']}** :small[:gray[{month:%Y-%m}]]")
    if lines.is_empty():
        quiet(t("canteen.page.lines_none"))
        return
    parts = list(lines.iter_rows(named=True))
    shown = pl.DataFrame(
        {
            t("columns.meal"): [word(MealKind(part["meal"])) for part in parts],
            t("columns.list_yuan"): [words.money(part["list_fen"]) for part in parts],
            t("columns.discount_yuan"): [words.money(part["off_fen"]) for part in parts],
            t("columns.meals"): [words.number(part["meals"]) for part in parts],
            t("canteen.page.line_sum"): [words.money(part["off_fen"] * part["meals"]) for part in parts],
        }
    )
    st.dataframe(shown, hide_index=True, row_height=40, height="content", key="canteen-claim-lines")
    off = sum(part["off_fen"] * part["meals"] for part in parts)
    percent = parts[-1]["claim_percent"]
    quiet(t("canteen.page.lines_said", off=words.money(off), percent=percent, due=_money(row["due_fen"])))


def _form(viewer: Viewer, row: Row) -> None:
    name = f"claim-{row['month']}-{row['tier']}-{row['version']}"
    key, there = fresh(name), row["claim_id"] is not None
    with st.form(key, border=False):
        meals = st.number_input(
            t("columns.claimed_meals"), value=row["claimed_meals"] if there else row["meals"], step=1, key=f"{key}-n"
        )
        fen = yuan(t("columns.claimed_yuan"), f"{key}-fen", row["claimed_fen"] if there else row["due_fen"])
        why = reason(f"{key}-why") if there else ""
        sent = st.form_submit_button(t("canteen.page.claim_correct" if there else "canteen.page.claim_add"))
    if not sent:
        return
    said = t("canteen.page.claim_saved", tier=row["tier_name"], month=f"{row['month']:%Y-%m}")
    if there:
        args = (row["claim_id"], row["version"], int(meals), fen, why)
        done(said, name, canteen.correct_claim, viewer, *args)
    else:
        done(said, name, canteen.add_claim, viewer, row["month"], row["tier"], int(meals), fen)


def _number(value: int | None) -> str:
    return words.NONE if value is None else words.number(value)


def _money(fen: int | None) -> str:
    return words.NONE if fen is None else words.money(fen)
