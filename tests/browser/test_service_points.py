"""The service points in Chromium: list and map answer each other, filters keep the map."""

import pytest
from playwright.sync_api import Frame, FrameLocator, Page, expect

from tests.browser import house
from tests.browser.conftest import Visits

pytestmark = pytest.mark.browser


def town(page: Page) -> FrameLocator:
    return page.frame_locator(".st-key-panel-service-map iframe")


def ground(page: Page) -> Frame:
    return next(frame for frame in page.frames if "/maps/" in frame.url)


def test_a_click_on_the_map_selects_in_the_list_and_shows_the_details(visit: Visits) -> None:
    v = visit("official", "service_points")
    town(v.page).locator("[aria-label=社区医院]").click()
    expect(v.page.get_by_role("radio", name="社区医院")).to_be_checked()
    expect(v.page.locator(".st-key-panel-service-detail")).to_contain_text("社区医院")
    assert "place=hospital" in v.page.url


def test_a_choice_in_the_list_rings_the_seal(visit: Visits) -> None:
    v = visit("official", "service_points")
    v.page.get_by_text("平安驿站", exact=False).locator("visible=true").last.click()
    expect(town(v.page).locator("[aria-label=平安驿站] .seal")).to_have_class("seal chosen")


def test_a_copied_address_shows_the_same_place_and_filters(visit: Visits) -> None:
    v = visit("official", "service_points?place=workshop_2&kind=craft_workshop")
    expect(v.page.locator(".st-key-panel-service-list").get_by_role("radio")).to_have_count(5)
    expect(v.page.get_by_role("radio", name="惠民巧匠坊二号")).to_be_checked()
    expect(town(v.page).locator(".spot")).to_have_count(5)


def test_a_filter_keeps_the_maps_frame_and_zoom_and_goes_into_the_address(visit: Visits) -> None:
    v = visit("official", "service_points")
    town(v.page).locator("a[title=放大]").click()
    v.page.wait_for_timeout(800)
    before = ground(v.page).evaluate("window.mark = 1, ground.town.map.getZoom()")
    v.page.get_by_role("button", name="惠民巧匠坊").click()
    expect(town(v.page).locator(".spot")).to_have_count(5)
    assert ground(v.page).evaluate("[window.mark, ground.town.map.getZoom()]") == [1, before]
    assert "kind=craft_workshop" in v.page.url


def test_the_language_of_the_reader_is_on_the_map_too(visit: Visits) -> None:
    v = visit("official", "service_points?lang=en")
    town(v.page).locator("[aria-label='Canteen']").click()
    expect(town(v.page).locator(".facts")).to_contain_text("Canteen")
    expect(v.page.locator(".st-key-panel-service-detail")).to_contain_text("Every day")


@pytest.mark.parametrize(("size", "scheme"), [(house.WIDE, "light"), (house.LAPTOP, "dark"), (house.PHONE, "light")])
def test_nothing_of_ours_hinders_and_nothing_is_asked_for_outside(
    visit: Visits, size: tuple[int, int], scheme: str
) -> None:
    v = visit("official", "service_points?place=workshop_1", size=size, scheme=scheme)
    v.page.wait_for_timeout(1500)
    assert v.sideways() <= 0
    assert v.grave() == []
    assert (v.foreign, v.errors) == ([], [])
