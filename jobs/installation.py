"""Which database this installation uses: the given one, the office's own, else the demo neighbourhood."""

from functools import lru_cache
from pathlib import Path

import sqlalchemy as sa

import settings
from data_access.engine import open_engine, sqlite_url
from data_access.sealing import Seal, seal
from data_access.tables.records import Installation

REAL = "jiefang.db"
DEMO = "demo.db"
KEY_FILE = "jiefang.key"


def url(chosen: settings.Settings) -> str:
    """The address of the database to open."""
    if chosen.database_url:
        return chosen.database_url
    real = chosen.data_folder / REAL
    return sqlite_url(real if real.exists() else chosen.data_folder / DEMO)


def engine() -> sa.Engine:
    """The engine of this process for the database in use now; it follows when the office begins its own."""
    return _engine(url(settings.read()))


def contact_seal() -> Seal:
    """The seal for contacts of this installation."""
    chosen = settings.read()
    return seal(chosen.key, chosen.data_folder / KEY_FILE)


def facts(conn: sa.Connection) -> dict[str, str]:
    """What the installation says of itself: "kind" (demo or real), "community", "street", "begun_on"."""
    rows = conn.execute(sa.select(Installation.key, Installation.value))
    return {str(key): str(value) for key, value in rows}


def write_fact(conn: sa.Connection, key: str, value: str) -> None:
    """Keeps one fact, in place of an older one."""
    conn.execute(sa.delete(Installation).where(Installation.key == key))
    conn.execute(sa.insert(Installation).values(key=key, value=value))


@lru_cache(maxsize=4)
def _engine(address: str) -> sa.Engine:
    return open_engine(address)


def real_file(chosen: settings.Settings) -> Path:
    """Where the office's own embedded database stands or will stand."""
    return chosen.data_folder / REAL
