"""Places, grids and buildings as they are read, and when a place is open."""

from datetime import date, datetime, time

import sqlalchemy as sa

import clock
from data_access import places
from data_access.engine import reading
from tests import canteen
from tests.conftest import make_viewer

HOURS = '{"1": [["07:00", "09:00"], ["11:00", "13:00"]]}'
OFFICIAL = make_viewer()


def _monday(hour: int, minute: int) -> datetime:
    return datetime(2026, 11, 23, hour, minute, tzinfo=clock.SHANGHAI)


def test_a_place_is_open_from_its_opening_time_to_before_its_closing_time() -> None:
    assert places.open_at("open", HOURS, _monday(7, 0))
    assert not places.open_at("open", HOURS, _monday(9, 0))
    assert not places.open_at("open", HOURS, _monday(10, 0))
    assert places.open_at("open", HOURS, _monday(12, 59).astimezone(datetime.now().astimezone().tzinfo))


def test_a_paused_place_or_a_day_without_hours_is_closed() -> None:
    assert not places.open_at("paused", HOURS, _monday(8, 0))
    assert places.hours_of(HOURS).on(date(2026, 11, 24)) == ()
    assert places.hours_of(HOURS).on(date(2026, 11, 23))[1] == (time(11), time(13))
    assert not places.open_at("open", "{}", _monday(8, 0))


def test_places_grids_and_buildings_are_read_with_their_codes(engine: sa.Engine) -> None:
    canteen.furnish(engine)
    with reading(engine) as conn:
        assert places.places(conn, OFFICIAL)["code"].to_list() == ["canteen"]
        assert places.grids(conn, OFFICIAL)["code"].to_list() == ["1", "2"]
        assert places.buildings(conn, OFFICIAL).select("number", "grid").rows() == [("1", "1"), ("2", "1"), ("3", "2")]
