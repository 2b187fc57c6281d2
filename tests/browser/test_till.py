"""The till in a browser: a scanner and one key, in both languages, on paper light and dark, wide and narrow."""

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from data_access.engine import open_engine, sqlite_url
from tests.browser import house

Visits = Callable[..., house.Visitor]
pytestmark = pytest.mark.browser


def card_of(folder: Path, tier: int) -> str:
    """A card of the demo that has not had a meal today."""
    engine = open_engine(sqlite_url(folder / "demo.db"))
    with engine.connect() as conn:
        eaten = "select diner_id from meal where served_on = (select max(served_on) from meal) and diner_id is not null"
        found = conn.scalar(sa.text(f"select card from diner where tier_id = {tier} and id not in ({eaten})"))
    engine.dispose()
    return str(found)


def test_a_scanned_card_is_answered_and_the_next_enter_books(visit: Visits, demo_folder: Path) -> None:
    visitor = visit("canteen", "till")
    page = visitor.page
    card = card_of(demo_folder, 1)
    page.keyboard.type(card)
    page.keyboard.press("Enter")
    visitor.settled()
    assert page.locator(".due b").count() == 1
    page.keyboard.press("Enter")
    visitor.settled()
    assert "已登记" in page.locator("[data-testid=stAlert]").inner_text()
    box = page.locator(".st-key-till-card input")
    assert box.input_value() == ""
    page.keyboard.type("X")  # the next scan goes to the card number by itself
    assert box.input_value() == "X"
    page.keyboard.press("F8")
    visitor.settled()
    assert "已登记" in page.locator("[data-testid=stAlert]").inner_text()
    assert visitor.errors == []
    assert visitor.foreign == []
