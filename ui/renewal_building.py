"""What can be done with a project: its course, milestones, payments, risk and photos."""

from datetime import date
from typing import Any

import polars as pl
import streamlit as st

import clock
from data_access import renewal
from data_access.renewal import Stage, Work
from texts import t
from ui.forms import EARLIEST, LATEST, PICTURES, choice, done, fresh, upload
from ui.renewal_forms import day, lines, submit, text, yuan
from vocabulary.questions import Viewer
from vocabulary.renewal import Photo, ProjectState, Risk

Row = dict[str, Any]


def acts(viewer: Viewer, work: Work) -> None:
    """The forms that its state allows."""
    project, state = work.project, renewal.state_of(work.project)
    if state is ProjectState.BUILDING and any(stage["done_on"] is None for stage in work.milestones):
        with st.expander(t("renewal.reach_form"), expanded=True):
            _reach(viewer, work)
    with st.expander(t("renewal.pay_form")):
        _pay(viewer, project)
    if state in (ProjectState.PLANNED, ProjectState.BUILDING):
        with st.expander(t("renewal.course_form")):
            _course(viewer, project, state)
        with st.expander(t("renewal.risk_form")):
            _risk(viewer, project)
        with st.expander(t("renewal.milestones_form"), expanded=not work.milestones):
            _plan(viewer, work)
    with st.expander(t("renewal.photo_form")):
        _photo(viewer, project)
    with st.expander(t("renewal.correct_work")):
        _take_back(viewer, project, state)
        _correct_milestone(viewer, work)
        _correct_payment(viewer, work)


def _reach(viewer: Viewer, work: Work) -> None:
    waiting = {stage["id"]: stage for stage in work.milestones if stage["done_on"] is None}
    form = f"reach-{work.project['id']}"
    key = fresh(form)
    with st.form(key, border=False):
        which = _milestone(waiting, key)
        on = day("done_on", key)
        if submit(t("renewal.reach_act")) and which:
            done(t("renewal.reached_done"), form, renewal.reach, viewer, which, waiting[which]["version"], on)


def _milestone(stages: dict[int, Row], key: str) -> int | None:
    return st.selectbox(
        t("renewal.field.milestone"),
        list(stages),
        format_func=lambda stage_id: t(
            "renewal.stage", name=stages[stage_id]["name"], weight=stages[stage_id]["weight"]
        ),
        key=f"{key}-milestone",
        filter_mode=None,
    )


def _pay(viewer: Viewer, project: Row) -> None:
    form = f"pay-{project['id']}"
    key = fresh(form)
    with st.form(key, border=False):
        fen = yuan("amount", key)
        on = day("paid_on", key)
        note = text("note", key)
        if submit(t("renewal.pay_act")):
            done(t("renewal.paid_done"), form, renewal.pay, viewer, project["id"], on, fen, note)


def _course(viewer: Viewer, project: Row, state: ProjectState) -> None:
    """Beginning or finishing it, and giving it up."""
    seen = (project["id"], project["version"])
    name, write = ("started_on", renewal.start) if state is ProjectState.PLANNED else ("finished_on", renewal.finish)
    key = f"course-{project['id']}-{project['version']}"
    with st.form(key, border=False):
        on = day(name, key)
        if submit(t(f"renewal.{name}_act")):
            done(t("renewal.course_done"), key, write, viewer, *seen, on)
    stop = f"stop-{project['id']}-{project['version']}"
    with st.form(stop, border=False):
        on = day("stopped_on", stop)
        reason = text("reason", stop)
        if submit(t("renewal.stop_act")):
            done(t("renewal.course_done"), stop, renewal.stop, viewer, *seen, on, reason)


def _risk(viewer: Viewer, project: Row) -> None:
    key = f"risk-{project['id']}-{project['version']}"
    with st.form(key, border=False):
        risk = choice(t("renewal.risk"), Risk, f"{key}-risk", project["risk"])
        reason = lines("reason", key, project["risk_reason"] or "")
        if submit(t("words.save")):
            seen = (project["id"], project["version"])
            done(t("renewal.risk_done"), key, renewal.rate_risk, viewer, *seen, risk, reason)


