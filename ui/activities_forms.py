"""The forms of activities: planning, reporting, cancelling, correcting; the branches' plan, names of zones."""

from datetime import datetime, time

import streamlit as st

import clock
from data_access import activities
from data_access.activities import ActivityFacts, PartyPlanFacts, Where
from texts import t
from ui import festivals
from ui.activities_history import history
from ui.forms import Row, choice, choice_or_none, day, done, fresh, quiet
from ui.loading import load
from vocabulary.activities import ActivityKind, ActivityState, Audience, PartyKind
from vocabulary.enums import Field
from vocabulary.questions import Viewer
from vocabulary.refusals import word

FROM, TO = time(15), time(17)


def plan(viewer: Viewer) -> None:
    """Plans an activity."""
    key = fresh("activity-plan")
    with st.form(key, border=False):
        facts = _facts(viewer, key, None)
        sent = st.form_submit_button(t("activities.add"), type="primary")
    if sent:
        done(t("activities.added", title=facts.title), "activity-plan", activities.plan, viewer, facts)


def work(viewer: Viewer, row: Row) -> None:
    """What can be done with the chosen activity, by its state."""
    if row["state"] == ActivityState.PLANNED:
        _report(viewer, row)
        _cancel(viewer, row)
    with st.expander(t("activities.correct_title")):
        _correct(viewer, row)
    history(viewer, row)


def _report(viewer: Viewer, row: Row) -> None:
    name = f"activity-report-{row['id']}"
    key = fresh(name)
    with st.form(key, border=False):
        actual = st.number_input(t("activities.actual"), value=None, step=1, key=f"{key}-actual")
        sent = st.form_submit_button(t("activities.report"), type="primary")
    if sent and actual is None:
        st.error(t("activities.refused.actual_missing", title=row["title"]), icon=":material/error:")
    elif sent:
        said = t("activities.reported", title=row["title"], count=actual)
        done(said, name, activities.report, viewer, row["id"], row["version"], actual)


def _cancel(viewer: Viewer, row: Row) -> None:
    name = f"activity-cancel-{row['id']}"
    key = fresh(name)
    with st.expander(t("activities.cancel_title")), st.form(key, border=False):
        reason = st.text_input(t("activities.reason"), key=f"{key}-why", max_chars=200)
        sent = st.form_submit_button(t("activities.cancel"))
    if sent:
        said = t("activities.cancelled", title=row["title"])
        done(said, name, activities.cancel, viewer, row["id"], row["version"], reason)


def _correct(viewer: Viewer, row: Row) -> None:
    name = f"activity-correct-{row['id']}-{row['version']}"
    key = fresh(name)
    with st.form(key, border=False):
        facts = _facts(viewer, key, row)
        held = row["state"] == ActivityState.HELD
        actual = st.number_input(t("activities.actual"), value=row["actual"], step=1, key=f"{key}-n") if held else None
        reason = st.text_input(t("activities.reason"), key=f"{key}-why", max_chars=200)
        sent = st.form_submit_button(t("activities.correct"))
    if sent:
        said = t("activities.corrected", title=facts.title)
        done(said, name, activities.correct, viewer, row["id"], row["version"], reason, facts, actual)


