"""The chart of activities by place: who came, with who was planned for as a tick."""

import json

import altair as alt

from charts.theme import INK, beside, kept
from texts import t

ROW = 46
WORDS = 190


@kept
def by_place(dark: bool) -> alt.LayerChart:
    """Bars over where, held, planned, actual, in the order of the frame; the words stand at the right."""
    ink = INK[dark]
    base = alt.Chart(height=alt.Step(ROW)).encode(
        y=alt.Y("where", type="nominal", title=None, sort=None, axis=alt.Axis(labelLimit=150, grid=False))
    )
    scale = beside(WORDS)
    came = alt.X("actual", type="quantitative", axis=None, scale=scale)
    bars = base.mark_bar(height={"band": 0.5}, color=ink["accent"]).encode(x=came, tooltip=_numbers())
    tick = base.mark_tick(color=ink["target"], thickness=2.5, height={"band": 0.74})
    ticks = tick.encode(x=alt.X("planned", type="quantitative", axis=None, scale=scale))
    words = base.transform_calculate(said=_said()).mark_text(align="right", color=ink["ink"])
    said = words.encode(x=alt.value("width"), text=alt.Text("said", type="nominal"))
    layers: alt.LayerChart = bars + ticks + said
    return layers


def _numbers() -> list[alt.Tooltip]:
    numbers = [
        alt.Tooltip(name, type="quantitative", format=",d", title=t(f"activities.{name}"))
        for name in ("held", "planned", "actual")
    ]
    return [alt.Tooltip("where", type="nominal", title=t("activities.where")), *numbers]


def _said() -> str:
    said = json.dumps(t("activities.place_said"), ensure_ascii=False)
    for name in ("held", "planned", "actual"):
        said = f"replace({said}, '[{name}]', format(datum.{name}, ',d'))"
    return said