def _plan(viewer: Viewer, work: Work) -> None:
    """All milestones in one table; their weights make 100."""
    project = work.project
    key = f"plan-{project['id']}-{project['version']}"
    now = [(stage["id"], stage["name"], stage["weight"], stage["planned_on"]) for stage in work.milestones]
    schema = {"id": pl.Int64, "name": pl.String, "weight": pl.Int64, "planned_on": pl.Date}
    with st.form(key, border=False):
        st.markdown(f":small[:gray[{t('renewal.weights_note')}]]")
        given = st.data_editor(
            pl.DataFrame(now, schema=schema, orient="row"),
            key=f"{key}-table",
            num_rows="dynamic",
            hide_index=True,
            column_config={
                "id": None,
                "name": st.column_config.TextColumn(t("renewal.field.milestone")),
                "weight": st.column_config.NumberColumn(t("renewal.field.weight"), min_value=0, step=1, width="small"),
                "planned_on": st.column_config.DateColumn(
                    t("renewal.planned_on"), min_value=EARLIEST, max_value=LATEST, format="YYYY-MM-DD"
                ),
            },
        )
        if submit(t("words.save")):
            seen = (project["id"], project["version"])
            done(t("renewal.plan_done"), key, renewal.plan_milestones, viewer, *seen, stages(given))


def stages(given: pl.DataFrame) -> tuple[Stage, ...]:
    """The rows of the table as milestones; an empty row is none, what was left out counts as nothing."""
    rows = (row for row in given.iter_rows(named=True) if row["name"] or row["weight"])
    return tuple(
        Stage(row["name"] or "", int(row["weight"] or 0), row["planned_on"] or clock.today(), row["id"]) for row in rows
    )


def _photo(viewer: Viewer, project: Row) -> None:
    key = f"photo-{project['id']}-{project['version']}"
    with st.form(key, border=False):
        which = choice(t("renewal.photo"), Photo, f"{key}-which")
        given = upload(t("renewal.file"), PICTURES, f"{key}-file")
        if submit(t("words.save")):
            if given is None:
                st.error(t("renewal.no_photo"))
                return
            seen = (project["id"], project["version"])
            done(t("renewal.photo_done"), key, renewal.keep_photo, viewer, *seen, which, given)


def _take_back(viewer: Viewer, project: Row, state: ProjectState) -> None:
    if state is ProjectState.PLANNED:
        return
    key = f"back-{project['id']}-{project['version']}"
    with st.form(key, border=False):
        reason = text("reason", key)
        if submit(t(f"renewal.take_back.{state.value}")):
            done(t("renewal.corrected"), key, renewal.take_back, viewer, project["id"], project["version"], reason)


def _correct_milestone(viewer: Viewer, work: Work) -> None:
    reached = {stage["id"]: stage for stage in work.milestones if stage["done_on"]}
    if not reached:
        return
    form = f"correct-milestone-{work.project['id']}"
    key = fresh(form)
    with st.form(key, border=False):
        which = _milestone(reached, key)
        on = st.date_input(
            t("renewal.reached_or_not"),
            None,
            min_value=EARLIEST,
            max_value=LATEST,
            format="YYYY-MM-DD",
            key=f"{key}-on",
        )
        reason = text("reason", key)
        if submit(t("renewal.correct_milestone_act")) and which:
            day_given = on if isinstance(on, date) else None
            seen = (which, reached[which]["version"])
            done(t("renewal.corrected"), form, renewal.correct_milestone, viewer, *seen, reason, day_given)


def _correct_payment(viewer: Viewer, work: Work) -> None:
    if not work.payments:
        return
    paid = {payment["id"]: payment for payment in work.payments}
    form = f"correct-payment-{work.project['id']}"
    key = fresh(form)
    with st.form(key, border=False):
        which = st.selectbox(
            t("renewal.which_payment"),
            list(paid),
            format_func=lambda payment_id: (
                f"{paid[payment_id]['paid_on']:%Y-%m-%d} {paid[payment_id]['fen'] / 100:,.2f}"
            ),
            key=f"{key}-which",
            filter_mode=None,
        )
        on = day("paid_on", key)
        fen = yuan("amount", key)
        reason = text("reason", key)
        if submit(t("renewal.correct_payment_act")) and which:
            seen = (which, paid[which]["version"])
            done(t("renewal.corrected"), form, renewal.correct_payment, viewer, *seen, reason, on, fen)
