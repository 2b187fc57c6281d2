"""The small demo, plain and odd, as the product reads it and as the oracle does."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from data_access.engine import open_engine, sqlite_url
from tests.metrics.oracle.world import World
from tests.metrics.shaken import shaken


@pytest.fixture(scope="session")
def databases(small_demo: sa.Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, sa.Engine]]:
    """The small demo, and it with what a month without accidents does not have; only to be read."""
    odd = open_engine(sqlite_url(shaken(_file(small_demo), tmp_path_factory.mktemp("odd") / "odd.db")))
    yield {"plain": small_demo, "odd": odd}
    odd.dispose()


@pytest.fixture(scope="session")
def worlds(databases: dict[str, sa.Engine]) -> Iterator[dict[str, World]]:
    """The same, as the oracle reads them."""
    found = {name: World(_file(engine)) for name, engine in databases.items()}
    yield found
    for world in found.values():
        world.close()


def _file(engine: sa.Engine) -> Path:
    assert engine.url.database
    return Path(engine.url.database)
