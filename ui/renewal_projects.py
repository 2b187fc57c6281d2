"""Renewal on its page: square metres by mode, planned against actual days, the map, the list of projects."""

from datetime import date
from typing import Any

import polars as pl
import streamlit as st

import access
import clock
from access import Permission
from charts.renewal import ACTUAL, AHEAD, OVER, PLAN, REACHED, TODAY
from charts.renewal import area_by_mode as area_chart
from charts.renewal import gantt as gantt_chart
from data_access import renewal
from jobs.renewal import by_mode, on_day
from texts import t
from ui import renewal_attention, renewal_map, renewal_project_form, renewal_work, words
from ui.loading import load
from ui.parts import chart, empty, panel
from ui.renewal_attention import label
from ui.renewal_chosen import chosen, table
from ui.worked import worked
from vocabulary.questions import Period, Viewer
from vocabulary.renewal import ProjectState

Row = dict[str, Any]
GANTT: dict[str, Any] = {
    "kind": pl.String,
    "project": pl.String,
    "since": pl.Date,
    "until": pl.Date,
    "said": pl.String,
}


def projects(viewer: Viewer, period: Period) -> None:
    """Charts and map for everyone; the list and one project for those who may read rows."""
    rows = access.allows(viewer, Permission.SEE_RENEWAL)
    listed = load(renewal.project_list, viewer) if rows else None
    names = dict(listed[["number", "name"]].iter_rows()) if listed is not None else {}
    number = chosen("project", dict(listed[["id", "number"]].iter_rows()) if listed is not None else {})
    there = load(on_day, viewer, period)
    if there.is_empty():
        empty(t("renewal.no_projects"))
    else:
        _charts(viewer, period, there, names, number)
    if access.allows(viewer, Permission.EDIT_RENEWAL):
        renewal_project_form.new(viewer)
    if listed is None or listed.is_empty():
        return
    with panel(t("renewal.projects_title"), t("renewal.projects_note", count=listed.height), key="projects"):
        table("project", _shown(listed), listed["number"].to_list(), **_widths())
    if number is None:
        st.markdown(f":gray[{t('renewal.pick_project')}]")
        return
    renewal_work.show(viewer, load(renewal.work, viewer, number))


def _charts(viewer: Viewer, period: Period, there: pl.DataFrame, names: dict[str, str], number: str | None) -> None:
    ends = words.day(period.until)
    left, right = st.columns([1, 1], gap="small")
    with left:
        with panel(t("renewal.area_title"), t("renewal.area_note", day=ends), key="area"):
            modes = load(by_mode, viewer, period)
            chart(area_chart, modes, key="area-chart", alt=_area_aloud(modes))
            total, done = modes["area_m2"].sum(), modes["done_m2"].sum()
            summed = {"area": words.number(float(total)), "done": words.number(float(done)), "projects": there.height}
            st.html(f'<p class="note">{t("renewal.area_sum", **summed)}</p>')
        with panel(t("renewal.attention_title"), t("renewal.attention_note", day=ends), key="attention"):
            renewal_attention.attention(viewer, there, names, period.until)
    with right, panel(t("renewal.map_title"), t("renewal.map_note") if names else "", key="renewal-map"):
        renewal_map.town(viewer, there, names, number)
    with panel(t("renewal.gantt_title"), t("renewal.gantt_note", day=ends), key="gantt"):
        stages = load(renewal.milestones, viewer, period.since, period.until)
        frame = gantt_rows(there, stages, names, period.until)
        chart(gantt_chart, frame, there.height, key="gantt-chart", alt=_gantt_aloud(there, period.until))


def _area_aloud(modes: pl.DataFrame) -> str:
    return t("renewal.join").join(
        t(
            "renewal.area_alt",
            mode=t(f"renewal.word.mode.{row['mode']}"),
            area=words.number(row["area_m2"]),
            done=words.number(row["done_m2"]),
        )
        for row in modes.iter_rows(named=True)
    )


