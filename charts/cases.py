"""Charts of cases: received and finished over time, the open ones by the step they are at."""

import json

import altair as alt

from charts.days import along, when
from charts.theme import INK, kept
from texts import t
from vocabulary.enums import OPEN_STATUSES
from vocabulary.refusals import word

HEIGHT = 200
ROW = 27
LINES = ("received", "finished")
DASH = ([1, 0], [5, 3])


@kept
def received_and_finished(dark: bool, step: str) -> alt.LayerChart:
    """Two lines over on, received, finished; they differ in dash as well as in colour."""
    ink = INK[dark]
    names = [t(f"overview.{line}") for line in LINES]
    hues = [ink["accent"], ink["alarm"]]
    base = alt.Chart(height=HEIGHT).transform_fold(list(LINES), as_=["line", "cases"])
    said = f"datum.label == '{LINES[0]}' ? {json.dumps(names[0])} : {json.dumps(names[1])}"
    drawn = base.mark_line(interpolate="monotone").encode(
        x=along(step),
        y=alt.Y("cases", type="quantitative", axis=alt.Axis(format=",d", tickMinStep=1)),
        color=alt.Color(
            "line",
            type="nominal",
            scale=alt.Scale(domain=list(LINES), range=hues),
            legend=alt.Legend(labelExpr=said, symbolType="stroke"),
        ),
        strokeDash=alt.StrokeDash("line", type="nominal", scale=alt.Scale(domain=list(LINES), range=DASH), legend=None),
    )
    layers: alt.LayerChart = drawn + _pointer(step, names)
    return layers


def _pointer(step: str, names: list[str]) -> alt.Chart:
    """A wide invisible rule at each step: pointing anywhere near says both numbers."""
    numbers = [
        alt.Tooltip(line, type="quantitative", format=",d", title=name) for line, name in zip(LINES, names, strict=True)
    ]
    rule = alt.Chart(height=HEIGHT).mark_rule(strokeWidth=14, opacity=0, strokeDash=[1, 0])
    pointed: alt.Chart = rule.encode(x=along(step), tooltip=[when(step), *numbers])
    return pointed


@kept
def open_by_status(dark: bool) -> alt.LayerChart:
    """Bars over status, cases, days: how many stand at each step and how long the oldest has waited."""
    order = [status.value for status in OPEN_STATUSES]
    said = f"{json.dumps({status.value: word(status) for status in OPEN_STATUSES})}[datum.value]"
    y = alt.Y("status", type="nominal", scale=alt.Scale(domain=order), axis=alt.Axis(labelExpr=said))
    x = alt.X("cases", type="quantitative", axis=None, scale=alt.Scale(domainMin=0))
    base = alt.Chart(height=ROW * len(order)).encode(y=y)
    bars = base.mark_bar(height={"band": 0.62}).encode(x=x)
    words = base.transform_calculate(said=_counted()).mark_text(align="left", dx=6, color=INK[dark]["ink"])
    layers: alt.LayerChart = bars + words.encode(x=x, text=alt.Text("said", type="nominal"))
    return layers


def _counted() -> str:
    few, many = json.dumps(t("overview.at_step")), json.dumps(t("overview.at_step_oldest"))
    with_days = f"replace(replace({many}, '[n]', format(datum.cases, ',d')), '[days]', format(datum.days, ',d'))"
    return f"datum.days > 0 ? {with_days} : replace({few}, '[n]', format(datum.cases, ',d'))"
