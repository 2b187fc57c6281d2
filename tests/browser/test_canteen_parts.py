"""The canteen's other parts in a browser: a missed meal worked through, and every part on every paper."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser import house

Visits = Callable[..., house.Visitor]
pytestmark = pytest.mark.browser
PARTS = {
    "worker": ("care", "coverage", "diners"),
    "canteen": ("books", "safety", "diners"),
    "official": ("care", "coverage", "books", "safety"),
    "presenter": ("coverage", "books"),
}


def test_a_social_worker_sees_as_many_tasks_as_the_figure_says(visit: Visits) -> None:
    visitor = visit("worker", "meals?part=care")
    page = visitor.page
    figure = page.locator(".st-key-card-care_open [data-testid=stMetricValue]").inner_text()
    note = page.locator(".st-key-panel-care-tasks p").first.inner_text()
    assert re.findall(r"\d+", figure)[0] == re.findall(r"(\d+) 条待办", note)[0]
    expect(page.locator(".st-key-panel-care-enrolled")).to_be_visible()
    assert visitor.errors == []
    assert visitor.foreign == []
