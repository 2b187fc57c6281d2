"""The list of cases: a page of it, in a chosen order, one row of which is open beside it."""

from typing import Any, Literal

import polars as pl
import streamlit as st

from data_access import cases
from texts import language, t
from ui import case_table, words
from ui.loading import load
from ui.parts import empty
from ui.worked import arrow
from vocabulary.cases import Order, Show
from vocabulary.questions import Filters, Viewer
from vocabulary.refusals import word

ON_A_PAGE = 50
ROW, HEADING = 44, 38
VISIBLE = 13
CHOSEN = "_case chosen"
WRITTEN = "_case written"
SHOWN = "_cases shown"
COLUMN = "_cases column"
PICKED = "_cases picked"
QUESTION = "_cases question"
ORDER = "_cases order"
ORDERS = (Order.NEWEST, Order.OLDEST, Order.URGENT, Order.DUE)
PICKS: tuple[Literal["single-row", "single-cell"], ...] = ("single-row", "single-cell")
DONE_ORDERS = (*ORDERS, Order.FINISHED, Order.LONGEST)


def listed(viewer: Viewer, filters: Filters, total: int) -> None:
    """How many there are in words, their order, the rows, the way to further ones."""
    if not total:
        st.session_state[SHOWN] = []
        empty(f"{t('cases.no_match')}{'' if language() == 'zh' else ' '}{t('cases.no_match_hint')}")
        return
    head = st.container(key="cases-order", horizontal=True, vertical_alignment="center", gap="small")
    with head:
        said = st.container(width="stretch")
        order = _order(filters.show)
    slot, foot = st.container(), st.container(key="cases-pages", horizontal=True, horizontal_alignment="right")
    pages = -(-total // ON_A_PAGE)
    key = f"cases-page-{_asked(filters, order)}"
    with foot:
        page = min(_page(pages, key), pages) if pages > 1 else 1
    since = (page - 1) * ON_A_PAGE
    rows = load(cases.listing, viewer, filters, order, since, ON_A_PAGE)
    said.markdown(f":small[:gray[{_count(total, since, rows.height)}]]")
    st.session_state[ORDER] = order
    with slot:
        _table(rows, total, f"cases-list-{st.session_state[QUESTION][0]}-{page}")


def chosen(viewer: Viewer) -> cases.CaseDetail | None:
    """The case that is open: the one the address names, or the row picked since; None when it is out of sight."""
    asked = st.query_params.get("case")
    if asked != st.session_state.get(WRITTEN):
        st.session_state[WRITTEN] = asked
        st.session_state[CHOSEN] = load(cases.named, viewer, asked) if asked else None
        if asked and st.session_state[CHOSEN] is None:
            st.warning(t("cases.not_there", case=asked[:80]), icon=":material/search_off:")
    case_id: int | None = st.session_state.get(CHOSEN)
    return load(cases.one, viewer, case_id) if case_id else None


def order() -> Order:
    """The order of the list as it was last drawn."""
    found: Order = st.session_state.get(ORDER, Order.NEWEST)
    return found


def beside(step: int) -> int | None:
    """The case so many rows after the open one on this page of the list; None beyond its ends."""
    shown, now = st.session_state.get(SHOWN, []), st.session_state.get(CHOSEN)
    place = shown.index(now) + step if now in shown else -1
    return shown[place] if 0 <= place < len(shown) else None


def choose(case_id: int | None) -> None:
    """Opens a case, or none; its address can be copied."""
    st.session_state[CHOSEN] = case_id
    st.session_state[WRITTEN] = None if case_id is None else str(case_id)
    if case_id is None:
        st.query_params.pop("case", None)
    else:
        st.query_params["case"] = str(case_id)


def _order(show: Show | None) -> Order:
    offered = DONE_ORDERS if show in (Show.FINISHED, Show.ALL) else ORDERS
    asked = st.query_params.get("order")
    now = next((order for order in offered if order.value == asked), Order.NEWEST)
    picked = st.selectbox(
        t("cases.order"),
        offered,
        index=offered.index(now),
        format_func=word,
        key=f"cases-order-{len(offered)}-{language()}",
        label_visibility="collapsed",
        width=210,
    )
    _write("order", None if picked is Order.NEWEST else picked.value)
    return picked


def _asked(filters: Filters, order: Order) -> int:
    """A number for this question; a new one begins at its first page."""
    number, before = st.session_state.get(QUESTION, (0, None))
    if before not in (None, (filters, order)):
        number += 1
        _write("p", None)
    st.session_state[QUESTION] = (number, (filters, order))
    return int(number)


def _page(pages: int, key: str) -> int:
    asked = st.query_params.get("p", "1")
    start = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else 1
    page = st.pagination(pages, default=max(1, min(start, pages)), key=key, max_visible_pages=5)
    _write("p", None if page == 1 else str(page))
    return page


def _write(name: str, value: str | None) -> None:
    if value is None:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != value:
        st.query_params[name] = value


def _count(total: int, since: int, rows: int) -> str:
    count = words.number(total)
    if rows == total:
        return t("cases.count", count=count)
    return t("cases.count_page", count=count, first=words.number(since + 1), last=words.number(since + rows))


def _table(rows: pl.DataFrame, total: int, key: str) -> None:
    ids = rows["id"].to_list()
    st.session_state[SHOWN] = ids
    open_case = st.session_state.get(CHOSEN)
    rows_open = [ids.index(open_case)] if open_case in ids else []
    picked = st.session_state.pop(PICKED, False)
    if key in st.session_state and list(st.session_state[key]["selection"]["rows"]) != rows_open:
        st.session_state[key] = {"selection": _selection(rows_open, with_cell=picked)}
    st.dataframe(
        arrow(case_table.said(rows)),
        hide_index=True,
        row_height=ROW,
        height=HEADING + ROW * min(rows.height, VISIBLE),
        column_config=case_table.columns(rows),
        on_select=lambda: _pick(key),
        selection_mode=PICKS,
        selection_default={"selection": _selection(rows_open, with_cell=False)},
        key=key,
        placeholder="",
        lazy=False,
        alt=t("cases.list_alt", count=words.number(total)),
    )


def _selection(rows: list[int], *, with_cell: bool) -> Any:
    """The open row, ticked; with the cell from which the arrow keys go on, to which the list would also scroll."""
    cells = [(row, st.session_state.get(COLUMN, "title")) for row in rows] if with_cell else []
    return {"rows": rows, "columns": [], "cells": cells}


def _pick(key: str) -> None:
    """A click anywhere in a row opens its case; the box of the open one closes it."""
    picked, shown = st.session_state[key]["selection"], st.session_state.get(SHOWN, [])
    before = shown.index(st.session_state[CHOSEN]) if st.session_state.get(CHOSEN) in shown else None
    cells = [row for row, _column in picked["cells"] if row != before]
    rows = cells or picked["rows"]
    if cells:
        st.session_state[COLUMN] = picked["cells"][0][1]
    st.session_state[PICKED] = bool(cells)
    choose(shown[rows[0]] if rows and rows[0] < len(shown) else None)
