"""The list of activities, and for those who write beside it what can be done."""

from datetime import timedelta

import polars as pl
import streamlit as st

import access
import clock
from access import Permission
from data_access import activities
from texts import t
from ui import activities_forms as forms
from ui import words
from ui.activities_head import AHEAD, unreported
from ui.canteen_forms import chosen
from ui.forms import Row, quiet
from ui.loading import load
from ui.parts import panel
from vocabulary.activities import ActivityKind, ActivityState
from vocabulary.questions import Period, Viewer
from vocabulary.refusals import word


def listing(viewer: Viewer, period: Period) -> None:
    """The activities of the period and of the thirty days to come; the unreported first."""
    writes = access.allows(viewer, Permission.WRITE_ACTIVITIES)
    left, right = st.columns([1.5, 1], gap="small") if writes else (st.container(), None)
    rows = _rows(viewer, period)
    note = t("activities.list_note" if writes else "activities.list_note_read", count=len(rows))
    row = None
    with left, panel(t("activities.list_title"), note, key="activities-list"):
        if rows:
            row = chosen("activities", rows, _shown(rows))
        else:
            quiet(t("activities.list_none"))
    if right is None:
        return
    with right:
        with panel(row["title"] if row else t("activities.plan_title"), key="activities-form"):
            forms.work(viewer, row) if row else forms.plan(viewer)
        with panel(t("activities.plan_party_title"), key="activities-party-form"):
            forms.party_plan(viewer)
        with panel(t("activities.naming_title"), key="activities-naming"):
            forms.naming(viewer)


def _rows(viewer: Viewer, period: Period) -> list[Row]:
    until = max(period.until, clock.today() + timedelta(AHEAD))
    known = load(activities.activities, viewer, period.since, until).reverse()
    waiting = unreported(viewer)
    rest = known.filter(~pl.col("id").is_in(waiting["id"].to_list()))
    return list(pl.concat([waiting, rest]).iter_rows(named=True))


def _shown(rows: list[Row]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            t("activities.starts"): [f"{row['starts_at']:%Y-%m-%d %H:%M}" for row in rows],
            t("activities.name"): [access.masked(row["title"]) for row in rows],
            t("activities.kind"): [word(ActivityKind(row["kind"])) for row in rows],
            t("activities.where"): [row["zone_name"] or row["place_name"] for row in rows],
            t("activities.planned"): [words.number(row["planned"]) for row in rows],
            t("activities.actual"): [
                words.NONE if row["actual"] is None else words.number(row["actual"]) for row in rows
            ],
            t("activities.state"): [word(ActivityState(row["state"])) for row in rows],
        }
    )
