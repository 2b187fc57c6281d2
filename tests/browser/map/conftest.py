"""The small app and a Chromium to visit it with."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser

from tests.browser.map.visit import DESK, Visit, Visits

HERE = Path(__file__).parent
ROOT = HERE.parents[2]


@pytest.fixture(scope="package")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the small app answers, started for these tests."""
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(HERE / "small_app.py"), "--server.headless", "true"]
    with (tmp_path_factory.mktemp("map") / "log").open("w") as log:
        server = subprocess.Popen(
            [*command, "--server.port", str(port)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=log,
            stderr=log,
        )
    try:
        _wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            urlopen(url, timeout=2).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


@pytest.fixture
def visits(chromium: Browser, address: str) -> Iterator[Visits]:
    """Opens the page; afterwards nothing may have asked another host or complained."""
    opened: list[Visit] = []

    def open_page(spoken: str = "zh", **screen: Any) -> Visit:
        opened.append(Visit(chromium.new_context(**(screen or DESK)), f"{address}/?lang={spoken}"))
        return opened[-1]

    yield open_page
    for each in opened:
        each.context.close()
        assert each.foreign == []
        assert each.errors == []
