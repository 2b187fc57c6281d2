"""The work lists of the volunteers' page: shifts, records, clues and people, and beside them what can be done."""

from datetime import timedelta
from html import escape

import polars as pl
import streamlit as st

import access
import clock
from access import Permission
from data_access import volunteers
from texts import t
from ui import volunteers_forms as forms
from ui import words
from ui.choosing import chosen
from ui.forms import Row, done, fresh, quiet
from ui.loading import load
from ui.parts import log, panel, plain
from ui.volunteers_head import AHEAD, shifts_short
from vocabulary.questions import Period, Viewer
from vocabulary.refusals import word
from vocabulary.volunteers import Occupation, ServiceOutcome, VolunteerRole, VolunteerStatus

WIDTHS = [1.5, 1]
SHOWN = 8


def part(viewer: Viewer, period: Period, name: str) -> None:
    """One of the four parts; those who may not write have the list alone."""
    writes = access.allows(viewer, Permission.WRITE_VOLUNTEERS)
    left, right = st.columns(WIDTHS, gap="small") if writes else (st.container(), None)
    lists = {"shifts": _shifts, "records": _records, "clues": _clues, "people": _people}
    acts = {"shifts": _shift_acts, "records": _record_acts, "clues": _clue_acts, "people": _person_acts}
    with left:
        row = lists[name](viewer, period)
    if right is not None:
        with right:
            acts[name](viewer, row)


def _shifts(viewer: Viewer, period: Period) -> Row | None:
    short = shifts_short(viewer)
    with panel(t("volunteers.short_title"), t("volunteers.short_note", count=short.height), key="volunteers-short"):
        if short.is_empty():
            quiet(t("volunteers.short_none"))
        else:
            st.markdown("\n".join(f"- {_short(row)}" for row in short.iter_rows(named=True)))
    until = max(period.until, clock.today() + timedelta(AHEAD))
    rows = list(load(volunteers.shifts, viewer, period.since, until).iter_rows(named=True))[::-1]
    with panel(t("volunteers.shifts_title"), t("volunteers.shifts_note", count=len(rows)), key="volunteers-shifts"):
        if not rows:
            quiet(t("volunteers.shifts_none"))
            return None
        shown = {
            t("volunteers.starts"): [_at(row) for row in rows],
            t("volunteers.role"): [_role(row) for row in rows],
            t("volunteers.where"): [_where(row) for row in rows],
            **{t(f"volunteers.{name}"): [row[name] for row in rows] for name in ("needed", "signed", "came")},
        }
        return chosen("volunteers-shifts-table", rows, pl.DataFrame(shown))


def _short(row: Row) -> str:
    counts = {"needed": row["needed"], "signed": row["signed"]}
    return t("volunteers.short_row", at=_at(row), role=_role(row), where=plain(_where(row)), **counts)


def _shift_acts(viewer: Viewer, row: Row | None) -> None:
    if row and row["starts_at"] > clock.now():
        with panel(t("volunteers.sign_title", at=_at(row), role=_role(row)), key="volunteers-sign"):
            forms.sign_up(viewer, row)
    with panel(t("volunteers.open_title"), key="volunteers-open"):
        if row is None:
            quiet(t("volunteers.sign_help"))
        forms.open_shift(viewer)


def _records(viewer: Viewer, period: Period) -> Row | None:
    writes = access.allows(viewer, Permission.WRITE_VOLUNTEERS)
    waiting = load(volunteers.unverified, viewer, clock.today())
    note = t("volunteers.unverified_note", count=waiting.height)
    with panel(t("volunteers.unverified_title"), note, key="volunteers-unverified"):
        if waiting.is_empty():
            quiet(t("volunteers.unverified_none"))
        for row in waiting.head(SHOWN).iter_rows(named=True):
            _to_verify(viewer, row, writes=writes)
        if waiting.height > SHOWN:
            quiet(t("volunteers.unverified_more", count=waiting.height - SHOWN))
    rows = list(load(volunteers.records, viewer, period.since, period.until).iter_rows(named=True))
    note = t("volunteers.records_note" if writes else "volunteers.records_note_read", count=len(rows))
    with panel(t("volunteers.records_title"), note, key="volunteers-records"):
        if not rows:
            quiet(t("volunteers.records_none"))
            return None
        shown = {
            t("volunteers.starts"): [_at(row) for row in rows],
            t("volunteers.ends"): [words.clock_time(row["ends_at"]) for row in rows],
            t("volunteers.number"): [_number(row) for row in rows],
            t("volunteers.role"): [_role(row) for row in rows],
            t("volunteers.outcome"): [word(ServiceOutcome(row["outcome"])) for row in rows],
            t("volunteers.verified"): ["✓" if row["verified_at"] else "" for row in rows],
        }
        picked = chosen("volunteers-records-table", rows, pl.DataFrame(shown))
        if picked:
            _history(viewer, picked)
        return picked


def _to_verify(viewer: Viewer, row: Row, *, writes: bool) -> None:
    said = t(
        "volunteers.unverified_row",
        at=_at(row),
        to=words.clock_time(row["ends_at"]),
        number=_number(row),
        role=_role(row),
        outcome=word(ServiceOutcome(row["outcome"])),
    )
    with st.container(horizontal=True, vertical_alignment="center", key=f"verify-row-{row['id']}"):
        st.markdown(plain(said), width="stretch")
        if not writes:
            return
        if row["entered_by"] == viewer.account_id:
            st.markdown(f":small[:gray[{t('volunteers.own_entry')}]]", width="content")
        elif st.button(t("volunteers.verify"), key=f"verify-{row['id']}-{row['version']}"):
            seen = (row["id"], row["version"])
            done(t("volunteers.verified_done", number=_number(row)), "verify", volunteers.verify, viewer, *seen)


