"""Many proposals or projects at once: new, changed and unchanged are told apart, and one wrong row names itself."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest
import sqlalchemy as sa

from data_access import renewal
from data_access.engine import writing
from data_access.fates import Written
from data_access.tables.renewal import Project, Proposal
from tests.conftest import make_viewer
from tests.renewal_rows import FIRST, OFFICIAL, TODAY, make_neighbourhood, make_planned
from vocabulary.enums import Role
from vocabulary.refusals import NotAllowed, NotPossible

PROPOSED = [
    renewal.Proposed(f"议题{n}", "内容", FIRST, number=f"A{n:03d}", grid="1" if n % 2 else None) for n in range(50)
]
PLANNED = [make_planned(name=f"项目{n}", number=f"B{n:03d}", area_m2=100 + n, buildings=("1",)) for n in range(50)]


@pytest.fixture
def conn(engine: sa.Engine, noon: datetime) -> Iterator[sa.Connection]:  # noqa: ARG001 (the clock stands)
    with writing(engine) as conn:
        make_neighbourhood(conn)
        yield conn


def test_the_same_sheet_twice_changes_nothing(conn: sa.Connection) -> None:
    assert renewal.write_proposals(conn, OFFICIAL, PROPOSED) == Written(50, 0, 0)
    assert renewal.write_proposals(conn, OFFICIAL, PROPOSED) == Written(0, 0, 50)
    assert renewal.write_projects(conn, OFFICIAL, PLANNED) == Written(50, 0, 0)
    assert renewal.write_projects(conn, OFFICIAL, PLANNED) == Written(0, 0, 50)


def test_a_changed_row_is_a_correction(conn: sa.Connection) -> None:
    renewal.write_projects(conn, OFFICIAL, PLANNED)
    other = [replace(PLANNED[0], households=25), *PLANNED[1:]]
    assert renewal.write_projects(conn, OFFICIAL, other) == Written(0, 1, 49)
    assert conn.scalar(sa.select(Project.households).where(Project.number == "B000")) == 25


def test_a_wrong_row_names_itself_and_nothing_is_written(engine: sa.Engine, noon: datetime) -> None:  # noqa: ARG001
    with writing(engine) as conn:
        make_neighbourhood(conn)
    wrong = [*PROPOSED[:3], replace(PROPOSED[3], title=" ")]
    with pytest.raises(NotPossible, match="第4行：请填写标题"), writing(engine) as conn:
        renewal.write_proposals(conn, OFFICIAL, wrong)
    with pytest.raises(NotPossible, match="第2行：编号“B000”在表里出现了两次"), writing(engine) as conn:
        renewal.write_projects(conn, OFFICIAL, [PLANNED[0], PLANNED[0]])
    with pytest.raises(NotPossible, match=r"第1行：计划完工.*早于"), writing(engine) as conn:
        renewal.write_projects(conn, OFFICIAL, [replace(PLANNED[0], plan_from=TODAY, plan_to=FIRST)])
    with engine.connect() as conn:
        for table in (Proposal, Project):
            assert conn.scalar(sa.select(sa.func.count()).select_from(table)) == 0


def test_a_worker_imports_none(conn: sa.Connection) -> None:
    with pytest.raises(NotAllowed):
        renewal.write_proposals(conn, make_viewer(Role.WORKER), PROPOSED)
