"""Supervision of cases: the lists to look at with their counts, by unit and grid, the extensions that wait."""

from typing import Any

import polars as pl
import streamlit as st

import access
from access import Permission
from data_access import desk
from texts import language, t
from ui import filters, parts, words
from ui.forms import Row, done, fresh
from ui.loading import load
from ui.worked import arrow, worked
from vocabulary.cases import Show
from vocabulary.desk import Watch
from vocabulary.questions import Filters, Viewer
from vocabulary.refusals import word

PAGE = "cases"
LONGEST = 5000
FITTING, TALL, ROW = 6, 300, 36


def panel(viewer: Viewer) -> None:
    """Supervision, for those whose it is; nothing for the others."""
    if not access.allows(viewer, Permission.SUPERVISE_CASES):
        return
    counted = load(desk.watched, viewer)
    some = [watch for watch, count in counted.items() if count]
    waiting = load(desk.extensions_waiting, viewer)
    with parts.panel(t("whistles.watch.title"), t("whistles.watch.note"), key="case-watch"):
        if not some and waiting.is_empty():
            st.markdown(f":gray[{t('whistles.watch.nothing')}]")
        _lists(counted)
        if some:
            _by_unit_and_grid(viewer, some)
        if waiting.height:
            st.markdown(f"**{t('whistles.watch.extensions')}** :small[{waiting.height}]")
        for row in waiting.iter_rows(named=True):
            _extension(viewer, row)


def _lists(counted: dict[Watch, int]) -> None:
    with st.container(horizontal=True, gap="small"):
        for watch, count in counted.items():
            said = t("whistles.watch.open", list=word(watch), count=words.number(count))
            st.button(said, key=f"watch-{watch.value}", on_click=_open, args=(watch,), disabled=not count)


def _open(watch: Watch, units: tuple[str, ...] = (), grids: tuple[str, ...] = ()) -> None:
    listed = f"watch.{watch.value}"
    filters.put(PAGE, Filters(listed=listed, show=Show.ALL, units=units, grids=grids))


def _by_unit_and_grid(viewer: Viewer, lists: list[Watch]) -> None:
    with st.expander(t("whistles.watch.by"), key="watch-by", on_change="rerun") as box:
        if not box.open:
            return
        watch = st.pills(
            t("whistles.watch.by"),
            lists,
            default=lists[0],
            format_func=word,
            key=f"watch-of-{hash(tuple(lists))}-{language()}",
            label_visibility="collapsed",
            required=True,
        )
        if watch is None:
            return
        found = load(desk.watched_by, viewer, watch)
        key = f"watch-by-{watch.value}-{language()}-{hash(tuple(found.rows()))}"
        height: Any = "content" if found.height <= FITTING else TALL
        st.markdown(f":small[:gray[{t('whistles.watch.by_note')}]]")
        st.dataframe(
            arrow(_shown(found)),
            key=key,
            hide_index=True,
            row_height=ROW,
            height=height,
            on_select=lambda: _pick(key, watch, found),
            selection_mode="single-row",
        )


@worked
def _shown(found: pl.DataFrame) -> pl.DataFrame:
    return found.select(
        pl.col("unit").fill_null(t("whistles.watch.no_unit")).alias(t("whistles.watch.unit")),
        pl.col("grid").fill_null(t("whistles.watch.no_grid")).alias(t("columns.grid")),
        pl.col("cases").alias(t("whistles.watch.cases")),
    )


def _pick(key: str, watch: Watch, found: pl.DataFrame) -> None:
    picked = st.session_state[key]["selection"]["rows"]
    if picked and picked[0] < found.height:
        row = found.row(picked[0], named=True)
        _open(watch, (row["unit_code"] or "",), (row["grid_code"] or "",))


def _extension(viewer: Viewer, row: Row) -> None:
    form = f"watch-extension-{row['id']}"
    key = fresh(form)
    with st.form(key):
        due = {name: words.moment(row[name]) for name in ("due_at", "asked_at", "until")}
        said = t("whistles.watch.extension_due", asked=due["asked_at"], due=due["due_at"], until=due["until"])
        st.markdown(
            f"**{parts.plain(row['number'])}** {parts.plain(row['title'])}  \n:small[:gray[{parts.plain(said)}]]"
        )
        st.markdown(parts.plain(row["reason"] or ""))
        answer = st.text_input(t("whistles.watch.answer"), key=f"{key}-answer", max_chars=LONGEST)
        with st.container(horizontal=True, gap="small"):
            approved = st.form_submit_button(t("whistles.watch.approve"), type="primary")
            refused = st.form_submit_button(t("whistles.watch.refuse"))
    if approved or refused:
        told = t(f"whistles.watch.{'approved' if approved else 'refused'}_said", number=row["number"])
        done(told, form, desk.decide_extension, viewer, row["id"], approved, answer)
