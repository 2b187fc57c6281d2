"""Charts of deliberation and renewal: the five steps, square metres by mode, planned against actual days."""

import json
from typing import Any

import altair as alt

from charts.theme import INK, beside, kept
from texts import t
from vocabulary.refusals import word
from vocabulary.renewal import Mode, Step

ROW = 34
WORDS = 150
GANTT_ROW = 30
PLAN, ACTUAL, OVER = "plan", "actual", "over"
BARS = (PLAN, ACTUAL, OVER)
REACHED, AHEAD, TODAY = "reached", "ahead", "today"


@kept
def funnel(dark: bool) -> alt.LayerChart:
    """Of those that stood at a step (ghost) those that passed it (green), over step, stood, passed, rate."""
    ink = INK[dark]
    base = _over_steps()
    stood = base.mark_bar(color=ink["ghost"], opacity=0.45, height={"band": 0.72})
    passed = base.mark_bar(color=ink["accent"], height={"band": 0.42})
    scale = beside(WORDS)
    said = (
        "replace(replace(replace({}, '[n]', datum.passed), '[of]', datum.stood), '[rate]', format(datum.rate, '.0%'))"
    )
    none = json.dumps(t("renewal.none_stood"))
    told = f"datum.stood > 0 ? {said.format(json.dumps(t('renewal.passed_of')))} : {none}"
    layers: alt.LayerChart = (
        stood.encode(x=alt.X("stood", type="quantitative", axis=None, scale=scale))
        + passed.encode(x=alt.X("passed", type="quantitative", axis=None, scale=scale))
        + _said(base, told, ink["ink"])
    )
    return layers


@kept
def step_days(dark: bool) -> alt.LayerChart:
    """Median days of each step, over step, days, passed."""
    base = _over_steps()
    told = "replace(replace({}, '[days]', format(datum.days, '.1~f')), '[n]', datum.passed)"
    none = json.dumps(t("renewal.none_passed"))
    said = f"datum.passed > 0 ? {told.format(json.dumps(t('renewal.days_of')))} : {none}"
    bars = base.mark_bar(height={"band": 0.5}).encode(
        x=alt.X("days", type="quantitative", axis=None, scale=beside(WORDS))
    )
    layers: alt.LayerChart = bars + _said(base, said, INK[dark]["ink"])
    return layers


@kept
def area_by_mode(dark: bool) -> alt.LayerChart:
    """Square metres planned (ghost) and done (green) of each mode, over mode, area_m2, done_m2, rate, projects."""
    ink = INK[dark]
    order = [mode.value for mode in Mode]
    axis = alt.Axis(labelExpr=_named({mode.value: word(mode) for mode in Mode}), grid=False)
    y = alt.Y("mode", type="nominal", title=None, scale=alt.Scale(domain=order), axis=axis)
    base = alt.Chart(height=(ROW + 8) * len(order)).encode(y=y)
    scale = beside(WORDS + 60)
    planned = base.mark_bar(color=ink["ghost"], opacity=0.45, height={"band": 0.72})
    done = base.mark_bar(color=ink["accent"], height={"band": 0.42})
    said = json.dumps(t("renewal.done_of"))
    for name, number in (("[done]", "done_m2"), ("[of]", "area_m2")):
        said = f"replace({said}, '{name}', format(datum.{number}, ',.0f'))"
    said = f"replace({said}, '[rate]', format(datum.rate, '.0%'))"
    told = f"datum.projects > 0 ? {said} : {json.dumps(t('renewal.no_project_of_mode'))}"
    layers: alt.LayerChart = (
        planned.encode(x=alt.X("area_m2", type="quantitative", axis=None, scale=scale))
        + done.encode(x=alt.X("done_m2", type="quantitative", axis=None, scale=scale))
        + _said(base, told, ink["ink"])
    )
    return layers


@kept
def gantt(dark: bool, projects: int) -> alt.LayerChart | alt.FacetChart:
    """Planned days (ghost), actual days (green, brick past the plan), milestones and today, in the frame's order.

    Over kind, project, since, until, said; `projects` is how many there are.
    """
    ink = INK[dark]
    base = alt.Chart(height=GANTT_ROW * projects)
    rows = alt.Y("project", type="nominal", title=None, sort=None, axis=alt.Axis(labelLimit=210, grid=False))
    hues = alt.Scale(domain=list(BARS), range=[ink["ghost"], ink["accent"], ink["alarm"]])
    legend = alt.Legend(labelExpr=_named({kind: t(f"renewal.gantt.{kind}") for kind in BARS}))
    layers = [
        _only(base, kind)
        .mark_bar(height={"band": band}, opacity=shade)
        .encode(
            x=_day("since"),
            x2=alt.X2("until"),
            y=rows,
            color=alt.Color("kind", type="nominal", scale=hues, legend=legend),
            tooltip=alt.Tooltip("said", type="nominal"),
        )
        for kind, band, shade in ((PLAN, 0.8, 0.45), (ACTUAL, 0.36, 1), (OVER, 0.36, 1))
    ]
    points = [
        _only(base, kind)
        .mark_point(shape="diamond", size=70, filled=filled, color=ink["target"], strokeWidth=1.5, opacity=1)
        .encode(x=_day("since"), y=rows, tooltip=alt.Tooltip("said", type="nominal"))
        for kind, filled in ((REACHED, True), (AHEAD, False))
    ]
    today = _only(base, TODAY).mark_rule().encode(x=_day("since"), tooltip=alt.Tooltip("said", type="nominal"))
    return alt.layer(*layers, today, *points)


def _only(base: alt.Chart, kind: str) -> alt.Chart:
    filtered: alt.Chart = base.transform_filter(f"datum.kind == '{kind}'")
    return filtered


def _day(field: str) -> alt.X:
    # utc: a day is sent as its midnight in UTC, and must stay that day in the browser's zone.
    axis = alt.Axis(format="%Y-%m", orient="top", tickCount=8, grid=True)
    return alt.X(field, type="temporal", scale=alt.Scale(type="utc"), axis=axis)


def _over_steps() -> alt.Chart:
    order = [int(step) for step in Step]
    axis = alt.Axis(labelExpr=_named({str(int(step)): word(step) for step in Step}), grid=False)
    y = alt.Y("step", type="nominal", title=None, scale=alt.Scale(domain=order), axis=axis)
    chart: alt.Chart = alt.Chart(height=ROW * len(order)).encode(y=y)
    return chart


def _named(words: dict[str, str]) -> str:
    return f"{json.dumps(words)}[datum.value]"


def _said(base: Any, told: str, colour: str) -> alt.Chart:
    words = base.transform_calculate(said=told).mark_text(align="right", color=colour)
    chart: alt.Chart = words.encode(x=alt.value("width"), text=alt.Text("said", type="nominal"))
    return chart
