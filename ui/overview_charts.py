"""The overview's four charts; each opens the rows it is drawn from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl
import streamlit as st

import clock
from charts.cases import open_by_status as open_chart
from charts.cases import received_and_finished as flow_chart
from charts.overview import meals_over_time as meals_chart
from charts.stalls import customers as stalls_chart
from jobs import overview
from metrics.overview import step_of, window
from texts import t
from ui import words
from ui.loading import load
from ui.overview_lead import span_words
from ui.overview_news import stall_name
from ui.overview_rows import Behind, buttons, rows_panel
from ui.parts import chart, plain
from ui.worked import worked
from vocabulary.enums import CaseStatus, Trade
from vocabulary.questions import Period, Viewer
from vocabulary.refusals import word

MEAL_DAYS, CASE_DAYS = 42, 28


@dataclass(frozen=True)
class Drawn:
    """A chart on the page: its key, its title, its note, whether there is anything to draw, how, and what is behind."""

    key: str
    title: str
    note: str
    some: bool
    draw: Callable[[], object]
    behind: tuple[Behind, ...]


def charts(viewer: Viewer, period: Period) -> None:
    """Two rows of two charts; the rows behind one open beneath its row."""
    for pair in ((_meals(viewer, period), _flow(viewer, period)), (_open(viewer), _stalls(viewer, period))):
        with st.grid(2, min_column_width=420, gap="small"):
            for drawn in pair:
                _show(viewer, drawn)
        rows_panel(viewer, [behind for drawn in pair for behind in drawn.behind])


def _show(viewer: Viewer, drawn: Drawn) -> None:
    with st.container(border=True, key=f"panel-chart-{drawn.key}", height="stretch", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            title = f"**{drawn.title}** :small[:gray[{plain(drawn.note)}]]"
            st.markdown(title, width="stretch")
            if drawn.some:
                buttons(viewer, drawn.behind)
        if drawn.some:
            drawn.draw()
        else:
            st.markdown(f":gray[{t(f'overview.no_{drawn.key}')}]")


def _meals(viewer: Viewer, period: Period) -> Drawn:
    days = window(period, MEAL_DAYS)
    frame = load(overview.meals_over_time, viewer, days)
    title = t("overview.meals_title" if step_of(days) == "day" else "overview.meals_title_wide")
    elderly, others = int(frame["elderly"].sum()), int(frame["others"].sum())
    alt = t("overview.meals_alt", **_ends(days), total=words.number(elderly + others), elderly=words.number(elderly))
    return Drawn(
        key="meals",
        title=title,
        note=_over(days, t("metrics.unit.visits")),
        some=elderly + others > 0,
        draw=lambda: chart(meals_chart, frame, step_of(days), key="meals-chart", alt=alt),
        behind=(Behind("meals", title, days, read=overview.meal_days, sums="meals"),),
    )


def _flow(viewer: Viewer, period: Period) -> Drawn:
    days = window(period, CASE_DAYS)
    frame = load(overview.received_and_finished, viewer, days)
    received, finished = int(frame["received"].sum()), int(frame["finished"].sum())
    counts = {"received": words.number(received), "finished": words.number(finished)}
    return Drawn(
        key="flow",
        title=t("overview.flow_title"),
        note=_over(days, t("metrics.unit.cases")),
        some=received + finished > 0,
        draw=lambda: chart(
            flow_chart, frame, step_of(days), key="flow-chart", alt=t("overview.flow_alt", **_ends(days), **counts)
        ),
        behind=tuple(Behind(key, t(f"overview.{key}"), days, metric=key) for key in ("received", "finished")),
    )


def _open(viewer: Viewer) -> Drawn:
    today = clock.today()
    frame = load(overview.open_by_status, viewer, today)
    total = int(frame["cases"].sum())
    alt = t("overview.open_alt", parts=_parts((word(CaseStatus(s)), n) for s, n, _ in frame.iter_rows() if n))
    return Drawn(
        key="open",
        title=t("overview.open_title"),
        note=t("overview.open_note", count=words.number(total)),
        some=total > 0,
        draw=lambda: chart(open_chart, frame, key="open-chart", alt=alt),
        behind=(Behind("open", t("metrics.open.name"), Period(today, today), metric="open"),),
    )


def _stalls(viewer: Viewer, period: Period) -> Drawn:
    frame = load(overview.customers, viewer, period)
    shown = _named(frame)
    customers, before_then = shown["customers"], shown["before"]
    alt = t("overview.stalls_alt", parts=_parts(zip(shown["stall"], customers, strict=True)))
    when, known = span_words(period), before_then.null_count() == 0
    before = t(f"overview.when_before.{period.span.value}") if known else ""
    return Drawn(
        key="stalls",
        title=t("overview.stalls_title"),
        note=t("overview.stalls_note", when=when, before=before) if before else when,
        some=int(customers.sum()) + int(before_then.sum()) > 0,
        draw=lambda: chart(stalls_chart, shown, frame.height, key="stalls-chart", alt=alt),
        behind=(Behind("customers", t("metrics.stall_customers.name"), period, metric="stall_customers"),),
    )


@worked
def _named(frame: pl.DataFrame) -> pl.DataFrame:
    """The stalls under the names a reader knows."""
    names = [stall_name(number, Trade(trade)) for number, trade in zip(frame["stall"], frame["trade"], strict=True)]
    return frame.select(pl.Series("stall", names, pl.String), "customers", "before")


def _over(days: Period, unit: str) -> str:
    return t(f"overview.over_{step_of(days)}s", unit=unit, **_ends(days))


def _ends(days: Period) -> dict[str, str]:
    return {"since": short_day(days.since), "until": short_day(days.until)}


def short_day(day: date) -> str:
    """11-24, with the year when it is not this one's."""
    return f"{day:%m-%d}" if day.year == clock.today().year else f"{day:%Y-%m-%d}"


def _parts(counted: Iterable[tuple[str, int]]) -> str:
    return t("news.list").join(t("overview.part", name=name, count=words.number(n)) for name, n in counted)
