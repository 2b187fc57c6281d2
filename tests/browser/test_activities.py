"""The activities' page in a browser: an activity is planned, refused by what cannot be, and reported."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser import house

Visits = Callable[..., house.Visitor]
pytestmark = pytest.mark.browser


def test_an_activity_is_planned_once_it_has_a_place_and_what_was_typed_stays(visit: Visits) -> None:
    visitor = visit("activities", "activities")
    form = visitor.page.locator(".st-key-panel-activities-form")
    title = form.get_by_label("名称", exact=True)
    title.fill("智能手机课")
    form.get_by_role("button", name="登记", exact=True).click()
    visitor.settled()
    expect(visitor.page.get_by_text("“智能手机课”的地点要选一处：中心分区或者服务点。")).to_be_visible()
    expect(title).to_have_value("智能手机课")
    form.get_by_label("地点", exact=False).first.click()
    visitor.page.get_by_role("option", name="邻里互助空间").click()
    form.get_by_role("button", name="登记", exact=True).click()
    visitor.settled()
    expect(visitor.page.get_by_text("“智能手机课”已登记。")).to_be_visible()
    expect(title).to_have_value("")
    expect(visitor.page.locator("table.month").get_by_text("智能手机课")).to_be_visible()
    assert visitor.errors == []
    assert visitor.foreign == []
