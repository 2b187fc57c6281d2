"""The overview's first sentence: written from the figures, silent about what is not there or may not be shown."""

import re
from datetime import date

from jobs.figures import Card
from metrics.figure import Figure
from tests.conftest import make_viewer
from ui.overview_lead import sentence
from vocabulary.enums import Role
from vocabulary.questions import Period, Span, Viewer

WEEK = Period(date(2026, 11, 23), date(2026, 11, 24), Span.WEEK)
OFFICIAL, PRESENTER = make_viewer(), make_viewer(Role.PRESENTER)
KEYS = (
    "received",
    "finished",
    "open",
    "hours_to_finish",
    "on_time_rate",
    "meals_a_day",
    "elder_share",
    "elder_coverage",
    "stalls_open",
)


def make_card(figure: Figure, target: float | None = None) -> Card:
    return Card(figure, Figure(None), Figure(None), (), target, None)


def told(cards: dict[str, Card], viewer: Viewer = OFFICIAL, period: Period = WEEK) -> str:
    nothing = {key: make_card(Figure(None)) for key in KEYS}
    return re.sub("<.*?>", "", sentence(viewer, nothing | cards, period))


def test_what_is_not_there_is_not_mentioned() -> None:
    assert told({}) == "本周还没有记录。"
    only_meals = {"meals_a_day": make_card(Figure(1412, 2824, 2)), "elder_share": make_card(Figure(0.1643, 464, 2824))}
    assert told(only_meals) == "食堂日均 1,412 人次，老年人占 16.4%。"


def test_cases_are_told_with_the_median_when_there_is_one() -> None:
    cases = {"received": make_card(Figure(38)), "finished": make_card(Figure(31)), "open": make_card(Figure(27))}
    assert told(cases) == "本周受理诉求 38 件，办结 31 件，在办 27 件。"
    hours = make_card(Figure(11.52, None, 31))
    assert told(cases | {"hours_to_finish": hours}).endswith("办结用时中位数 11.5 工作小时。")


def test_only_a_missed_target_is_worth_a_clause() -> None:
    reached, missed = make_card(Figure(0.92, 23, 25), 0.85), make_card(Figure(0.8, 20, 25), 0.85)
    assert "巧匠坊" not in told({"stalls_open": reached})
    assert told({"stalls_open": missed}) == "巧匠坊出摊率 80.0%，低于目标 85.0%。"


def test_a_rate_over_one_to_four_people_is_not_told_to_a_presenter() -> None:
    few = make_card(Figure(0.002, 4, 2400), 0.4)
    assert "覆盖率" in told({"elder_coverage": few})
    assert "覆盖率" not in told({"elder_coverage": few}, PRESENTER)


def test_a_chosen_period_is_named_by_its_days() -> None:
    chosen = Period(date(2019, 1, 1), date(2019, 12, 31))
    assert told({}, period=chosen) == "2019年1月1日至2019年12月31日还没有记录。"
