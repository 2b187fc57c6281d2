"""Which database this installation uses, and its key: the given one, the office's own, else the demo neighbourhood."""

import re
from functools import lru_cache
from pathlib import Path

import clock
import settings
from data_access import migrate
from data_access.engine import Engine, open_engine, reading, sqlite_url, writing
from data_access.installation import facts, write_fact
from data_access.sealing import Seal, seal
from vocabulary.refusals import NotPossible

__all__ = ["contact_seal", "demo_file", "engine", "facts", "key", "opened", "real_file", "url", "write_fact"]

REAL = "jiefang.db"
DEMO = "demo.db"
KEY_FILE = "jiefang.key"
UNDERSTOOD = re.compile(r"(sqlite|postgres(ql)?(\+psycopg)?)://", re.ASCII)


def url(chosen: settings.Settings) -> str:
    """The address of the database to open. NotPossible for one that is neither SQLite nor PostgreSQL."""
    if chosen.database_url is None:
        return sqlite_url(demo_file(chosen) if on_demo_file(chosen) else real_file(chosen))
    if not UNDERSTOOD.match(chosen.database_url):
        raise NotPossible("installation.url_unusable", kind=chosen.database_url.partition(":")[0])
    return chosen.database_url


def engine() -> Engine:
    """The engine of this process for the database in use now; it follows when the office begins its own."""
    return _engine(url(settings.read()))


def opened() -> Engine:
    """The engine of the database in use, its schema up to date; a new one notes whether it is the demo's or real."""
    chosen, found = settings.read(), engine()
    migrate.upgrade(found)
    with reading(found) as conn:
        known = "kind" in facts(conn)
    if not known:
        with writing(found) as conn:
            write_fact(conn, "kind", "demo" if on_demo_file(chosen) else "real")
            write_fact(conn, "begun_on", str(clock.today()))
    return found


def contact_seal() -> Seal:
    """The seal for contacts of this installation."""
    chosen = settings.read()
    return seal(chosen.key, chosen.data_folder / KEY_FILE)


def key() -> bytes:
    """The installation's key, from which other keys are derived; made at the first use."""
    contact_seal()
    chosen = settings.read()
    return chosen.key.encode() if chosen.key else _read_once(chosen.data_folder / KEY_FILE)


def real_file(chosen: settings.Settings) -> Path:
    """Where the office's own embedded database stands or will stand."""
    return chosen.data_folder / REAL


def demo_file(chosen: settings.Settings) -> Path:
    """Where the demo neighbourhood's database stands or will stand."""
    return chosen.data_folder / DEMO


def on_demo_file(chosen: settings.Settings) -> bool:
    """Has the office neither given nor begun a database of its own?"""
    return chosen.database_url is None and not real_file(chosen).exists()


@lru_cache(maxsize=4)
def _engine(address: str) -> Engine:
    return open_engine(address)


@lru_cache(maxsize=4)
def _read_once(file: Path) -> bytes:
    return file.read_bytes().strip()
