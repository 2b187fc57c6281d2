"""The chart theme: one Altair configuration for light and one for dark paper; specs are built once and kept."""

from collections.abc import Callable
from functools import cache, wraps
from typing import Any, Protocol

import altair as alt

from texts import Language, language, speaking

Spec = dict[str, Any]

FONT = "Source Sans, PingFang SC, HarmonyOS Sans SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"
CATEGORY = {
    False: ["#337751", "#B5431A", "#2E4263", "#B38A26", "#7D62A0", "#5897BD", "#667375"],
    True: ["#78C6A2", "#D2744A", "#5778C0", "#EBCB57", "#B8A9E0", "#DDEEF8", "#878280"],
}
# ink, soft ink (axis words), hairline, ghost (context series), accent (the series meant), alarm, target
INK = {
    False: {
        "ink": "#1F2629",
        "soft": "#535B5E",
        "line": "#E4DED2",
        "ghost": "#8A9088",
        "accent": "#337751",
        "alarm": "#A8381F",
        "target": "#2E4263",
    },
    True: {
        "ink": "#E8E5DE",
        "soft": "#B4B7B3",
        "line": "#30383A",
        "ghost": "#657072",
        "accent": "#78C6A2",
        "alarm": "#E58469",
        "target": "#A3C9E8",
    },
}
SEQUENCE = {
    False: ["#EEF3EC", "#BCD6C4", "#7BAE90", "#41805F", "#1D5239"],
    True: ["#1B2A23", "#284A39", "#3A7055", "#5C9B7B", "#C3E5D2"],
}


def config(dark: bool, size: int = 13) -> dict[str, Any]:
    """The Vega-Lite config; `size` is the axis text in pixels (13 on a page, 24 on a projector)."""
    c = INK[dark]
    return {
        "background": "transparent",
        "font": FONT,
        "padding": {"left": 0, "right": 4, "top": 4, "bottom": 0},
        "view": {"stroke": None},
        "range": {
            "category": CATEGORY[dark],
            "ordinal": SEQUENCE[dark],
            "heatmap": SEQUENCE[dark],
            "ramp": SEQUENCE[dark],
        },
        **_words(c, size),
        **_marks(c, size),
    }


def _words(c: dict[str, str], size: int) -> dict[str, Any]:
    words = {
        "labelFont": FONT,
        "titleFont": FONT,
        "labelFontSize": size,
        "titleFontSize": size,
        "labelColor": c["soft"],
        "titleColor": c["soft"],
    }
    plain = {"titleFontWeight": 400, "domain": False, "ticks": False, "labelPadding": 6, "gridColor": c["line"]}
    above = {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleY": -8}
    legend = {"orient": "top", "direction": "horizontal", "title": None, "symbolType": "square", "offset": 4}
    title = {"font": FONT, "fontSize": size + 2, "fontWeight": 600, "color": c["ink"], "anchor": "start", "offset": 8}
    return {
        "axis": {**words, **plain, "labelOverlap": True},
        "axisX": {"grid": False, "domain": True, "domainColor": c["ghost"], "title": None},
        "axisY": {"grid": True, "tickCount": 4, **above},
        "legend": {**words, **legend, "symbolSize": size * 9},
        "header": {**words, "labelFontWeight": 600},
        "title": title,
    }


def _marks(c: dict[str, str], size: int) -> dict[str, Any]:
    return {
        "text": {"font": FONT, "fontSize": size, "color": c["ink"]},
        "line": {"strokeWidth": 2, "strokeCap": "round", "color": c["accent"]},
        "area": {"fillOpacity": 0.85, "color": c["accent"]},
        "bar": {"color": c["accent"], "cornerRadiusEnd": 1},
        "rule": {"color": c["target"], "strokeDash": [4, 3], "strokeWidth": 1.5},
        "point": {"filled": True, "size": 60, "color": c["accent"]},
    }


class Charted(Protocol):
    """A kept chart: ask it for the spec of a paper and, unless said, of the reader's language."""

    __name__: str

    def __call__(self, dark: bool, *shape: Any) -> Spec: ...


def kept(build: Callable[..., alt.TopLevelMixin]) -> Charted:
    """Keeps what `build(dark, *shape)` draws, once a theme, language and shape, as a spec without data.

    Show it with `st.vega_lite_chart(frame, spec, theme=None)`: the frame travels beside it. Treat the spec as frozen.
    """

    @cache
    def spec(spoken: Language, dark: bool, *shape: Any) -> Spec:
        with speaking(spoken):
            chart: Any = build(dark, *shape)
            drawn: Spec = chart.configure(**config(dark), locale=_locale(spoken)).to_dict()
        bare: Spec = _without_data(drawn)
        return bare

    @wraps(build)
    def asked(dark: bool, *shape: Any) -> Spec:
        return spec(language(), dark, *shape)

    return asked


def beside(words: int) -> alt.Scale:
    """The scale of horizontal bars that leave a column of so many pixels at the right for words.

    On a phone, where so much is not there, a fifth of the width stays for the bars.
    """
    return alt.Scale(domainMin=0, range=[0, {"expr": f"max(width - {words}, width / 5)"}])


def _without_data(spec: Any) -> Any:
    if isinstance(spec, dict):
        return {key: _without_data(value) for key, value in spec.items() if key not in ("data", "datasets")}
    return [_without_data(item) for item in spec] if isinstance(spec, list) else spec


def _locale(spoken: Language) -> Any:
    if spoken == "en":
        return alt.Undefined
    months = [f"{n}月" for n in range(1, 13)]
    days = ["日", "一", "二", "三", "四", "五", "六"]
    time = alt.TimeLocale(
        dateTime="%Y年%-m月%-d日 %H:%M",
        date="%Y-%-m-%-d",
        time="%H:%M",
        periods=["上午", "下午"],
        days=[f"星期{day}" for day in days],
        shortDays=[f"周{day}" for day in days],
        months=months,
        shortMonths=months,
    )
    number = alt.NumberLocale(decimal=".", thousands=",", grouping=[3], currency=["¥", ""])
    return alt.Locale(time=time, number=number)
