"""Many rows at once: a frame into a table by the fastest way its database has."""

import polars as pl
import sqlalchemy as sa

from data_access.engine import embedded

SQLITE_MOMENT = "%Y-%m-%d %H:%M:%S%.6f"  # as SQLAlchemy writes it there


def insert(conn: sa.Connection, table: sa.Table, frame: pl.DataFrame) -> None:
    """Adds the rows of a frame whose columns are columns of the table, in this transaction.

    Columns that are absent stay null or get the next id: the defaults of the typed tables are the caller's to fill in.
    """
    if frame.is_empty():
        return
    if embedded(conn):
        places = ", ".join("?" * frame.width)
        conn.exec_driver_sql(f"insert into {_target(conn, table, frame)} values ({places})", _plain(frame).rows())
        return
    connection = conn.connection.driver_connection
    assert connection is not None
    copy = f"copy {_target(conn, table, frame)} from stdin (format csv)"
    text = _without_bytes(frame).write_csv(include_header=False, datetime_format="%Y-%m-%d %H:%M:%S%.6f%z")
    with connection.cursor() as cursor, cursor.copy(copy) as out:
        out.write(text.encode())
    if "id" in frame.columns:
        conn.execute(_counted_on(table))


def next_id(conn: sa.Connection, table: sa.Table) -> int:
    """The id after the highest one, for a caller that numbers its rows itself inside one transaction."""
    return int(conn.scalar(sa.select(sa.func.coalesce(sa.func.max(table.c.id), 0))) or 0) + 1


def _target(conn: sa.Connection, table: sa.Table, frame: pl.DataFrame) -> str:
    quote = conn.dialect.identifier_preparer.quote
    return f"{quote(table.name)} ({', '.join(quote(name) for name in frame.columns)})"


def _plain(frame: pl.DataFrame) -> pl.DataFrame:
    """Days and moments as the texts SQLite keeps."""
    moments = [
        pl.col(name).dt.convert_time_zone("UTC").dt.strftime(SQLITE_MOMENT)
        for name, kind in frame.schema.items()
        if isinstance(kind, pl.Datetime)
    ]
    return frame.with_columns(*moments, pl.col(pl.Date).dt.strftime("%Y-%m-%d"))


def _without_bytes(frame: pl.DataFrame) -> pl.DataFrame:
    """Bytes as the hexadecimal text that PostgreSQL reads."""
    names = [name for name, kind in frame.schema.items() if kind == pl.Binary]
    return frame.with_columns((pl.lit("\\x") + pl.col(name).bin.encode("hex")).alias(name) for name in names)


def _counted_on(table: sa.Table) -> sa.Select[tuple[int]]:
    name = f'"{table.name}"'
    return sa.select(
        sa.func.setval(sa.func.pg_get_serial_sequence(name, "id"), sa.select(sa.func.max(table.c.id)).scalar_subquery())
    )
