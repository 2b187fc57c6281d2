"""The rows behind a chart: a small button opens exactly the rows it is drawn from."""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl
import streamlit as st

import access
from access import Permission
from jobs.figures import rows_of
from metrics.catalogue import METRICS
from texts import t
from ui import words
from ui.evidence import may_open
from ui.evidence_rows import adds_up, heading, rows_table
from ui.loading import load
from ui.parts import panel
from vocabulary.questions import Filters, Period, Viewer

OPENED = "chart rows"


@dataclass(frozen=True)
class Behind:
    """Rows over days: those of a metric, or a read of the very frame that is drawn with the column that adds up."""

    key: str
    name: str
    days: Period
    metric: str = ""
    read: Callable[..., pl.DataFrame] | None = None
    sums: str = ""


def buttons(viewer: Viewer, behind: tuple[Behind, ...]) -> None:
    """A button for each, at the chart's foot; none for those who may not read rows."""
    shown = [each for each in behind if _allowed(viewer, each)]
    if not shown:
        return
    with st.container(horizontal=True, gap="xsmall", width="content", key=f"card-rows-{behind[0].key}"):
        for each in shown:
            label = t("overview.rows") if len(behind) == 1 else t("overview.rows_of", what=each.name)
            st.button(
                label,
                key=f"chart-rows-{each.key}",
                type="tertiary",
                icon=":material/chevron_right:",
                icon_position="right",
                on_click=_turn,
                args=(each.key,),
            )


def rows_panel(viewer: Viewer, behind: list[Behind]) -> None:
    """The rows of the one that is opened, if it is among these."""
    for each in behind:
        if each.key == st.session_state.get(OPENED) and _allowed(viewer, each):
            _panel(viewer, each)


def _panel(viewer: Viewer, behind: Behind) -> None:
    days = f"{words.day(behind.days.since)} – {words.day(behind.days.until)}"
    with panel(t("words.rows_title", name=behind.name), days, key="chart-rows"):
        frame, said = _rows(viewer, behind)
        st.markdown(f":small[{said}]")
        rows_table(frame, "chart-rows-table")
        st.button(t("words.close"), key="chart-rows-close", type="tertiary", on_click=_turn, args=(behind.key,))


def _rows(viewer: Viewer, behind: Behind) -> tuple[pl.DataFrame, str]:
    if behind.read:
        frame = load(behind.read, viewer, behind.days)
        total = words.number(int(frame[behind.sums].sum()))
        rows = words.number(frame.height)
        return frame, t("words.rows_sum", rows=rows, column=heading(behind.sums), sum=total)
    metric = METRICS[behind.metric]
    frame = load(rows_of(behind.metric), viewer, behind.days, Filters())
    return frame, adds_up(metric, frame, metric.rows.column)


def _allowed(viewer: Viewer, behind: Behind) -> bool:
    if behind.metric:
        return may_open(viewer, METRICS[behind.metric])
    return access.allows(viewer, Permission.SEE_MEAL_ROWS)


def _turn(key: str) -> None:
    st.session_state[OPENED] = None if st.session_state.get(OPENED) == key else key
