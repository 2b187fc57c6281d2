"""What a map draws: the bundled neighbourhood where the database holds it, else the database's own buildings."""

import json
from dataclasses import replace

from geo.neighbourhood import Building, buildings, bundled
from ui.town_area import Row, drawn

RING = [[106.5, 29.5], [106.501, 29.5], [106.501, 29.501], [106.5, 29.501], [106.5, 29.5]]


def row(building: Building) -> Row:
    ring = [[lon, lat] for lat, lon in building.outline]
    return building.number, building.grid, building.lat, building.lon, json.dumps(polygon([ring]))


def polygon(rings: list[list[list[float]]]) -> dict[str, object]:
    return {"type": "Polygon", "coordinates": rings}


def test_the_bundled_buildings_stand_in_their_scenery() -> None:
    assert drawn(tuple(row(building) for building in buildings()), ()) == bundled()


def test_no_building_at_all_is_the_bundled_drawing() -> None:
    assert drawn((), ()) == bundled()


def test_the_same_numbers_elsewhere_are_another_neighbourhood() -> None:
    moved = tuple(row(replace(building, lat=building.lat + 0.01)) for building in buildings())
    assert not drawn(moved, ()).scenery


def test_a_building_keeps_its_outline_and_one_without_is_a_square_around_its_middle() -> None:
    several = {"type": "MultiPolygon", "coordinates": [[RING], [RING]]}
    area = drawn(
        (
            ("A", "g1", 29.5, 106.5, json.dumps(polygon([RING]))),
            ("B", None, None, None, json.dumps(several)),
            ("C", None, 29.502, 106.502, None),
            ("D", None, None, None, None),  # nowhere: left out
        ),
        (("g1", "一网格", None, json.dumps(polygon([RING]))), ("g2", "二网格", None, None)),
    )
    first, second, third = area.buildings
    assert first.outline == second.outline == tuple((lat, lon) for lon, lat in RING)
    assert third.outline[0] == third.outline[-1]
    assert abs(sum(lat for lat, _ in third.outline[:-1]) / 4 - 29.502) < 1e-9
    assert [grid.name_en for grid in area.grids] == ["一网格"]
