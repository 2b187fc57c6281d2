"""Sheets of other kinds in Chromium: the template filled, previewed, written; in English, on light and dark paper."""

from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import expect

from jobs.sheets.declared import KINDS
from tests.browser import house
from tests.browser.conftest import Visits
from tests.sheet_rows import Said, openpyxl, table

pytestmark = pytest.mark.browser
OPINION = {"number": "E-1", "origin": "box", "theme": "safety", "text": "夜里院坝太暗。", "collected_on": "2026-01-05"}


def choose_kind(visitor: house.Visitor, name: str) -> None:
    visitor.page.locator(".st-key-exchange-kind input").click()
    visitor.page.get_by_role("option", name=name, exact=True).click()
    visitor.settled()


def choose(visitor: house.Visitor, file: Path) -> None:
    visitor.page.locator("input[type=file]").set_input_files(file)
    expect(visitor.page.locator(".st-key-panel-preview")).to_be_visible(timeout=20_000)
    visitor.settled()


def test_a_template_is_filled_previewed_and_written(visit: Visits, tmp_path: Path) -> None:
    visitor = visit("peace_post", "exchange")
    choose_kind(visitor, "意见建议")
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("button", name="下载模板").click()
    assert download.value.suggested_filename == "意见建议-模板.xlsx"
    book = openpyxl.load_workbook(BytesIO(Path(download.value.path()).read_bytes()))
    kind = KINDS["opinions"]
    book.worksheets[0].append([OPINION.get(column.field) for column in kind.columns])
    file = tmp_path / "意见.xlsx"
    book.save(file)
    choose(visitor, file)
    expect(visitor.page.get_by_text("示例行已跳过")).to_be_visible()
    visitor.page.get_by_role("button", name="写入 1 行").click()
    expect(visitor.page.get_by_text("已写入“意见.xlsx”")).to_be_visible(timeout=20_000)
    expect(visitor.page.get_by_text("导入记录：意见建议")).to_be_visible()
    assert (visitor.errors, visitor.foreign, visitor.fits()) == ([], [], [])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_rejected_row_and_a_change_fit_in_english(visit: Visits, tmp_path: Path, scheme: str) -> None:
    file = tmp_path / "opinions.xlsx"
    rows: list[Said] = [{**OPINION, "number": f"E-{scheme}"}, {**OPINION, "number": "E-9", "theme": "weather"}]
    file.write_bytes(table(KINDS["opinions"], rows))
    visitor = visit("peace_post", "exchange?lang=en", scheme=scheme)
    choose_kind(visitor, "Opinions")
    assert visitor.fits() == []
    choose(visitor, file)
    expect(visitor.page.get_by_role("button", name="Write only the 1 sound rows")).to_be_visible()
    assert (visitor.errors, visitor.foreign, visitor.fits()) == ([], [], [])
