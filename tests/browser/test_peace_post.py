"""The peace post in a browser: a dispute is settled and its form stays put, in both languages, light, dark, narrow."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser import house

Visits = Callable[..., house.Visitor]
pytestmark = pytest.mark.browser


def test_what_is_chosen_and_typed_outlives_what_another_writes(visit: Visits) -> None:
    first = visit("worker", "peace_post?part=disputes&span=quarter")
    listed, chosen = first.page.locator(".st-key-panel-pp-disputes"), first.page.locator(".st-key-panel-pp-dispute")
    listed.locator(".dvn-scroller").click(position={"x": 18, "y": 37 + 2 * 40 + 18})
    first.settled()
    number = re.findall(r"TJ\d+", chosen.inner_text())
    chosen.get_by_text("更正", exact=True).click()
    reason = chosen.get_by_role("textbox", name="更正原因（必填）").first
    reason.fill("写到一半")
    said = re.findall(r"共列 (\d+) 件", listed.inner_text())
    second = visit("peace_post", "peace_post?part=disputes")
    second.page.get_by_text("登记纠纷", exact=True).click()
    second.page.locator(".st-key-pp-new-dispute").get_by_role("button", name="登记", exact=True).click()
    expect(listed).to_contain_text(f"共列 {int(said[0]) + 1} 件", timeout=10_000)
    first.settled()
    assert re.findall(r"TJ\d+", chosen.inner_text()) == number
    expect(reason).to_have_value("写到一半")


def test_a_dispute_is_recorded_settled_and_waits_for_its_check_back(visit: Visits) -> None:
    visitor = visit("worker", "peace_post?part=disputes")
    page = visitor.page
    page.get_by_text("登记纠纷", exact=True).click()
    new = page.locator(".st-key-pp-new-dispute")
    new.get_by_role("button", name="登记", exact=True).click()
    visitor.settled()
    expect(page.get_by_text("纠纷已登记。")).to_be_visible()
    chosen = page.locator(".st-key-panel-pp-dispute")
    chosen.get_by_role("button", name="民警", exact=True).first.click()
    chosen.get_by_role("textbox", name="回访电话（可不填）").first.fill("10012345678")
    chosen.get_by_role("button", name="了结", exact=True).click()
    expect(page.get_by_text("请先选择“结果”。")).to_be_visible()
    visitor.settled()
    chosen.get_by_role("combobox").first.click()
    page.get_by_role("option", name="达成协议").click()
    visitor.settled()
    chosen.get_by_role("button", name="了结", exact=True).click()
    visitor.settled()
    expect(page.get_by_text("已了结：达成协议。")).to_be_visible()
    assert "part=disputes" in page.url
    assert visitor.errors == []
    assert visitor.foreign == []
