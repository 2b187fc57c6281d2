"""The bundled drawing is a neighbourhood: nothing overlaps, everything is inside, every block has one grid."""

from collections import Counter
from itertools import combinations, pairwise
from math import cos, radians

import pytest

from geo.distance import metres
from geo.neighbourhood import CENTRE, Building, Outline, Spot, buildings, bundled, grids, places, scenery
from vocabulary.enums import PlaceKind, Trade


def inside(spot: Spot, outline: Outline) -> bool:
    """A ray to the north crosses the outline an odd number of times."""
    lat, lon = spot
    crossings = 0
    for (lat_a, lon_a), (lat_b, lon_b) in pairwise(outline):
        if (lon_a > lon) != (lon_b > lon):
            crossings += lat < lat_a + (lon - lon_a) / (lon_b - lon_a) * (lat_b - lat_a)
    return crossings % 2 == 1


def square_metres(outline: Outline) -> float:
    """The shoelace formula on a plane around the first corner."""
    east, north = 111_195 * cos(radians(CENTRE[0])), 111_195
    plane = [((lon - outline[0][1]) * east, (lat - outline[0][0]) * north) for lat, lon in outline]
    return abs(sum(x * v - u * y for (x, y), (u, v) in pairwise(plane))) / 2


def ground_outline() -> Outline:
    (feature,) = scenery("ground")
    return tuple((lat, lon) for lon, lat in feature["geometry"]["coordinates"][0])


def apart(one: Building, other: Building) -> bool:
    """Two convex outlines are apart where some edge has all of the other on its far side."""
    return any(
        all(_side(edge, spot) * _side(edge, _far(edge, mine)) < 0 for spot in theirs)
        for mine, theirs in ((one.outline, other.outline), (other.outline, one.outline))
        for edge in pairwise(mine)
    )


def _side(edge: tuple[Spot, Spot], spot: Spot) -> float:
    (lat_a, lon_a), (lat_b, lon_b) = edge
    return (lon_b - lon_a) * (spot[0] - lat_a) - (lat_b - lat_a) * (spot[1] - lon_a)


def _far(edge: tuple[Spot, Spot], outline: Outline) -> Spot:
    return max(outline, key=lambda spot: abs(_side(edge, spot)))


def test_twenty_four_buildings_are_numbered_from_one() -> None:
    assert [building.number for building in buildings()] == [str(number) for number in range(1, 25)]


def test_no_two_buildings_overlap() -> None:
    assert [(one.number, two.number) for one, two in combinations(buildings(), 2) if not apart(one, two)] == []


def test_a_building_laid_over_another_would_be_noticed() -> None:
    first = buildings()[0]
    moved = Building("99", "1", first.lat, first.lon, tuple((lat + 1e-5, lon) for lat, lon in first.outline))
    assert not apart(first, moved)


def test_every_building_stands_whole_in_its_own_grid_and_in_no_other() -> None:
    for building in buildings():
        holding = [grid.code for grid in grids() if all(inside(corner, grid.outline) for corner in building.outline)]
        assert holding == [building.grid], building.number


def test_every_place_and_every_corner_of_a_building_is_on_the_ground() -> None:
    outline = ground_outline()
    spots = [(place.lat, place.lon) for place in places()] + [spot for block in buildings() for spot in block.outline]
    assert [spot for spot in spots if not inside(spot, outline)] == []


def test_no_place_stands_on_a_building() -> None:
    hidden = [p.code for p in places() for b in buildings() if inside((p.lat, p.lon), b.outline)]
    assert hidden == []


def test_the_ground_is_as_large_as_the_community_and_lies_around_its_centre() -> None:
    assert square_metres(ground_outline()) == pytest.approx(240_000, rel=0.05)
    assert all(metres(*CENTRE, *spot) < 400 for spot in ground_outline())


def test_the_four_grids_cover_the_ground_without_overlapping() -> None:
    assert [grid.name for grid in grids()] == ["网格一", "网格二", "网格三", "网格四"]
    total = sum(square_metres(grid.outline) for grid in grids())
    assert square_metres(ground_outline()) <= total <= 1.15 * square_metres(ground_outline())
    for place in places():
        assert sum(inside((place.lat, place.lon), grid.outline) for grid in grids()) == 1, place.code


def test_there_is_one_place_of_each_kind_and_a_workshop_for_each_trade() -> None:
    kinds = Counter(place.kind for place in places())
    assert kinds == {kind: 5 if kind is PlaceKind.CRAFT_WORKSHOP else 1 for kind in PlaceKind}
    assert [place.trade for place in places() if place.trade] == list(Trade)
    assert len({place.code for place in places()}) == len(places())


def test_seals_stand_far_enough_apart_for_a_finger_on_a_phone() -> None:
    close = [
        (one.code, two.code)
        for one, two in combinations(places(), 2)
        if metres(one.lat, one.lon, two.lat, two.lon) < 40  # 20 px where a phone shows half a pixel a metre
    ]
    assert close == []


def test_a_count_sits_on_the_upper_right_corner() -> None:
    for building in buildings():
        lat, lon = building.corner
        assert lat > building.lat, building.number
        assert lon > building.lon, building.number


def test_every_lane_has_a_name_in_both_languages() -> None:
    names = [feature["properties"] for feature in scenery("name") if feature["properties"]["kind"] == "lane"]
    assert len(names) == len(scenery("lane"))
    assert {"民主大道", "建设巷"} <= {name["name"] for name in names}
    assert all(name["name_en"].isascii() for name in names)


def test_the_bundled_area_can_key_a_cache() -> None:
    assert hash(bundled()) == hash(bundled())
    assert len(bundled().buildings) == 24
