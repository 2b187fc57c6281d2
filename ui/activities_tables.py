"""Activities summed up: by place, audience and topic, festival, and the branches' organisation life."""

import polars as pl
import streamlit as st

from data_access import activities
from metrics import activities as figures
from texts import t
from ui import words
from ui.activities_head import still_due
from ui.forms import Row, quiet
from ui.loading import load
from ui.parts import panel, plain
from vocabulary.activities import Audience, PartyKind
from vocabulary.questions import Period, Viewer
from vocabulary.refusals import word


def tables(viewer: Viewer, period: Period) -> None:
    """Four tables of the period and what is due this month."""
    known = load(activities.activities, viewer, period.since, period.until)
    left, right = st.columns(2, gap="small")
    with left:
        where = known.with_columns(where=pl.coalesce("zone_name", "place_name"))
        _summed("zone", figures.summed(where, "where"), {"where": t("activities.where")})
        festive = known.filter(pl.col("festival").is_not_null())
        _summed("festival", figures.summed(festive, "festival"), {"festival": t("columns.activity_kind")})
    with right:
        said = known.with_columns(
            audience=pl.col("audience").map_elements(lambda one: word(Audience(one)), return_dtype=pl.String),
            topic=pl.col("topic").fill_null(words.NONE),
        )
        names = {"audience": t("columns.audience"), "topic": t("columns.theme")}
        _summed("audience", figures.summed(said, "audience", "topic"), names)
        due_list(viewer)
    _party(viewer, period)


def _summed(name: str, frame: pl.DataFrame, headings: dict[str, str]) -> None:
    with panel(t(f"activities.{name}_title"), t("activities.zone_note"), key=f"activities-{name}"):
        if frame.is_empty():
            quiet(t("activities.chart_none"))
            return
        told = {"held": t("activities.held"), "planned": t("activities.planned"), "actual": t("activities.actual")}
        st.dataframe(frame.rename(headings | told), hide_index=True, height="content", key=f"activities-{name}-table")


def due_list(viewer: Viewer) -> None:
    """What each branch still has to hold this month."""
    due = still_due(viewer)
    with panel(t("activities.due_title"), t("activities.due_note", count=due.height), key="activities-due"):
        if due.is_empty():
            quiet(t("activities.due_none"))
            return
        st.markdown("\n".join(f"- {_due(row)}" for row in due.iter_rows(named=True)))


def _due(row: Row) -> str:
    planned = row["planned_on"]
    kind = word(PartyKind(row["party_kind"]))
    said = t("activities.due_row", branch=plain(str(row["branch_name"])), kind=kind, nth=row["nth"])
    return said + (t("activities.due_planned", day=planned) if planned else t("activities.due_unplanned"))


def _party(viewer: Viewer, period: Period) -> None:
    due = load(activities.party_due, viewer, period.since, period.until)
    with panel(t("activities.party_title"), t("activities.party_note"), key="activities-party"):
        if due.is_empty():
            quiet(t("activities.chart_none"))
            return
        shown = figures.party_by_branch(due).select(
            pl.col("month").dt.strftime("%Y-%m").alias(t("activities.month")),
            pl.col("branch_name").alias(t("activities.branch")),
            pl.col("party_kind")
            .map_elements(lambda one: word(PartyKind(one)), return_dtype=pl.String)
            .alias(t("activities.kind")),
            pl.col("due").alias(t("activities.due")),
            pl.col("held").alias(t("activities.held")),
            pl.col("attended").alias(t("activities.actual")),
        )
        st.dataframe(shown, hide_index=True, height="content", key="activities-party-table")
