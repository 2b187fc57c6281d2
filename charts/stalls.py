"""The chart of the stalls' customers: this period's, with the period before as a tick."""

import json

import altair as alt

from charts.theme import INK, kept
from texts import t

ROW = 34


@kept
def customers(dark: bool, stalls: int) -> alt.LayerChart:
    """Bars over stall, customers, before, in the order of the frame; `stalls` is how many rows there are."""
    ink = INK[dark]
    base = alt.Chart(height=ROW * stalls).encode(
        y=alt.Y("stall", type="nominal", sort=None, axis=alt.Axis(labelLimit=170))
    )
    scale = alt.Scale(domainMin=0)
    now = alt.X("customers", type="quantitative", axis=None, scale=scale)
    bars = base.mark_bar(height={"band": 0.5}).encode(x=now, tooltip=_numbers())
    tick = base.mark_tick(color=ink["target"], thickness=2.5, height={"band": 0.74})
    ticks = tick.encode(x=alt.X("before", type="quantitative", axis=None, scale=scale))
    words = base.transform_calculate(said=_said(), end="max(datum.customers, datum.before)")
    text = words.mark_text(align="left", dx=7, color=ink["ink"])
    said = text.encode(x=alt.X("end", type="quantitative", axis=None), text=alt.Text("said", type="nominal"))
    layers: alt.LayerChart = bars + ticks + said
    return layers


def _numbers() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("stall", type="nominal", title=t("overview.stall")),
        alt.Tooltip("customers", type="quantitative", format=",d", title=t("overview.now")),
        alt.Tooltip("before", type="quantitative", format=",d", title=t("overview.before")),
    ]


def _said() -> str:
    return f"replace({json.dumps(t('overview.customers'))}, '[n]', format(datum.customers, ',d'))"
