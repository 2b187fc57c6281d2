"""The forms of the volunteers' page: people, shifts, records and clues; what was typed stays on a refusal."""

from datetime import date, datetime, time, timedelta

import streamlit as st

import clock
from data_access import volunteers
from data_access.volunteers import ClueFacts, RecordFacts, ShiftFacts, VolunteerFacts
from texts import t
from ui.forms import Row, choice, day, done, fresh, quiet
from ui.loading import load
from vocabulary.questions import Viewer
from vocabulary.volunteers import Occupation, ServiceOutcome, VolunteerRole, VolunteerStatus

CLOCK = [f"{half // 2:02d}:{half % 2 * 30:02d}" for half in range(49)]
EVENING = (37, 41)


def register(viewer: Viewer, row: Row | None) -> None:
    """Registers a volunteer, or corrects the one that was chosen."""
    name = f"volunteer-{row['volunteer_id']}-{row['version']}" if row else "volunteer-new"
    key = fresh(name)
    now = row or {}
    with st.form(key, border=False):
        left, right = st.columns(2)
        with left:
            number = st.text_input(t("volunteers.number"), now.get("number") or "", key=f"{key}-number", max_chars=64)
            work = choice(t("volunteers.occupation"), Occupation, f"{key}-work", now.get("occupation"))
            on = day(t("volunteers.registered_on"), f"{key}-on", now.get("registered_on"))
        with right:
            said = st.text_input(
                t("volunteers.name"), now.get("masked_name") or "", key=f"{key}-name", help=t("volunteers.name_help")
            )
            team = st.text_input(t("volunteers.team"), now.get("team") or "", key=f"{key}-team", max_chars=64)
            status = choice(t("volunteers.status"), VolunteerStatus, f"{key}-status", now.get("status"))
        why = st.text_input(t("volunteers.reason"), key=f"{key}-why", max_chars=200) if row else ""
        sent = st.form_submit_button(t("volunteers.change" if row else "volunteers.register"), type="primary")
    if not sent:
        return
    facts = VolunteerFacts(number or "", said or "", work, on, team or "", status)
    if row is None:
        done(t("volunteers.registered", number=number), name, volunteers.register, viewer, facts)
    else:
        write = (row["volunteer_id"], row["version"], why, facts)
        done(t("volunteers.changed", number=number), name, volunteers.correct_volunteer, viewer, *write)


def log_evening(viewer: Viewer) -> None:
    """One service of several volunteers at once."""
    key = fresh("service-new")
    with st.form(key, border=False):
        numbers = st.multiselect(
            t("volunteers.volunteers"), serving(viewer), key=f"{key}-who", placeholder=t("volunteers.choose")
        )
        starts, ends = _times(key, clock.today())
        left, right = st.columns(2)
        with left:
            role = choice(t("volunteers.role"), VolunteerRole, f"{key}-role", VolunteerRole.SERVICE)
        with right:
            outcome = choice(t("volunteers.outcome"), ServiceOutcome, f"{key}-outcome")
        quiet(t("volunteers.log_help"))
        sent = st.form_submit_button(t("volunteers.log"), type="primary")
    if sent:
        records = [RecordFacts(number, role, starts, ends, outcome) for number in numbers]
        done(t("volunteers.logged", count=len(records)), "service-new", volunteers.log_records, viewer, records)


def correct_record(viewer: Viewer, row: Row) -> None:
    """Corrects the record that was chosen, or strikes it out."""
    name = f"service-{row['id']}-{row['version']}"
    key = fresh(name)
    with st.form(key, border=False):
        first, last = (row[name].astimezone(clock.SHANGHAI) for name in ("starts_at", "ends_at"))
        halves = (_half(first), _half(last) or len(CLOCK) - 1)
        starts, ends = _times(key, first.date(), halves)
        left, right = st.columns(2)
        with left:
            role = choice(t("volunteers.role"), VolunteerRole, f"{key}-role", row["role"])
        with right:
            outcome = choice(t("volunteers.outcome"), ServiceOutcome, f"{key}-outcome", row["outcome"])
        why = st.text_input(t("volunteers.reason"), key=f"{key}-why", max_chars=200) or ""
        with st.container(horizontal=True):
            sent = st.form_submit_button(t("volunteers.correct"), type="primary")
            struck = st.form_submit_button(t("volunteers.strike"))
    number, seen = row["number"], (row["id"], row["version"], why)
    if sent:
        facts = RecordFacts(number, role, starts, ends, outcome, row["shift_id"])
        done(t("volunteers.corrected", number=number), name, volunteers.correct_record, viewer, *seen, facts)
    if struck:
        done(t("volunteers.struck", number=number), name, volunteers.strike_record, viewer, *seen)


