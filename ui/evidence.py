"""Figure cards and the rows behind them: one click opens exactly the rows that make the number."""

from functools import lru_cache
from html import escape
from typing import Literal

import streamlit as st

import access
import clock
from data_access.evidence import SUBJECTS
from jobs.figures import Card, card_of, rows_of
from metrics.catalogue import METRICS
from metrics.figure import Better, Kind, Metric
from texts import known, language, t
from ui import live, words
from ui.evidence_rows import adds_up, rows_table
from ui.loading import load
from ui.parts import panel
from vocabulary.enums import Role
from vocabulary.questions import Filters, Period, Span, Viewer

FEW = 20
SMALL = 5
STALE_DAYS = 2
ACROSS = 5
WIDTHS = dict.fromkeys(range(5), 232) | {5: 200}  # the least pixels of a card: five fit a laptop
Colour = Literal["gray", "green", "red", "orange"]
Arrow = Literal["up", "down", "off"]


def cards(viewer: Viewer, keys: tuple[str, ...], period: Period, filters: Filters, page: str) -> dict[str, Card]:
    """The cards of these metrics and, beneath, the rows of the one that is opened; gives the cards' figures."""
    shown = {key: load(card_of(key), viewer, period, filters) for key in keys}
    across = len(keys) if len(keys) <= ACROSS else ACROSS - 1
    with st.grid(across, min_column_width=WIDTHS[across], gap="small"):
        for key, card in shown.items():
            _card(viewer, METRICS[key], card, period, page)
    opened = st.session_state.get(f"rows {page}")
    if opened in keys and may_open(viewer, METRICS[opened]):
        _rows_panel(viewer, METRICS[opened], period, filters, page)
    return shown


def may_open(viewer: Viewer, metric: Metric) -> bool:
    """May this viewer read the rows behind the metric?"""
    return access.allows(viewer, SUBJECTS[metric.rows.subject].permission)


def hidden_small(viewer: Viewer, metric: Metric, card: Card) -> bool:
    """Is this a count of 1 to 4 people before a presenter?"""
    counts = (card.figure.numerator, card.figure.denominator) if metric.kind is Kind.RATE else (card.figure.value,)
    people = metric.of_people or metric.unit.value == "people"
    return people and viewer.role is Role.PRESENTER and any(n is not None and 0 < n < SMALL for n in counts)


def too_few(metric: Metric, card: Card) -> bool:
    """Is this a rate of people over fewer than twenty?"""
    return metric.of_people and card.figure.denominator is not None and 0 < card.figure.denominator < FEW


