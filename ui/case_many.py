"""One act on many cases: tick them in a table, act once, and read what became of each."""

from functools import partial

import polars as pl
import streamlit as st

import access
from access import Permission
from data_access import cases, desk
from data_access.desk import Given, Result
from data_access.engine import Connection
from texts import t
from ui import case_words, words
from ui.case_move_forms import text, unit_names
from ui.choosing import ticked
from ui.forms import Row, fresh, renew
from ui.loading import act, load
from ui.parts import flash, panel
from vocabulary.cases import Order
from vocabulary.enums import CaseStatus
from vocabulary.questions import Filters, Viewer

MOST = 500
RESULTS = "_many results"
FORM = "many"
PERMISSIONS = {
    "assign": Permission.WORK_CASES,
    "note_act": Permission.HANDLE_CASES,
    "remind": Permission.SUPERVISE_CASES,
}


def many(viewer: Viewer, filters: Filters, order: Order) -> None:
    """The panel, for those who may act on cases; closed until it is wanted."""
    acts = [name for name, permission in PERMISSIONS.items() if access.allows(viewer, permission)]
    if not acts:
        return
    with st.expander(t("casemany.title"), icon=":material/checklist_rtl:", key="many-open", on_change="rerun") as box:
        if box.open:
            _panel(viewer, filters, order, acts)


def _panel(viewer: Viewer, filters: Filters, order: Order, acts: list[str]) -> None:
    rows = load(cases.listing, viewer, filters, order, 0, MOST)
    with panel(t("casemany.title"), t("casemany.note"), key="many"):
        _results()
        key = fresh(FORM)
        picked = _table(rows, key)
        name = st.segmented_control(
            t("casemany.which"),
            acts,
            default=acts[0],
            format_func=lambda one: t(f"casemany.{one}"),
            key=f"{key}-which",
            required=True,
        )
        unit, said = None, ""
        if name == "assign":
            names = unit_names(load(desk.choices, viewer))
            unit = st.selectbox(
                t("casework.unit"),
                [0, *names],
                format_func=lambda one: names.get(one, t("casework.unit_choose")),
                key=f"{key}-unit",
                filter_mode="contains",
            )
        said = text("reason" if name == "assign" else "note", key)
        label = t("casemany.submit", count=words.number(len(picked)))
        if st.button(label, key=f"{key}-go", type="primary", disabled=not picked):
            pairs = [(row["id"], row["version"]) for row in picked]
            numbers = {row["id"]: row["number"] for row in picked}
            _act(viewer, pairs, numbers, _act_of(name or acts[0], unit or None, said))


def _table(rows: pl.DataFrame, key: str) -> list[Row]:
    shown = pl.DataFrame(
        {
            t("casemany.number"): rows["number"],
            t("cases.column.title"): rows["title"],
            t("cases.column.status"): [case_words.status(status) for status in rows["status"]],
        }
    )
    return ticked(f"{key}-table", list(rows.iter_rows(named=True)), shown)


def _act_of(name: str, unit: int | None, said: str) -> desk.Act:
    if name == "assign":
        return partial(_assign, unit=unit, reason=said)
    return partial(_note if name == "note_act" else _remind, said=said)


def _assign(
    conn: Connection, viewer: Viewer, case_id: int, seen_version: int, *, unit: int | None, reason: str
) -> None:
    desk.move(conn, viewer, case_id, seen_version, CaseStatus.ASSIGNED, Given(unit_id=unit, reason=reason))


def _note(conn: Connection, viewer: Viewer, case_id: int, seen_version: int, *, said: str) -> None:
    desk.note(conn, viewer, case_id, seen_version, said)


def _remind(conn: Connection, viewer: Viewer, case_id: int, seen_version: int, *, said: str) -> None:
    desk.remind(conn, viewer, case_id, seen_version, said)


def _act(viewer: Viewer, pairs: list[tuple[int, int]], numbers: dict[int, str], chosen: desk.Act) -> None:
    results: tuple[Result, ...] = act(desk.each, viewer, pairs, chosen)
    refused = [(numbers[one.case_id], str(one.refused)) for one in results if one.refused]
    st.session_state[RESULTS] = refused
    done = len(results) - len(refused)
    if done:
        renew(FORM)
    flash(t("casemany.done", done=words.number(done), refused=words.number(len(refused))))
    st.rerun()


def _results() -> None:
    """What was not done the last time, with the sentence why."""
    refused: list[tuple[str, str]] = st.session_state.get(RESULTS, [])
    if refused:
        shown = pl.DataFrame(refused, schema=[t("casemany.number"), t("casemany.refused")], orient="row")
        st.dataframe(shown, hide_index=True, row_height=36, height=min(240, 44 + 36 * shown.height), key="many-refused")