def _history(viewer: Viewer, row: Row) -> None:
    changes = load(volunteers.record_history, viewer, row["id"])
    if changes:
        st.markdown(f"**{t('volunteers.history_title')}**")
        said = [t("volunteers.why", reason=escape(access.masked(one["reason"]))) for one in changes]
        log([("", words.moment(one["at"]), reason, "") for one, reason in zip(changes, said, strict=True)])


def _record_acts(viewer: Viewer, row: Row | None) -> None:
    if row and row["number"]:
        with panel(t("volunteers.correct_title", number=row["number"], at=_at(row)), key="volunteers-correct"):
            forms.correct_record(viewer, row)
    with panel(t("volunteers.log_title"), key="volunteers-log"):
        forms.log_evening(viewer)


def _clues(viewer: Viewer, period: Period) -> Row | None:
    waiting = list(load(volunteers.clues_waiting, viewer).iter_rows(named=True))
    row = None
    note = t("volunteers.clues_waiting_note", count=len(waiting))
    with panel(t("volunteers.clues_waiting_title"), note, key="volunteers-clues-waiting"):
        if waiting:
            row = chosen("volunteers-clues-waiting-table", waiting, _clues_shown(waiting))
        else:
            quiet(t("volunteers.clues_waiting_none"))
    rows = list(load(volunteers.clue_list, viewer, period.since, period.until).iter_rows(named=True))
    with panel(t("volunteers.clue_list_title"), t("volunteers.clue_list_note", count=len(rows)), key="volunteers-list"):
        if rows:
            shown = _clues_shown(rows).with_columns(pl.Series(t("volunteers.state"), [_state(one) for one in rows]))
            st.dataframe(shown, hide_index=True, row_height=40, height="auto", key="volunteers-clue-table")
        else:
            quiet(t("volunteers.clue_list_none"))
    return row


def _clues_shown(rows: list[Row]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            t("volunteers.reported_on"): [f"{row['reported_on']:%Y-%m-%d}" for row in rows],
            t("volunteers.text"): [row["text"] for row in rows],
            t("volunteers.clue_where"): [row["place"] or row["grid"] or "" for row in rows],
        }
    )


def _state(row: Row) -> str:
    if row["looked_at"] is None:
        return t("volunteers.clue_open")
    return row["case_number"] or t("volunteers.clue_aside")


def _clue_acts(viewer: Viewer, row: Row | None) -> None:
    if row:
        with panel(t("volunteers.clue_case_title"), key="volunteers-clue-case"):
            _look_at(viewer, row)
    with panel(t("volunteers.clue_title"), key="volunteers-clue"):
        forms.clue(viewer)


def _look_at(viewer: Viewer, row: Row) -> None:
    name = f"clue-{row['id']}-{row['version']}"
    key = fresh(name)
    files = access.allows(viewer, Permission.WORK_CASES)
    with st.form(key, border=False):
        st.markdown(plain(row["text"]))
        title = st.text_input(t("volunteers.case_title"), row["text"][:60], key=f"{key}-title") if files else ""
        quiet(t("volunteers.clue_case_help"))
        with st.container(horizontal=True):
            filed = files and st.form_submit_button(t("volunteers.clue_case"), type="primary")
            aside = st.form_submit_button(t("volunteers.clue_aside"))
    seen = (row["id"], row["version"])
    if filed:
        done(t("volunteers.clue_became"), name, volunteers.clue_to_case, viewer, *seen, title)
    if aside:
        done(t("volunteers.clue_asided"), name, volunteers.set_aside, viewer, *seen)


def _people(viewer: Viewer, _period: Period) -> Row | None:
    rows = list(load(volunteers.volunteers, viewer, clock.today()).iter_rows(named=True))
    with panel(t("volunteers.people_title"), t("volunteers.people_note", count=len(rows)), key="volunteers-people"):
        if not rows:
            quiet(t("volunteers.people_none"))
            return None
        shown = {
            t("volunteers.number"): [_number(row) for row in rows],
            t("volunteers.name"): [row["masked_name"] or t("volunteers.hidden") for row in rows],
            t("volunteers.occupation"): [word(Occupation(row["occupation"])) for row in rows],
            t("volunteers.team"): [row["team"] or "" for row in rows],
            t("volunteers.registered_on"): [f"{row['registered_on']:%Y-%m-%d}" for row in rows],
            t("volunteers.status"): [word(VolunteerStatus(row["status"])) for row in rows],
            t("volunteers.last_on"): [f"{row['last_on']:%Y-%m-%d}" for row in rows],
        }
        return chosen("volunteers-people-table", rows, pl.DataFrame(shown), by=("volunteer_id",))


def _person_acts(viewer: Viewer, row: Row | None) -> None:
    known = row if row and row["number"] else None
    title = t("volunteers.change_title", number=known["number"]) if known else t("volunteers.register_title")
    with panel(title, key="volunteers-register"):
        forms.register(viewer, known)


def _at(row: Row) -> str:
    return f"{row['starts_at'].astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}"


def _role(row: Row) -> str:
    return word(VolunteerRole(row["role"]))


def _where(row: Row) -> str:
    return row["place"] or access.masked(row["title"] or "")


def _number(row: Row) -> str:
    return row["number"] or t("volunteers.hidden")
