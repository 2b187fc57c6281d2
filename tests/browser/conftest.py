"""The house open for visitors: built once a worker, on thirty days of demo."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from data_access import migrate
from data_access.engine import open_engine, sqlite_url
from data_access.sealing import seal
from jobs import demo_data
from tests import needs
from tests.browser import house

Visits = Callable[..., house.Visitor]


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with thirty days of demo up to now, and the accounts of house.make_accounts."""
    folder = tmp_path_factory.mktemp("house")
    engine = open_engine(sqlite_url(folder / "demo.db"))
    migrate.upgrade(engine)
    demo_data.load(engine, days=30, seed=1, seal=seal(None, folder / "jiefang.key"))
    engine.dispose()
    house.make_accounts(folder)
    return folder


@pytest.fixture(scope="session")
def house_address(demo_folder: Path) -> Iterator[str]:
    with house.running(demo_folder) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = needs.chromium()
    if path is None:
        if needs.required():
            pytest.fail(needs.missing("chromium"))
        pytest.skip(needs.missing("chromium"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=house.FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def contexts() -> dict[bool, list[BrowserContext]]:
    """Contexts no test holds just now, a phone's and a desk's: they keep the product's files loaded."""
    return {True: [], False: []}


@pytest.fixture
def visit(chromium: Browser, house_address: str, contexts: dict[bool, list[BrowserContext]]) -> Iterator[Visits]:
    """`visit("official", "cases?span=month", size=house.PHONE, scheme="dark")`: signed in, the page settled."""
    opened: list[tuple[bool, house.Visitor]] = []

    def go(login: str, path: str = "", size: tuple[int, int] = house.LAPTOP, scheme: str = "light") -> house.Visitor:
        free = contexts[size == house.PHONE]
        context = free.pop() if free else house.context(chromium, size)
        visitor = house.Visitor(context, house_address, size, scheme)
        opened.append((size == house.PHONE, visitor))
        return visitor.sign_in(login).open(path)

    yield go
    for phone, visitor in opened:
        visitor.leave()
        contexts[phone].append(visitor.context)
