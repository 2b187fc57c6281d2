"""The overview in Chromium: live, clicked, on a phone, in both languages, on both papers."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import FrameLocator, Page, expect

import clock
from access import OPERATOR
from data_access import changes
from data_access.engine import open_engine, sqlite_url, writing
from data_access.tables.cases import Case, CaseEvent
from data_access.tables.places import Building
from tests.browser import house
from tests.browser.conftest import Visits
from vocabulary.enums import CaseStatus, EventKind, Subject, Urgency

pytestmark = pytest.mark.browser


def town(page: Page) -> FrameLocator:
    return page.frame_locator(".st-key-panel-map iframe")


def file_case(folder: Path, number: str, building: str) -> None:
    """Another process files an emergency at a building."""
    engine = open_engine(sqlite_url(folder / "demo.db"))
    now = clock.now()
    with writing(engine) as conn:
        at = conn.scalar(sa.select(Building.id).where(Building.number == building))
        case = sa.insert(Case).values(
            number=number,
            title="楼道灯坏了",
            status=CaseStatus.PENDING,
            urgency=Urgency.EMERGENCY,
            building_id=at,
            received_at=now,
            received_on=now.date(),
        )
        key = conn.execute(case).inserted_primary_key
        assert key
        filed = {"case_id": key[0], "at": now - timedelta(seconds=1), "kind": EventKind.FILED}
        conn.execute(sa.insert(CaseEvent).values(**filed, to_status=CaseStatus.PENDING))
        changes.record(conn, OPERATOR, Subject.CASES, "case.filed", key[0])
    engine.dispose()


def test_a_case_filed_elsewhere_shows_within_two_seconds_and_keeps_scroll_and_zoom(
    visit: Visits, demo_folder: Path
) -> None:
    v = visit("official")
    before = v.page.locator(".st-key-card-received [data-testid=stMetricValue]").inner_text()
    town(v.page).locator("a[title=放大]").click()
    main = v.page.locator("[data-testid=stMain]")
    main.evaluate("main => main.scrollTo(0, 500)")
    v.page.wait_for_timeout(800)
    frame = next(frame for frame in v.page.frames if "/maps/" in frame.url)
    zoom = frame.evaluate("window.mark = 1, ground.town.map.getZoom()")
    file_case(demo_folder, "live-1", "9")
    card = v.page.locator(".st-key-card-received [data-testid=stMetricValue]")
    expect(card).not_to_have_text(before, timeout=2500)
    expect(v.page.locator("ol.log")).to_contain_text("楼道灯坏了", timeout=1500)
    assert frame.evaluate("[window.mark, ground.town.map.getZoom()]") == [1, zoom]
    assert main.evaluate("main => main.scrollTop") == 500
    assert not v.foreign


def test_a_click_on_a_place_explains_it_and_leads_to_its_page(visit: Visits) -> None:
    v = visit("official")
    town(v.page).locator("[aria-label=社区食堂]").click()
    line = v.page.locator(".st-key-map-picked")
    expect(line).to_contain_text("社区食堂")
    line.get_by_role("link").click()
    v.settled()
    expect(v.page.locator(".st-key-panel-service-detail")).to_contain_text("社区食堂")
    assert "place=canteen" in v.page.url


def test_a_click_on_a_building_counts_its_open_cases(visit: Visits, demo_folder: Path) -> None:
    file_case(demo_folder, "live-2", "14")
    v = visit("official")
    town(v.page).locator("path[aria-label='14栋']").click()
    expect(v.page.locator(".st-key-map-picked")).to_contain_text("14栋在办诉求")
    assert "building=14" in str(v.page.locator(".st-key-map-picked a").get_attribute("href"))


def test_on_a_phone_five_cards_come_first_and_the_others_unfold(visit: Visits) -> None:
    v = visit("official", size=house.PHONE)
    first, more = v.page.locator(".st-key-card-open"), v.page.locator(".st-key-card-elder_share")
    expect(first).to_be_visible()
    expect(more).to_be_hidden()
    v.page.get_by_text("其余四项指标").click()
    expect(more).to_be_visible()
    assert v.sideways() <= 0


def test_on_a_desk_all_nine_cards_stand_in_two_rows(visit: Visits) -> None:
    for size in (house.LAPTOP, house.WIDE):
        v = visit("official", size=size)
        boxes = [box for box in (card.bounding_box() for card in v.page.locator("[class*=st-key-card-]").all()) if box]
        tops = sorted({round(box["y"]) for box in boxes if box["height"] > 120})
        assert len(tops) == 2
        expect(v.page.get_by_text("其余四项指标")).to_be_hidden()


@pytest.mark.parametrize("name", ["logo-zh.svg", "logo-en.svg"])
@pytest.mark.parametrize(("scheme", "light"), [("light", False), ("dark", True)])
def test_the_mark_is_dark_on_light_paper_and_light_on_dark_paper(
    visit: Visits, name: str, scheme: str, *, light: bool
) -> None:
    v = visit("official", "?lang=en" if "en" in name else "", scheme=scheme)
    words = v.page.locator("[data-testid=stSidebarLogo], [data-testid=stHeaderLogo]").first
    brightness = v.page.evaluate(
        """async image => {
            const canvas = Object.assign(document.createElement("canvas"), { width: 240, height: 64 });
            const pen = canvas.getContext("2d");
            await image.decode();
            pen.drawImage(image, 0, 0, 240, 64);
            const { data } = pen.getImageData(80, 0, 160, 64);
            let sum = 0, count = 0;
            for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 200) { sum += data[i]; count += 1; }
            return sum / count;
        }""",
        words.element_handle(),
    )
    assert (brightness > 128) is light
