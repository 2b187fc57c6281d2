"""Agreed and opened days of the stalls."""

from datetime import date, datetime, timedelta

import polars as pl
import pytest
import sqlalchemy as sa

from data_access import evidence, stalls
from data_access.engine import reading, writing
from data_access.tables.places import Place
from data_access.tables.stalls import Stall, StallDay
from tests.conftest import NOON, make_viewer
from vocabulary.enums import Accuracy, PlaceKind, Role, Trade
from vocabulary.questions import Filters, Op, Period, Rows, Where
from vocabulary.refusals import NotAllowed

TODAY = NOON.date()
OFFICIAL = make_viewer()
WEEK = Period(TODAY - timedelta(6), TODAY + timedelta(5))


@pytest.fixture
def workshop(engine: sa.Engine, noon: datetime) -> sa.Engine:  # noqa: ARG001 (the clock stands)
    """Stall 1 agreed on weekdays without an end, stall 2 until yesterday, stall 3 without an agreement."""
    place = {"kind": PlaceKind.CRAFT_WORKSHOP, "lon": 106.5, "lat": 29.5, "accuracy": Accuracy.SCHEMATIC}
    yesterday = TODAY - timedelta(1)
    agreements = [(1, date(2026, 1, 1), None), (2, date(2026, 1, 1), yesterday), (3, None, None)]
    with writing(engine) as conn:
        conn.execute(sa.insert(Place).values(id=1, code="w", name="一号坊", name_en="Workshop 1", **place))
        rows = [
            {"id": n, "place_id": 1, "number": str(n), "trade": Trade.KEY, "agreement_from": a, "agreement_to": b}
            for n, a, b in agreements
        ]
        conn.execute(sa.insert(Stall), [{**row, "weekdays": "1,2,3,4,5"} for row in rows])
        opened = [(1, TODAY, 5), (1, TODAY - timedelta(2), 3), (2, yesterday, 8)]
        days = [{"stall_id": n, "day": day, "opened_at": NOON, "customers": count} for n, day, count in opened]
        conn.execute(sa.insert(StallDay), days)
    return engine


def test_days_are_agreed_within_the_agreement_on_its_weekdays_up_to_today(workshop: sa.Engine) -> None:
    with reading(workshop) as conn:
        days = stalls.agreed(conn, OFFICIAL, WEEK.since, WEEK.until)
    agreed = days.filter("agreed")
    assert agreed.filter(stall="1")["day"].to_list() == [TODAY - timedelta(n) for n in (6, 5, 4, 1, 0)]
    assert agreed.filter(stall="2")["day"].to_list() == [TODAY - timedelta(n) for n in (6, 5, 4, 1)]
    assert agreed.filter("opened").height == 2
    assert days.filter(~pl.col("agreed"))["day"].to_list() == [TODAY - timedelta(2)]  # a Sunday, opened all the same


def test_the_rows_behind_name_the_workshop_and_no_artisan(workshop: sa.Engine) -> None:
    rows = Rows("stall_days_agreed", (Where("agreed", Op.IN, (True,)),))
    with reading(workshop) as conn:
        found = evidence.behind(conn, OFFICIAL, rows, WEEK, Filters())
        with pytest.raises(NotAllowed):
            evidence.behind(conn, make_viewer(Role.PRESENTER), rows, WEEK, Filters())
        assert "artisan" not in stalls.stalls(conn, OFFICIAL).columns
    assert found.height == 9
    assert set(found["place"]) == {"一号坊"}


def test_today_each_stall_says_whether_it_opened(workshop: sa.Engine) -> None:
    with reading(workshop) as conn:
        today = stalls.openings(conn, OFFICIAL, TODAY)
    assert today.select("stall", "agreed", "customers").rows() == [
        ("1", True, 5),
        ("2", False, None),
        ("3", False, None),
    ]
    assert today["opened_at"].to_list() == [NOON, None, None]


def test_an_empty_database_has_no_stall(engine: sa.Engine) -> None:
    with reading(engine) as conn:
        assert stalls.agreed(conn, OFFICIAL, WEEK.since, WEEK.until).is_empty()
        assert stalls.openings(conn, OFFICIAL, TODAY).schema == stalls.OPENINGS
