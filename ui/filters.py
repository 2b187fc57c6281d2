"""What the reader chose, kept over reruns, pages and reloads: in the session and in the address."""

from dataclasses import replace
from datetime import date

import streamlit as st

import clock
from access import OPERATOR
from data_access import first_days
from texts import t
from ui import address
from ui.loading import load
from vocabulary.questions import Filters, Period, Span

FIRST_DAY = date(2000, 1, 1)
SPANS = (Span.TODAY, Span.WEEK, Span.MONTH, Span.QUARTER, Span.YEAR, Span.ALL, Span.CHOSEN)


def kept(page: str, default: Filters) -> Filters:
    """The filters of this page: from an address that was opened, else as they were left, else `default`.

    A running period keeps running: "this week" left open over midnight is the new week's.
    """
    arrived = {name: st.query_params.get_all(name) for name in address.NAMES if name in st.query_params}
    came_here = st.session_state.get("_page") != page
    st.session_state["_page"] = page
    written = st.session_state.get(f"_address {page}")
    if arrived and arrived != written:
        found = address.read(arrived, default, clock.today())
        st.session_state[f"_opened {page}"] = st.session_state.get(f"_opened {page}", 0) + 1
    elif not arrived and written and not came_here:
        found = default
        st.session_state[f"_opened {page}"] = st.session_state.get(f"_opened {page}", 0) + 1
    else:
        found = st.session_state.get(f"_filters {page}", default)
    if found.period and found.period.span is not Span.CHOSEN:
        found = replace(found, period=running(found.period.span))
    return found


def running(span: Span) -> Period:
    """The period of this kind that today is in."""
    first = load(first_days.earliest, OPERATOR) if span is Span.ALL else None
    return Period.running(span, clock.today(), first)


def keep(page: str, filters: Filters) -> None:
    """Keeps the filters for this page and writes them into its address."""
    wanted = address.written(filters)
    st.session_state[f"_filters {page}"] = filters
    st.session_state[f"_address {page}"] = wanted
    for name in address.NAMES:
        if name in wanted and st.query_params.get_all(name) != wanted[name]:
            st.query_params[name] = wanted[name]
        elif name not in wanted and name in st.query_params:
            del st.query_params[name]


def put(page: str, filters: Filters) -> None:
    """Keeps filters that were not chosen in their widgets, which start anew from them; for callbacks."""
    keep(page, filters)
    st.session_state[f"_opened {page}"] = st.session_state.get(f"_opened {page}", 0) + 1


def widget(page: str, name: str) -> str:
    """The key of a filter widget: a new one each time an address was opened, so that the widget starts from it."""
    return f"{page}-{name}-{st.session_state.get(f'_opened {page}', 0)}"


def period_bar(page: str, default: Span = Span.WEEK) -> Period:
    """The choice of period at the right of a page's head; for a chosen one two days."""
    filters = kept(page, Filters(period=running(default)))
    now = filters.period or running(default)
    span = st.segmented_control(
        t("words.period"),
        SPANS,
        default=now.span,
        format_func=lambda span: t(f"words.span.{span.value}"),
        key=widget(page, "span"),
        label_visibility="collapsed",
        required=True,
        wrap=True,
    )
    period = _chosen(page, now) if span is Span.CHOSEN else running(span or default)
    keep(page, replace(filters, period=period))
    return period


def _within_reach(day: date) -> date:
    """A day of an address that can be chosen too: none before FIRST_DAY, none to come."""
    return min(max(day, FIRST_DAY), clock.today())


def _chosen(page: str, now: Period) -> Period:
    days = st.date_input(
        t("words.period"),
        (_within_reach(now.since), _within_reach(now.until)),
        max_value=clock.today(),
        min_value=FIRST_DAY,
        format="YYYY-MM-DD",
        key=widget(page, "days"),
        label_visibility="collapsed",
        width=230,
    )
    if isinstance(days, tuple) and len(days) == 2:
        return Period(days[0], days[1])
    return replace(now, span=Span.CHOSEN)
