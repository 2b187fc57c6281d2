"""A whistle in the browser: a worker blows it for a case, the unit answers and arrives, the worker concludes."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from data_access.engine import open_engine, reading, sqlite_url
from data_access.tables.accounts import Account
from data_access.tables.cases import Case
from data_access.tables.places import Grid, Unit
from tests.browser.conftest import Visits
from vocabulary.enums import OPEN_STATUSES

pytestmark = pytest.mark.browser


def open_case(folder: Path) -> tuple[int, str]:
    """A case that the worker of the house may whistle for, and the name of the unit that has an account."""
    engine = open_engine(sqlite_url(folder / "demo.db"))
    with reading(engine) as conn:
        grids = sa.select(Grid.id).order_by(Grid.code).limit(2)
        statement = sa.select(Case.id).where(Case.status.in_(OPEN_STATUSES), Case.grid_id.in_(grids)).limit(1)
        case_id = conn.scalar(statement)
        name = conn.scalar(sa.select(Unit.name).join(Account.table(), Account.unit_id == Unit.id).limit(1))
    engine.dispose()
    assert case_id is not None
    assert name is not None
    return case_id, name


def test_a_whistle_is_blown_answered_attended_and_concluded(visit: Visits, demo_folder: Path) -> None:
    case_id, name = open_case(demo_folder)
    worker = visit("worker", f"whistles?blow={case_id}")
    new = worker.page.locator(".st-key-wh-new-brought")
    new.get_by_role("combobox", name="应到单位").fill(name)
    worker.page.keyboard.press("Enter")
    worker.page.keyboard.press("Escape")
    new.get_by_label("要办的事").fill("请到现场一起会商")
    new.get_by_role("button", name="吹哨", exact=True).click()
    worker.settled()
    expect(worker.page.get_by_text("已吹哨，叫到 1 个单位。")).to_be_visible()
    address = worker.page.url.rpartition("/")[2]
    unit = visit("unit", address)
    unit.page.get_by_role("button", name="响应：本单位会来").click()
    unit.settled()
    expect(unit.page.get_by_text("已响应。")).to_be_visible()
    unit.page.get_by_role("button", name="报到", exact=True).click()
    unit.settled()
    expect(unit.page.get_by_text("的报到已登记。")).to_be_visible()
    here = worker.page.locator(".st-key-panel-wh-one")
    expect(here.get_by_text("按时")).to_be_visible()  # without asking for it
    here.get_by_text("写会商结论", exact=True).click()
    here.get_by_label("会商结论").fill("三天内办好")
    here.get_by_role("button", name="办结", exact=True).click()
    worker.settled()
    expect(worker.page.get_by_text("已办结。")).to_be_visible()
    expect(here.get_by_text("三天内办好")).to_be_visible()
    assert [*worker.errors, *worker.foreign, *unit.errors, *unit.foreign] == []
