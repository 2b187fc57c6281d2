"""A case's life in Chromium: filed, accepted, sent, signed, finished and followed up, by a worker and a unit."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser import house
from tests.browser.conftest import Visits

pytestmark = pytest.mark.browser


def acts(v: house.Visitor) -> Locator:
    return v.page.locator(".st-key-case-acts")


def choose(v: house.Visitor, act: str) -> None:
    acts(v).get_by_text(act, exact=True).first.click()
    v.settled()


def send(v: house.Visitor, said: str) -> None:
    """Sends the open form; the page says what was done."""
    acts(v).get_by_test_id("stFormSubmitButton").get_by_role("button").click()
    expect(v.page.get_by_text(said).first).to_be_visible(timeout=10_000)
    v.settled()


def test_a_case_goes_from_the_door_to_the_follow_up(visit: Visits) -> None:
    worker = visit("worker", "today")
    page = worker.page
    page.get_by_role("button", name="登记诉求").click()
    worker.settled()
    page.locator("[class*=st-key-intake] textarea").first.fill("楼道灯坏了三天，夜里看不见台阶")
    page.keyboard.press("Tab")
    worker.settled()
    page.locator(".st-key-panel-intake").get_by_text("在图上点楼栋、服务点或其他位置").click()
    ground = page.frame_locator(".st-key-panel-intake iframe").locator(".leaflet-container")
    ground.click(position={"x": 200, "y": 12})
    place = page.get_by_role("button", name=re.compile("图上的位置"))
    expect(place).to_be_visible(timeout=10_000)
    picked = re.findall(r"\d+\.\d{4}", place.inner_text())
    page.locator(".st-key-panel-intake").get_by_role("button", name="登记", exact=True).click()
    filed = page.get_by_text(re.compile(r"已登记 SQ\d{4}-\d{5}")).first
    expect(filed).to_be_visible(timeout=10_000)
    found = re.search(r"SQ\d{4}-\d{5}", filed.inner_text())
    assert found
    number = found[0]
    page.get_by_role("link", name=re.compile(number)).first.click()
    worker.settled()
    pinned = page.locator(".st-key-panel-cases-map iframe").element_handle().content_frame()
    assert pinned
    pinned.wait_for_function("ground.town?.here")
    at = pinned.evaluate("(({ lat, lng }) => [lat, lng])(ground.town.here.getLatLng())")
    assert [f"{degree:.4f}" for degree in at] == picked
    address = page.url.split("/", 3)[3]
    choose(worker, "受理")
    send(worker, f"{number}：受理")
    choose(worker, "派单")
    box = acts(worker).get_by_role("combobox").first
    box.click()
    box.fill("物业")
    page.get_by_role("option", name="社区物业公司").click()
    send(worker, f"{number}：派单")
    expect(page.locator(".st-key-panel-case")).to_contain_text("社区物业公司")
    choose(worker, "开始办理")
    acts(worker).get_by_role("textbox", name="办理情况").fill("电工已到场")
    send(worker, f"{number}：开始办理")
    choose(worker, "办结")
    acts(worker).get_by_role("combobox").first.click()
    page.get_by_role("option", name="解决", exact=True).click()
    acts(worker).get_by_role("textbox", name="答复意见").first.fill("已换灯泡。")
    acts(worker).get_by_role("textbox", name="原因（没有佐证材料时必填）").fill("换灯泡不便拍照")
    send(worker, f"{number}：办结")
    choose(worker, "回访")
    send(worker, f"{number}：回访")
    expect(page.locator(".st-key-panel-case")).to_contain_text("已回访")
    other = visit("official", address)
    expect(other.page.locator(".st-key-panel-case")).to_contain_text("已回访")
    assert "记事" not in other.page.locator(".st-key-panel-case").inner_text()
    assert worker.errors == other.errors == []
    assert worker.foreign == other.foreign == []


def test_the_second_of_two_browsers_is_told_and_loses_nothing(visit: Visits) -> None:
    first = visit("worker", "cases?show=open&status=handling")
    first.page.locator("[class*=st-key-cases-list] .dvn-scroller").first.click(position={"x": 300, "y": 60})
    first.settled()
    address = first.page.url.split("/", 3)[3]
    second = visit("worker", address)
    for v, text in ((first, "我先打了电话"), (second, "我到了现场")):
        choose(v, "记事")
        acts(v).get_by_role("textbox", name="办理情况").fill(text)
    send(first, "记事，已登记")
    acts(second).get_by_test_id("stFormSubmitButton").get_by_role("button").click()
    expect(second.page.get_by_text("我先打了电话").first).to_be_visible(timeout=10_000)
    second.settled()
    expect(acts(second).get_by_role("textbox", name="办理情况")).to_have_value("我到了现场")
    send(second, "记事，已登记")


def test_a_tick_among_many_means_the_same_case_when_another_comes_in(visit: Visits) -> None:
    first = visit("worker", "cases?show=open")
    first.page.get_by_text("批量办理", exact=True).first.click()
    first.settled()
    many = first.page.locator(".st-key-panel-many")
    many.locator(".dvn-scroller").click(position={"x": 18, "y": 37 + 18})
    expect(many.get_by_role("button", name="办理已勾选的 1 件")).to_be_enabled(timeout=10_000)
    second = visit("worker", "today")
    second.page.get_by_role("button", name="登记诉求").click()
    second.settled()
    second.page.locator("[class*=st-key-intake] textarea").first.fill("花台边的长椅断了一根木条")
    second.page.keyboard.press("Tab")
    second.settled()
    second.page.locator(".st-key-panel-intake").get_by_role("button", name="登记", exact=True).click()
    filed = second.page.get_by_role("link", name=re.compile(r"SQ\d{4}-\d{5}")).first
    expect(filed).to_be_visible(timeout=10_000)
    first.page.wait_for_timeout(3_000)
    first.settled()
    many.get_by_text("记事", exact=True).click()
    first.settled()
    many.get_by_role("textbox").first.fill("一并看过")
    first.page.keyboard.press("Tab")
    first.settled()
    many.get_by_role("button", name="办理已勾选的 1 件").click()
    expect(first.page.get_by_text("办成 1 件，未办成 0 件。")).to_be_visible(timeout=10_000)
    filed.click()
    second.settled()
    assert "一并看过" not in second.page.locator(".st-key-panel-case").inner_text()
