"""Distances over the ground against ones known from elsewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.distance import EARTH_RADIUS_M, metres

LATITUDES, LONGITUDES = st.floats(-90, 90), st.floats(-180, 180)


def test_one_degree_of_latitude_is_111_195_metres() -> None:
    assert metres(29, 106.5, 30, 106.5) == pytest.approx(111_195, abs=1)


def test_one_degree_of_longitude_shrinks_with_the_cosine_of_the_latitude() -> None:
    assert metres(60, 106, 60, 107) == pytest.approx(111_195 / 2, rel=1e-4)


@pytest.mark.parametrize(
    ("here", "there", "kilometres"),
    [
        ((39.9042, 116.4074), (31.2304, 121.4737), 1067),  # Beijing to Shanghai
        ((51.5007, -0.1246), (40.6892, -74.0445), 5575),  # London to New York
        ((36.12, -86.67), (33.94, -118.40), 2886.4),  # Nashville to Los Angeles, the usual worked example
    ],
)
def test_known_cities_are_as_far_apart_as_they_are(
    here: tuple[float, float], there: tuple[float, float], kilometres: float
) -> None:
    assert metres(*here, *there) / 1000 == pytest.approx(kilometres, rel=0.001)


def test_three_hundred_metres_are_told_from_three_hundred_and_one() -> None:
    step = 1 / 111_195.08
    assert metres(29.516, 106.514, 29.516 + 300 * step, 106.514) == pytest.approx(300, abs=0.01)
    assert metres(29.516, 106.514, 29.516 + 301 * step, 106.514) == pytest.approx(301, abs=0.01)


def test_opposite_ends_of_the_earth_are_half_its_girth_apart() -> None:
    assert metres(29.516, 106.514, -29.516, -73.486) == pytest.approx(3.14159265 * EARTH_RADIUS_M, rel=1e-6)


@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
def test_the_way_back_is_as_long_and_a_place_is_nowhere_from_itself(a: float, b: float, c: float, d: float) -> None:
    assert metres(a, b, c, d) == pytest.approx(metres(c, d, a, b), abs=1e-6)
    assert metres(a, b, a, b) == 0
