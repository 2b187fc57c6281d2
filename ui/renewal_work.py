"""One project: its facts, photos, milestones and payments, and what can be done with it."""

from html import escape
from typing import Any

import streamlit as st

import access
from access import Permission
from data_access import renewal
from data_access.renewal import Work
from texts import t
from ui import renewal_building, renewal_project_form, words
from ui.loading import load
from ui.parts import facts, log, panel
from ui.renewal_chosen import choose
from vocabulary.enums import Level
from vocabulary.questions import Viewer
from vocabulary.refusals import word
from vocabulary.renewal import Function, Mode, Photo, Risk

Row = dict[str, Any]


def show(viewer: Viewer, work: Work) -> None:
    """The project beside what can be done with it."""
    project = work.project
    left, right = st.columns([1.3, 1], gap="small")
    with left, panel(project["name"], project["number"], key="project"):
        facts(_facts(work))
        _photos(viewer, project)
        _milestones(work)
        _payments(work)
        st.button(t("words.close"), key="project-close", type="tertiary", on_click=choose, args=("project", None))
    with right, panel(t("renewal.now_title"), key="project-acts"):
        if access.allows(viewer, Permission.EDIT_RENEWAL):
            renewal_building.acts(viewer, work)
            renewal_project_form.correct(viewer, project)
        else:
            st.markdown(f":gray[{t('renewal.only_officials')}]")


def _facts(work: Work) -> list[tuple[str, str]]:
    project, proposal = work.project, work.proposal
    paid = sum(payment["fen"] for payment in work.payments)
    mode, function = word(Mode(project["mode"])), word(Function(project["function"]))
    return [
        (t("renewal.state"), word(renewal.state_of(project))),
        (t("renewal.mode"), f"{mode} · {function}"),
        (t("renewal.came_from"), f"{proposal['number']} {proposal['title']}" if proposal else t("renewal.from_none")),
        (t("renewal.field.area_m2"), t("renewal.square_metres", area=words.number(project["area_m2"]))),
        (t("renewal.field.households"), t("renewal.of_households", count=words.number(project["households"]))),
        (t("renewal.money"), _money(project["budget_fen"], paid)),
        (t("renewal.planned"), f"{project['plan_from']:%Y-%m-%d} – {project['plan_to']:%Y-%m-%d}"),
        (t("renewal.actual"), f"{_day(project['started_on'])} – {_day(project['finished_on'])}"),
        (t("renewal.risk"), _risk(project)),
        (t("renewal.level"), word(Level(project["level"])) if project["level"] else t("words.unfilled")),
        (t("renewal.unit"), project["unit"] or t("words.unfilled")),
    ]


def _money(budget: int, paid: int) -> str:
    share = words.share(paid / budget) if budget else words.NONE
    return t("renewal.paid_of", paid=words.money(paid), budget=words.money(budget), share=share)


def _day(day: Any) -> str:
    return f"{day:%Y-%m-%d}" if day else words.NONE


def _risk(project: Row) -> str:
    risk = Risk(project["risk"])
    said = f"{t(f'renewal.risk_mark.{risk.value}')} {word(risk)}"
    reason = project["stop_reason"] or project["risk_reason"]
    return t("renewal.with_reason", what=said, reason=reason) if reason else said


def _photos(viewer: Viewer, project: Row) -> None:
    there = [which for which in Photo if project[f"{which.value}_id"]]
    if not there:
        return
    with st.grid(2, min_column_width=180, gap="xsmall"):
        for which in there:
            file = load(renewal.stored, viewer, project[f"{which.value}_id"])
            alt = t("renewal.photo_alt", name=project["name"], which=word(which))
            st.image(file.content, caption=word(which), width="stretch", alt=alt)


def _milestones(work: Work) -> None:
    reached = sum(stage["weight"] for stage in work.milestones if stage["done_on"])
    st.markdown(f"**{t('renewal.milestones')}** :small[:gray[{t('renewal.reached', percent=reached)}]]")
    if not work.milestones:
        st.markdown(f":gray[{t('renewal.no_milestones')}]")
        return
    items = []
    for stage in work.milestones:
        planned = t("renewal.stage_planned", day=f"{stage['planned_on']:%Y-%m-%d}")
        late = stage["done_on"] is not None and stage["done_on"] > stage["planned_on"]
        said = t("renewal.stage", name=escape(stage["name"]), weight=stage["weight"])
        kind = "now" if stage["done_on"] else ""
        on = _day(stage["done_on"]) if stage["done_on"] else t("renewal.not_reached")
        items.append((kind, on, said, f"{planned}{t('renewal.stage_late') if late else ''}"))
    log(items)


def _payments(work: Work) -> None:
    if not work.payments:
        return
    with st.expander(t("renewal.payments", count=len(work.payments))):
        log(
            [
                (
                    "",
                    _day(payment["paid_on"]),
                    t("renewal.payment", yuan=words.money(payment["fen"])),
                    payment["note"] or "",
                )
                for payment in reversed(work.payments)
            ]
        )
