"""The exchange page in Chromium: a sheet previewed, decided, written, followed to its cases; on a phone, in English."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import house
from tests.browser.conftest import Visits
from tests.jobs.import_files import csv_of, order, petition

pytestmark = pytest.mark.browser
OLD = {"留言时间": "2019/4/25 9:32:09", "答复时间": "2019/5/10 14:56:53"}


def choose(visitor: house.Visitor, file: Path) -> None:
    visitor.page.locator("input[type=file]").set_input_files(file)
    expect(visitor.page.locator(".st-key-panel-preview")).to_be_visible(timeout=20_000)
    visitor.settled()


def sound(visitor: house.Visitor) -> None:
    """No error, no request outside, nothing wider than the window, nothing that a screen reader stumbles over."""
    assert (visitor.errors, visitor.foreign, visitor.sideways()) == ([], [], 0)
    assert visitor.grave() == []


def test_years_old_petitions_are_written_and_found_in_their_own_period(visit: Visits, tmp_path: Path) -> None:
    file = tmp_path / "petitions.csv"
    file.write_bytes(csv_of(petition("E1", **OLD), petition("E2", 留言主题="井盖丢失", **OLD)))
    visitor = visit("worker", "exchange")
    words = visitor.page.locator("[data-testid=stFileUploaderDropzone] button p")
    assert words.evaluate("p => [getComputedStyle(p).fontSize, getComputedStyle(p, '::after').content]") == [
        "0px",
        '"选择文件"',
    ]
    expect(visitor.page.get_by_text("200MB per file")).to_be_hidden()
    choose(visitor, file)
    sound(visitor)
    visitor.page.get_by_role("button", name="写入 2 件").click()
    expect(visitor.page.get_by_text("已写入“petitions.csv”")).to_be_visible(timeout=20_000)
    visitor.page.get_by_text("看这次导入的诉求").click()
    visitor.settled()
    assert re.search(r"from=2019-04-25&to=2019-04-25&batch=\d+", visitor.page.url)
    expect(visitor.page.get_by_text("本期受理 2")).to_be_visible()


def test_an_unknown_word_is_decided_and_the_rest_left_to_mend(visit: Visits, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_bytes(csv_of(order("E3", 工单类型="市民评价"), order("E4", 受理时间="昨天"), order("E5")))
    visitor = visit("worker", "exchange")
    choose(visitor, file)
    expect(visitor.page.get_by_text("有 2 行不合格")).to_be_visible()
    visitor.page.locator(".st-key-panel-choices [data-testid=stSelectbox] input").first.click()
    visitor.page.get_by_role("option", name="表扬", exact=True).click()
    expect(visitor.page.get_by_text("有 1 行不合格")).to_be_visible(timeout=20_000)
    sound(visitor.settled())
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("button", name="下载待改表（1 行）").click()
    assert download.value.suggested_filename == "orders-rejected.xlsx"
    visitor.page.get_by_role("button", name="只写入合格的 2 行").click()
    expect(visitor.page.get_by_text("行没有导入，可以下载待改表")).to_be_visible(timeout=20_000)


def test_a_paper_is_refused_with_a_sentence(visit: Visits, tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(b"%PDF-1.7")
    visitor = visit("admin", "exchange")
    visitor.page.locator("input[type=file]").set_input_files(file)
    expect(visitor.page.get_by_text("文件“paper.pdf”是 PDF 文档")).to_be_visible(timeout=20_000)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_preview_fits_a_phone_in_english(visit: Visits, tmp_path: Path, scheme: str) -> None:
    file = tmp_path / "petitions.csv"
    file.write_bytes(csv_of(petition("E8", 怪列="x"), petition("E9", 留言时间="昨天")))
    visitor = visit("worker", "exchange?lang=en", size=house.PHONE, scheme=scheme)
    choose(visitor, file)
    expect(visitor.page.get_by_role("button", name="Write only the 1 sound rows")).to_be_visible()
    sound(visitor)
