"""The bundled schematic neighbourhood: its buildings, grids, places and scenery as typed values."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from vocabulary.enums import PlaceKind, Trade

FOLDER = Path(__file__).parent / "bundled"
CENTRE = (29.516, 106.514)

Spot = tuple[float, float]
"""Latitude, longitude: the order of Leaflet, not of GeoJSON."""
Outline = tuple[Spot, ...]
"""A closed ring: the last spot is the first."""


@dataclass(frozen=True)
class Building:
    number: str
    grid: str
    lat: float
    lon: float
    outline: Outline

    @property
    def corner(self) -> Spot:
        """The upper right corner, where a count sits without hiding the number."""
        return max(self.outline, key=lambda spot: (spot[0] - self.lat) + (spot[1] - self.lon))


@dataclass(frozen=True)
class Grid:
    code: str
    name: str
    name_en: str
    outline: Outline


@dataclass(frozen=True)
class Place:
    """A service point; only a workshop has a trade."""

    code: str
    kind: PlaceKind
    trade: Trade | None
    name: str
    name_en: str
    lat: float
    lon: float


@dataclass(frozen=True)
class Area:
    """What a ground shows. The scenery belongs to the bundled neighbourhood: leave it out for any other."""

    buildings: tuple[Building, ...] = ()
    grids: tuple[Grid, ...] = ()
    scenery: bool = False


@cache
def bundled() -> Area:
    """The whole drawing, made for this project; no surveyed coordinate stands behind it."""
    return Area(tuple(buildings()), tuple(grids()), scenery=True)


def buildings() -> list[Building]:
    """The 24 blocks in the order of their numbers."""
    return [_building(feature) for feature in features("buildings")]


def grids() -> list[Grid]:
    return [
        Grid(of["code"], of["name"], of["name_en"], _outline(feature))
        for feature in features("grids")
        for of in [feature["properties"]]
    ]


def places() -> list[Place]:
    """The service points at their schematic coordinates."""
    return [_place(feature) for feature in features("places")]


def scenery(part: str) -> list[dict[str, Any]]:
    """GeoJSON features of one part: ground, plaza, house, lane, tree, gate or name."""
    return [feature for feature in features("scenery") if feature["properties"]["part"] == part]


@cache
def features(name: str) -> list[dict[str, Any]]:
    """The features of a bundled file, read once a process."""
    collection = json.loads((FOLDER / f"{name}.geojson").read_text(encoding="utf-8"))
    return list(collection["features"])


def polygon(outline: Outline, **properties: str) -> dict[str, Any]:
    """A GeoJSON feature from an outline."""
    ring = [[lon, lat] for lat, lon in outline]
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def _building(feature: dict[str, Any]) -> Building:
    outline = _outline(feature)
    lat, lon = middle(outline)
    return Building(feature["properties"]["number"], feature["properties"]["grid"], lat, lon, outline)


def _place(feature: dict[str, Any]) -> Place:
    of, (lon, lat) = feature["properties"], feature["geometry"]["coordinates"]
    trade = Trade(of["trade"]) if "trade" in of else None
    return Place(of["code"], PlaceKind(of["kind"]), trade, of["name"], of["name_en"], lat, lon)


def _outline(feature: dict[str, Any]) -> Outline:
    return tuple((lat, lon) for lon, lat in feature["geometry"]["coordinates"][0])


def middle(outline: Outline) -> Spot:
    """The mean of the corners: the centre of a block drawn as a rectangle."""
    corners = outline[:-1]
    lat, lon = (sum(spot[axis] for spot in corners) / len(corners) for axis in (0, 1))
    return round(lat, 6), round(lon, 6)
