"""The rows of the list of cases as a reader sees them: chips, one line a text, moments."""

from typing import Any

import polars as pl
import streamlit as st

import clock
from texts import t
from ui import case_words
from ui.worked import worked
from vocabulary.desk import Punctuality
from vocabulary.enums import CaseStatus, Urgency
from vocabulary.refusals import word

LONGEST = 160
COLUMNS = ("urgency", "status", "title", "deadline", "place", "received_at", "finished_at")
MARKED = (Punctuality.DUE_SOON, Punctuality.OVERDUE, Punctuality.SEVERE)


@worked
def said(rows: pl.DataFrame) -> pl.DataFrame:
    """The columns as the reader sees them; the phone shows the first three."""
    known = rows.iter_rows(named=True)
    table = [
        {
            "urgency": [case_words.urgency(row["urgency"])] if row["urgency"] else [],
            "status": [case_words.status(row["status"])],
            "title": _line(row["title"]),
            "deadline": [word(Punctuality(row["punctuality"]))] if row["punctuality"] in MARKED else [],
            "place": _line(_place(row)),
            "received_at": row["received_at"].replace(tzinfo=None),
            "finished_at": row["finished_at"] and row["finished_at"].replace(tzinfo=None),
        }
        for row in known
    ]
    moments = {"received_at": pl.Datetime("us"), "finished_at": pl.Datetime("us")}
    chips = {"urgency": pl.List(pl.String), "deadline": pl.List(pl.String)}
    found = pl.DataFrame(table, schema_overrides={**chips, **moments})
    empty = [name for name in ("finished_at",) if found[name].is_null().all()]
    return found.drop(*empty, *(["deadline"] if not found["deadline"].list.len().sum() else []))


def _line(text: str) -> str:
    whole = " ".join(text.split()) or t("cases.untitled")
    return whole if len(whole) <= LONGEST else f"{whole[:LONGEST]}…"


def _place(row: dict[str, Any]) -> str:
    grid = case_words.own_name(row["grid"], row["grid_en"])
    return case_words.place(row["building"], row["spot"], grid, with_grid=False)


def columns(rows: pl.DataFrame) -> dict[str, Any]:
    """How each column is headed and drawn."""
    label = {name: t(f"cases.column.{name}") for name in COLUMNS}
    signs = {case_words.urgency(each): case_words.URGENCY_COLOURS[each] for each in Urgency}
    states = {word(each): case_words.STATUS_COLOURS[each] for each in CaseStatus}
    late = {word(each): case_words.PUNCTUALITY_COLOURS[each] for each in MARKED}
    column = st.column_config
    return {
        "urgency": column.MultiselectColumn(label["urgency"], width=78, options=list(signs), color=signs.values()),
        "status": column.MultiselectColumn(label["status"], width=86, options=list(states), color=states.values()),
        "title": column.TextColumn(label["title"], width=240),
        "deadline": column.MultiselectColumn(label["deadline"], width=92, options=list(late), color=late.values()),
        "place": column.TextColumn(label["place"], width=118),
        "received_at": column.DatetimeColumn(label["received_at"], width=112, format=_shape(rows)),
        "finished_at": column.DatetimeColumn(label["finished_at"], width=112, format=_shape(rows)),
    }


def _shape(rows: pl.DataFrame) -> str:
    """Hour and minute within this year, else the day with its year."""
    years = {moment.year for moment in rows["received_at"]}
    return "MM-DD HH:mm" if years == {clock.today().year} else "YYYY-MM-DD"
