"""Activities summed up: by place, audience and topic, festival, and the branches' organisation life."""

import polars as pl
import streamlit as st

from charts import activities as charts
from data_access import activities
from data_access.frames import covered
from metrics import activities as figures
from texts import t
from ui import festivals, words
from ui.forms import quiet
from ui.loading import load
from ui.parts import chart, panel
from ui.worked import arrow, worked
from vocabulary.activities import Audience, PartyKind
from vocabulary.questions import Period, Viewer
from vocabulary.refusals import word


def tables(viewer: Viewer, period: Period) -> None:
    """The period by place, audience, topic and festival, and the branches' meetings."""
    known = load(activities.activities, viewer, period.since, period.until)
    left, right = st.columns(2, gap="small")
    with left:
        _places(known)
        _summed("audience", known, ("audience",))
    with right:
        _summed("topic", known, ("topic", "audience"))
        _summed("festival", known, ("festival",))
    _party(viewer, period)


def _places(known: pl.DataFrame) -> None:
    frame = _by_place(known)
    with panel(t("activities.place_title"), t("activities.place_note"), key="activities-place"):
        if frame.is_empty():
            quiet(t("activities.chart_none"))
            return
        parts = t("activities.join").join(
            t("activities.place_part", where=where, actual=words.number(actual), planned=words.number(planned))
            for where, planned, actual in frame[["where", "planned", "actual"]].iter_rows()
        )
        chart(charts.by_place, frame, key="activities-place-chart", alt=t("activities.place_alt", parts=parts))


@worked
def _by_place(known: pl.DataFrame) -> pl.DataFrame:
    return figures.summed(known.with_columns(where=pl.coalesce("zone_name", "place_name")), "where")


@worked
def _told(known: pl.DataFrame, by: tuple[str, ...]) -> pl.DataFrame:
    """The sums of those that have the first of these, in the reader's words, texts covered."""
    said = {audience.value: word(audience) for audience in Audience}
    named = {name: festivals.said(name) for name in known["festival"].drop_nulls().unique()}
    given = known.filter(pl.col(by[0]).is_not_null()).with_columns(
        pl.col("audience").replace_strict(said, return_dtype=pl.String),
        pl.col("festival").replace_strict(named, default=None, return_dtype=pl.String),
    )
    frame = figures.summed(given, *by)
    headings = {one: t(f"activities.{one}_head") for one in by}
    counts = {one: t(f"activities.{one}") for one in ("held", "planned", "actual")}
    return covered(frame, *(one for one in by if one != "audience")).rename(headings | counts)


def _summed(name: str, known: pl.DataFrame, by: tuple[str, ...]) -> None:
    shown = _told(known, by)
    with panel(t(f"activities.{name}_title"), t("activities.summed_note"), key=f"activities-{name}"):
        if shown.is_empty():
            quiet(t("activities.chart_none"))
            return
        st.dataframe(arrow(shown), hide_index=True, height="content", key=f"activities-{name}-table")


def _party(viewer: Viewer, period: Period) -> None:
    due = load(activities.party_due, viewer, period.since, period.until)
    with panel(t("activities.party_title"), t("activities.party_note"), key="activities-party"):
        if due.is_empty():
            quiet(t("activities.chart_none"))
            return
        st.dataframe(arrow(_meetings(due)), hide_index=True, height="content", key="activities-party-table")


@worked
def _meetings(due: pl.DataFrame) -> pl.DataFrame:
    kinds = {kind.value: word(kind) for kind in PartyKind}
    return figures.party_by_branch(due).select(
        pl.col("month").dt.strftime("%Y-%m").alias(t("activities.month")),
        pl.col("branch_name").alias(t("activities.branch")),
        pl.col("party_kind").replace_strict(kinds, return_dtype=pl.String).alias(t("activities.kind")),
        pl.col("due").alias(t("activities.due")),
        pl.col("held").alias(t("activities.held")),
        pl.col("attended").alias(t("activities.actual")),
    )
