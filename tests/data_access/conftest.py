"""What the tests of the desk share."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from tests.case_rows import make_neighbourhood


@pytest.fixture
def conn(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection to a small neighbourhood without a case."""
    with engine.begin() as conn:
        make_neighbourhood(conn)
        yield conn
