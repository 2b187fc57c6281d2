"""What a database says of itself: demo or real, since when, and whether anything stands in it yet."""

import sqlalchemy as sa

from data_access.tables.accounts import Account
from data_access.tables.base import Common
from data_access.tables.cases import Case
from data_access.tables.meals import Diner, Meal
from data_access.tables.places import Building, Grid, Place, Unit
from data_access.tables.records import ImportBatch, Installation

HELD: tuple[type[Common], ...] = (Account, Place, Grid, Building, Unit, Case, Diner, Meal, ImportBatch)


def facts(conn: sa.Connection) -> dict[str, str]:
    """What the installation says of itself: "kind" (demo or real), "community", "street", "begun_on"."""
    rows = conn.execute(sa.select(Installation.key, Installation.value))
    return {str(key): str(value) for key, value in rows}


def write_fact(conn: sa.Connection, key: str, value: str) -> None:
    """Keeps one fact, in place of an older one."""
    drop_fact(conn, key)
    conn.execute(sa.insert(Installation).values(key=key, value=value))


def drop_fact(conn: sa.Connection, key: str) -> bool:
    """Forgets a fact; was there one?"""
    return conn.execute(sa.delete(Installation).where(Installation.key == key)).rowcount > 0


def is_demo(conn: sa.Connection) -> bool:
    """Is this the demo neighbourhood?"""
    return facts(conn).get("kind") == "demo"


def holds_anything(conn: sa.Connection) -> bool:
    """Does any account, place, case, meal or import stand here?"""
    return any(_holds(conn, table) for table in HELD)


def holds_accounts(conn: sa.Connection) -> bool:
    return _holds(conn, Account)


def holds_places(conn: sa.Connection) -> bool:
    """A loaded demo has places; one that a job merely opened has none."""
    return _holds(conn, Place)


def holds_imports(conn: sa.Connection) -> bool:
    """Was a sheet imported here?"""
    return _holds(conn, ImportBatch)


def _holds(conn: sa.Connection, table: type[Common]) -> bool:
    return conn.scalar(sa.select(table.id).limit(1)) is not None
