"""Servers to measure: the product on a demo of its own, and a script with nothing in it beside it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from access import OPERATOR
from bench.import_speed import sheet_of
from data_access import migrate
from data_access.engine import Engine, open_engine, reading, sqlite_url, writing
from data_access.sealing import seal
from jobs import demo_accounts, demo_data
from jobs.imports.choices import Choices
from jobs.imports.preview import preview
from jobs.imports.writing import write
from sheets.reading import read
from tests.postgres import free_port

ROOT = Path(__file__).parent.parent
SECONDS = 90
PATIENCE = 0.02
EMPTY = '"""Nothing."""\n'


def demo(folder: Path, days: int, petitions: int = 0) -> dict[str, str]:
    """Makes the demo of so many days there, with so many petitions imported; the password of each account."""
    engine = open_engine(sqlite_url(folder / "demo.db"))
    migrate.upgrade(engine)
    demo_data.load(engine, days=days, seed=1)
    with writing(engine) as conn:
        rows = demo_accounts.make(conn)
    if petitions:
        _import(engine, petitions, folder)
    engine.dispose()
    return {login: password for _, login, password in rows}


def _import(engine: Engine, petitions: int, folder: Path) -> None:
    key = seal(None, folder / "jiefang.key")
    sheet = read(sheet_of(petitions), "petitions.xlsx")
    with reading(engine) as conn:
        found = preview(conn, OPERATOR, sheet, "petitions.xlsx", Choices(), key)
    write(engine, OPERATOR, found, key)


@contextmanager
def product(folder: Path) -> Iterator[str]:
    """The product over the databases in `folder`; its address."""
    with _streamlit("app.py", ROOT, folder / "product.log", JIEFANG_DATA=str(folder)) as address:
        yield address


@contextmanager
def empty_script(folder: Path, config: Path | None = None) -> Iterator[str]:
    """A script with nothing in it, in a folder of its own: as Streamlit comes, or with a configuration of ours."""
    folder.mkdir()
    (folder / "empty.py").write_text(EMPTY, encoding="utf-8")
    if config:
        (folder / ".streamlit").mkdir()
        (folder / ".streamlit" / "config.toml").write_bytes(config.read_bytes())
    with _streamlit("empty.py", folder, folder / "log", HOME=str(folder), USERPROFILE=str(folder)) as address:
        yield address


@contextmanager
def _streamlit(script: str, folder: Path, log: Path, **environment: str) -> Iterator[str]:
    port = free_port()
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")}
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.headless", "true"]
    with log.open("w", encoding="utf-8") as written:
        server = subprocess.Popen(
            [*command, "--server.port", str(port), "--server.address", "127.0.0.1"],
            cwd=folder,
            env={**inherited, "PORT": str(port), **environment},
            stdout=written,
            stderr=written,
        )
    try:
        wait_for(port, server, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    """Until the server answers. RuntimeError with what it said when it ends before or takes too long."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        if answers(port, "/_stcore/health"):
            return
        time.sleep(PATIENCE)
    raise RuntimeError(log.read_text(encoding="utf-8"))


def answers(port: int, path: str) -> bool:
    """Does a server answer 200 there?"""
    asking = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        asking.request("GET", path)
        return asking.getresponse().status == 200
    except OSError:
        return False
    finally:
        asking.close()