def open_shift(viewer: Viewer) -> None:
    """Opens a shift at a place or for an activity."""
    key = fresh("shift-new")
    with st.form(key, border=False):
        starts, ends = _times(key, clock.today() + timedelta(1))
        left, right = st.columns(2)
        with left:
            place = _one_of(
                t("volunteers.place"), load(volunteers.places, viewer), f"{key}-place", "volunteers.no_place"
            )
            role = choice(t("volunteers.role"), VolunteerRole, f"{key}-role")
        with right:
            title = st.text_input(t("volunteers.activity"), key=f"{key}-title", max_chars=120) or ""
            needed = st.number_input(t("volunteers.needed"), value=3, step=1, key=f"{key}-needed")
        sent = st.form_submit_button(t("volunteers.open"), type="primary")
    if sent:
        facts = ShiftFacts(role, starts, ends, int(needed or 0), place, title)
        done(t("volunteers.opened", day=starts.date()), "shift-new", volunteers.open_shift, viewer, facts)


def sign_up(viewer: Viewer, row: Row) -> None:
    """Signs volunteers up for the shift that was chosen, or takes it back."""
    there = load(volunteers.signed_up, viewer, row["id"])
    numbers = t("volunteers.join").join(there)
    quiet(t("volunteers.signed_now", numbers=numbers) if there else t("volunteers.signed_nobody"))
    name = f"sign-{row['id']}"
    key = fresh(name)
    with st.form(key, border=False):
        number = st.selectbox(t("volunteers.volunteer"), serving(viewer), key=f"{key}-who", filter_mode=None) or ""
        with st.container(horizontal=True):
            sent = st.form_submit_button(t("volunteers.sign"), type="primary")
            back = st.form_submit_button(t("volunteers.unsign"))
    if sent:
        done(t("volunteers.signed_done", number=number), name, volunteers.sign_up, viewer, row["id"], number)
    if back:
        done(t("volunteers.unsigned_done", number=number), name, volunteers.withdraw, viewer, row["id"], number)


def clue(viewer: Viewer) -> None:
    """Reports a clue: where and what."""
    key = fresh("clue-new")
    with st.form(key, border=False):
        text = st.text_area(t("volunteers.clue_text"), key=f"{key}-text", max_chars=500, help=t("volunteers.clue_help"))
        left, right = st.columns(2)
        with left:
            place = _one_of(
                t("volunteers.place"), load(volunteers.places, viewer), f"{key}-place", "volunteers.no_place"
            )
            role = choice(t("volunteers.role"), VolunteerRole, f"{key}-role", VolunteerRole.FEELINGS)
        with right:
            grid = _one_of(t("volunteers.grid"), load(volunteers.grids, viewer), f"{key}-grid", "volunteers.no_grid")
            on = day(t("volunteers.reported_on"), f"{key}-on")
        quiet(t("volunteers.clue_help"))
        sent = st.form_submit_button(t("volunteers.clue_add"), type="primary")
    if sent:
        facts = ClueFacts(role, text or "", on, place, grid)
        done(t("volunteers.clue_added"), "clue-new", volunteers.record_clue, viewer, facts)


def serving(viewer: Viewer) -> list[str]:
    """The numbers of the volunteers who can be entered."""
    known = load(volunteers.volunteers, viewer, clock.today()).filter(status=VolunteerStatus.ACTIVE.value)
    return known["number"].drop_nulls().to_list()


def _times(key: str, on: date, halves: tuple[int, int] = EVENING) -> tuple[datetime, datetime]:
    """A day and its half hours from and to; 24:00 is its end."""
    first, second, third = st.columns([1.4, 1, 1])
    with first:
        chosen = day(t("volunteers.day"), f"{key}-day", on)
    with second:
        start = st.selectbox(t("volunteers.from_time"), CLOCK[:-1], halves[0], key=f"{key}-from", filter_mode=None)
    with third:
        end = st.selectbox(t("volunteers.to_time"), CLOCK, halves[1], key=f"{key}-to", filter_mode=None)
    midnight = datetime.combine(chosen, time(0), clock.SHANGHAI)
    return midnight + _after(start), midnight + _after(end)


def _after(said: str | None) -> timedelta:
    return timedelta(minutes=30 * CLOCK.index(said or CLOCK[0]))


def _half(moment: datetime) -> int:
    return moment.hour * 2 + moment.minute // 30


def _one_of(label: str, named: list[tuple[str, str]], key: str, none: str) -> str | None:
    names = {"": t(none), **dict(named)}
    return st.selectbox(label, list(names), format_func=lambda code: names[code], key=key, filter_mode=None) or None