def _card(viewer: Viewer, metric: Metric, card: Card, period: Period, page: str) -> None:
    with st.container(border=True, key=f"card-{metric.key}", height="stretch", gap="xxsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            st.markdown(f"**{t(f'metrics.{metric.key}.name')}**", width="stretch")
            with st.popover(t("words.definition"), type="tertiary"):
                st.markdown(_definition(metric.key, period, language()))
        hidden = hidden_small(viewer, metric, card)
        few = too_few(metric, card)
        _value(metric, card, period, hidden=hidden, few=few)
        if not hidden:
            st.html(_under(metric, card, few=few) + ("" if few else _year_ago(metric, card, period)))
        st.space("stretch")
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(f":small[:gray[{_fresh(card, period)}]]", width="content")
            if may_open(viewer, metric) and card.figure.value is not None:
                st.button(
                    _rows_label(metric, card),
                    key=f"rows-{page}-{metric.key}",
                    type="tertiary",
                    icon=":material/chevron_right:",
                    icon_position="right",
                    on_click=_open,
                    args=(page, metric.key),
                )


def _rows_label(metric: Metric, card: Card) -> str:
    count = row_count(metric, card)
    return t("words.rows_open") if count is None else t("words.rows_button", count=words.number(count))


@lru_cache(maxsize=512)
def _definition(key: str, period: Period, _spoken: str) -> str:
    return definition(METRICS[key], period)


def definition(metric: Metric, period: Period) -> str:
    """What the figure is in the reader's language: definition, parts, window, exclusions, what it is compared to."""
    base = f"metrics.{metric.key}"
    lines = [t(f"{base}.definition"), ""]
    for part in ("numerator", "denominator", "window", "exclusions"):
        if known(f"{base}.{part}"):
            lines.append(f"- **{t(f'words.definition_{part}')}** {t(f'{base}.{part}')}")
    if period.span is not Span.ALL:
        before = period.before()
        lines.append(f"- {t('words.compared', since=words.day(before.since), until=words.day(before.until))}")
    return "\n".join(lines)


def row_count(metric: Metric, card: Card) -> float | None:
    """How many rows the card's button promises: those of the denominator for a rate, of the numerator for a mean.

    None where the number is a sum over its rows, so that it does not say how many they are.
    """
    figure = card.figure
    behind = metric.of if metric.kind is Kind.RATE and metric.of else metric.rows
    if behind.column and not metric.kind.placed:
        return None
    chosen = {
        Kind.COUNT: figure.value,
        Kind.RATE: figure.denominator,
        Kind.MEAN: figure.numerator,
        Kind.MEDIAN: figure.denominator,
        Kind.P90: figure.denominator,
    }[metric.kind]
    return chosen or 0


def _value(metric: Metric, card: Card, period: Period, *, hidden: bool, few: bool) -> None:
    if hidden or few or card.figure.value is None:
        why = "small_cell" if hidden else "too_few" if few else "none"
        value = f"<{SMALL}" if hidden else words.NONE
        name = t(f"metrics.{metric.key}.name")
        st.metric(name, value, t(f"words.{why}"), delta_color="gray", delta_arrow="off", label_visibility="collapsed")
        return
    said, colour, arrow = change(metric, card, period)
    st.metric(
        t(f"metrics.{metric.key}.name"),
        f"{words.figure_value(metric, card.figure)} :small[:gray[{words.unit(metric)}]]",
        said,
        delta_color=colour,
        delta_arrow=arrow,
        label_visibility="collapsed",
        chart_data=[value for _, value in card.trend] if len(card.trend) >= SMALL else None,
        chart_type="bar" if metric.kind is Kind.COUNT and metric.better is Better.NONE else "line",
    )


def change(metric: Metric, card: Card, period: Period) -> tuple[str | None, Colour, Arrow]:
    """The change in words, its colour and its arrow; a judgement only where better is up or down."""
    if (days := stale_days(card, period)) >= STALE_DAYS:
        return t("words.stale_feed", days=days), "orange", "off"
    now, before = card.figure.value, card.before.value
    if now is None or before is None:
        return None, "gray", "off"
    delta = now - before
    text = _delta(metric, delta, before)
    against = t(f"words.span_before.{period.span.value}")
    if abs(delta) < 1e-9:
        return f"{against} · {t('words.unchanged')}", "gray", "off"
    arrow: Arrow = "up" if delta > 0 else "down"
    day_not_over = period.span is Span.TODAY and metric.kind in (Kind.COUNT, Kind.MEAN)
    if metric.better is Better.NONE or day_not_over:
        return f"{text} {against}", "gray", arrow
    good = (delta > 0) == (metric.better is Better.UP)
    return f"{text} {against} · {t('words.better' if good else 'words.worse')}", "green" if good else "red", arrow


def stale_days(card: Card, period: Period) -> int:
    """For how many days a feed told nothing up to the end of the period or today; 0 for what is no feed."""
    return (min(clock.today(), period.until) - card.latest).days if card.latest else 0


def _delta(metric: Metric, delta: float, before: float) -> str:
    sign = "+" if delta > 0 else "−"
    if metric.kind is Kind.RATE:
        return f"{sign}{abs(delta) * 100:.1f}{t('words.points')}"
    if metric.kind is Kind.MEAN and before:
        return f"{sign}{abs(delta / before) * 100:.1f}%"
    return f"{sign}{words.number(abs(delta), metric.decimals)} {words.short_unit(metric)}".rstrip()


def _under(metric: Metric, card: Card, *, few: bool) -> str:
    left, right, bar = _parts_of(metric, card), "", ""
    value = card.figure.value
    if card.target is not None and value is not None and not few:
        reached = value >= card.target if metric.better is Better.UP else value <= card.target
        top = 1.0 if metric.kind is Kind.RATE else max(value, card.target) * 1.1
        bar = (
            f'<div class="target{"" if reached else " under"}" style="--v:{min(value / top, 1):.1%};'
            f'--t:{min(card.target / top, 1):.1%}"><i></i><b></b></div>'
        )
        goal = words.share(card.target) if metric.kind is Kind.RATE else words.number(card.target, metric.decimals)
        right = t("words.target", goal=goal, state=t("words.reached" if reached else "words.missed"))
    return f'{bar}<p class="note"><span>{escape(left)}</span><span>{escape(right)}</span></p>'


def _year_ago(metric: Metric, card: Card, period: Period) -> str:
    """The figure of the same days a year ago, where there is one and the year is not the period itself."""
    now, then = card.figure.value, card.year_ago.value
    if now is None or then is None or period.span is Span.YEAR:
        return ""
    delta = _delta(metric, now - then, then) if abs(now - then) >= 1e-9 else t("words.unchanged")
    said = t("words.year_ago", value=words.figure_value(metric, card.year_ago), delta=delta)
    return f'<p class="note"><span>{escape(said)}</span></p>'


def _parts_of(metric: Metric, card: Card) -> str:
    figure = card.figure
    if metric.kind is Kind.RATE and figure.denominator:
        numerator = figure.numerator or 0
        weighed = metric.of is not None and metric.of.column is None and not float(numerator).is_integer()
        parts = f"{words.number(numerator, int(weighed))} / {words.number(figure.denominator)}"
        return f"{parts} {t(f'metrics.{metric.key}.of')}"
    if metric.kind is Kind.MEAN and figure.denominator:
        return t(
            f"metrics.{metric.key}.of", n=words.number(figure.numerator or 0), days=words.number(figure.denominator)
        )
    if metric.kind.placed and figure.denominator:
        return t(f"metrics.{metric.key}.of", n=words.number(figure.denominator))
    return ""


def _fresh(card: Card, period: Period) -> str:
    if card.latest and stale_days(card, period) >= 1:
        return f":material/schedule: {t('words.as_of_short', at=f'{card.latest:%m-%d}')}"
    return t("words.as_of_short", at=words.clock_time(live.SEEN.read_at or clock.now()))


def _open(page: str, key: str) -> None:
    opened = st.session_state.get(f"rows {page}")
    st.session_state[f"rows {page}"] = None if opened == key else key


def _rows_panel(viewer: Viewer, metric: Metric, period: Period, filters: Filters, page: str) -> None:
    title = t("words.rows_title", name=t(f"metrics.{metric.key}.name"))
    with panel(title, f"{words.day(period.since)} – {words.day(period.until)}", key=f"rows-{page}"):
        of = metric.of is not None and _denominator_chosen(metric, page)
        rows = metric.of if of and metric.of else metric.rows
        frame = load(rows_of(metric.key, of), viewer, period, filters)
        st.markdown(f":small[{adds_up(metric, frame, rows.column)}]")
        rows_table(frame, f"table-{page}")
        st.button(t("words.close"), key=f"close-{page}", type="tertiary", on_click=_open, args=(page, metric.key))


def _denominator_chosen(metric: Metric, page: str) -> bool:
    parts = {True: t(f"metrics.{metric.key}.denominator"), False: t(f"metrics.{metric.key}.numerator")}
    chosen = st.segmented_control(
        t("words.definition"),
        list(parts),
        default=metric.kind is not Kind.MEAN,
        format_func=lambda part: parts[part],
        key=f"part-{page}-{metric.key}",
        label_visibility="collapsed",
        required=True,
    )
    return bool(chosen)
