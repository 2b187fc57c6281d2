"""The service points in Chromium: list and map answer each other, filters keep the map."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Frame, FrameLocator, Page, expect

from access import OPERATOR
from data_access import changes
from data_access.engine import open_engine, sqlite_url, writing
from data_access.tables.places import Place
from tests.browser.conftest import Visits
from vocabulary.enums import PlaceStatus, Subject

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
    v.page.locator(".st-key-panel-service-list label").filter(has_text="平安驿站").click()
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


def test_a_place_paused_elsewhere_shows_within_two_seconds(visit: Visits, demo_folder: Path) -> None:
    v = visit("official", "service_points")
    engine = open_engine(sqlite_url(demo_folder / "demo.db"))
    with writing(engine) as conn:
        conn.execute(sa.update(Place).where(Place.code == "courtyard").values(status=PlaceStatus.PAUSED))
        changes.record(conn, OPERATOR, Subject.PLACES, "place.paused")
    engine.dispose()
    listed = v.page.locator(".st-key-panel-service-list")
    expect(listed.locator("label", has_text="黄葛树院坝")).to_contain_text("暂停服务", timeout=2500)
    expect(town(v.page).locator("[aria-label=黄葛树院坝] .seal.paused")).to_be_visible(timeout=1000)
