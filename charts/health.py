"""Charts of the hospital's months: the rates month by month, and the way from the residents to the controlled."""

import json

import altair as alt

from charts.days import along, when
from charts.theme import CATEGORY, INK, beside, kept
from texts import t
from vocabulary.health import HealthNumber
from vocabulary.refusals import word

HEIGHT, ROW, ROOM = 320, 44, 165
PARTS = ("contracted", "managed", "to_norm", "controlled", "followed_up", "checked_up")
DASHES = ([1, 0], [7, 3], [2, 2], [10, 3, 2, 3], [4, 4], [1, 3])


@kept
def rates(dark: bool, parts: tuple[str, ...]) -> alt.LayerChart:
    """Lines over on, part, rate, n, of: they differ in dash as well as in colour."""
    names = {part: t(f"health.part.{part}") for part in parts}
    said = json.dumps(names, ensure_ascii=False)
    places = [PARTS.index(part) for part in parts]
    hues, dashes = [CATEGORY[dark][place] for place in places], [DASHES[place] for place in places]
    base = alt.Chart(height=HEIGHT).transform_calculate(name=f"{said}[datum.part]").encode(x=along("month"))
    y = alt.Y("rate", type="quantitative", title=None, axis=alt.Axis(format=".0%"), scale=alt.Scale(zero=False))
    lines = base.mark_line(point=True).encode(
        y=y,
        color=alt.Color(
            "part",
            type="nominal",
            scale=alt.Scale(domain=list(parts), range=hues),
            legend=alt.Legend(labelExpr=f"{said}[datum.value]", symbolType="stroke", columns=2),
        ),
        strokeDash=alt.StrokeDash(
            "part", type="nominal", scale=alt.Scale(domain=list(parts), range=dashes), legend=None
        ),
    )
    points = base.mark_point(size=220, opacity=0).encode(
        y=y,
        tooltip=[
            when("month"),
            alt.Tooltip("name", type="nominal", title=t("health.rate")),
            alt.Tooltip("rate", type="quantitative", format=".1%", title=t("health.share")),
            alt.Tooltip("n", type="quantitative", format=",d", title=t("health.n")),
            alt.Tooltip("of", type="quantitative", format=",d", title=t("health.of")),
        ],
    )
    layers: alt.LayerChart = lines + points
    return layers


@kept
def stages(dark: bool) -> alt.LayerChart:
    """Bars over stage, people, said: each stage beneath the one it is a part of, its share at the end."""
    ink = INK[dark]
    names = json.dumps({number.value: word(number) for number in HealthNumber}, ensure_ascii=False)
    axis = alt.Axis(labelExpr=f"{names}[datum.value]", labelLimit=150, grid=False)
    base = alt.Chart(height=alt.Step(ROW)).encode(y=alt.Y("stage", type="nominal", sort=None, title=None, axis=axis))
    length = alt.X("people", type="quantitative", axis=None, scale=beside(ROOM))
    bars = base.transform_calculate(name=f"{names}[datum.stage]").mark_bar(height={"band": 0.6}, color=ink["accent"])
    drawn = bars.encode(
        x=length,
        tooltip=[
            alt.Tooltip("name", type="nominal", title=t("health.stage")),
            alt.Tooltip("people", type="quantitative", format=",d", title=t("health.people")),
        ],
    )
    text = base.mark_text(align="left", dx=6, color=ink["ink"]).encode(x=length, text=alt.Text("said", type="nominal"))
    layers: alt.LayerChart = drawn + text
    return layers
