"""Charts of the peace post: disputes by type and outcome, disputes by month, opinions by theme and decision."""

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum

import altair as alt

from charts.days import along, when
from charts.theme import INK, SEQUENCE, beside, kept
from texts import t
from vocabulary.peace_post import Decision, DisputeOutcome, DisputeType, Theme
from vocabulary.refusals import word

ROW = 30
ROOM = 40
HEIGHT = 320
LINES = ("opened", "settled")
DASH = ([1, 0], [5, 3])
OPEN, WAITING = "open", "waiting"


@kept
def outcomes_by_type(dark: bool) -> alt.LayerChart:
    """Bars over dispute_type, dispute_outcome, disputes: how many of each type, parted by how they ended."""
    ink, greens = INK[dark], SEQUENCE[dark]
    hues = {
        DisputeOutcome.AGREEMENT.value: ink["accent"],
        DisputeOutcome.ORAL.value: greens[2] if not dark else greens[3],
        DisputeOutcome.FAILED.value: ink["alarm"],
        DisputeOutcome.TRANSFERRED.value: ink["target"],
        OPEN: ink["ghost"],
    }
    names = _words(DisputeOutcome) | {OPEN: t("peace_post.still_open")}
    return _parted(dark, ("dispute_type", _words(DisputeType)), ("dispute_outcome", names), hues, "disputes")


@kept
def decisions_by_theme(dark: bool) -> alt.LayerChart:
    """Bars over theme, decision, opinions: how many on each theme, parted by what became of them."""
    ink, greens = INK[dark], SEQUENCE[dark]
    hues = {
        Decision.ADOPTED.value: ink["accent"],
        Decision.PARTLY.value: greens[2] if not dark else greens[3],
        Decision.REJECTED.value: ink["alarm"],
        Decision.STUDYING.value: ink["target"],
        WAITING: ink["ghost"],
    }
    names = _words(Decision) | {WAITING: t("peace_post.undecided")}
    return _parted(dark, ("theme", _words(Theme)), ("decision", names), hues, "opinions")


@kept
def by_month(dark: bool) -> alt.LayerChart:
    """Two lines over on, opened, settled; they differ in dash as well as in colour."""
    ink = INK[dark]
    names = [t(f"peace_post.{line}") for line in LINES]
    base = alt.Chart(height=HEIGHT).transform_fold(list(LINES), as_=["line", "disputes"])
    said = f"datum.label == '{LINES[0]}' ? {json.dumps(names[0])} : {json.dumps(names[1])}"
    drawn = base.mark_line(interpolate="monotone", point=True).encode(
        x=along("month"),
        y=alt.Y("disputes", type="quantitative", title=None, axis=alt.Axis(format=",d", tickMinStep=1)),
        color=alt.Color(
            "line",
            type="nominal",
            scale=alt.Scale(domain=list(LINES), range=[ink["target"], ink["accent"]]),
            legend=alt.Legend(labelExpr=said, symbolType="stroke"),
        ),
        strokeDash=alt.StrokeDash("line", type="nominal", scale=alt.Scale(domain=list(LINES), range=DASH), legend=None),
    )
    numbers = [
        alt.Tooltip(line, type="quantitative", format=",d", title=name) for line, name in zip(LINES, names, strict=True)
    ]
    rule = alt.Chart(height=HEIGHT).mark_rule(strokeWidth=24, opacity=0, strokeDash=[1, 0])
    layers: alt.LayerChart = drawn + rule.encode(x=along("month"), tooltip=[when("month"), *numbers])
    return layers


Named = tuple[str, Mapping[str, str]]


def _parted(dark: bool, rows: Named, parts: Named, hues: Mapping[str, str], count: str) -> alt.LayerChart:
    """Horizontal bars, a row for each word of `rows`, parted by `parts`, with the row's sum at the end."""
    (row, row_words), (part, part_words) = rows, parts
    y = alt.Y(
        row,
        type="nominal",
        scale=alt.Scale(domain=list(row_words)),
        title=None,
        axis=alt.Axis(labelExpr=f"{json.dumps(dict(row_words))}[datum.value]", labelLimit=170, grid=False),
    )
    order = list(part_words)
    base = alt.Chart(height=ROW * len(row_words)).encode(y=y)
    bars = base.transform_calculate(
        rank=f"indexof({json.dumps(order)}, datum.{part})",
        row_word=f"{json.dumps(dict(row_words))}[datum.{row}]",
        part_word=f"{json.dumps(dict(part_words))}[datum.{part}]",
    ).mark_bar(height={"band": 0.62}, cornerRadiusEnd=0)
    coloured = bars.encode(
        x=alt.X(count, type="quantitative", stack="zero", axis=None, scale=beside(ROOM)),
        order=alt.Order("rank", type="quantitative"),
        color=alt.Color(
            part,
            type="nominal",
            scale=alt.Scale(domain=order, range=[hues[name] for name in order]),
            legend=alt.Legend(labelExpr=f"{json.dumps(dict(part_words))}[datum.value]", columns=3),
        ),
        tooltip=_told(count),
    )
    sums = base.transform_aggregate(total=f"sum({count})", groupby=[row])
    text = sums.mark_text(align="left", dx=6, color=INK[dark]["ink"]).encode(
        x=alt.X("total", type="quantitative", axis=None),
        text=alt.Text("total", type="quantitative", format=",d"),
    )
    layers: alt.LayerChart = coloured + text
    return layers


def _told(count: str) -> Sequence[alt.Tooltip]:
    return [
        alt.Tooltip("row_word", type="nominal", title=t(f"peace_post.{count}_by")),
        alt.Tooltip("part_word", type="nominal", title=t(f"peace_post.{count}_part")),
        alt.Tooltip(count, type="quantitative", format=",d", title=t(f"peace_post.{count}_count")),
    ]


def _words(kind: type[StrEnum]) -> dict[str, str]:
    return {member.value: word(member) for member in kind}