def _facts(viewer: Viewer, key: str, row: Row | None) -> ActivityFacts:
    now = row or {}
    title = st.text_input(t("activities.name"), now.get("title", ""), key=f"{key}-title", max_chars=120)
    left, right = st.columns(2)
    with left:
        kind = choice(t("activities.kind"), ActivityKind, f"{key}-kind", now.get("kind"))
        audience = choice(t("activities.audience"), Audience, f"{key}-audience", now.get("audience"))
        where = _where(t("activities.where"), load(activities.wheres, viewer), f"{key}-where", _now_where(now))
        planned = st.number_input(t("activities.planned"), value=now.get("planned", 30), step=1, key=f"{key}-planned")
        topic = st.text_input(t("activities.topic"), now.get("topic") or "", key=f"{key}-topic", max_chars=60)
        festival = festivals.chosen(t("activities.festival"), f"{key}-fest", now.get("festival"))
    with right:
        on = day(t("activities.day"), f"{key}-day", now.get("day"))
        begins, ends = _time(now.get("starts_at"), FROM), _time(now.get("ends_at"), TO)
        starts = st.time_input(t("activities.starts"), begins, key=f"{key}-from")
        until = st.time_input(t("activities.ends"), ends, key=f"{key}-to")
        none = t("activities.no_one")
        party = choice_or_none(t("activities.party_kind"), PartyKind, f"{key}-party", none, now.get("party_kind"))
        branch = _where(t("activities.branch"), load(activities.branches, viewer), f"{key}-branch", now.get("branch"))
        field = choice_or_none(t("activities.field"), Field, f"{key}-field", none, now.get("field"))
    quiet(t("activities.text_help"))
    return ActivityFacts(
        kind,
        title,
        datetime.combine(on, starts, clock.SHANGHAI),
        datetime.combine(on, until, clock.SHANGHAI),
        audience,
        int(planned),
        where.code if where and where.zone else None,
        where.code if where and not where.zone else None,
        party,
        branch.code if branch else None,
        topic,
        festival,
        field,
    )


def _time(moment: datetime | None, otherwise: time) -> time:
    return moment.time() if moment else otherwise


def _now_where(now: Row) -> str | None:
    return now.get("zone") or now.get("place")


def _where(label: str, known: tuple[Where, ...], key: str, code: str | None) -> Where | None:
    found = {_mark(one): one for one in known}
    marks = ["", *found]
    index = next((n for n, one in enumerate(known, 1) if one.code == code), 0)

    def said(mark: str) -> str:
        return found[mark].name if mark else t("activities.no_one")

    picked = st.selectbox(label, marks, index, format_func=said, key=key, filter_mode=None)
    return found.get(picked or "")


def _mark(one: Where) -> str:
    return f"zone {one.code}" if one.zone else one.code


def party_plan(viewer: Viewer) -> None:
    """Says how often a branch is to hold a kind in a month."""
    key = fresh("party-plan")
    known = load(activities.branches, viewer)
    if not known:
        quiet(t("activities.naming_help"))
        return
    with st.form(key, border=False):
        branch = _where(t("activities.branch"), known, f"{key}-branch", known[0].code)
        month = day(t("activities.month"), f"{key}-month")
        kind = choice(t("activities.party_kind"), PartyKind, f"{key}-kind")
        due = st.number_input(t("activities.due"), value=1, step=1, key=f"{key}-due")
        reason = st.text_input(t("activities.reason"), key=f"{key}-why", max_chars=200)
        sent = st.form_submit_button(t("activities.plan_party"), type="primary")
    if sent:
        facts = PartyPlanFacts(branch.code if branch else "", month, kind, int(due))
        named = {"branch": branch.name if branch else "", "month": f"{month:%Y-%m}", "kind": word(kind)}
        done(t("activities.party_planned", due=due, **named), "party-plan", activities.set_due, viewer, facts, reason)


def naming(viewer: Viewer) -> None:
    """Adds a branch or a zone of the centre."""
    quiet(t("activities.naming_help"))
    key = fresh("activity-naming")
    with st.form(key, border=False):
        code = st.text_input(t("activities.code"), key=f"{key}-code", max_chars=32)
        name = st.text_input(t("activities.name"), key=f"{key}-name", max_chars=60)
        english = st.text_input(t("activities.name_en"), key=f"{key}-en", max_chars=60)
        branch = st.form_submit_button(t("activities.branch_new"))
        zone = st.form_submit_button(t("activities.zone_new"))
    if branch or zone:
        write = activities.add_branch if branch else activities.add_zone
        done(t("activities.named", name=name), "activity-naming", write, viewer, code, name, english)
