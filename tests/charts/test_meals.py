"""The canteen's charts: kept without data, in the reader's words, with marks that do without colour."""

import json
from typing import Any

import pytest

from charts.meals import by_day, coverage, curve
from charts.theme import INK, Charted
from texts import speaking

SHAPES: list[tuple[Charted, tuple[Any, ...]]] = [(coverage, (24,)), (curve, (200,)), (by_day, ("day",))]


def layers(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return list(spec["layer"])


def marks(spec: dict[str, Any]) -> list[str]:
    return [layer["mark"]["type"] for layer in layers(spec)]


@pytest.mark.parametrize(("chart", "shape"), SHAPES)
def test_a_spec_is_built_once_a_paper_and_language_and_holds_no_data(chart: Charted, shape: tuple[Any, ...]) -> None:
    assert chart(False, *shape) is chart(False, *shape)
    assert chart(False, *shape) is not chart(True, *shape)
    with speaking("en"):
        english = chart(False, *shape)
    assert english is not chart(False, *shape)
    assert '"data"' not in json.dumps(english)
    assert '"datasets"' not in json.dumps(english)


@pytest.mark.parametrize(("chart", "shape"), SHAPES)
def test_in_english_no_chinese_is_left_and_in_chinese_the_words_are_ours(
    chart: Charted, shape: tuple[Any, ...]
) -> None:
    with speaking("en"):
        english = json.dumps(chart(False, *shape), ensure_ascii=False)
    chinese = json.dumps(chart(False, *shape), ensure_ascii=False)
    assert not any("\u4e00" <= sign <= "\u9fff" for sign in english)
    assert any("\u4e00" <= sign <= "\u9fff" for sign in chinese)


@pytest.mark.parametrize("dark", [False, True])
def test_a_building_that_lags_is_brick_and_the_mean_is_a_dashed_rule(dark: bool) -> None:
    spec = coverage(dark, 3)
    bars, rule = layers(spec)[:2]
    assert bars["encoding"]["color"]["condition"] == {"test": "datum.lagging", "value": INK[dark]["alarm"]}
    assert bars["encoding"]["color"]["value"] == INK[dark]["accent"]
    assert rule["mark"]["type"] == "rule"
    assert rule["encoding"]["x"]["field"] == "mean"
    assert spec["config"]["rule"]["strokeDash"]
    assert spec["config"]["rule"]["color"] == INK[dark]["target"]


def test_bars_leave_room_for_their_words_which_stand_right_aligned() -> None:
    bars, _, share, of = layers(coverage(False, 3))
    assert bars["encoding"]["x"]["scale"]["range"] == [0, {"expr": "max(width - 150, 40)"}]
    assert {layer["mark"]["align"] for layer in (share, of)} == {"right"}
    assert share["encoding"]["text"]["field"] == "share"
    assert of["encoding"]["x"]["value"] == {"expr": "width"}


def test_rows_keep_the_order_of_the_frame_in_every_layer_and_each_takes_its_height() -> None:
    spec = coverage(False, 24, 30)
    sorts = [layer["encoding"]["y"]["sort"] for layer in layers(spec) if "y" in layer["encoding"]]
    assert sorts == [None, None, None]
    assert spec["height"] == 720


def test_the_curve_stacks_elders_beneath_others_and_its_usual_line_is_dashed() -> None:
    areas, line, pointer = layers(curve(False, 240))
    assert areas["transform"][0] == {"filter": "isValid(datum.elderly)"}
    assert areas["encoding"]["color"]["scale"]["domain"] == ["elderly", "others"]
    assert areas["encoding"]["order"]["field"] == "group"
    assert line["mark"]["strokeDash"]
    assert [tip["field"] for tip in pointer["encoding"]["tooltip"]] == ["at", "elderly", "others", "usual"]


def test_days_off_stand_on_a_tint_and_festivals_say_their_names_only_where_a_step_is_a_day() -> None:
    assert marks(by_day(False, "day")) == ["rect", "bar", "text"]
    assert marks(by_day(False, "week")) == marks(by_day(False, "month")) == ["bar"]


@pytest.mark.parametrize(("chart", "shape"), SHAPES)
def test_no_axis_has_a_title(chart: Charted, shape: tuple[Any, ...]) -> None:
    spec = chart(False, *shape)
    for layer in layers(spec):
        encoding = layer["encoding"].get("y", {})
        axis = encoding.get("axis")
        if "field" in encoding and axis is not None:
            assert axis.get("title", "") is None
