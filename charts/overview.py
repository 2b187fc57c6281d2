"""The overview's chart of meals: those of 60+ beneath, all others above."""

import json

import altair as alt

from charts.days import along, when
from charts.theme import INK, kept
from texts import t

HEIGHT = 210
GROUPS = ("elderly", "others")


@kept
def meals_over_time(dark: bool, step: str) -> alt.Chart:
    """Stacked bars over on, elderly, others."""
    ink = INK[dark]
    names = [t(f"overview.{group}") for group in GROUPS]
    said = f"datum.label == '{GROUPS[0]}' ? {json.dumps(names[0])} : {json.dumps(names[1])}"
    base = alt.Chart(height=HEIGHT).transform_fold(list(GROUPS), as_=["group", "meals"])
    bars: alt.Chart = base.mark_bar(width={"band": 0.66}).encode(
        x=along(step),
        y=alt.Y("meals", type="quantitative", title=None, stack="zero", axis=alt.Axis(format=",d")),
        order=alt.Order("group", type="nominal", sort="ascending"),
        color=alt.Color(
            "group",
            type="nominal",
            scale=alt.Scale(domain=list(GROUPS), range=[ink["accent"], ink["ghost"]]),
            legend=alt.Legend(labelExpr=said),
        ),
        tooltip=[when(step), *_numbers(names)],
    )
    return bars


def _numbers(names: list[str]) -> list[alt.Tooltip]:
    return [
        alt.Tooltip(group, type="quantitative", format=",d", title=name)
        for group, name in zip(GROUPS, names, strict=True)
    ]
