"""The map under fingers on a small screen, and its names on any."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.map.visit import DESK, PHONE, Box, Visit, Visits

pytestmark = pytest.mark.browser


def names_on(v: Visit) -> list[Box]:
    """Every name and count on the map with its box and type size."""
    script = """all => all.map(e => {
      const { left, right, top, bottom } = e.getBoundingClientRect();
      return { words: e.textContent, size: parseFloat(getComputedStyle(e).fontSize), left, right, top, bottom };
    })"""
    return list(v.map.locator(".shown, .disc").evaluate_all(script))


def apart(one: Box, other: Box) -> bool:
    beside = one["right"] <= other["left"] + 1 or other["right"] <= one["left"] + 1
    return bool(beside or one["bottom"] <= other["top"] + 1 or other["bottom"] <= one["top"] + 1)


@pytest.mark.parametrize("spoken", ["zh", "en"])
@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_names_are_large_enough_inside_the_frame_and_never_touch(
    visits: Visits, spoken: str, screen: dict[str, Any]
) -> None:
    v = visits(spoken, **screen)
    v.settle()
    width, height = v.map.evaluate("[innerWidth, innerHeight]")
    names = names_on(v)
    assert len(names) > 15
    assert [name for name in names if name["size"] < 13] == []
    assert [name for name in names if name["left"] < -1 or name["right"] > width + 1] == []
    assert [name for name in names if name["top"] < -1 or name["bottom"] > height + 1] == []
    for at, one in enumerate(names):
        assert [(one, other) for other in names[at + 1 :] if not apart(one, other)] == []


def test_a_phone_scrolls_nowhere_sideways_and_leaves_no_band_around_the_ground(visits: Visits) -> None:
    v = visits(**PHONE)
    v.settle()
    assert v.page.evaluate("document.documentElement.scrollWidth") == 390
    height, top, bottom = v.map.evaluate("""(() => {
      const { top, bottom } = document.querySelector("path").getBoundingClientRect();
      return [innerHeight, top, bottom];
    })()""")
    assert top < 75  # a row of buttons of 40 px stands above
    assert height - bottom < 30
    seals = v.map.locator(".stamp").evaluate_all("all => all.map(e => e.getBoundingClientRect().width)")
    assert min(seals) >= 24


def fingers(v: Visit, path: list[list[tuple[float, float]]]) -> None:
    """Puts the fingers down at the first step, moves them through the others and lifts them."""
    wire = v.context.new_cdp_session(v.page)
    for at, step in enumerate(path):
        spots = [{"x": x, "y": y, "id": finger} for finger, (x, y) in enumerate(step)]
        wire.send("Input.dispatchTouchEvent", {"type": "touchMove" if at else "touchStart", "touchPoints": spots})
        v.page.wait_for_timeout(16)
    wire.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    v.settle()


def frame_of(v: Visit) -> Box:
    box = v.page.locator("iframe").bounding_box()
    assert box is not None
    return dict(box)


def middle(v: Visit) -> tuple[float, float]:
    box = frame_of(v)
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_one_finger_over_the_map_scrolls_the_page(visits: Visits) -> None:
    v = visits(**PHONE)
    x, y = middle(v)
    before, centre = frame_of(v), v.centre()
    fingers(v, [[(x, y - step * 8)] for step in range(16)])
    assert frame_of(v)["y"] < before["y"] - 60
    assert v.centre() == centre
    expect(v.map.locator(".hint.shown")).to_have_count(0)


def test_a_sideways_finger_is_told_that_two_move_the_map(visits: Visits) -> None:
    v = visits(**PHONE)
    x, y = middle(v)
    centre = v.centre()
    fingers(v, [[(x - 60 + step * 10, y)] for step in range(12)])
    expect(v.map.locator(".hint.shown")).to_have_text("请用双指移动和缩放地图")
    assert v.centre() == centre


def test_two_fingers_zoom_and_move_the_map(visits: Visits) -> None:
    v = visits(**PHONE)
    x, y = middle(v)
    zoom = v.zoom()
    fingers(v, [[(x - 30 - step * 5, y), (x + 30 + step * 5, y)] for step in range(12)])
    assert v.zoom() > zoom + 0.5
    centre = v.centre()
    fingers(v, [[(x - step * 5, y), (x + 50 - step * 5, y)] for step in range(12)])
    assert v.centre() != centre


def test_a_tap_on_a_phone_picks_a_seal(visits: Visits) -> None:
    v = visits(**PHONE)
    v.map.locator("[aria-label=社区医院]").tap()
    v.says("got point hospital")
