"""The one door from rows to frames: exactly the promised columns and types, even when there is no row."""

from collections.abc import Callable
from typing import Any, TypeVar

import polars as pl
import sqlalchemy as sa

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
