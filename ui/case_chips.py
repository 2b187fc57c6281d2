"""The active filters of the cases as chips, each to be taken away with one click."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import streamlit as st

import clock
from data_access import desk
from data_access.cases import Options
from texts import t
from ui import filters
from ui.case_words import days, own_name
from ui.loading import load
from ui.parts import plain
from vocabulary.desk import Punctuality, Today, Watch
from vocabulary.enums import CaseStatus, CaseType, Channel, Level, Urgency
from vocabulary.questions import Filters, Period, Span, Viewer
from vocabulary.refusals import word

MOST = 3
LONGEST = 24


@dataclass(frozen=True)
class Chip:
    """One active filter: the field that it empties and its words."""

    field: str
    words: str


def default() -> Filters:
    """What the page starts with."""
    return Filters(period=Period.running(Span.WEEK, clock.today()))


def ever(options: Options) -> Period:
    """From the first case to today."""
    today = clock.today()
    return Period(min(options.first_on or today, today), today)


def unit_names(viewer: Viewer) -> dict[str, str]:
    """The units by code, in the reader's language; "" is none."""
    found = load(desk.choices, viewer).units
    return {"": t("words.unfilled")} | {unit.code: own_name(unit.name, unit.name_en) or unit.code for unit in found}


def listed(name: str) -> str:
    """The words of a list by its name in an address."""
    kind, _, one = name.partition(".")
    known: dict[str, type[StrEnum]] = {"today": Today, "watch": Watch}
    if kind not in known or one not in set(known[kind]):
        return name
    return word(known[kind](one))


def active(viewer: Viewer, chosen: Filters, options: Options) -> list[Chip]:
    """The chips of what differs from the page's beginning, in the order of the popover."""
    found = [Chip("text", t("cases.chip_text", text=_short(chosen.text)))] if chosen.text.strip() else []
    if chosen.period and chosen.period.span is not Span.WEEK:
        said = t("cases.ever") if chosen.period == ever(options) else days(chosen.period)
        found.append(Chip("period", said))
    if chosen.listed:
        found.append(Chip("listed", listed(chosen.listed)))
    for field, said_of in _sayings(options, unit_names(viewer)).items():
        if values := getattr(chosen, field):
            said = t("cases.chip", name=t(f"cases.filter.{field}"), values=_listed(values, said_of))
            found.append(Chip(field, said))
    if chosen.batch is not None:
        found.append(Chip("batch", t("cases.chip", name=t("cases.batch"), values=chosen.batch)))
    return found


def draw(chips: list[Chip], chosen: Filters) -> None:
    for chip in chips:
        st.button(
            plain(chip.words),
            key=f"chip-{chip.field}",
            type="tertiary",
            icon=":material/close:",
            icon_position="right",
            on_click=_remove,
            args=(chosen, (chip.field,)),
        )
    if len(chips) > 1:
        fields = tuple(chip.field for chip in chips)
        st.button(t("cases.clear"), key="chip-all", type="tertiary", on_click=_remove, args=(chosen, fields))


def category(path: tuple[str, ...]) -> str:
    return " › ".join(path) if any(path) else t("words.unfilled")


def _sayings(options: Options, units: Mapping[str, str]) -> dict[str, Callable[[Any], str]]:
    grids = {grid.code: own_name(grid.name, grid.name_en) or grid.code for grid in options.grids}
    unfilled = t("words.unfilled")
    return {
        "statuses": lambda value: word(CaseStatus(value)) if value else unfilled,
        "categories": lambda path: category(path[-1:]),
        "channels": lambda value: word(Channel(value)) if value else unfilled,
        "grids": lambda code: grids.get(code, code) if code else t("words.waiting_grid"),
        "urgencies": lambda value: word(Urgency(value)) if value else unfilled,
        "buildings": lambda number: t("cases.building", number=number),
        "punctualities": lambda value: word(Punctuality(value)),
        "types": lambda value: word(CaseType(value)) if value else unfilled,
        "units": lambda code: units.get(code, code),
        "levels": lambda value: word(Level(value)) if value else unfilled,
    }


def _listed(values: tuple[Any, ...], said: Callable[[Any], str]) -> str:
    shown = t("cases.join").join(_short(said(value)) for value in values[:MOST])
    return shown + (t("cases.more", count=len(values)) if len(values) > MOST else "")


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _remove(chosen: Filters, fields: tuple[str, ...]) -> None:
    start = default()
    filters.put("cases", replace(chosen, **{field: getattr(start, field) for field in fields}))
