"""The drawing of what the database holds: its own buildings, or the bundled ones with their scenery."""

import json
from functools import lru_cache

from data_access import places
from geo.neighbourhood import Area, Building, Grid, Outline, buildings, bundled, middle
from ui.loading import load
from vocabulary.questions import Viewer

Row = tuple[str, str, float | None, float | None, str | None]
HALF = 0.00012
"""Half a side, in degrees, of a building of which only the middle is known."""


def area(viewer: Viewer) -> Area:
    """What a map of this database shows; the bundled scenery only around the bundled buildings."""
    held = load(places.buildings, viewer)[["number", "grid", "lat", "lon", "polygon"]].rows()
    grids = load(places.grids, viewer)[["code", "name", "name_en", "polygon"]].rows()
    return drawn(tuple(held), tuple(grids))


@lru_cache(maxsize=8)
def drawn(held: tuple[Row, ...], grids: tuple[tuple[str, str, str | None, str | None], ...]) -> Area:
    found = tuple(_building(row) for row in held if row[4] or (row[2] is not None and row[3] is not None))
    if not found or _same(found, buildings()):
        return bundled()
    outlined = tuple(Grid(code, name, name_en or name, _outline(ring)) for code, name, name_en, ring in grids if ring)
    return Area(found, outlined)


def _same(drawn: tuple[Building, ...], others: list[Building]) -> bool:
    """Are these the same buildings, where they were?"""
    ours = {each.number: (each.lat, each.lon) for each in drawn}
    return len(ours) == len(others) and all(
        each.number in ours and max(abs(ours[each.number][0] - each.lat), abs(ours[each.number][1] - each.lon)) < HALF
        for each in others
    )


def _building(row: Row) -> Building:
    number, grid, lat, lon, polygon = row
    outline = _outline(polygon) if polygon else _square(lat or 0, lon or 0)
    at = (lat, lon) if lat is not None and lon is not None else middle(outline)
    return Building(number, grid or "", *at, outline)


def _outline(polygon: str) -> Outline:
    """The outer ring; of several polygons that of the first."""
    geometry = json.loads(polygon)
    rings = geometry["coordinates"][0] if geometry["type"] == "MultiPolygon" else geometry["coordinates"]
    return tuple((lat, lon) for lon, lat, *_ in rings[0])


def _square(lat: float, lon: float) -> Outline:
    around = ((HALF, -HALF), (HALF, HALF), (-HALF, HALF), (-HALF, -HALF), (HALF, -HALF))
    return tuple((lat + up, lon + right) for up, right in around)
