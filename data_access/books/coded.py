"""What a sheet names by a code: grids, units, places, buildings, tiers, zones, branches."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from data_access.tables.activities import Branch, CentreZone
from data_access.tables.meals import Tier
from data_access.tables.places import Building, Grid, Place, Unit
from vocabulary.enums import PlaceKind

NAMED: dict[str, Any] = {"grid": Grid, "unit": Unit, "zone": CentreZone, "branch": Branch}
PLACES: dict[str, PlaceKind | None] = {
    "place": None,
    "canteen": PlaceKind.CANTEEN,
    "workshop": PlaceKind.CRAFT_WORKSHOP,
}


@dataclass(frozen=True)
class Coded:
    """A thing by its code, with the names people call it by."""

    code: str
    names: tuple[str, ...] = ()


def coded(conn: sa.Connection, what: str) -> list[Coded]:
    """Everything of a kind that a sheet may name."""
    if what == "building":
        numbers = conn.scalars(sa.select(Building.number).order_by(Building.id))
        return [Coded(number, tuple(f"{number}{word}" for word in ("栋", "号楼", "幢", "号"))) for number in numbers]
    if what == "tier":
        named = sa.select(Tier.code, Tier.name, Tier.name_en).order_by(Tier.priority, Tier.from_on)
        return list({row[0]: _coded(row) for row in conn.execute(named)}.values())
    if what in PLACES:
        kind = PLACES[what]
        places = sa.select(Place.code, Place.name, Place.name_en).order_by(Place.id)
        return [_coded(row) for row in conn.execute(places.where(Place.kind == kind) if kind else places)]
    table = NAMED[what]
    return [_coded(row) for row in conn.execute(sa.select(table.code, table.name, table.name_en).order_by(table.id))]


def _coded(row: Any) -> Coded:
    return Coded(row[0], tuple(name for name in row[1:] if name))
