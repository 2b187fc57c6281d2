"""Open cases by building, against counting them one by one."""

from collections import Counter

import pytest
import sqlalchemy as sa

from data_access.engine import reading
from data_access.open_cases import open_by_building
from data_access.tables.cases import Case
from data_access.tables.places import Building
from tests.conftest import make_viewer
from vocabulary.enums import OPEN_STATUSES, Role


@pytest.mark.parametrize("role", [Role.OFFICIAL, Role.PRESENTER])
def test_each_building_counts_its_open_cases(small_demo: sa.Engine, role: Role) -> None:
    with reading(small_demo) as conn:
        numbers = {row.id: row.number for row in conn.execute(sa.select(Building.id, Building.number))}
        cases = conn.execute(sa.select(Case.building_id, Case.status)).all()
        found = dict(open_by_building(conn, make_viewer(role)).iter_rows())
    assert found == Counter(numbers.get(building) for building, status in cases if status in OPEN_STATUSES)
    assert None in found
    assert len(found) > 2


def test_a_worker_counts_the_own_grids(small_demo: sa.Engine) -> None:
    with reading(small_demo) as conn:
        grid = conn.scalar(sa.select(Case.grid_id).where(Case.grid_id.is_not(None)).limit(1))
        assert grid is not None
        whole = open_by_building(conn, make_viewer())["cases"].sum()
        own = open_by_building(conn, make_viewer(Role.WORKER, grids=(grid,)))["cases"].sum()
    assert 0 < own < whole
