"""Putting invented rows into tables, with the columns that every table shares."""

from collections.abc import Sequence
from typing import Any

import polars as pl

import clock
from data_access import bulk
from data_access.engine import Connection
from data_access.tables.base import COMMUNITY, Base, Common

SOURCE = "jiefang"


def put(conn: Connection, table: type[Base], rows: pl.DataFrame | Sequence[dict[str, Any]]) -> None:
    """Adds the rows; a list's types come from all of its rows."""
    frame = rows if isinstance(rows, pl.DataFrame) else pl.DataFrame(rows, infer_schema_length=None)
    if issubclass(table, Common):
        now = clock.now()
        shared = {"community_code": COMMUNITY, "created_at": now, "updated_at": now, "source": SOURCE, "version": 1}
        frame = frame.with_columns(pl.lit(value).alias(name) for name, value in shared.items())
    bulk.insert(conn, table.table(), frame)
