"""Exporting in Chromium: the click makes the file, and it holds the rows of the list."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from sheets.reading import read
from tests.browser import house
from tests.browser.conftest import Visits

pytestmark = pytest.mark.browser


def downloaded(page: Page, key: str, form: str) -> tuple[str, bytes]:
    page.locator(f".st-key-export-{key} button").first.click()
    with page.expect_download() as waited:
        page.locator(f".st-key-export-{key}-{form} button").click()
    return waited.value.suggested_filename, Path(waited.value.path()).read_bytes()


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_cases_under_the_filters_are_downloaded(visit: Visits, form: str) -> None:
    visitor = visit("official", "cases?show=all&span=month")
    page = visitor.page
    name, data = downloaded(page, "cases", form)
    assert name.startswith("诉求-演示数据-")
    assert name.endswith(f".{form}")
    shown = page.locator(".st-key-bar button").filter(has_text="全部").last.inner_text()
    count = int(shown.split()[-1].replace(",", ""))
    assert len(read(data, name).rows) == count > 50
    expect(page.get_by_text("Failed to generate")).to_have_count(0)
    assert (visitor.foreign, visitor.errors) == ([], [])


def test_the_meals_are_downloaded_and_the_menu_fits_a_phone(visit: Visits) -> None:
    visitor = visit("official", "meals?span=week&meal=lunch", size=house.PHONE)
    name, data = downloaded(visitor.page, "meals", "xlsx")
    assert name.startswith("就餐明细-演示数据-")
    assert {row.cells[2] for row in read(data, name).rows} == {"午餐"}
    assert not visitor.sideways()
    assert visitor.grave() == []


def test_a_presenter_is_offered_no_export(visit: Visits) -> None:
    visitor = visit("presenter", "meals?span=month")
    expect(visitor.page.locator('[class*="st-key-export"]')).to_have_count(0)
