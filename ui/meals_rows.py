"""The rows behind a chart of the canteen: a small button opens exactly the rows that it is drawn from."""

from dataclasses import dataclass

import polars as pl
import streamlit as st

import access
from access import Permission
from jobs.meals_page import rows_behind
from texts import t
from ui import words
from ui.evidence_rows import heading, rows_table
from ui.loading import load
from ui.meals_lead import dates
from ui.parts import panel
from vocabulary.questions import Period, Rows, Viewer

OPENED = "meals chart"
PAGE = 100
WIDTHS = {"tier": 140, "list_yuan": 90, "discount_yuan": 90, "paid_yuan": 90}


@dataclass(frozen=True)
class Behind:
    """The rows of one chart over days. Of meals `total` says how many; of people `of` are those they are part of."""

    key: str
    name: str
    days: Period
    rows: Rows
    total: int | None = None
    of: Rows | None = None


def button(viewer: Viewer, behind: Behind) -> None:
    """Opens and closes the rows; none for those who may not read them."""
    if not access.allows(viewer, Permission.SEE_MEAL_ROWS):
        return
    st.button(
        t("meals.page.rows"),
        key=f"card-rows-{behind.key}",
        type="tertiary",
        icon=":material/chevron_right:",
        icon_position="right",
        on_click=_turn,
        args=(behind.key,),
    )


def opened(viewer: Viewer, *behind: Behind) -> None:
    """The panel of the one that is opened, if it is among these."""
    if not access.allows(viewer, Permission.SEE_MEAL_ROWS):
        return
    for each in behind:
        if each.key == st.session_state.get(OPENED):
            with panel(t("words.rows_title", name=each.name), dates(each.days), key="meals-rows"):
                _body(viewer, each)
                st.button(t("words.close"), key="meals-rows-close", type="tertiary", on_click=_turn, args=(each.key,))


def meals_table(viewer: Viewer, rows: Rows, days: Period, total: int, key: str) -> None:
    """The meals, newest first, a page of a hundred at a time: only what is looked at is read."""
    table = st.container()
    pages = max(1, -(-total // PAGE))
    at = st.pagination(pages, key=f"{key}-page") if pages > 1 else 1
    frame = load(rows_behind, viewer, rows, days, (at - 1) * PAGE, PAGE)
    with table:
        _table(frame, f"{key}-table")


def _body(viewer: Viewer, behind: Behind) -> None:
    if behind.total is not None:
        st.markdown(f":small[{t('words.rows_count', rows=words.number(behind.total))}]")
        meals_table(viewer, behind.rows, behind.days, behind.total, f"meals-rows-{behind.key}")
        return
    rows = _part(behind)
    frame = load(rows_behind, viewer, rows, behind.days)
    count = words.number(frame.height)
    if rows.column:
        total = words.number(int(frame[rows.column].sum()))
        said = t("words.rows_sum", rows=count, column=heading(rows.column), sum=total)
    else:
        said = t("words.rows_count", rows=count)
    st.markdown(f":small[{said}]")
    _table(frame, f"meals-rows-{behind.key}-table")


def _part(behind: Behind) -> Rows:
    """Those who were served, or all of whom they are a part."""
    if behind.of is None:
        return behind.rows
    parts = {"served": behind.rows, "residents": behind.of}
    chosen = st.segmented_control(
        t("meals.page.part"),
        list(parts),
        default="served",
        format_func=lambda part: t(f"meals.page.part_{part}"),
        key=f"meals-part-{behind.key}",
        label_visibility="collapsed",
        required=True,
    )
    return parts[chosen or "served"]


def _table(frame: pl.DataFrame, key: str) -> None:
    widths = {heading(name): st.column_config.Column(width=width) for name, width in WIDTHS.items() if name in frame}
    rows_table(frame, key, **widths)


def _turn(key: str) -> None:
    st.session_state[OPENED] = None if st.session_state.get(OPENED) == key else key
