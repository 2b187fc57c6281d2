"""The gate on the wire: signed out, or in the wrong role, no row leaves the server, not even at the first request."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser

import access
from access import OPERATOR
from data_access import accounts, signins
from data_access.engine import open_engine, reading, sqlite_url, writing
from data_access.tables.cases import Case
from data_access.tables.meals import Diner
from data_access.tables.stalls import Stall
from jobs import cookies
from tests.browser import house
from tests.browser.gate.wire import sent
from vocabulary.enums import Role

pytestmark = pytest.mark.browser
PAGES = sorted({page for pages in (*access.PAGES.values(), *access.FEED_PAGES.values()) for page in pages})
LOGINS = ("official", "worker", "unit", "presenter", "canteen", "stalls", "admin")


@pytest.fixture(scope="module")
def secrets_of_the_house(demo_folder: Path) -> set[bytes]:
    """Words that stand in rows and nowhere else: case numbers and titles, card numbers, artisans."""
    engine = open_engine(sqlite_url(demo_folder / "demo.db"))
    with reading(engine) as conn:
        found = {
            *conn.scalars(sa.select(Case.number)),
            *conn.scalars(sa.select(Case.title)),
            *conn.scalars(sa.select(Diner.card).limit(500)),
            *(name for name in conn.scalars(sa.select(Stall.artisan)) if name),
        }
    engine.dispose()
    assert len(found) > 100
    return {word.encode() for word in found if len(word) > 2}


@pytest.fixture(scope="module")
def cookie_of(demo_folder: Path, monkeypatch_module: pytest.MonkeyPatch) -> dict[str, str]:
    """A signed cookie of each account."""
    monkeypatch_module.setenv("JIEFANG_DATA", str(demo_folder))
    engine = open_engine(sqlite_url(demo_folder / "demo.db"))
    with writing(engine) as conn:
        ids = {row["login"]: signins.account_of(conn, row["login"]).id for row in _listing(conn)}
        made = {login: cookies.signed(signins.begin_session(conn, ids[login])) for login in LOGINS}
    engine.dispose()
    return made


def _listing(conn: sa.Connection) -> list[dict[str, str]]:
    return accounts.listing(conn, OPERATOR).to_dicts()


@pytest.fixture(scope="module")
def monkeypatch_module() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.mark.parametrize("page", PAGES)
def test_the_very_first_request_after_a_restart_meets_the_door(
    page: str, demo_folder: Path, secrets_of_the_house: set[bytes]
) -> None:
    with house.running(demo_folder) as address:
        kinds, wire = sent(address, page)
    assert b"/sign-in" in wire
    assert "page_not_found" not in kinds
    assert not [word.decode() for word in secrets_of_the_house if word in wire]


@pytest.mark.parametrize("login", LOGINS)
def test_a_page_of_another_role_sends_a_sentence_and_no_row(
    login: str, house_address: str, cookie_of: dict[str, str], secrets_of_the_house: set[bytes]
) -> None:
    role = Role(login) if login in set(Role) else Role.FEEDER
    for page in [page for page in PAGES if page not in access.PAGES[role] and not _feeds(login, page)]:
        _, wire = sent(house_address, page, cookie_of[login])
        assert b"/sign-in" not in wire, f"{login} is not signed in"
        assert not [word.decode() for word in secrets_of_the_house if word in wire], f"{login} on {page}"


def _feeds(login: str, page: str) -> bool:
    return any(page in pages for feed, pages in access.FEED_PAGES.items() if feed.value == login)


def test_the_form_of_the_door_leads_to_the_page_that_was_asked_for(chromium: Browser, house_address: str) -> None:
    visitor = house.Visitor(house.context(chromium), house_address, house.LAPTOP, "light")
    page = visitor.page
    page.goto(f"{house_address}/meals?span=week")
    page.locator("input[name=account]").fill("official")
    page.locator("input[name=password]").fill(house.PASSWORD)
    page.locator("form[action='/sign-in'] button").click()
    page.locator(".st-key-panel-meals-building").wait_for(timeout=20_000)
    assert "span=week" in page.url
    page.reload()
    page.locator(".st-key-panel-meals-building").wait_for(timeout=20_000)
    visitor.context.close()
