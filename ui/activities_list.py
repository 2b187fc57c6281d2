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
from ui.activities_head import AHEAD, still_due, unreported
from ui.choosing import chosen
from ui.forms import Row, quiet
from ui.loading import load
from ui.parts import panel, plain
from vocabulary.activities import ActivityKind, ActivityState, PartyKind
from vocabulary.questions import Period, Viewer
from vocabulary.refusals import word


def listing(viewer: Viewer, period: Period) -> None:
    """The activities of the period and of the thirty days to come, what is due, and the forms of those who write."""
    writes = access.allows(viewer, Permission.WRITE_ACTIVITIES)
    left, right = st.columns([1.6, 1], gap="small")
    with left:
        row = _table(viewer, period, writes=writes)
        if writes:
            due_list(viewer)
            with panel(t("activities.plan_party_title"), key="activities-party-form"):
                forms.party_plan(viewer)
    with right:
        if not writes:
            due_list(viewer)
            return
        with panel(row["title"] if row else t("activities.plan_title"), key="activities-form"):
            forms.work(viewer, row) if row else forms.plan(viewer)
        with panel(t("activities.naming_title"), key="activities-naming"):
            forms.naming(viewer)


def _table(viewer: Viewer, period: Period, *, writes: bool) -> Row | None:
    rows = _rows(viewer, period)
    note = t("activities.list_note" if writes else "activities.list_note_read", count=len(rows))
    with panel(t("activities.list_title"), note, key="activities-list"):
        if rows:
            return chosen("activities", rows, _shown(rows))
        quiet(t("activities.list_none"))
    return None


def _rows(viewer: Viewer, period: Period) -> list[Row]:
    until = max(period.until, clock.today() + timedelta(AHEAD))
    waiting = list(unreported(viewer).iter_rows(named=True))
    first = {row["id"] for row in waiting}
    known = load(activities.activities, viewer, period.since, until).iter_rows(named=True)
    return waiting + [row for row in known if row["id"] not in first][::-1]


def _shown(rows: list[Row]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            t("activities.starts"): [f"{row['starts_at']:%Y-%m-%d %H:%M}" for row in rows],
            t("activities.name"): [row["title"] for row in rows],
            t("activities.kind"): [word(ActivityKind(row["kind"])) for row in rows],
            t("activities.where"): [row["zone_name"] or row["place_name"] for row in rows],
            t("activities.planned"): [words.number(row["planned"]) for row in rows],
            t("activities.actual"): [
                words.NONE if row["actual"] is None else words.number(row["actual"]) for row in rows
            ],
            t("activities.state"): [word(ActivityState(row["state"])) for row in rows],
        }
    )


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
