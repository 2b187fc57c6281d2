"""Migrations go both ways on both databases, with data in them."""

from datetime import date

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

import clock
from data_access import migrate, search
from data_access.tables import Base
from data_access.tables.cases import Case


def ours(_thing: object, name: str | None, kind: str, *_: object) -> bool:
    """The search index keeps tables of its own, which are in no metadata."""
    return not (kind == "table" and name is not None and name.startswith(("case_search", "case_grams")))


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
