"""The filter bar of the cases: what is chosen stands in the address, in no language, and drives all of the page."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

import clock
from data_access.cases import Options
from texts import language, t
from ui import case_chips, filters, words
from ui.case_words import own_name
from vocabulary.cases import Show
from vocabulary.desk import Punctuality
from vocabulary.enums import CaseStatus, CaseType, Channel, Level, Urgency
from vocabulary.questions import Filters, Period, Span, Viewer
from vocabulary.refusals import word

PAGE = "cases"
NOW = "_cases now"
EVER = "ever"
SPANS = (Span.TODAY, Span.WEEK, Span.MONTH, Span.QUARTER, Span.YEAR, EVER, Span.CHOSEN)


def current() -> Filters:
    """What is chosen; at first this week and all that is open, or all of an import."""
    found = filters.kept(PAGE, case_chips.default())
    if found.show is None:
        found = replace(found, show=Show.RECEIVED if found.batch is not None else Show.OPEN)
    filters.keep(PAGE, found)
    st.session_state[NOW] = found
    return found


def bar(viewer: Viewer, chosen: Filters, options: Options, counted: dict[Show, int]) -> None:
    """One row: which cases, search, all other filters in a popover, and each active one to take away."""
    with st.container(key="bar", horizontal=True, vertical_alignment="center", gap="small"):
        st.segmented_control(
            t("cases.show_label"),
            list(Show),
            default=chosen.show,
            format_func=lambda show: f"{word(show)} {words.number(counted[show])}",
            key=_key("show"),
            label_visibility="collapsed",
            required=True,
            wrap=True,
            on_change=_take,
            args=("show",),
        )
        st.text_input(
            t("cases.search"),
            chosen.text,
            max_chars=200,
            key=_key("text"),
            placeholder=t("cases.search_hint"),
            icon=":material/search:",
            label_visibility="collapsed",
            width=260,
            on_change=_take,
            args=("text",),
        )
        active = case_chips.active(viewer, chosen, options)
        count = sum(chip.field != "text" for chip in active)
        label = t("cases.filters_count", count=count) if count else t("cases.filters")
        with st.popover(label, icon=":material/tune:", key=_key("more")):
            _more(chosen, options, case_chips.unit_names(viewer))
        case_chips.draw(active, chosen)


def change(**fields: Any) -> None:
    """Chooses something outside the bar, from a callback; its widgets start anew from it."""
    filters.put(PAGE, replace(st.session_state[NOW], **fields))


def _more(chosen: Filters, options: Options, units: Mapping[str, str]) -> None:
    _period(chosen, options)
    _several("statuses", list(options.statuses), chosen.statuses, lambda value: word(CaseStatus(value)))
    _several("categories", list(options.categories), chosen.categories, case_chips.category)
    _several("channels", list(options.channels), chosen.channels, lambda value: word(Channel(value)))
    grids = {grid.code: own_name(grid.name, grid.name_en) or grid.code for grid in options.grids}
    waiting = t("words.waiting_grid")
    _several("grids", list(grids), chosen.grids, lambda code: grids.get(code, code) if code else waiting)
    _several("urgencies", list(options.urgencies), chosen.urgencies, lambda value: word(Urgency(value)))
    late = [one.value for one in Punctuality]
    _several("punctualities", late, chosen.punctualities, lambda value: word(Punctuality(value)))
    _several("types", [one.value for one in CaseType], chosen.types, lambda value: word(CaseType(value)))
    _several("units", list(units), chosen.units, lambda code: units.get(code, code))
    _several("levels", [one.value for one in Level], chosen.levels, lambda value: word(Level(value)))


def _several(field: str, occurring: list[Any], chosen: tuple[Any, ...], said: Any) -> None:
    """Any number of the values that occur, and of those that the address brought along."""
    known = list(_ORDER.get(field, ()))
    occurring = sorted(occurring, key=lambda value: known.index(value) if value in known else len(known))
    st.multiselect(
        t(f"cases.filter.{field}"),
        list(dict.fromkeys([*occurring, *chosen])),
        default=list(chosen),
        format_func=lambda value: t("words.unfilled") if not value and field != "grids" else said(value),
        key=_key(field),
        placeholder=t("cases.any"),
        select_all=False,
        on_change=_take,
        args=(field,),
    )


_ORDER: dict[str, tuple[str, ...]] = {
    "statuses": tuple(status.value for status in CaseStatus),
    "channels": tuple(channel.value for channel in Channel),
    "urgencies": tuple(urgency.value for urgency in Urgency),
    "punctualities": tuple(one.value for one in Punctuality),
    "types": tuple(one.value for one in CaseType),
    "levels": tuple(one.value for one in Level),
}


def _period(chosen: Filters, options: Options) -> None:
    period = chosen.period or case_chips.ever(options)
    now = EVER if period.span is Span.ALL or period == case_chips.ever(options) else period.span
    picked = st.segmented_control(
        t("cases.filter.period"),
        SPANS,
        default=now,
        format_func=lambda span: t("cases.ever") if span == EVER else t(f"words.span.{Span(span).value}"),
        key=_key("span"),
        required=True,
        wrap=True,
        on_change=_take_span,
        args=(options,),
    )
    if picked == Span.CHOSEN:
        st.date_input(
            t("cases.days"),
            (period.since, period.until),
            min_value=min(period.since, case_chips.ever(options).since),
            max_value=max(period.until, clock.today()),
            format="YYYY-MM-DD",
            key=_key("days"),
            on_change=_take_days,
        )


def _key(name: str) -> str:
    """A language has widgets of its own: their labels are other ones."""
    return f"{filters.widget(PAGE, name)}-{language()}"


def _take(field: str) -> None:
    value = st.session_state[_key(field)]
    taken = tuple(value) if isinstance(value, list) else value
    if field == "show" and taken is None:
        return
    filters.keep(PAGE, replace(st.session_state[NOW], **{field: taken}))


def _take_span(options: Options) -> None:
    span = st.session_state[_key("span")]
    now: Period = st.session_state[NOW].period or case_chips.ever(options)
    if span == EVER:
        period = case_chips.ever(options)
    elif span == Span.CHOSEN:
        period = replace(now, span=Span.CHOSEN)
    else:
        period = Period.running(Span(span), clock.today())
    filters.keep(PAGE, replace(st.session_state[NOW], period=period))


def _take_days() -> None:
    days = st.session_state[_key("days")]
    if len(days) == 2:
        filters.keep(PAGE, replace(st.session_state[NOW], period=Period(*days)))
