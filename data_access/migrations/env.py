"""Alembic's way in: it works on the connection it is handed."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context

from data_access.tables import Base
from data_access.tables.base import Moment, Word


def plain_type(kind: str, thing: Any, _context: Any) -> str | Literal[False]:
    """A migration must not change when the product's own types do: they are written out as plain ones."""
    if kind == "type" and isinstance(thing, Moment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(thing, Word):
        return f"sa.String({thing.impl.length})"
    return False


def ours(_thing: sa.schema.SchemaItem, name: str | None, kind: str, _reflected: bool, _compared: Any) -> bool:
    """The search index keeps tables of its own (data_access/search.py)."""
    return not (kind == "table" and name is not None and name.startswith(("case_search", "case_grams")))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=context.config.attributes.get("batch", True),
    render_item=plain_type,
    include_object=ours,
    compare_type=False,
)
with context.begin_transaction():
    context.run_migrations()