@worked
def _gantt_aloud(there: pl.DataFrame, day: date) -> str:
    over = there.filter(pl.col("plan_to") < day, pl.col("finished_on").is_null() | (pl.col("finished_on") > day)).height
    return t("renewal.gantt_alt", projects=there.height, over=over)


def gantt_rows(there: pl.DataFrame, stages: pl.DataFrame, names: dict[str, str], day: date) -> pl.DataFrame:
    """One row a bar or point: a project's planned and actual days, the days past its plan, its milestones, the day."""
    rows: list[tuple[str, str | None, date, date, str]] = []
    for project in there.sort("plan_from", "number").iter_rows(named=True):
        called = label(project, names)
        rows += [(kind, called, *span) for kind, span in _bars(project, day)]
        mine = (stage for stage in stages.iter_rows(named=True) if stage["project_id"] == project["project_id"])
        rows += [_point(called, stage, day) for stage in mine]
    rows.append((TODAY, None, day, day, t("renewal.gantt.day", day=words.day(day))))
    return pl.DataFrame(rows, schema=GANTT, orient="row")


def _bars(project: Row, day: date) -> list[tuple[str, tuple[date, date, str]]]:
    def said(kind: str, since: date, until: date) -> tuple[date, date, str]:
        return since, until, t("renewal.gantt.span", what=t(f"renewal.gantt.{kind}"), since=since, until=until)

    found = [(PLAN, said(PLAN, project["plan_from"], project["plan_to"]))]
    started, until = project["started_on"], min(project["finished_on"] or day, day)
    if started is None or started > day:
        return found
    within = min(until, max(project["plan_to"], started))
    found.append((ACTUAL, said(ACTUAL, started, within)))
    if until > within:
        found.append((OVER, said(OVER, within, until)))
    return found


def _point(called: str, stage: Row, day: date) -> tuple[str, str, date, date, str]:
    reached = stage["done_on"] is not None and stage["done_on"] <= day
    on = stage["done_on"] if reached else stage["planned_on"]
    key = "renewal.gantt.reached" if reached else "renewal.gantt.ahead"
    told = t(key, place=stage["position"], weight=stage["weight"], day=on)
    return (REACHED if reached else AHEAD, called, on, on, told)


def _shown(listed: pl.DataFrame) -> pl.DataFrame:
    rows = list(listed.iter_rows(named=True))
    return pl.DataFrame(
        {
            t("renewal.column.project"): [row["name"] for row in rows],
            t("renewal.column.mode"): [t(f"renewal.word.mode.{row['mode']}") for row in rows],
            t("renewal.column.state"): [_state(row) for row in rows],
            t("renewal.column.risk"): [_risk(row["risk"]) for row in rows],
            t("renewal.column.progress"): [row["progress"] for row in rows],
            t("renewal.column.area"): [row["area_m2"] for row in rows],
            t("renewal.column.budget"): [row["budget_fen"] / 1_000_000 for row in rows],
            t("renewal.column.paid"): [row["paid_fen"] / 1_000_000 for row in rows],
            t("renewal.column.plan_to"): [f"{row['plan_to']:%Y-%m-%d}" for row in rows],
            t("renewal.column.number"): [row["number"] for row in rows],
        }
    )


def _widths() -> dict[str, Any]:
    percent = st.column_config.ProgressColumn(min_value=0, max_value=100, format="%d%%")
    whole, ten_thousand = (
        st.column_config.NumberColumn(format="localized"),
        st.column_config.NumberColumn(format="%.2f"),
    )
    return {
        t("renewal.column.progress"): percent,
        t("renewal.column.area"): whole,
        t("renewal.column.budget"): ten_thousand,
        t("renewal.column.paid"): ten_thousand,
    }


def _state(row: Row) -> str:
    """Its state, and whether it is past its planned finish."""
    state = renewal.state_of(row)
    late = state in (ProjectState.PLANNED, ProjectState.BUILDING) and row["plan_to"] < clock.today()
    said = t(f"renewal.word.project_state.{state.value}")
    return t("renewal.overdue", state=said) if late else said


def _risk(risk: str) -> str:
    return f"{t(f'renewal.risk_mark.{risk}')} {t(f'renewal.word.risk.{risk}')}"
