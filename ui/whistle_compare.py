"""Whistled and other cases of the same category side by side: how many, how many working hours, and their rows."""

from typing import Any

import polars as pl
import streamlit as st

from data_access import desk
from metrics.desk import finished_with_hours, hours_by_whistle
from texts import t
from ui import words
from ui.choosing import chosen
from ui.loading import load
from ui.parts import panel
from ui.worked import worked
from vocabulary.questions import Filters, Period, Viewer

LEVELS = " / "
FITTING, TALL, ROW = 8, 380, 36
HOURS = st.column_config.NumberColumn(format="%.1f")


def compare(viewer: Viewer, period: Period) -> None:
    """The table of categories that have both kinds; a click on one opens the cases behind it."""
    timely = load(desk.timely, viewer, period.since, period.until, Filters())
    categories = _categories(load(desk.choices, viewer).categories)
    both = worked(hours_by_whistle)(period, timely, categories)
    note = t("whistles.compare_note", since=words.day(period.since), until=words.day(period.until))
    with panel(t("whistles.compare_title"), note, key="wh-compare"):
        if both.is_empty():
            st.markdown(f":gray[{t('whistles.compare_none')}]")
            return
        st.markdown(f":small[{t('whistles.compare_care')}]")
        names = list(dict.fromkeys(both["category"]))
        hours = {t(f"whistles.{side}"): HOURS for side in ("hours_whistled", "hours_other")}
        rows = [{"category": name} for name in names]
        if row := chosen("wh-compare-table", rows, _pairs(both, names), by=("category",), config=hours):
            of_both = worked(finished_with_hours)(period, timely, categories)
            _rows(row["category"], of_both.filter(pl.col("category") == row["category"]))


@worked
def _categories(paths: tuple[tuple[int, tuple[str, ...]], ...]) -> pl.DataFrame:
    rows = [(category_id, LEVELS.join(path)) for category_id, path in paths]
    return pl.DataFrame(rows, schema={"category_id": pl.Int64, "category": pl.String}, orient="row")


def _pairs(both: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    of = {(row["category"], row["whistled"]): row for row in both.iter_rows(named=True)}
    sides = {True: [of[name, True] for name in names], False: [of[name, False] for name in names]}
    return pl.DataFrame(
        {
            t("columns.category"): names,
            t("whistles.hours_whistled"): [row["hours"] for row in sides[True]],
            t("whistles.n_whistled"): [row["cases"] for row in sides[True]],
            t("whistles.hours_other"): [row["hours"] for row in sides[False]],
            t("whistles.n_other"): [row["cases"] for row in sides[False]],
        }
    )


def _rows(category: str, finished: pl.DataFrame) -> None:
    st.markdown(f":small[{t('whistles.compare_rows', category=category, count=finished.height)}]")
    rows = list(finished.sort(pl.col("whistled"), "finished_on", descending=True).iter_rows(named=True))
    shown = pl.DataFrame(
        {
            t("columns.number"): [row["number"] for row in rows],
            t("whistles.whistled"): [t("whistles.yes" if row["whistled"] else "whistles.no") for row in rows],
            t("whistles.finished_on"): [str(row["finished_on"]) for row in rows],
            t("whistles.hours"): [row["hours"] for row in rows],
        }
    )
    height: Any = "content" if shown.height <= FITTING else TALL
    st.dataframe(
        shown.to_arrow(),
        hide_index=True,
        row_height=ROW,
        height=height,
        key="wh-compare-rows",
        column_config={t("whistles.hours"): HOURS},
    )
