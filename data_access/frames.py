"""The one door from rows to frames: exactly the promised columns and types, even when there is no row."""

from collections.abc import Callable
from typing import Any, TypeVar

import polars as pl
import sqlalchemy as sa

from access import masked
from vocabulary.enums import Subject

Schema = dict[str, pl.DataType | type[pl.DataType]]
MOMENT = pl.Datetime("us", "Asia/Shanghai")
F = TypeVar("F", bound=Callable[..., Any])


def read(
    conn: sa.Connection, statement: sa.Select[*tuple[Any, ...]] | sa.CompoundSelect[*tuple[Any, ...]], schema: Schema
) -> pl.DataFrame:
    """The rows of `statement`, its columns in the order of `schema`.

    Raises ValueError when the statement's columns are not those of the schema.
    """
    result = conn.execute(statement)
    if list(result.keys()) != list(schema):
        raise ValueError(f"promised {list(schema)}, selected {list(result.keys())}")
    return frame([tuple(row) for row in result], schema)


def frame(rows: list[tuple[Any, ...]], schema: Schema) -> pl.DataFrame:
    """A frame of row tuples with exactly this schema."""
    return pl.DataFrame(rows, schema=schema, orient="row")


def covered(found: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """The frame with contacts in these columns of text covered.

    Never by `map_elements`: polars would call Python from its own threads, which waits forever for the interpreter
    while another thread holds it and waits for polars. A server with two readers stood still that way.
    """
    texts = {name: [None if text is None else masked(text) for text in found[name]] for name in columns}
    return found.with_columns(pl.Series(name, values, pl.String) for name, values in texts.items())


def stands_on(*subjects: Subject) -> Callable[[F], F]:
    """Marks a read with the subjects whose changes make its answer old."""

    def mark(read_function: F) -> F:
        read_function.subjects = subjects  # type: ignore[attr-defined]
        return read_function

    return mark


def by_the_minute(read_function: F) -> F:
    """Marks a read whose answer also ages with the clock."""
    read_function.ages = True  # type: ignore[attr-defined]
    return read_function


def same_for_role(read_function: F) -> F:
    """Marks a read that asks of its viewer nothing but role and feed: all of them share its answer."""
    read_function.same_for_role = True  # type: ignore[attr-defined]
    return read_function
