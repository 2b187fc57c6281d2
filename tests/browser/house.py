"""The real product, running on a demo neighbourhood of its own, and a Chromium to visit it with."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import axe_playwright_python
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, ViewportSize, expect

from access import OPERATOR
from data_access import accounts
from data_access.engine import open_engine, sqlite_url, writing
from tests.postgres import free_port
from vocabulary.enums import Feed, Role

ROOT = Path(__file__).parents[2]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]
CUT = """[...document.querySelectorAll('.st-key-page *')].filter(each => each.innerText && each.clientWidth
    && getComputedStyle(each).textOverflow === 'ellipsis' && getComputedStyle(each).overflow !== 'visible'
    && each.scrollWidth > each.clientWidth + 1).map(each => each.innerText.slice(0, 60))"""
PASSWORD = "a-password-of-the-tests"
STREAMLITS_OWN = ("svg-img-alt", "color-contrast-kbd", "presentation-role-conflict")
WIDE, LAPTOP, PHONE = (1920, 1080), (1366, 768), (390, 844)


def make_accounts(folder: Path) -> None:
    """One account a role, named like the role (feeders like their feed), all with PASSWORD."""
    engine = open_engine(sqlite_url(folder / "demo.db"))
    with writing(engine) as conn:
        taken = {row["login"] for row in accounts.listing(conn, OPERATOR).to_dicts()}
        grids = tuple(code for code, _name in accounts.assignable(conn, OPERATOR).grids)
        unit = accounts.busiest_unit(conn, OPERATOR)
        duties = {
            "official": accounts.Duty(Role.OFFICIAL),
            "worker": accounts.Duty(Role.WORKER, grids=grids[:2]),
            "unit": accounts.Duty(Role.UNIT, unit=unit),
            "presenter": accounts.Duty(Role.PRESENTER),
            "canteen": accounts.Duty(Role.FEEDER, feed=Feed.CANTEEN),
            "stalls": accounts.Duty(Role.FEEDER, feed=Feed.STALLS),
            "peace_post": accounts.Duty(Role.FEEDER, feed=Feed.PEACE_POST),
            "volunteers": accounts.Duty(Role.FEEDER, feed=Feed.VOLUNTEERS),
            "activities": accounts.Duty(Role.FEEDER, feed=Feed.ACTIVITIES),
            "hospital": accounts.Duty(Role.FEEDER, feed=Feed.HOSPITAL),
            "admin": accounts.Duty(Role.ADMIN),
        }
        for login, duty in duties.items():
            if login in taken:
                accounts.reset(conn, OPERATOR, login, PASSWORD)
            else:
                accounts.add(conn, OPERATOR, login, login, PASSWORD, duty)
    engine.dispose()


@contextmanager
def running(folder: Path, **environment: str) -> Iterator[str]:
    """The product over the databases in `folder`; yields its address."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            [*command, "--server.port", str(port)],
            cwd=ROOT,
            env={**os.environ, "JIEFANG_DATA": str(folder), "PORT": str(port), **environment},
            stdout=log,
            stderr=log,
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}/_stcore/health", server, folder / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert server.poll() is None, log.read_text(encoding="utf-8")
        try:
            urlopen(url, timeout=2).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(log.read_text(encoding="utf-8"))


def context(browser: Browser, size: tuple[int, int] = LAPTOP) -> BrowserContext:
    """A browser of one person: a phone's for PHONE, else a desk's. It keeps what it has loaded while it is open."""
    phone = size == PHONE
    return browser.new_context(viewport=_viewport(size), has_touch=phone, is_mobile=phone)


def _viewport(size: tuple[int, int]) -> ViewportSize:
    return {"width": size[0], "height": size[1]}


class Visitor:
    """A browser at the product: `foreign` holds addresses asked for outside, `errors` what failed in a page.

    FLAGS lets no other host be found; no route stands in the way of the browser's own cache.
    """

    def __init__(self, context: BrowserContext, address: str, size: tuple[int, int], scheme: str) -> None:
        self.address = address
        self.foreign, self.errors = list[str](), list[str]()
        self.context = context
        self.page: Page = context.new_page()
        self.page.set_viewport_size(_viewport(size))
        self.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        self.page.on("request", self._asked)
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def leave(self) -> None:
        """Closes the page and forgets who was here: cookies and what the page stored."""
        self.page.evaluate("localStorage.clear()")
        self.page.close()
        self.context.clear_cookies()

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.foreign.append(request.url)

    def _heard(self, message: ConsoleMessage) -> None:
        # Streamlit asks /page/_stcore/… first on a deep address and gets 404; that is its own way.
        if message.type == "error" and "404" not in message.text:
            self.errors.append(message.text)

    def sign_in(self, login: str) -> "Visitor":
        """Posts the form of the door without loading a page."""
        form: dict[str, str | float | bool] = {"account": login, "password": PASSWORD, "next": "/"}
        headers = {"Origin": self.address}
        self.context.request.post(f"{self.address}/sign-in", form=form, headers=headers, max_redirects=0)
        assert self.context.cookies(), f"{login} was not let in"
        return self

    def open(self, path: str) -> "Visitor":
        self.page.goto(f"{self.address}/{path}")
        return self.settled()

    def settled(self) -> "Visitor":
        """The page's run is over: its container stands and nothing is stale or still a skeleton."""
        self.page.wait_for_selector(".st-key-page", timeout=20_000)
        self.page.wait_for_timeout(300)
        expect(self.page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_attached(
            timeout=30_000
        )
        expect(self.page.locator("[data-testid=stSkeleton]")).to_have_count(0, timeout=20_000)
        return self

    def fits(self) -> list[str]:
        """What is wrong with the open page: too wide or cut, at three widths; grave to axe; errors; strangers."""
        found = list[str]()
        for size in (WIDE, LAPTOP, PHONE):
            self.page.set_viewport_size(_viewport(size))
            self.settled()
            if (wider := self.sideways()) > 0:
                found.append(f"at {size[0]} it is {wider} px wider")
            found += [f"at {size[0]} this is cut: {text}" for text in self.page.evaluate(CUT)]
        failed = self.page.locator("[data-testid=stException]").all_inner_texts()
        return [*found, *failed, *self.grave(), *self.errors, *self.foreign]

    def sideways(self) -> int:
        """How many pixels the page is wider than the window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - innerWidth"))

    def grave(self) -> list[str]:
        """What axe calls serious or critical, Streamlit's own known findings left out."""
        self.page.evaluate(AXE)
        menu = "{ exclude: ['[data-testid=stSidebarNav]'] }"  # Streamlit's own list
        result = self.page.evaluate(f"axe.run({menu}, {{ resultTypes: ['violations'] }})")
        found = [rule for rule in result["violations"] if rule["impact"] in {"serious", "critical"}]
        return [
            f"{rule['id']}: {node['target']} {node['html'][:120]}"
            for rule in found
            if rule["id"] not in STREAMLITS_OWN
            for node in rule["nodes"]
        ]
