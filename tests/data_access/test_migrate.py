"""Migrations go both ways on both databases, with data in them."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

import clock
from data_access import migrate, search
from data_access.tables import Base
from data_access.tables.cases import Case, CaseEvent


def ours(_thing: object, name: str | None, kind: str, *_: object) -> bool:
    """The search index keeps tables of its own, which are in no metadata."""
    return not (kind == "table" and name is not None and name.startswith(("case_search", "case_grams")))


@pytest.fixture(autouse=True)
def _whole_again(engine: sa.Engine) -> Iterator[None]:
    """A test that fails on its way down must not leave the lent database without tables."""
    yield
    migrate.upgrade(engine)


def test_the_tables_are_those_of_the_migrations(engine: sa.Engine) -> None:
    with engine.connect() as conn:
        context = MigrationContext.configure(conn, opts={"include_object": ours})
        assert compare_metadata(context, Base.metadata) == []


def test_down_to_nothing_and_up_again_with_a_case_in_it(engine: sa.Engine) -> None:
    with engine.begin() as conn:
        row = {"number": "1", "title": "噪音", "status": "pending", "received_at": clock.now()}
        conn.execute(sa.insert(Case).values(received_on=date(2026, 11, 24), **row))
        search.add(conn, [(1, "噪音")])
    migrate.downgrade(engine, "base")
    with engine.connect() as conn:
        assert set(sa.inspect(conn).get_table_names()) <= {"alembic_version"}
    migrate.upgrade(engine)
    with engine.connect() as conn:
        assert conn.scalar(sa.select(sa.func.count()).select_from(Case)) == 0


def test_a_due_moment_from_a_file_gets_its_severe_one_and_loses_it_again(engine: sa.Engine) -> None:
    received = clock.now().replace(microsecond=0) - timedelta(30)
    due, severe = received + timedelta(5), received + timedelta(15)
    row: dict[str, object] = {
        "title": "噪音",
        "status": "pending",
        "received_at": received,
        "received_on": received.date(),
    }
    with engine.begin() as conn:
        rows: list[dict[str, object]] = [
            {"number": "of a file", "due_at": due, "severe_at": None, "limit_from": None},
            {"number": "filed", "due_at": due, "severe_at": severe, "limit_from": received},
            {"number": "without", "due_at": None, "severe_at": None, "limit_from": None},
            {"number": "moved", "due_at": due, "severe_at": severe, "limit_from": None},
        ]
        conn.execute(sa.insert(Case), [row | one for one in rows])
        moved = sa.select(Case.id).where(Case.number == "moved").scalar_subquery()
        event = {"kind": "suspended", "at": received, "detail": '{"since": "2026-11-01T09:00:00+08:00"}'}
        conn.execute(sa.insert(CaseEvent).values(case_id=moved, **event))
    migrate.downgrade(engine, "0013")
    assert _severe(engine) == {"of a file": None, "filed": severe, "without": None, "moved": severe}
    migrate.upgrade(engine)
    assert _severe(engine) == {"of a file": severe, "filed": severe, "without": None, "moved": severe}


def _severe(engine: sa.Engine) -> dict[str, datetime | None]:
    with engine.begin() as conn:
        rows = conn.execute(sa.select(Case.number, Case.severe_at)).all()
    return {row.number: row.severe_at for row in rows}
