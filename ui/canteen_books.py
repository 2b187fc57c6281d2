"""The canteen's books on the page: margin by month on its band, the day ledger, subsidy claims beside the meals."""

import polars as pl
import streamlit as st

import access
import clock
from access import Permission
from charts.canteen import margins as margins_chart
from data_access import canteen
from data_access.canteen import LedgerDay
from jobs import canteen_page
from texts import t
from ui import words
from ui.canteen_claims import claims
from ui.choosing import chosen
from ui.evidence import cards
from ui.forms import Row, done, fresh, quiet, reason, yuan
from ui.loading import load
from ui.parts import chart, empty, panel
from ui.till_where import here
from vocabulary.canteen import SUMS
from vocabulary.questions import Filters, Period, Viewer


def books(viewer: Viewer, period: Period) -> None:
    """Figures, margin, and for those who may read them the ledger and the claims."""
    cards(viewer, ("canteen_margin", "subsidy_mismatches"), period, Filters(), "books")
    _margins(viewer, period)
    if access.allows(viewer, Permission.SEE_CANTEEN):
        _ledger(viewer, period)
        claims(viewer)


def _margins(viewer: Viewer, period: Period) -> None:
    months = load(canteen_page.margins, viewer, period.until).drop_nulls("margin")
    with panel(t("canteen.page.margin_title"), t("canteen.page.margin_note"), key="canteen-margin"):
        if months.is_empty():
            empty(t("canteen.page.margin_none"))
            return
        outside = (pl.col("margin") < pl.col("least")) | (pl.col("margin") > pl.col("most"))
        named = months.with_columns(name=pl.col("month").dt.strftime("%Y-%m"), outside=outside.fill_null(value=False))
        last = named.row(-1, named=True)
        alt = t("canteen.page.margin_alt", month=last["name"], margin=words.share(last["margin"]))
        drawn = named.select("name", "margin", "least", "most", "outside", "days")
        chart(margins_chart, drawn, key="canteen-margin-chart", alt=alt)
        quiet(_band(last))


def _band(row: Row) -> str:
    if row["least"] is None or row["most"] is None:
        return t("canteen.page.band_none")
    return t("canteen.page.band", least=words.share(row["least"]), most=words.share(row["most"]))


def _ledger(viewer: Viewer, period: Period) -> None:
    frame = load(canteen.ledger, viewer, period.since, period.until)
    writes = access.allows(viewer, Permission.WRITE_CANTEEN)
    left, right = st.columns([1.9, 1], gap="small") if writes else (st.container(), None)
    note = t("canteen.page.ledger_note", count=frame.height)
    with left, panel(t("canteen.page.ledger_title"), note, key="canteen-ledger"):
        if frame.is_empty():
            empty(t("canteen.page.ledger_none"))
        row = None if frame.is_empty() else _days(list(frame.iter_rows(named=True)))
    if right is not None:
        with right, panel(t("canteen.page.ledger_correct" if row else "canteen.page.ledger_new"), key="ledger-form"):
            _form(viewer, row)


def _days(rows: list[Row]) -> Row | None:
    sums = {
        t(f"canteen.page.sum.{name}"): [words.money(row[f"{name}_fen"]) for row in rows]
        for name in ("left", *SUMS, "till")
    }
    shown = {t("columns.day"): [str(row["day"]) for row in rows], **sums}
    return chosen("canteen-ledger-table", rows, pl.DataFrame(shown), by=("ledger_id", "day"))


def _form(viewer: Viewer, row: Row | None) -> None:
    place = here(viewer)
    if place is None:
        empty(t("till.no_canteen"))
        return
    key = fresh("ledger") if row is None else fresh(f"ledger-{row['ledger_id']}-{row['version']}")
    with st.form(key, border=False):
        day = row["day"] if row else None
        if row is None:
            day = st.date_input(t("columns.day"), clock.today(), format="YYYY-MM-DD", key=f"{key}-day")
        else:
            st.markdown(f"**{words.day(row['day'])}**")
        sums = [yuan(t(f"columns.{name}_yuan"), f"{key}-{name}", row[f"{name}_fen"] if row else 0) for name in SUMS]
        why = reason(f"{key}-why") if row else ""
        sent = st.form_submit_button(t("words.save"))
    if not sent or day is None:
        return
    facts = LedgerDay(day, *sums)
    said = t("canteen.page.ledger_saved", day=words.day(day))
    if row is None:
        done(said, "ledger", canteen.add_day, viewer, place.code, facts)
    else:
        args = (row["ledger_id"], row["version"], facts, why)
        done(said, f"ledger-{row['ledger_id']}-{row['version']}", canteen.correct_day, viewer, *args)
