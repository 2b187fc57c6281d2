"""Charts of the canteen: coverage as bars with their n/N, the curve of a day, meals over time with days off."""

import json

import altair as alt

from charts.days import along, when
from charts.theme import INK, kept
from texts import t

BAR = 24
WORDS = 150
SHARE = 78
"""Pixels at the right of the bars for the rate and n/N, and of these for n/N alone."""
HEIGHT = 216
GROUPS = ("elderly", "others")
HOURS = [hour * 60 for hour in (6, 9, 12, 15, 18, 21)]


@kept
def coverage(dark: bool, rows: int, height: int = BAR) -> alt.LayerChart:
    """Bars over name, rate, mean, lagging, share (words), of (n/N in words), in the order of the frame."""
    ink = INK[dark]
    base = alt.Chart(height=height * rows).encode(
        y=alt.Y("name", type="nominal", sort=None, axis=alt.Axis(title=None, labelLimit=120, grid=False))
    )
    scale = alt.Scale(domainMin=0, range=[0, alt.ExprRef(f"max(width - {WORDS}, 40)")], nice=False)
    bars = base.mark_bar(height={"band": 0.56}).encode(
        x=alt.X("rate", type="quantitative", axis=None, scale=scale),
        color=alt.condition("datum.lagging", alt.value(ink["alarm"]), alt.value(ink["accent"])),
        tooltip=_reach_in_words(),
    )
    rule = alt.Chart().mark_rule().encode(x=alt.X("mean", type="quantitative", aggregate="max", axis=None, scale=scale))
    words = base.mark_text(align="right", color=ink["ink"])
    share = words.encode(x=alt.value(alt.ExprRef(f"width - {SHARE}")), text=alt.Text("share", type="nominal"))
    of = words.encode(x=alt.value(alt.ExprRef("width")), text=alt.Text("of", type="nominal"))
    layers: alt.LayerChart = bars + rule + share + of
    return layers


def _reach_in_words() -> list[alt.Tooltip]:
    return [
        alt.Tooltip(field, type="nominal", title=t(f"meals.page.{title}"))
        for field, title in (("name", "who"), ("share", "coverage"), ("of", "of_residents"))
    ]


@kept
def curve(dark: bool, height: int) -> alt.LayerChart:
    """Two areas, one upon the other, and a dashed line over quarter (minute of the day), at, elderly, others, usual."""
    ink = INK[dark]
    names = [t(f"meals.page.{group}") for group in GROUPS]
    x = alt.X(
        "quarter",
        type="quantitative",
        scale=alt.Scale(zero=False, nice=False),
        axis=alt.Axis(values=HOURS, labelExpr="floor(datum.value / 60) + ':00'", labelFlush=True),
    )
    base = alt.Chart(height=height)
    areas = (
        base.transform_filter("isValid(datum.elderly)")
        .transform_fold(list(GROUPS), as_=["group", "meals"])
        .mark_area()
        .encode(
            x=x,
            y=alt.Y("meals", type="quantitative", stack="zero", axis=alt.Axis(title=None, format=",d", tickMinStep=1)),
            order=alt.Order("group", type="nominal", sort="ascending"),
            color=_groups(ink, names),
        )
    )
    line = base.mark_line(color=ink["target"], strokeDash=[4, 3], strokeWidth=1.5).encode(
        x=x, y=alt.Y("usual", type="quantitative", title=None)
    )
    layers: alt.LayerChart = (
        areas + line + base.mark_rule(strokeWidth=9, opacity=0).encode(x=x, tooltip=_quarter(names))
    )
    return layers


def _quarter(names: list[str]) -> list[alt.Tooltip]:
    numbers = [
        alt.Tooltip(group, type="quantitative", format=",d", title=name)
        for group, name in zip(GROUPS, names, strict=True)
    ]
    usual = alt.Tooltip("usual", type="quantitative", format=",.1f", title=t("meals.page.usual"))
    return [alt.Tooltip("at", type="nominal", title=t("meals.page.quarter")), *numbers, usual]


@kept
def by_day(dark: bool, step: str) -> alt.LayerChart:
    """Stacked bars over on, elderly, others; `off` days stand on a tint, the first of a `festival` says its name."""
    ink = INK[dark]
    names = [t(f"meals.page.{group}") for group in GROUPS]
    base = alt.Chart(height=HEIGHT)
    tint = base.transform_filter("datum.off").mark_rect(color=ink["line"], opacity=0.75).encode(x=along(step))
    numbers = [
        alt.Tooltip(group, type="quantitative", format=",d", title=name)
        for group, name in zip(GROUPS, names, strict=True)
    ]
    bars = (
        base.transform_fold(list(GROUPS), as_=["group", "meals"])
        .mark_bar(width={"band": 0.66})
        .encode(
            x=along(step),
            y=alt.Y("meals", type="quantitative", stack="zero", axis=alt.Axis(title=None, format=",d", tickMinStep=1)),
            order=alt.Order("group", type="nominal", sort="ascending"),
            color=_groups(ink, names),
            tooltip=[when(step), *numbers],
        )
    )
    said = (
        base.transform_filter("isValid(datum.festival)")
        .mark_text(align="left", baseline="top", dx=-5, color=ink["soft"])
        .encode(x=along(step), y=alt.value(0), text=alt.Text("festival", type="nominal"))
    )
    layers: alt.LayerChart = alt.LayerChart(layer=[tint, bars, said] if step == "day" else [bars])
    return layers


def _groups(ink: dict[str, str], names: list[str]) -> alt.Color:
    said = f"datum.label == '{GROUPS[0]}' ? {json.dumps(names[0])} : {json.dumps(names[1])}"
    return alt.Color(
        "group",
        type="nominal",
        scale=alt.Scale(domain=list(GROUPS), range=[ink["accent"], ink["ghost"]]),
        legend=alt.Legend(labelExpr=said),
    )
