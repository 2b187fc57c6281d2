"""The chart of the stalls' customers: this period's, with the period before as a tick."""

import json

import altair as alt

from charts.theme import INK, beside, kept
from texts import t

ROW = 42
WORDS = 136


@kept
def customers(dark: bool, stalls: int) -> alt.LayerChart:
    """Bars over stall, customers, before, in the order of the frame; `stalls` is how many rows there are.

    Where `before` is null there is no tick and no word of it.
    """
    ink = INK[dark]
    base = alt.Chart(height=ROW * stalls).encode(
        y=alt.Y("stall", type="nominal", title=None, sort=None, axis=alt.Axis(labelLimit=170, grid=False))
    )
    scale = beside(WORDS)
    now = alt.X("customers", type="quantitative", axis=None, scale=scale)
    bars = base.mark_bar(height={"band": 0.5}).encode(x=now, tooltip=_numbers())
    tick = base.mark_tick(color=ink["target"], thickness=2.5, height={"band": 0.74})
    ticks = tick.encode(x=alt.X("before", type="quantitative", axis=None, scale=scale))
    words = base.transform_calculate(said=_said()).mark_text(align="right", color=ink["ink"])
    said = words.encode(x=alt.value("width"), text=alt.Text("said", type="nominal"))
    layers: alt.LayerChart = bars + ticks + said
    return layers


def _numbers() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("stall", type="nominal", title=t("overview.stall")),
        alt.Tooltip("customers", type="quantitative", format=",d", title=t("overview.now")),
        alt.Tooltip("before", type="quantitative", format=",d", title=t("overview.before")),
    ]


def _said() -> str:
    both, alone = json.dumps(t("overview.customers")), json.dumps(t("overview.customers_alone"))
    chosen = f"isValid(datum.before) ? {both} : {alone}"
    return f"replace(replace({chosen}, '[n]', format(datum.customers, ',d')), '[before]', format(datum.before, ',d'))"
