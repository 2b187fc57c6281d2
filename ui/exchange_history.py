"""The list of past imports; a row opens the way to its cases."""

import polars as pl
import streamlit as st

from data_access import imports
from texts import t
from ui import words
from ui.exchange_cases_link import cases_link
from ui.loading import load
from ui.parts import panel
from vocabulary.questions import Viewer

ROW = 40
VISIBLE = 10
COUNTS = ("new", "changed", "unchanged", "rejected")


def lead_sentence(viewer: Viewer) -> str:
    """How much was imported, and the last time."""
    listed = load(imports.batches, viewer)
    if listed.is_empty():
        return t("exchange.lead_none")
    last = listed.row(0, named=True)
    counts = {name: words.number(last[name]) for name in ("new", "changed")}
    return t("exchange.lead", batches=words.number(listed.height), at=words.moment(last["created_at"]), **counts)


def history(viewer: Viewer) -> None:
    """The panel."""
    listed = load(imports.batches, viewer)
    with panel(t("exchange.history"), t("exchange.history_note", count=words.number(listed.height)), key="history"):
        if listed.is_empty():
            st.markdown(f":gray[{t('exchange.history_none')}]")
            return
        shown = _shown(listed)
        picked = st.dataframe(
            shown,
            key=f"history-{listed['id'][0]}",
            hide_index=True,
            row_height=ROW,
            height="content" if listed.height <= VISIBLE else ROW * (VISIBLE + 1),
            column_config={name: t(f"exchange.column.{name}") for name in shown.columns},
            on_select="rerun",
            selection_mode="single-row",
        )
        if rows := picked.selection.rows:
            batch = listed.row(rows[0], named=True)
            if batch["since"]:
                cases_link(viewer, batch["id"], batch["since"], batch["until"])


def _shown(listed: pl.DataFrame) -> pl.DataFrame:
    rows = list(listed.iter_rows(named=True))
    return pl.DataFrame(
        {
            "at": [words.moment(row["created_at"]) for row in rows],
            "file": [row["file"] for row in rows],
            "actor": [row["actor"] or t("exchange.operator") for row in rows],
            **{name: listed[name] for name in COUNTS},
            "days": [f"{row['since']} – {row['until']}" if row["since"] else words.NONE for row in rows],
        }
    )
