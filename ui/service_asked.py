"""What residents ask for and no stall offers, and on which weekdays customers come to each trade."""

from html import escape

import polars as pl
import streamlit as st

import access
from access import Permission
from jobs import asked_trades
from texts import t
from ui import words
from ui.links import linked
from ui.loading import load
from ui.parts import empty, panel
from vocabulary.enums import Trade
from vocabulary.questions import Period, Span, Viewer
from vocabulary.refusals import word

ROW, HEAD = 36, 38


def asked_and_visited(viewer: Viewer, period: Period) -> None:
    """Two panels; the first for those who may read cases."""
    left, right = st.columns(2, gap="small")
    with left, panel(t("service_points.visits_title"), t("service_points.visits_note"), key="service-visits"):
        _visits(viewer, period)
    if access.allows(viewer, Permission.SEE_CASES):
        with right, panel(t("service_points.asked_title"), t("service_points.asked_note"), key="service-asked"):
            _asked(viewer, period)


def _visits(viewer: Viewer, period: Period) -> None:
    found = load(asked_trades.visits, viewer, period)
    if found.is_empty():
        empty(t("service_points.visits_none"))
        return
    by_trade: dict[str, dict[int, int]] = {}
    for trade, weekday, _days, customers in found.iter_rows():
        by_trade.setdefault(trade, {})[weekday] = customers
    rows = [
        {
            t("service_points.trade"): word(Trade(trade)),
            **{t(f"words.weekday.{day}"): customers.get(day) for day in range(1, 8)},
            t("service_points.visits_all"): sum(customers.values()),
        }
        for trade, customers in sorted(by_trade.items())
    ]
    st.dataframe(
        pl.DataFrame(rows).to_arrow(),
        hide_index=True,
        row_height=ROW,
        height=HEAD + ROW * len(rows) + 2,
        key="visits-table",
        placeholder=words.NONE,
    )


def _asked(viewer: Viewer, period: Period) -> None:
    """Each word leads to the cases that hold it."""
    found = load(asked_trades.asked, viewer, period)
    missing = [row for row in found.iter_rows(named=True) if not row["offered"]]
    if not missing:
        empty(t("service_points.asked_none"))
        return
    lines = []
    for row in missing:
        where = {"q": [row["word"]], "show": ["received"], "span": [period.span.value]}
        if period.span is Span.CHOSEN:
            where |= {"from": [period.since.isoformat()], "to": [period.until.isoformat()]}
        counts = t(
            "service_points.asked_line", cases=words.number(row["cases"]), opinions=words.number(row["opinions"])
        )
        lines.append(f"<li>{linked(escape(row['word']), viewer, 'cases', where)} <small>{escape(counts)}</small></li>")
    st.html(f'<ol class="today">{"".join(lines)}</ol>')
