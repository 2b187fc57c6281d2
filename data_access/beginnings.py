"""What an office's own database starts from: rows of the demo's that hold no case, no meal and no person."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from data_access.tables.base import Base
from data_access.tables.cases import Category
from data_access.tables.claims import Claim
from data_access.tables.meals import Tier
from data_access.tables.places import Building, BuildingElders, Grid, Place, Unit
from data_access.tables.rules import NumberRule, OfficeHours, SlaRule, Target, Workday
from data_access.tables.stalls import Stall


class Start(StrEnum):
    """The parts that can be taken over."""

    PLACES = "places"
    GRIDS = "grids"
    UNITS = "units"
    RULES = "rules"


@dataclass(frozen=True)
class Copied:
    """A table to copy: its columns that point to a row copied before, and those that are left empty."""

    table: type[Base]
    pointing: dict[str, type[Base]] = field(default_factory=dict)
    emptied: frozenset[str] = frozenset()


# In an order in which a row comes after the rows it points to.
PLAN: dict[Start, tuple[Copied, ...]] = {
    Start.PLACES: (
        Copied(Place, emptied=frozenset({"phone"})),
        Copied(
            Stall,
            {"place_id": Place},
            frozenset({"artisan", "agreement_from", "agreement_to", "rent_waived_fen"}),
        ),
    ),
    Start.GRIDS: (Copied(Grid), Copied(Building, {"grid_id": Grid}), Copied(BuildingElders, {"building_id": Building})),
    Start.UNITS: (Copied(Unit),),
    Start.RULES: (
        *(Copied(Tier), Copied(Category), Copied(Workday), Copied(OfficeHours), Copied(Target), Copied(Claim)),
        *(Copied(SlaRule), Copied(NumberRule)),
    ),
}
MADE_ANEW = frozenset({"id", "created_at", "updated_at", "version"})


def copy(source: sa.Connection, conn: sa.Connection, parts: Iterable[Start]) -> dict[str, int]:
    """Copies the chosen parts as new rows, in this transaction; how many of each table, by its name."""
    counted: dict[str, int] = {}
    new_ids: dict[type[Base], dict[int, int]] = {}
    for copied in (step for part in Start if part in set(parts) for step in PLAN[part]):
        table, ids = copied.table.table(), new_ids.setdefault(copied.table, {})
        rows = source.execute(sa.select(table).order_by(table.c.id)).mappings()
        for row in rows:
            values = _anew(dict(row), copied, new_ids)
            (ids[row["id"]],) = conn.execute(sa.insert(copied.table).values(**values)).inserted_primary_key or (0,)
        counted[table.name] = len(ids)
    return counted


def _anew(row: dict[str, Any], copied: Copied, new_ids: dict[type[Base], dict[int, int]]) -> dict[str, Any]:
    kept = {name: value for name, value in row.items() if name not in MADE_ANEW | copied.emptied}
    for column, table in copied.pointing.items():
        kept[column] = new_ids[table].get(kept[column])
    return kept
