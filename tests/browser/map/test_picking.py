"""Clicks and keys on the map reach Python, choices made in Python reach the map, and nothing flickers."""

import pytest
from playwright.sync_api import expect

from tests.browser.map.visit import Visits

pytestmark = pytest.mark.browser


def test_a_click_on_a_seal_reaches_python_and_a_second_click_is_another_run(visits: Visits) -> None:
    v = visits()
    v.map.locator("[aria-label=社区食堂]").click()
    v.says("run 2; got point canteen; heard point canteen")
    v.map.locator("[aria-label=社区食堂]").click()
    v.says("run 3; got point canteen; heard point canteen")


def test_a_click_on_a_building_reaches_python(visits: Visits) -> None:
    v = visits()
    v.map.locator("path[aria-label='14栋']").click()
    v.says("got block 14; heard block 14")


def test_a_dot_under_the_pointer_goes_before_the_building(visits: Visits) -> None:
    v = visits()
    v.page.get_by_text("dots").click()
    v.says("run 2")
    v.settle()
    at = v.map.evaluate("(({ x, y }) => ({ x, y }))(ground.town.map.latLngToContainerPoint([29.51745, 106.51345]))")
    v.map.locator(".leaflet-container").click(position=at)
    v.says("got dot a; heard dot a")


def test_choosing_in_the_list_rings_the_seal_and_pans_to_it(visits: Visits) -> None:
    v = visits()
    for _ in range(3):
        v.map.locator("a[title=放大]").click()
        v.settle()
    before = v.centre()
    v.page.get_by_text("hospital").click()
    expect(v.map.locator("[aria-label=社区医院] .seal")).to_have_class("seal chosen")
    v.settle()
    assert v.centre() != before
    frame, seal = v.page.locator("iframe").bounding_box(), v.map.locator("[aria-label=社区医院]").bounding_box()
    assert frame is not None
    assert seal is not None
    assert frame["x"] < seal["x"] < frame["x"] + frame["width"]
    expect(v.map.locator(".chosen")).to_have_count(1)


def test_a_filter_keeps_the_frame_the_zoom_the_popup_and_the_other_seals(visits: Visits) -> None:
    v = visits()
    v.map.locator("a[title=放大]").click()
    v.settle()
    v.map.locator("[aria-label=社区食堂]").click()
    v.says("run 2")
    v.settle()
    zoom, centre = v.zoom(), v.centre()
    v.map.evaluate("window.mark = document.querySelector('[aria-label=社区食堂]')")
    expect(v.map.locator(".spot")).to_have_count(12)
    v.page.get_by_text("hide workshops").click()
    expect(v.map.locator(".spot")).to_have_count(7)
    v.page.get_by_text("shade").click()
    expect(v.map.locator("path[aria-label='1栋']")).to_have_attribute("fill", "#1D5239")
    assert v.map.evaluate("window.mark === document.querySelector('[aria-label=社区食堂]')")
    assert (v.zoom(), v.centre()) == (zoom, centre)
    expect(v.map.locator(".leaflet-popup")).to_be_visible()
    v.page.get_by_text("shade").click()
    expect(v.map.locator("path[aria-label='1栋']")).to_have_attribute("fill", "#E0C9B8")


def test_a_changed_point_changes_in_place_even_in_its_open_popup(visits: Visits) -> None:
    v = visits()
    v.map.locator("[aria-label=社区食堂]").click()
    expect(v.map.locator(".facts")).to_contain_text("营业中")
    v.page.get_by_text("late").click()
    expect(v.map.locator(".facts")).to_contain_text("今日休息")
    expect(v.map.locator(".disc")).to_have_text("7")


def test_the_popup_writes_its_lines_as_text(visits: Visits) -> None:
    v = visits()
    v.map.locator("[aria-label=社区食堂]").click()
    expect(v.map.locator(".facts span").last).to_have_text("<b>07:00</b>–19:00")
    expect(v.map.locator(".facts b")).to_have_count(0)
    v.map.locator("[aria-label=关闭]").click()
    expect(v.map.locator(".facts")).to_have_count(0)


def test_the_keyboard_picks_a_seal_with_enter_or_space_and_keeps_the_focus(visits: Visits) -> None:
    v = visits()
    v.map.locator("[aria-label=志愿驿站]").focus()
    v.page.keyboard.press("Enter")
    v.says("got point volunteer_post")
    v.page.keyboard.press("Space")
    v.says("run 3; got point volunteer_post")
    expect(v.map.locator("[aria-label=志愿驿站]")).to_be_focused()
    v.page.keyboard.press("Escape")
    expect(v.map.locator(".leaflet-popup")).to_have_count(0)


def test_the_buildings_are_one_stop_and_the_arrows_go_between_them(visits: Visits) -> None:
    v = visits()
    expect(v.map.locator("path[tabindex='0']")).to_have_count(1)
    v.map.locator("path[aria-label='1栋']").focus()
    v.page.keyboard.press("ArrowRight")
    v.page.keyboard.press("ArrowRight")
    expect(v.map.locator("path[aria-label='3栋']")).to_be_focused()
    expect(v.map.locator("path[tabindex='0']")).to_have_count(1)
    v.page.keyboard.press("Enter")
    v.says("got block 3")
    expect(v.map.locator("path[aria-label='3栋']")).to_be_focused()
