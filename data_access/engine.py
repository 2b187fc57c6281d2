"""The one place that knows SQLite from PostgreSQL: opening an engine, reading, writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy import event

BUSY_MS = 5000
# 32 MB: among 100,000 cases a search reads in 4 ms what takes 10 with the 2 MB it comes with. Not mmap_size: a file
# cut short under a running server would end the process.
CACHE = "cache_size=-32768"

# What the floors above may name of the database without knowing SQLAlchemy.
Connection: TypeAlias = sa.Connection
Engine: TypeAlias = sa.Engine


def unreachable(problem: BaseException) -> bool:
    """Is this the database being away or unreadable, and not a wrong statement or a broken rule?"""
    if isinstance(problem, sa.exc.OperationalError | sa.exc.InterfaceError | sa.exc.TimeoutError | OSError):
        return True
    return type(problem) is sa.exc.DatabaseError


def open_engine(url: str) -> sa.Engine:
    """An engine for `url`. A SQLite file's folder is made; a `postgres://` address is understood too."""
    target = sa.make_url(url.replace("postgres://", "postgresql://", 1))
    if target.get_backend_name() == "sqlite":
        if target.database and target.database != ":memory:":
            Path(target.database).parent.mkdir(parents=True, exist_ok=True)
        engine = sa.create_engine(target, connect_args={"check_same_thread": False})
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return sa.create_engine(target, pool_pre_ping=True)


def sqlite_url(file: Path) -> str:
    """The address of an embedded database in `file`."""
    return f"sqlite:///{file.as_posix()}"


def embedded(conn: sa.Connection) -> bool:
    """Is this connection's database the embedded one (SQLite)?"""
    return conn.dialect.name == "sqlite"


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection that only reads, in one consistent look."""
    with engine.connect().execution_options(reads=True) as conn:
        yield conn


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection in one transaction that is kept whole or not at all."""
    with engine.begin() as conn:
        yield conn


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=wal", f"busy_timeout={BUSY_MS}", "foreign_keys=on", "synchronous=normal", CACHE):
        cursor.execute(f"pragma {pragma}")
    cursor.close()


def _begin_sqlite(conn: sa.Connection) -> None:
    # A plain BEGIN that turns into a write later fails with "database is locked" whatever the busy timeout.
    conn.exec_driver_sql("BEGIN" if conn.get_execution_options().get("reads") else "BEGIN IMMEDIATE")
