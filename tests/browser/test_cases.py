"""The cases page in Chromium: live, picked, copied, on a phone, in both languages and papers, with hostile texts."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import house
from tests.browser.conftest import Visits

pytestmark = pytest.mark.browser

# What an import does, in a process of its own: it files a case and says that cases changed.
FILE = """
import sys
import sqlalchemy as sa
import clock
from access import OPERATOR
from data_access import changes, search
from data_access.engine import open_engine, sqlite_url, writing
from data_access.tables.cases import Case
from pathlib import Path
from vocabulary.enums import Subject
file, number, title, body = sys.argv[1:]
now = clock.now()
row = dict(number=number, title=title, body=body, status="pending", urgency="emergency")
row |= dict(received_at=now, received_on=now.date())
with writing(open_engine(sqlite_url(Path(file)))) as conn:
    key = conn.execute(sa.insert(Case).values(**row)).inserted_primary_key[0]
    search.add(conn, [(key, search.searched_text(number, title, body, None))])
    changes.record(conn, OPERATOR, Subject.CASES, "filed", key)
    print(key)
"""
ROW, HEADING = 44, 38


def file_case(folder: Path, number: str, title: str, body: str = "") -> str:
    """Another process files an open case in no grid; gives its id."""
    command = [sys.executable, "-c", FILE, str(folder / "demo.db"), number, title, body]
    return subprocess.run(command, cwd=house.ROOT, check=True, capture_output=True, text=True).stdout.strip()


def choice(page: Page, word: str) -> Locator:
    return page.locator(".st-key-bar button").filter(has_text=re.compile(rf"^{word} [0-9,]+$"))


def count_of(page: Page, word: str) -> int:
    return int(choice(page, word).inner_text().split()[-1].replace(",", ""))


def said_count(page: Page) -> int:
    """The number of cases in the sentence above the list."""
    found = re.search(r"[0-9,]+", page.locator(".st-key-cases-order p").first.inner_text())
    assert found
    return int(found[0].replace(",", ""))


def table(page: Page) -> Locator:
    return page.locator("[class*=st-key-cases-list] [data-testid=stDataFrame]").first


def click_row(page: Page, row: int, across: int = 300) -> None:
    """As a hand does it: the pointer arrives before it presses."""
    box = table(page).bounding_box()
    assert box
    at = box["x"] + across, box["y"] + HEADING + ROW * row + ROW / 2
    page.mouse.move(at[0] - 9, at[1])
    page.mouse.move(*at, steps=3)
    page.wait_for_timeout(150)
    page.mouse.click(*at)


def opened(page: Page) -> Locator:
    return page.locator(".st-key-panel-case .case-title")


def test_a_case_filed_by_another_process_shows_within_two_seconds_and_leaves_all_else_as_it_was(
    visit: Visits, demo_folder: Path
) -> None:
    visitor = visit("worker", "cases?show=all&urgency=emergency&urgency=normal")
    page = visitor.page
    click_row(page, 2)
    expect(opened(page)).to_be_visible()
    visitor.settled()
    case, address = opened(page).inner_text(), page.url
    ground = page.locator("[data-testid=stMain]")
    ground.evaluate("main => main.scrollTo(0, 180)")
    grid = page.locator("[class*=st-key-cases-list] .dvn-scroller")
    grid.evaluate("inner => inner.scrollTo(0, 400)")
    before, scope = said_count(page), count_of(page, "全部在办")
    file_case(demo_folder, "L-1", "水管爆裂")
    expect(choice(page, "全部在办")).to_have_text(f"全部在办 {scope + 1}", timeout=2000)
    visitor.settled()
    assert said_count(page) == before + 1
    assert page.url == address
    assert opened(page).inner_text() == case
    assert ground.evaluate("main => main.scrollTop") == 180
    assert grid.evaluate("inner => inner.scrollTop") == 400
    grid.evaluate("inner => inner.scrollTo(0, 0)")
    ticked = page.locator("[class*=st-key-cases-list] tr[aria-selected=true]")
    expect(ticked.first).to_have_attribute("aria-rowindex", "5")  # heading 1; it was the third row and is the fourth


def test_a_row_opens_by_click_and_by_arrow_key_and_closes(visit: Visits) -> None:
    visitor = visit("official", "cases?show=all")
    page = visitor.page
    click_row(page, 1)
    expect(opened(page)).to_be_visible()
    first = page.url
    visitor.settled()
    page.keyboard.press("ArrowDown")
    expect(page).not_to_have_url(first)
    visitor.settled()
    page.locator(".st-key-case-close button").click()
    expect(opened(page)).to_have_count(0)
    assert "case=" not in page.url


def test_a_copied_address_shows_the_same_in_another_language(visit: Visits) -> None:
    here = visit("official", "cases")
    page = here.page
    choice(page, "全部").click()
    here.settled()
    page.get_by_placeholder("编号、地点、关键词").fill("漏水")
    page.keyboard.press("Enter")
    here.settled()
    page.get_by_test_id("stPopoverButton").filter(has_text="筛选").first.click()
    page.get_by_test_id("stMultiSelect").filter(has_text="缓急").click()
    page.get_by_role("option", name="一般").click()
    here.settled()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    click_row(page, 0)
    expect(opened(page)).to_be_visible()
    here.settled()
    query = page.url.partition("?")[2]
    there = visit("worker", f"cases?{query}&lang=en")
    assert said_count(there.page) <= said_count(page)
    same = visit("official", f"cases?{query}&lang=en")
    assert said_count(same.page) == said_count(page)
    assert opened(same.page).inner_text() == opened(page).inner_text()
    expect(same.page.get_by_placeholder("Number, place, keyword")).to_have_value("漏水")
    expect(same.page.get_by_text("Urgency: Normal")).to_be_visible()


def test_a_building_on_the_map_narrows_the_page_and_the_map_stays(visit: Visits) -> None:
    visitor = visit("official", "cases")
    page = visitor.page
    page.locator(".st-key-panel-cases-map iframe").wait_for()
    page.wait_for_timeout(1500)
    frame = next(frame for frame in page.frames if "/maps/" in frame.url)
    frame.evaluate("window.mark = 1")
    disc = frame.locator("[aria-label*='在办']").first
    label = disc.get_attribute("aria-label") or ""
    disc.click()
    visitor.settled()
    number, count = re.findall(r"\d+", label)[:2]
    assert f"building={number}" in page.url
    assert count_of(page, "全部在办") == said_count(page) == int(count)
    assert frame.evaluate("window.mark") == 1
    page.get_by_text(f"楼栋：{number}栋").click()
    visitor.settled()
    assert "building" not in page.url


def test_on_a_phone_the_case_stands_under_the_list_and_nothing_is_wider_than_the_window(visit: Visits) -> None:
    visitor = visit("worker", "cases?show=all", size=house.PHONE)
    page = visitor.page
    headings = page.locator("[class*=st-key-cases-list] [role=columnheader]")
    expect(headings).to_have_text(["缓急", "状态", "诉求"])  # those that the window shows
    click_row(page, 1, across=250)
    expect(opened(page)).to_be_attached()
    visitor.settled()
    list_box, case_box = table(page).bounding_box(), page.locator(".st-key-panel-case").bounding_box()
    assert list_box
    assert case_box
    assert list_box["y"] + list_box["height"] <= case_box["y"]
    assert visitor.sideways() <= 0


def test_hostile_and_endless_texts_are_texts(visit: Visits, demo_folder: Path) -> None:
    hostile = "<img src=x onerror=alert(1)> **粗** :red[红] $x$ =cmd"
    endless = hostile + "长" * 10_000
    case = file_case(demo_folder, "H-<b>1</b>", endless, endless)
    visitor = visit("worker", f"cases?case={case}", size=house.PHONE)
    page = visitor.page
    heard: list[str] = []
    page.on("dialog", lambda dialog: heard.append(dialog.message))
    shown = opened(page).inner_text()
    assert shown.startswith(hostile)
    assert len(shown) == len(endless)
    assert page.locator(".st-key-panel-case").get_by_text("H-<b>1</b>", exact=True).is_visible()
    assert page.locator(".st-key-panel-case img[src=x]").count() == 0
    assert visitor.sideways() <= 0
    box = page.locator(".st-key-panel-case").bounding_box()
    assert box
    assert box["height"] < 2500
    page.wait_for_timeout(500)
    assert heard == []


def test_a_contact_is_shown_only_after_a_look(visit: Visits) -> None:
    visitor = visit("worker", "cases?show=all&channel=hotline")
    page = visitor.page
    click_row(page, 0)
    expect(opened(page)).to_be_visible()
    visitor.settled()
    expect(page.get_by_text("查看会记入日志")).to_be_visible()
    page.locator(".st-key-case-look button").click()
    expect(page.get_by_text(re.compile("已记入日志|没有留联系方式"))).to_be_visible()
    assert page.locator(".st-key-case-hide button").is_visible()
