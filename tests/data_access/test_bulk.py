"""A frame put in at once reads back as if each row had been inserted by itself."""

from datetime import date, datetime

import polars as pl
import sqlalchemy as sa

import clock
from data_access import bulk
from data_access.engine import reading, writing
from data_access.frames import MOMENT
from data_access.tables.cases import Case

MORNING = datetime(2026, 11, 24, 7, 30, 15, 250_000, tzinfo=clock.SHANGHAI)


def test_rows_keep_their_texts_days_moments_and_nulls(engine: sa.Engine) -> None:
    body = '引号"和,逗号\n换行'
    rows = pl.DataFrame(
        {
            "id": [5, 6],
            "source": ["a", "a"],
            "number": ["一", "二"],
            "title": ["标题", ""],
            "body": [body, None],
            "status": ["pending", "finished"],
            "received_at": [MORNING, MORNING],
            "received_on": [MORNING.date(), date(2026, 1, 2)],
            "finished_at": [None, MORNING],
            "resident_solved": [True, None],
            "reopened_count": [0, 1],
            "community_code": ["c", "c"],
            "created_at": [MORNING, MORNING],
            "updated_at": [MORNING, MORNING],
            "version": [1, 1],
        },
        schema_overrides={"received_at": MOMENT, "finished_at": MOMENT, "created_at": MOMENT, "updated_at": MOMENT},
    )
    with writing(engine) as conn:
        assert bulk.next_id(conn, Case.table()) == 1
        bulk.insert(conn, Case.table(), rows)
        bulk.insert(conn, Case.table(), rows.clear())
        later = {"number": "三", "title": "后来", "status": "pending", "received_at": MORNING}
        conn.execute(sa.insert(Case).values(**later, received_on=MORNING.date()))
    columns = (Case.id, Case.title, Case.body, Case.received_at, Case.received_on, Case.finished_at)
    with reading(engine) as conn:
        found = [tuple(row) for row in conn.execute(sa.select(*columns, Case.resident_solved).order_by(Case.id))]
    assert found == [
        (5, "标题", body, MORNING, MORNING.date(), None, True),
        (6, "", None, MORNING, date(2026, 1, 2), MORNING, None),
        (7, "后来", None, MORNING, MORNING.date(), None, None),
    ]


def test_bytes_arrive_as_they_were(engine: sa.Engine) -> None:
    table = sa.Table(
        "pouch", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), sa.Column("held", sa.LargeBinary)
    )
    with writing(engine) as conn:
        table.create(conn)
        bulk.insert(conn, table, pl.DataFrame({"held": [b'\x00\\,"', None]}))
        held = list(conn.scalars(sa.select(table.c.held).order_by(table.c.id)))
        table.drop(conn)  # the database is lent to the next test
    assert held == [b'\x00\\,"', None]
