"""The projects to look at: amber or red, or later than planned."""

from datetime import date
from html import escape
from typing import Any

import polars as pl
import streamlit as st

import access
from access import Permission
from data_access import renewal
from metrics.renewal import late
from texts import t
from ui.loading import load
from ui.parts import log
from ui.worked import worked
from vocabulary.questions import Viewer
from vocabulary.refusals import word
from vocabulary.renewal import Risk

Row = dict[str, Any]


def attention(viewer: Viewer, there: pl.DataFrame, names: dict[str, str], day: date) -> None:
    """A line each, red ones first; the reason is for those who may read rows."""
    rows = _wanted(there, day)
    if rows.is_empty():
        st.markdown(f":gray[{t('renewal.attention_none')}]")
        return
    reasons = _reasons(viewer)
    log([_line(row, names, reasons.get(row["number"], ""), day) for row in rows.iter_rows(named=True)])


@worked
def _wanted(there: pl.DataFrame, day: date) -> pl.DataFrame:
    over = set(late(there, day)["number"])
    unfinished = pl.col("finished_on").is_null() | (pl.col("finished_on") > day)
    wanted = unfinished & ((pl.col("risk") != Risk.GREEN.value) | pl.col("number").is_in(over))
    return there.filter(wanted).sort(pl.col("risk") != Risk.RED.value, "plan_to")


def _reasons(viewer: Viewer) -> dict[str, str]:
    if not access.allows(viewer, Permission.SEE_RENEWAL):
        return {}
    listed = load(renewal.project_list, viewer)[["number", "risk_reason"]]
    return {number: reason for number, reason in listed.iter_rows() if reason}


def _line(row: Row, names: dict[str, str], reason: str, day: date) -> tuple[str, str, str, str]:
    over = (day - row["plan_to"]).days
    told = t("renewal.over_by", days=over) if over > 0 else ""
    risk = Risk(row["risk"])
    said = f"{t(f'renewal.risk_mark.{risk.value}')} {word(risk)}"
    kind = "late" if risk is Risk.RED or over > 0 else ""
    return kind, said, escape(label(row, names)), t("renewal.join").join(filter(None, (told, reason)))


def label(project: Row, names: dict[str, str]) -> str:
    """Its mode, its name for those who may read rows, its number."""
    mode = t(f"renewal.mark.{project['mode']}")
    name = names.get(project["number"])
    return f"{mode} {name} {project['number']}" if name else f"{mode} {project['number']}"
