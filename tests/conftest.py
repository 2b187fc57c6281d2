"""What every test can ask for: an empty, migrated database of either kind, viewers, and a clock that stands."""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

import clock
from data_access import migrate
from data_access.engine import open_engine, sqlite_url
from jobs import demo_data
from tests import needs, postgres
from vocabulary.enums import Feed, Role
from vocabulary.questions import Viewer

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=clock.SHANGHAI)
STARTED = "select sequencename from pg_sequences where last_value is not null"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database at the newest migration, to be copied."""
    file = tmp_path_factory.mktemp("template") / "empty.db"
    engine = open_engine(sqlite_url(file))
    migrate.upgrade(engine)
    engine.dispose()
    return file


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server with a migrated template database `empty`."""
    binaries = needs.postgres_bin()
    if binaries is None:
        sentence = needs.missing("postgres")
        if needs.required():
            pytest.fail(sentence)
        pytest.skip(sentence)
    with postgres.server(binaries) as address:
        _statement(address, "create database empty")
        engine = open_engine(address + "empty")
        migrate.upgrade(engine)
        engine.dispose()
        yield address


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    """An empty, migrated database: the test runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        file = tmp_path / "test.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        engine = open_engine(sqlite_url(file))
        yield engine
        engine.dispose()
        return
    yield from _borrowed(request.getfixturevalue("postgres_database"))


@pytest.fixture(scope="session")
def postgres_database(postgres_server: str) -> str:
    """One migrated database of this worker; every test empties what it filled."""
    name = f"t{os.getpid()}"
    _statement(postgres_server, f"create database {name} template empty")
    return postgres_server + name


def _borrowed(address: str) -> Iterator[sa.Engine]:
    """The worker's database; emptied afterwards, which takes a fraction of making one anew."""
    engine = open_engine(address)
    yield engine
    engine.dispose()
    with engine.begin() as conn:
        conn.exec_driver_sql("set local lock_timeout = '20s'")
        tables = [name for name in sa.inspect(conn).get_table_names() if name != "alembic_version"]
        any_row = " union all ".join(f"select '{t}' where exists (select from \"{t}\")" for t in tables)
        filled = [f'"{row[0]}"' for row in conn.exec_driver_sql(any_row)]
        if filled:
            conn.exec_driver_sql(f"truncate {', '.join(filled)} restart identity cascade")
        for (sequence,) in conn.exec_driver_sql(STARTED).all():
            conn.exec_driver_sql(f'alter sequence "{sequence}" restart')
    engine.dispose()


@pytest.fixture
def sqlite(sqlite_template: Path, tmp_path: Path) -> Iterator[sa.Engine]:
    """An empty, migrated SQLite database, for tests above the database."""
    file = tmp_path / "test.db"
    shutil.copy(sqlite_template, file)
    engine = open_engine(sqlite_url(file))
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def small_demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Engine]:
    """Twenty days of the demo neighbourhood up to NOON's day, on SQLite; only to be read."""
    engine = open_engine(sqlite_url(tmp_path_factory.mktemp("demo") / "demo.db"))
    migrate.upgrade(engine)
    with clock.standing_at(NOON):
        demo_data.load(engine, days=20, seed=1)
    yield engine
    engine.dispose()


@pytest.fixture
def noon() -> Iterator[datetime]:
    """The clock stands at noon of Tuesday, 24 November 2026, in Shanghai."""
    with clock.standing_at(NOON):
        yield NOON


def make_viewer(
    role: Role = Role.OFFICIAL,
    grids: tuple[int, ...] = (),
    unit_id: int | None = None,
    feed: Feed | None = None,
) -> Viewer:
    """A viewer of this role."""
    return Viewer(account_id=1, name=f"{role} of the tests", role=role, grids=grids, unit_id=unit_id, feed=feed)


def _statement(address: str, sql: str) -> None:
    engine = sa.create_engine(address + "postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as conn:
        conn.exec_driver_sql(sql)
    engine.dispose()
