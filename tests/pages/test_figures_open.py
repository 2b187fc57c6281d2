"""Every figure card of every page, clicked: its rows open beneath and add up to what the card says."""

import re
from typing import Any

import polars as pl
import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from metrics.catalogue import METRICS
from metrics.figure import Kind, Metric, ninetieth
from tests.conftest import make_viewer
from tests.pages.showing import show
from ui.evidence_rows import MANY, heading
from vocabulary.enums import Feed, Role
from vocabulary.health import HealthGroup
from vocabulary.questions import Viewer

pytestmark = pytest.mark.usefixtures("noon")
NUMBER = re.compile(r"[\d,]+(?:\.\d+)?")
OFFICIAL, WORKER, UNIT = (make_viewer(role, unit_id=1) for role in (Role.OFFICIAL, Role.WORKER, Role.UNIT))
CANTEEN, HOSPITAL = (make_viewer(Role.FEEDER, feed=feed) for feed in (Feed.CANTEEN, Feed.HOSPITAL))
LOOKS: list[tuple[Viewer, str, dict[str, str]]] = [
    (OFFICIAL, "overview", {}),
    (OFFICIAL, "cases", {"show": "all"}),
    (UNIT, "cases", {"show": "all"}),
    (OFFICIAL, "service_points", {}),
    (OFFICIAL, "whistles", {}),
    (WORKER, "peace_post", {}),
    (OFFICIAL, "peace_post", {}),
    *((OFFICIAL, "meals", {"part": part}) for part in ("meals", "books", "safety")),
    (WORKER, "meals", {"part": "care"}),
    (CANTEEN, "meals", {"part": "books"}),
    (OFFICIAL, "volunteers", {}),
    *((OFFICIAL, "health", {"group": group.value, "span": "year"}) for group in HealthGroup),
    (HOSPITAL, "health", {"group": "elders_65", "span": "year"}),
    (OFFICIAL, "activities", {}),
    (OFFICIAL, "renewal", {"span": "year"}),
    (OFFICIAL, "steward", {}),
]
"""Who looks at which page, and at which part of it."""
ELSEWHERE = {"craft_workshops", "disputes_opened", "elder_meals_a_day", "meals_served", "care_answered"}
"""Without a card, or without a figure in twenty days: on the claims page, in a sentence, or by `jobs.figures`."""
SHUT = ("cases-figures",)


def opened(page: str, viewer: Viewer, engine: sa.Engine, patch: pytest.MonkeyPatch, query: dict[str, str]) -> AppTest:
    """The page with what is folded away on it unfolded."""
    app = show(page, viewer, engine, patch, **{"span": "month"} | query)
    for key in SHUT:
        app.session_state[key] = True
    return app.run()


def read(number: str) -> float:
    return float(number.replace(",", ""))


def half(number: str) -> float:
    """Half of the last place the number is shown with: so much may rounding take or add."""
    return float(0.5 * 10 ** -len(number.partition(".")[2]))


def table(app: AppTest, page: str) -> pl.DataFrame | None:
    """The rows as the reader sees them; None where there are so many that the browser asks for them bit by bit."""
    shown = panel(app.main, f"panel-rows-{page}").get("dataframe")[0].value
    return None if len(shown) >= MANY else pl.from_pandas(shown)


def sentence(app: AppTest, page: str) -> str:
    """What is said above the rows, worked out from all of them."""
    return "".join(each.value for each in panel(app.main, f"panel-rows-{page}").get("markdown"))


def panel(block: Any, key: str) -> Any:
    """The container of this key within the block; None where there is none."""
    inner = [child for child in block.children.values() if hasattr(child, "children")]
    named = next((child for child in inner if str(getattr(child.proto, "id", "")).endswith(f"-{key}")), None)
    return named or next((found for child in inner if (found := panel(child, key))), None)


def worth(metric: Metric, rows: Any, shown: pl.DataFrame) -> float:
    """What the rows on the screen come to: their number, the sum of their column, or its median or percentile."""
    if rows.column is None:
        return float(shown.height)
    column = shown[heading(rows.column)].cast(pl.Float64)
    if metric.kind is Kind.P90:
        return float(ninetieth(column) or 0)
    return float(column.median() or 0) if metric.kind is Kind.MEDIAN else float(column.sum())  # type: ignore[arg-type]


def differs(app: AppTest, key: str, card: tuple[str, str]) -> list[str]:
    """Opens the card's rows, both parts where it has two; gives what does not add up to `card`: value and note."""
    _, page, name = key.split("-")
    metric, (value, note) = METRICS[name], card
    promised = NUMBER.findall(app.button(key=key).label)
    app.button(key=key).click().run()
    first, found = table(app, page), list[str]()
    if promised and first is not None and read(promised[0]) != first.height:
        found.append(f"{name} promises {promised[0]} rows and opens {first.height}")
    parts = [(False, metric.rows, value)]
    if metric.of:
        numerator, denominator = NUMBER.findall(note)[:2]
        parts = [(False, metric.rows, numerator), (True, metric.of, denominator)]
    for of, rows, goal in parts:
        if metric.of:
            app.button_group(key=f"part-{page}-{name}").set_value(of).run()
        shown = table(app, page)
        if shown is None and goal not in sentence(app, page):
            found.append(f"{name} says {goal}, the sentence over its many rows: {sentence(app, page)}")
        if shown is not None and abs((made := worth(metric, rows, shown)) - read(goal)) > half(goal) + 1e-9:
            found.append(f"{name} says {goal}, its {shown.height} rows make {made}")
    app.button(key=key).click().run()
    return [*found, *(str(each.value) for each in app.exception)]


@pytest.mark.parametrize(("viewer", "page", "query"), LOOKS, ids=lambda each: str(getattr(each, "role", each)))
def test_each_cards_rows_add_up_to_it(
    viewer: Viewer, page: str, query: dict[str, str], small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(page, viewer, small_demo, monkeypatch, query)
    found = []
    for key in buttons(app):
        found += differs(app, key, card(app, METRICS[key.split("-")[2]]))
    assert found == []


def buttons(app: AppTest) -> list[str]:
    """The keys of the buttons that open a card's rows: rows, the cards' place, the metric."""
    return [str(button.key) for button in app.button if str(button.key).startswith("rows-")]


def card(app: AppTest, metric: Metric) -> tuple[str, str]:
    """The value on the card and the note with n / N under it."""
    drawn = panel(app.main, f"card-{metric.key}")
    note = re.sub("<[^>]+>", " ", str(drawn.get("html")[0].proto.body))
    return NUMBER.findall(drawn.get("metric")[0].value)[0], note


def test_no_figure_is_left_out(small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = [opened(page, viewer, small_demo, monkeypatch, query) for viewer, page, query in LOOKS]
    assert set(METRICS) - {key.split("-")[2] for app in looks for key in buttons(app)} == ELSEWHERE
