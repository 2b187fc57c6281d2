"""Every page and part in both languages, on light and dark paper, at three widths: nothing sticks out or hinders."""

import re

import pytest

from tests.browser import house
from tests.browser.conftest import Visits

pytestmark = pytest.mark.browser
CHINESE = re.compile("[\u4e00-\u9fff]")
LOOKS = (
    ("official", "overview"),
    ("presenter", "overview"),
    ("official", "service_points?place=workshop_1"),
    ("stalls", "service_points"),
    ("worker", "cases?show=all"),
    ("worker", "whistles?span=quarter"),
    ("worker", "peace_post?part=checks&span=quarter"),
    ("worker", "peace_post?part=disputes&span=quarter"),
    ("worker", "peace_post?part=opinions&span=quarter"),
    ("worker", "peace_post?part=pictures&span=quarter"),
    ("canteen", "till"),
    ("official", "meals"),
    ("worker", "meals?part=care"),
    ("worker", "meals?part=coverage"),
    ("worker", "meals?part=diners"),
    ("canteen", "meals?part=books"),
    ("canteen", "meals?part=safety"),
    ("presenter", "meals?part=books"),
    ("worker", "volunteers?part=shifts"),
    ("volunteers", "volunteers?part=records"),
    ("worker", "volunteers?part=clues"),
    ("official", "volunteers?part=people"),
    ("official", "health?group=hypertension"),
    ("hospital", "health?group=elders_65"),
    ("activities", "activities"),
    ("official", "claims"),
    ("official", "renewal"),
    ("official", "steward"),
    ("admin", "exchange"),
    ("admin", "accounts"),
    ("admin", "rules?part=limits"),
    ("admin", "rules?part=targets"),
    ("admin", "rules?part=places"),
    ("admin", "rules?part=suggestion"),
    ("worker", "today"),
    ("unit", "today"),
)
"""Whose page, and its address: one line for each page, and for each part of a page that has parts."""


@pytest.mark.parametrize(("login", "path"), LOOKS)
def test_it_fits_and_can_be_read(visit: Visits, login: str, path: str) -> None:
    joint = "&" if "?" in path else "?"
    visitor = visit(login, path, size=house.WIDE)
    assert visitor.fits() == []
    visitor.page.emulate_media(color_scheme="dark")
    visitor.open(f"{path}{joint}lang=en")
    assert visitor.fits() == []
    ours = visitor.page.locator(".st-key-page :is(h1, h2, h3, button)").all_inner_texts()
    assert [text for text in ours if CHINESE.search(text)] == []
