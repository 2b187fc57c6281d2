"""The overview's charts: one spec a paper and language, without data, over the columns they are handed."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from charts.cases import open_by_status, received_and_finished
from charts.overview import meals_over_time
from charts.stalls import customers
from charts.theme import INK, Charted
from texts import LANGUAGES, Language, speaking

CHARTS: list[tuple[Charted, tuple[object, ...], set[str]]] = [
    (meals_over_time, ("day",), {"on", "elderly", "others"}),
    (received_and_finished, ("day",), {"on", "received", "finished"}),
    (open_by_status, (), {"status", "cases"}),
    (customers, (5,), {"stall", "customers", "before"}),
]


def fields(spec: Any) -> Iterator[str]:
    """Every field an encoding names, and those that are folded."""
    if isinstance(spec, dict):
        if isinstance(spec.get("field"), str):
            yield spec["field"]
        yield from spec.get("fold", [])
        for value in spec.values():
            yield from fields(value)
    elif isinstance(spec, list):
        for value in spec:
            yield from fields(value)


@pytest.mark.parametrize(("chart", "shape", "columns"), CHARTS)
def test_a_chart_names_the_columns_of_its_frame_and_holds_no_data(
    chart: Charted, shape: tuple[object, ...], columns: set[str]
) -> None:
    spec = chart(False, *shape)
    assert columns <= set(fields(spec))
    assert "datasets" not in json.dumps(spec)


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize(("chart", "shape"), [(chart, shape) for chart, shape, _ in CHARTS])
def test_each_language_and_paper_has_a_spec_of_its_own_that_is_kept(
    chart: Charted, shape: tuple[object, ...], spoken: Language
) -> None:
    with speaking(spoken):
        light, dark = chart(False, *shape), chart(True, *shape)
        assert light is chart(False, *shape)
        assert light != dark
        assert INK[False]["accent"] in json.dumps(light)
        written = json.dumps({part: value for part, value in light.items() if part != "config"})
    assert bool(re.search(r"\\u[4-9]", written)) is (spoken == "zh")


@pytest.mark.parametrize("step", ["day", "week", "month"])
def test_a_day_stays_that_day_in_any_zone(step: str) -> None:
    for chart in (meals_over_time, received_and_finished):
        assert '"timeUnit": "utcyearmonth' in json.dumps(chart(False, step))
