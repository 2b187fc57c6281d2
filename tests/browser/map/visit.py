"""A page with the map on it, open in Chromium, and what went wrong meanwhile."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import BrowserContext, ConsoleMessage, Frame, Page, Request, expect

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
PHONE = {"viewport": {"width": 390, "height": 700}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
DESK = {"viewport": {"width": 1280, "height": 800}}


class Visit:
    """`foreign` holds the addresses asked for outside, `errors` what the console complained of."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context, self.foreign, self.errors = context, list[str](), list[str]()
        self.page: Page = context.new_page()
        self.page.on("request", self._asked)
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.goto(url)
        self.ready()

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1", "data:", "blob:")):
            self.foreign.append(request.url)

    def ready(self) -> None:
        self.page.locator("iframe").wait_for()
        self.page.frame_locator("iframe").locator("[role=button].spot").first.wait_for()

    @property
    def map(self) -> Frame:
        return next(frame for frame in self.page.frames if "/maps/" in frame.url)

    def says(self, words: str) -> None:
        expect(self.page.get_by_text(words)).to_be_visible(timeout=10_000)

    def zoom(self) -> float:
        return float(self.map.evaluate("ground.town.map.getZoom()"))

    def centre(self) -> list[float]:
        return list(self.map.evaluate("(({ lat, lng }) => [lat, lng])(ground.town.map.getCenter())"))

    def settle(self) -> None:
        """Leaflet's animations are over."""
        self.page.wait_for_timeout(600)

    def findings(self) -> list[tuple[str, str]]:
        """What axe calls serious or critical, inside the map's frame too."""
        for frame in self.page.frames:
            frame.evaluate(AXE)
        result = self.page.evaluate("axe.run({ resultTypes: ['violations'] })")
        assert any(len(node["target"]) > 1 for rule in result["passes"] for node in rule["nodes"]), "frame not seen"
        grave = [rule for rule in result["violations"] if rule["impact"] in {"serious", "critical"}]
        return [(rule["id"], json.dumps([node["target"] for node in rule["nodes"]])) for rule in grave]


Visits = Callable[..., Visit]
"""Opens the page: `visits("en", **PHONE)`."""

Box = dict[str, Any]
