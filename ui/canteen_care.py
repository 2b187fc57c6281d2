"""Missed-meal care on the page: its figures, the social worker's list, one task with its contact and its outcome."""

import polars as pl
import streamlit as st

import access
import clock
from access import Permission
from data_access import canteen
from data_access.canteen import Person
from jobs import installation
from texts import t
from ui import words
from ui.canteen_enrolment import enrolments
from ui.choosing import chosen
from ui.evidence import cards
from ui.forms import Row, done, fresh, outcome, quiet, unsaid
from ui.loading import act, load
from ui.parts import empty, facts, panel
from vocabulary.canteen import CareOutcome
from vocabulary.enums import AgeBand
from vocabulary.questions import Filters, Period, Viewer
from vocabulary.refusals import Refusal, word

FIGURES = ("care_open", "care_answered", "difficult_coverage")
LOOKED = "_care contact"


def care_lists(viewer: Viewer, period: Period) -> None:
    """The figures; for a social worker the tasks and the consents too."""
    cards(viewer, FIGURES, period, Filters(), "care")
    if not access.allows(viewer, Permission.WRITE_CARE):
        quiet(t("canteen.page.care_for_workers"))
        return
    tasks = load(canteen.care.open_tasks, viewer)
    left, right = st.columns([1.62, 1], gap="small")
    with left, panel(t("canteen.page.care_title"), t("canteen.page.care_note", count=tasks.height), key="care-tasks"):
        row = None if tasks.is_empty() else _table(tasks)
        if tasks.is_empty():
            empty(t("canteen.page.care_none"))
        quiet(t("canteen.page.care_rule"))
    with right, panel(t("canteen.page.care_one"), key="care-task"):
        if row is None:
            st.markdown(f":gray[{t('canteen.page.care_choose')}]")
        else:
            _one(viewer, row)
    enrolments(viewer)


def _table(tasks: pl.DataFrame) -> Row | None:
    rows = list(tasks.iter_rows(named=True))
    shown = pl.DataFrame(
        {
            t("columns.status"): [_state(row) for row in rows],
            t("columns.building"): [words.building(row["building"]) for row in rows],
            t("columns.card"): [row["card"] for row in rows],
            t("columns.last_ate_on"): [str(row["last_ate_on"]) for row in rows],
            t("columns.made_on"): [str(row["made_on"]) for row in rows],
            t("canteen.page.back_on"): [str(row["back_on"] or "") for row in rows],
        }
    )
    return chosen("care-table", rows, shown, by=("task_id",))


def _state(row: Row) -> str:
    """○ nobody called yet, ◐ the contact was looked at."""
    return f"◐ {t('canteen.page.care_called')}" if row["called_at"] else f"○ {t('canteen.page.care_waits')}"


def _one(viewer: Viewer, row: Row) -> None:
    facts(
        [
            (t("columns.card"), row["card"]),
            (t("columns.building"), words.building(row["building"])),
            (t("columns.band"), word(AgeBand(row["band"]))),
            (t("columns.last_ate_on"), words.day(row["last_ate_on"])),
            (t("canteen.page.back_on"), words.day(row["back_on"]) if row["back_on"] else words.NONE),
        ]
    )
    _contact(viewer, row["task_id"])
    _close(viewer, row)


def _contact(viewer: Viewer, task_id: int) -> None:
    looked = st.session_state.get(LOOKED)
    if looked is None or looked[0] != (viewer, task_id):
        st.session_state.pop(LOOKED, None)
        st.button(
            t("canteen.page.reveal"),
            key=f"care-reveal-{task_id}",
            icon=":material/visibility:",
            on_click=_look,
            args=(viewer, task_id),
        )
        return
    found = looked[1]
    if isinstance(found, Person):
        groups = t("meals.page.list").join(word(group) for group in found.groups) or words.NONE
        facts(
            [
                (t("canteen.page.name"), found.name),
                (t("canteen.page.phone"), found.phone),
                (t("canteen.page.groups"), groups),
            ]
        )
        quiet(t("canteen.page.revealed"))
    else:
        st.error(found, icon=":material/error:")


def _look(viewer: Viewer, task_id: int) -> None:
    found: Person | str
    try:
        found = act(canteen.care.reveal, viewer, task_id, installation.contact_seal())
    except Refusal as refusal:
        found = str(refusal)
    st.session_state[LOOKED] = ((viewer, task_id), found)


def _close(viewer: Viewer, row: Row) -> None:
    key = fresh(f"care-{row['task_id']}")
    asked, back = t("columns.care_outcome"), CareOutcome.BACK if row["back_on"] else None
    with st.form(key, border=False):
        found = outcome(asked, CareOutcome, f"{key}-outcome", back)
        until = st.date_input(
            t("canteen.page.away_until"), None, min_value=clock.today(), format="YYYY-MM-DD", key=f"{key}-until"
        )
        sent = st.form_submit_button(t("canteen.page.care_close"), type="primary")
    if sent and found is None:
        unsaid(asked)
    elif sent and found:
        away = until if found is CareOutcome.AWAY else None
        said = t("canteen.page.care_closed", card=row["card"], outcome=word(found))
        args = (row["task_id"], row["version"], found, away)
        done(said, f"care-{row['task_id']}", canteen.care.close, viewer, *args)
