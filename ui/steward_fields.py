"""The four fields of the red steward: cases by who worked them, activities with their person-times."""

import polars as pl
import streamlit as st

from data_access import activities, steward
from texts import t
from ui.case_words import own_name
from ui.loading import load
from ui.parts import empty, panel
from ui.worked import arrow, worked
from vocabulary.activities import ActivityState
from vocabulary.enums import Field
from vocabulary.questions import Period, Viewer
from vocabulary.refusals import word

ROW, HEAD = 36, 38


def fields(viewer: Viewer, period: Period) -> None:
    """One table: a field and unit a line, and a line a field for its activities."""
    cases = load(steward.worked, viewer, period.since, period.until)
    held = by_field(load(activities.activities, viewer, period.since, period.until))
    with panel(t("steward.fields"), t("steward.fields_note"), key="steward-fields"):
        if cases.is_empty() and held.is_empty():
            empty(t("steward.none_fields"))
            return
        left, right = st.columns([1.6, 1], gap="small")
        with left:
            _table(_cases(cases))
        with right:
            _table(_activities(held))


def _table(shown: pl.DataFrame) -> None:
    st.dataframe(arrow(shown), hide_index=True, row_height=ROW, height=min(420, HEAD + ROW * max(1, shown.height)))


@worked
def by_field(found: pl.DataFrame) -> pl.DataFrame:
    """Activities held that have a field: field, activities, person_times."""
    held = found.filter(pl.col("state") == ActivityState.HELD.value, pl.col("field").is_not_null())
    return held.group_by("field").agg(activities=pl.len(), person_times=pl.col("actual").sum()).sort("field")


@worked
def _cases(found: pl.DataFrame) -> pl.DataFrame:
    names = [own_name(*pair) or t("steward.no_unit") for pair in found[["unit", "unit_en"]].iter_rows()]
    return pl.DataFrame(
        {
            t("steward.field"): [word(Field(one)) for one in found["field"]],
            t("steward.unit"): names,
            t("steward.received"): found["received"],
            t("steward.finished"): found["finished"],
        }
    )


@worked
def _activities(found: pl.DataFrame) -> pl.DataFrame:
    return pl.DataFrame(
        {
            t("steward.field"): [word(Field(one)) for one in found["field"]],
            t("steward.activities"): found["activities"],
            t("steward.person_times"): found["person_times"],
        }
    )
