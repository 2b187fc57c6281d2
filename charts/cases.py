"""Charts of cases: received and finished over time, the open ones by the step they are at."""

import json

import altair as alt

from charts.days import along, when
from charts.theme import INK, beside, kept
from texts import t
from vocabulary.enums import OPEN_STATUSES
from vocabulary.refusals import word

HEIGHT = 210
ROW = 30
WORDS = 128
SERIES = ("received", "finished")


@kept
def received_and_finished(dark: bool, step: str) -> alt.LayerChart | alt.FacetChart:
    """Bars of received, a line of finished, over on: they differ in shape as well as in colour."""
    base = alt.Chart(height=HEIGHT).transform_fold(list(SERIES), as_=["series", "cases"])
    bars = base.transform_filter(f"datum.series == '{SERIES[0]}'").mark_bar(width={"band": 0.66})
    line = base.transform_filter(f"datum.series == '{SERIES[1]}'").mark_line(point={"size": 28}, strokeWidth=2)
    return alt.layer(_drawn(bars, dark, step), _drawn(line, dark, step, centred=True))


def _drawn(mark: alt.Chart, dark: bool, step: str, *, centred: bool = False) -> alt.Chart:
    names = [t(f"overview.{each}") for each in SERIES]
    said = f"datum.label == '{SERIES[0]}' ? {json.dumps(names[0])} : {json.dumps(names[1])}"
    hues = alt.Scale(domain=list(SERIES), range=[INK[dark]["ghost"], INK[dark]["accent"]])
    numbers = [
        alt.Tooltip(each, type="quantitative", format=",d", title=name)
        for each, name in zip(SERIES, names, strict=True)
    ]
    drawn: alt.Chart = mark.encode(
        x=along(step).bandPosition(0.5) if centred else along(step),
        y=alt.Y("cases", type="quantitative", title=None, axis=alt.Axis(format=",d", tickMinStep=1)),
        color=alt.Color("series", type="nominal", scale=hues, legend=alt.Legend(labelExpr=said)),
        tooltip=[when(step), *numbers],
    )
    return drawn


@kept
def open_by_status(dark: bool) -> alt.LayerChart:
    """Bars over status, cases, days: how many stand at each step and how long the oldest has waited."""
    order = [status.value for status in OPEN_STATUSES]
    said = f"{json.dumps({status.value: word(status) for status in OPEN_STATUSES})}[datum.value]"
    axis = alt.Axis(labelExpr=said, grid=False)
    y = alt.Y("status", type="nominal", title=None, scale=alt.Scale(domain=order), axis=axis)
    x = alt.X("cases", type="quantitative", axis=None, scale=beside(WORDS))
    base = alt.Chart(height=ROW * len(order)).encode(y=y)
    bars = base.mark_bar(height={"band": 0.62}).encode(x=x)
    words = base.transform_calculate(said=_counted()).mark_text(align="right", color=INK[dark]["ink"])
    layers: alt.LayerChart = bars + words.encode(x=alt.value("width"), text=alt.Text("said", type="nominal"))
    return layers


def _counted() -> str:
    few, many = json.dumps(t("overview.at_step")), json.dumps(t("overview.at_step_oldest"))
    with_days = f"replace(replace({many}, '[n]', format(datum.cases, ',d')), '[days]', format(datum.days, ',d'))"
    return f"datum.days > 0 ? {with_days} : replace({few}, '[n]', format(datum.cases, ',d'))"
