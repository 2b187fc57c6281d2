"""The meals page in Chromium: live, clicked, narrowed, on a phone, in both languages, on both papers."""

import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Locator, Page, expect

import clock
from data_access.engine import open_engine, reading, sqlite_url
from data_access.tables.meals import Diner, Meal
from tests.browser import house
from tests.browser.conftest import Visits

pytestmark = pytest.mark.browser

# What the till does, in a process of its own: it books one meal of an elder by the job that every door uses.
BOOK = """
import sys
from datetime import datetime
import clock
from access import OPERATOR
from data_access.engine import open_engine, sqlite_url, writing
from jobs import meals
from vocabulary.enums import MealKind, MealMode
with writing(open_engine(sqlite_url(sys.argv[1]))) as conn:
    at = datetime.fromisoformat(sys.argv[2])
    print(meals.book(conn, OPERATOR, "canteen", MealKind.LUNCH, MealMode.DINE_IN, 1800, sys.argv[3], at).number)
"""


def book(folder: Path, now: datetime | None = None) -> str:
    """Another process books a lunch now, or on the last day that the canteen served; gives its number."""
    file = folder / "demo.db"
    engine = open_engine(sqlite_url(file))
    with reading(engine) as conn:
        at: datetime = now or conn.execute(sa.select(sa.func.max(Meal.served_at))).scalar_one()
        card = conn.execute(sa.select(Diner.card).where(Diner.band == "80-89").limit(1)).scalar_one()
    engine.dispose()
    program = BOOK.replace("sys.argv[1]", "__import__('pathlib').Path(sys.argv[1])")
    command = [sys.executable, "-c", program, str(file), at.astimezone(clock.SHANGHAI).isoformat(), card]
    return subprocess.run(command, cwd=house.ROOT, check=True, capture_output=True, text=True).stdout.strip()


def number_in(text: str) -> int:
    return int("".join(sign for sign in text if sign.isdigit()))


def title_of_list(page: Page) -> Locator:
    return page.locator(".st-key-panel-meals-list p").first


def main(page: Page) -> Locator:
    return page.locator("[data-testid=stMain]")


def test_a_meal_booked_by_another_process_shows_within_two_seconds_and_leaves_all_else_as_it_was(
    visit: Visits, demo_folder: Path
) -> None:
    v = visit("official", "meals?span=quarter&who=elderly")
    v.page.locator(".st-key-card-rows-meals-tiers button").click()
    panel = v.page.locator(".st-key-panel-meals-rows")
    expect(panel).to_be_visible()
    v.settled()
    before = number_in(title_of_list(v.page).inner_text().split("餐 ")[0])
    main(v.page).evaluate("main => main.scrollTo(0, 900)")
    v.page.wait_for_timeout(500)
    book(demo_folder)
    expect(title_of_list(v.page)).to_contain_text(f"{before + 1:,} 餐", timeout=2500)
    v.settled()
    assert main(v.page).evaluate("main => main.scrollTop") == 900
    expect(panel).to_be_visible()
    assert "who=elderly" in v.page.url
    assert "span=quarter" in v.page.url
    assert (v.foreign, v.errors) == ([], [])


def test_a_filter_stands_in_the_address_and_the_address_brings_it_back(visit: Visits) -> None:
    v = visit("official", "meals")
    whole = title_of_list(v.page).inner_text()
    v.page.get_by_role("radio", name="午餐").click()
    expect(title_of_list(v.page)).not_to_have_text(whole)
    v.settled()
    assert "meal=lunch" in v.page.url
    narrowed = title_of_list(v.page).inner_text()
    v.page.reload()
    v.settled()
    assert title_of_list(v.page).inner_text() == narrowed


def test_another_page_of_the_list_is_another_hundred_meals(visit: Visits) -> None:
    v = visit("official", "meals")
    table = v.page.locator(".st-key-panel-meals-list [data-testid=stDataFrame] canvas").first
    expect(table).to_be_visible()
    first = table.screenshot()
    v.page.locator(".st-key-panel-meals-list").get_by_role("button", name="Page 2", exact=True).click()
    v.settled()
    v.page.wait_for_timeout(500)
    assert table.screenshot() != first


@pytest.mark.parametrize("chart", ["meals-building", "meals-band", "meals-curve", "meals-tiers", "meals-days"])
def test_each_chart_opens_its_rows_beneath_and_closes_them(visit: Visits, demo_folder: Path, chart: str) -> None:
    if chart == "meals-curve":
        book(demo_folder, clock.now())  # before breakfast the day has no curve yet
    v = visit("official", "meals")
    opener = v.page.locator(f".st-key-card-rows-{chart} button")
    opener.click()
    panel = v.page.locator(".st-key-panel-meals-rows")
    expect(panel).to_contain_text("就是图上的数")
    expect(panel.locator("[data-testid=stDataFrame]").first).to_be_visible()
    opener.click()
    expect(panel).to_have_count(0)


def test_the_buildings_stand_sorted_with_the_sign_of_those_behind_in_words(visit: Visits) -> None:
    v = visit("official", "meals?span=quarter")
    said = v.page.locator(".st-key-panel-meals-building").inner_html()
    assert "不足20人，不计率" in said
    shares = [
        float(share) for share in re.findall(r"([\d.]+)% \d+ / \d+", said.split("各楼覆盖率：")[1].split("。")[0])
    ]
    assert len(shares) > 20
    assert shares == sorted(shares, reverse=True)
    foot = v.page.locator(".st-key-panel-meals-building .under")
    if "▼" in said:
        expect(foot).to_contain_text("从这几栋开始入户")


def test_before_a_presenter_no_row_and_no_card_reaches_the_wire(visit: Visits, demo_folder: Path) -> None:
    engine = open_engine(sqlite_url(demo_folder / "demo.db"))
    with reading(engine) as conn:
        cards = list(conn.scalars(sa.select(Diner.card).limit(500)))
    engine.dispose()
    heard: list[bytes] = []
    v = visit("presenter", "")
    v.page.on("websocket", lambda socket: socket.on("framereceived", lambda data: heard.append(_bytes(data))))
    v.open("meals?span=today")
    v.page.wait_for_timeout(500)
    everything = b"".join(heard)
    assert len(everything) > 10_000
    assert not [card for card in cards if card.encode() in everything]
    expect(v.page.locator(".st-key-panel-meals-list")).to_have_count(0)


def _bytes(data: str | bytes) -> bytes:
    return data.encode() if isinstance(data, str) else data


@pytest.mark.parametrize("login", ["unit", "stalls", "admin"])
def test_others_are_told_that_the_page_is_not_theirs(visit: Visits, login: str) -> None:
    v = visit(login, "meals")
    expect(v.page.locator(".st-key-page")).to_contain_text("权限")
    expect(v.page.locator(".st-key-panel-meals-building")).to_have_count(0)


def test_in_english_the_page_speaks_english(visit: Visits) -> None:
    v = visit("presenter", "meals?lang=en")
    text = v.page.locator(".st-key-page").inner_text()
    assert "Elderly meals" in text
    assert not [sign for sign in text if "\u4e00" <= sign <= "\u9fff"]
