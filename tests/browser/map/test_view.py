"""What the reader does with the map alone: theme, layers, zoom; and how it reads aloud."""

import pytest
from playwright.sync_api import expect

from tests.browser.map.visit import DESK, Visits

pytestmark = pytest.mark.browser


def test_dark_and_light_swap_in_the_browser_without_a_run_and_keep_the_view(visits: Visits) -> None:
    v = visits()
    v.map.locator("a[title=放大]").click()
    v.map.get_by_text("网格", exact=True).click()
    v.settle()
    zoom, url, entries = v.zoom(), v.map.url, v.page.evaluate("history.length")
    v.page.emulate_media(color_scheme="dark")
    expect(v.page.frame_locator("iframe").locator("html")).to_have_css("color-scheme", "dark")
    v.ready()
    assert v.map.url != url
    assert v.zoom() == zoom
    expect(v.map.locator(".words.grid .shown").first).to_be_visible()
    assert v.page.evaluate("history.length") == entries
    v.says("run 1;")


def test_the_grids_are_a_layer_to_switch_on(visits: Visits) -> None:
    v = visits("en")
    expect(v.map.locator(".words.grid")).to_have_count(0)
    v.map.get_by_text("Grids", exact=True).click()
    expect(v.map.locator(".words.grid .shown")).to_have_text(["Grid 1", "Grid 2", "Grid 3", "Grid 4"])


def test_the_whole_map_comes_back_with_one_button(visits: Visits) -> None:
    v = visits()
    zoom = v.zoom()
    v.map.locator("a[title=放大]").click()
    v.settle()
    assert v.zoom() > zoom
    v.map.locator("a[title=看全图]").click()
    v.settle()
    assert v.zoom() == zoom


def test_the_view_survives_a_reload_of_the_page(visits: Visits) -> None:
    v = visits()
    v.map.locator("a[title=放大]").click()
    v.settle()
    zoom = v.zoom()
    v.page.reload()
    v.ready()
    assert v.zoom() == zoom


def test_a_mouse_wheel_over_the_map_does_not_zoom_it(visits: Visits) -> None:
    v = visits()
    zoom = v.zoom()
    v.map.locator(".leaflet-container").hover()
    v.page.mouse.wheel(0, 300)
    v.settle()
    assert v.zoom() == zoom


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_the_page_or_in_the_map(visits: Visits, scheme: str) -> None:
    v = visits(**DESK, color_scheme=scheme)
    assert v.findings() == []
    v.map.locator("[aria-label=社区食堂]").click()
    v.says("run 2")
    v.settle()
    assert v.findings() == []


def test_the_caption_names_the_seals_and_says_that_nothing_was_surveyed(visits: Visits) -> None:
    v = visits()
    for words in ("示意图，非测绘", "修鞋", "该楼在办件数", "虚线：暂停服务"):
        v.says(words)
    v = visits("en")
    v.says("Schematic, not surveyed")
