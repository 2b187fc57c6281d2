"""今日该办: the lists of the day with their counts, each line a link to the page where it is acted on."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from html import escape
from typing import Any

import streamlit as st

import clock
from data_access import canteen, cases, desk, peace_post, volunteers
from texts import t
from ui import case_intake, case_words, parts, words
from ui.links import linked
from ui.loading import load
from ui.parts import panel
from vocabulary.cases import Order, Show
from vocabulary.desk import Punctuality, Today, WhistleKind
from vocabulary.enums import Urgency
from vocabulary.peace_post import DisputeType
from vocabulary.questions import Filters, Viewer
from vocabulary.refusals import word

SHOWN, PRINTED = 8, 500
PRINT = "today-print"
SOON_DAYS = 1
Line = tuple[str, str]
"""The HTML of a line, already linked, and of what stands behind it in gray."""


def head(viewer: Viewer) -> None:
    """Title, whose day it is, the way to file a case for those who may."""
    today = clock.today()
    day = f"{words.day(today)} {words.day_of_week(today)}"
    subtitle = t("today.subtitle", whose=word(viewer.role), day=day)
    parts.head(t("today.title"), subtitle, lambda: case_intake.opener(viewer))


def counted(viewer: Viewer) -> dict[Today, int]:
    """How many stand on each list; only lists with any."""
    return load(desk.today, viewer)


def sentence(found: dict[Today, int]) -> str:
    if not found:
        return t("today.lead_none")
    total = sum(found.values())
    overdue = found.get(Today.OVERDUE, 0)
    return t("today.lead", count=words.number(total), overdue=words.number(overdue))


def nothing() -> str:
    return t("today.none")


def printing() -> None:
    """The choice of all lines, for a sheet of paper to carry along."""
    st.toggle(t("casemany.all_lines"), key=PRINT)


def _lines() -> int:
    return PRINTED if st.session_state.get(PRINT) else SHOWN


def listed(viewer: Viewer, name: Today, count: int) -> None:
    """A list: its count, its first lines, and a link to all of it."""
    with panel(word(name), words.number(count), key=f"today-{name.value}"):
        lines = list(_LINES.get(name, _cases)(viewer, name))
        items = "".join(f"<li>{line} <small>{behind}</small></li>" for line, behind in lines)
        more = f"<p>{_all(viewer, name, count)}</p>" if count > len(lines) else ""
        st.html(f'<ol class="today">{items}</ol>{more}')


def _cases(viewer: Viewer, name: Today) -> Iterator[Line]:
    filters = Filters(show=Show.ALL, listed=f"today.{name.value}")
    for row in load(cases.listing, viewer, filters, Order.DUE, 0, _lines()).iter_rows(named=True):
        where = {"case": [str(row["id"])], "show": ["all"], "list": [filters.listed]}
        yield linked(escape(f"{row['number']} {_short(row['title'])}"), viewer, "cases", where), _marks(row)


def _marks(row: dict[str, Any]) -> str:
    due = _due(row)
    grid = case_words.own_name(row["grid"], row["grid_en"])
    urgent = row["urgency"] in (Urgency.EMERGENCY, Urgency.URGENT)
    late = word(Punctuality(row["punctuality"])) if row["punctuality"] in ("overdue", "severe") else ""
    marks = [
        f"<b>{escape(case_words.urgency(row['urgency']))}</b>" if urgent else "",
        escape(case_words.status(row["status"])),
        escape(case_words.place(row["building"], row["spot"], grid, with_grid=False)),
        f"<b>{escape(late)}</b> {escape(due)}" if late else escape(due),
    ]
    return " · ".join(mark for mark in marks if mark)


def _due(row: dict[str, Any]) -> str:
    if row["finished_at"]:
        return t("today.finished", at=words.moment(row["finished_at"]))
    return t("today.due", at=words.moment(row["due_at"])) if row["due_at"] else t("today.no_due")


def _commitments(viewer: Viewer, _name: Today) -> Iterator[Line]:
    due = load(desk.commitments, viewer, None, clock.today() + timedelta(SOON_DAYS))
    for row in due.head(_lines()).iter_rows(named=True):
        unit = case_words.own_name(row["unit"], row["unit_en"]) or ""
        said = t("today.commitment", unit=unit, what=_short(row["what"]), day=words.day(row["due_on"]))
        yield linked(escape(said), viewer, "whistles", {"whistle": [str(row["whistle_id"])]}), escape(row["whistle"])


def _whistles(viewer: Viewer, _name: Today) -> Iterator[Line]:
    for row in load(desk.waiting_calls, viewer).head(_lines()).iter_rows(named=True):
        at = words.moment(row["arrive_by"])
        said = t("today.waiting", number=row["whistle"], kind=word(WhistleKind(row["whistle_kind"])), at=at)
        yield linked(escape(said), viewer, "whistles", {"whistle": [str(row["whistle_id"])]}), ""


def _check_backs(viewer: Viewer, _name: Today) -> Iterator[Line]:
    for row in load(peace_post.open_check_backs, viewer, clock.today()).head(_lines()).iter_rows(named=True):
        kind = word(DisputeType(row["dispute_type"]))
        said = t("today.check_back", number=row["number"], kind=kind, days=row["after_days"])
        yield linked(escape(said), viewer, "peace_post", {"part": ["checks"]}), escape(words.day(row["due_on"]))


def _missed_meals(viewer: Viewer, _name: Today) -> Iterator[Line]:
    for row in load(canteen.care.open_tasks, viewer).head(_lines()).iter_rows(named=True):
        said = t("today.missed_meal", card=row["card"], day=words.day(row["last_ate_on"]))
        where = t("cases.building", number=row["building"]) if row["building"] else t("words.waiting_grid")
        yield linked(escape(said), viewer, "meals", {"part": ["care"]}), escape(where)


def _clues(viewer: Viewer, _name: Today) -> Iterator[Line]:
    for row in load(volunteers.clues_waiting, viewer).head(_lines()).iter_rows(named=True):
        where = " · ".join(part for part in (row["place"], row["grid"]) if part)
        behind = " · ".join(part for part in (where, words.day(row["reported_on"])) if part)
        yield linked(escape(_short(row["text"])), viewer, "volunteers", {}), escape(behind)


def _all(viewer: Viewer, name: Today, count: int) -> str:
    said = escape(t("today.all", count=words.number(count)))
    if name in _PAGES:
        return linked(said, viewer, *_PAGES[name])
    return linked(said, viewer, "cases", {"show": ["all"], "list": [f"today.{name.value}"]})


def _short(text: str) -> str:
    whole = " ".join(text.split()) or t("cases.untitled")
    return whole if len(whole) <= 60 else f"{whole[:60]}…"


_PAGES: dict[Today, tuple[str, dict[str, list[str]]]] = {
    Today.CHECK_BACKS: ("peace_post", {"part": ["checks"]}),
    Today.MISSED_MEALS: ("meals", {"part": ["care"]}),
    Today.CLUES: ("volunteers", {}),
    Today.COMMITMENTS: ("whistles", {}),
    Today.WHISTLES: ("whistles", {}),
}
_LINES: dict[Today, Callable[[Viewer, Today], Iterator[Line]]] = {
    Today.CHECK_BACKS: _check_backs,
    Today.MISSED_MEALS: _missed_meals,
    Today.CLUES: _clues,
    Today.COMMITMENTS: _commitments,
    Today.WHISTLES: _whistles,
}
