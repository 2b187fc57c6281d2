"""The hospital's page in a browser: a month with a wrong number is refused by its two numbers, then reported."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser import house

Visits = Callable[..., house.Visitor]
pytestmark = pytest.mark.browser
NUMBERS = {
    "辖区人数": 566,
    "已签约": 420,
    "已管理": 1380,
    "规范管理": 290,
    "已控制": 220,
    "应随访": 126,
    "已随访": 118,
    "应体检": 31,
    "已体检": 27,
}


def test_a_month_is_reported_once_its_numbers_add_up(visit: Visits) -> None:
    visitor = visit("hospital", "health?group=diabetes")
    form = visitor.page.locator(".st-key-panel-health-form")
    for label, number in NUMBERS.items():
        form.get_by_label(label, exact=True).fill(str(number))
    form.get_by_role("button", name="填报", exact=True).click()
    visitor.settled()
    expect(visitor.page.get_by_text("已管理（1380）大于辖区人数（566），请核对这两个数。")).to_be_visible()
    managed = form.get_by_label("已管理", exact=True)
    expect(managed).to_have_value("1380")
    managed.fill("380")
    form.get_by_role("button", name="填报", exact=True).click()
    visitor.settled()
    expect(visitor.page.get_by_text("糖尿病的月报已填报。")).to_be_visible()
    expect(visitor.page.get_by_text("没有未报的。")).to_be_visible()
    assert "group=diabetes" in visitor.page.url
    assert visitor.errors == []
    assert visitor.foreign == []
