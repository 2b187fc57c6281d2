"""The stalls' day log: logged, closed, corrected, brought by a sheet; what cannot be is refused by its value."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

import clock
from data_access import stall_days
from data_access.engine import reading, writing
from data_access.stall_days import StallDayFacts
from data_access.tables.accounts import Account
from data_access.tables.places import Place
from data_access.tables.rules import ClosedDay
from data_access.tables.stalls import Stall, StallDay
from tests.conftest import make_viewer
from vocabulary.enums import Accuracy, Feed, PlaceKind, PlaceStatus, Role, Trade
from vocabulary.refusals import NotAllowed, NotPossible

pytestmark = pytest.mark.usefixtures("noon")
FEEDER = make_viewer(Role.FEEDER, feed=Feed.STALLS)
NINE = datetime(2026, 11, 23, 9, 0, tzinfo=clock.SHANGHAI)
EIGHT_HOURS = timedelta(hours=8)
DAY = StallDayFacts("w", "1", NINE, NINE + EIGHT_HOURS, 12)


@pytest.fixture
def workshop(engine: sa.Engine) -> sa.Engine:
    """Stall 1 agreed for 2026, stall 2 without an agreement, stall 3 closed; workshop "shut" paused with one."""
    with writing(engine) as conn:
        make_workshop(conn)
    return engine


def make_workshop(conn: sa.Connection) -> None:
    """Two workshops and the feeder's account."""
    conn.execute(sa.insert(Account).values(id=1, login="s", name="s", role=Role.FEEDER, password_hash="-"))
    place = {"kind": PlaceKind.CRAFT_WORKSHOP, "lon": 106.5, "lat": 29.5, "accuracy": Accuracy.SCHEMATIC}
    conn.execute(sa.insert(Place).values(id=1, code="w", name="一号坊", **place))
    conn.execute(sa.insert(Place).values(id=2, code="shut", name="二号坊", status=PlaceStatus.PAUSED, **place))
    year = {"agreement_from": date(2026, 1, 1), "agreement_to": date(2026, 12, 31), "trade": Trade.KEY}
    none = {**year, "agreement_from": None, "agreement_to": None}
    for place_id, number, rest in (
        (1, "1", year),
        (1, "2", none),
        (1, "3", {**year, "status": PlaceStatus.CLOSED}),
        (2, "1", year),
    ):
        conn.execute(sa.insert(Stall).values(place_id=place_id, number=number, **rest))
    conn.execute(sa.insert(ClosedDay).values(place_id=1, day=date(2026, 11, 20), reason="检修"))


def rows(engine: sa.Engine) -> list[tuple[Any, ...]]:
    with reading(engine) as conn:
        found = conn.execute(sa.select(StallDay.day, StallDay.customers, StallDay.version).order_by(StallDay.day))
        return [tuple(row) for row in found]


def test_a_day_is_opened_closed_and_corrected_with_a_reason(workshop: sa.Engine) -> None:
    with writing(workshop) as conn:
        key = stall_days.log_day(conn, FEEDER, replace(DAY, closed_at=None, customers=None))
        stall_days.close_day(conn, FEEDER, key, 1, NINE + EIGHT_HOURS, 12)
        stall_days.correct_day(conn, FEEDER, key, 2, "漏计", replace(DAY, customers=14))
    assert rows(workshop) == [(date(2026, 11, 23), 14, 3)]
    with reading(workshop) as conn:
        (change,) = stall_days.history(conn, FEEDER, key)
        shown = stall_days.logged(conn, FEEDER, NINE.date(), NINE.date()).row(0, named=True)
    assert (change["before"], change["after"], change["reason"]) == ({"customers": 12}, {"customers": 14}, "漏计")
    assert (shown["place"], shown["stall"], shown["opened_at"], shown["customers"]) == ("w", "1", NINE, 14)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"stall": "9"}, "9号摊位"),
        ({"stall": "3"}, "一号坊3号摊位（配钥匙）现在是关闭"),
        ({"place": "shut"}, "二号坊现在是暂停"),
        ({"stall": "2"}, "没有协议"),
        ({"opened_at": NINE.replace(year=2025), "closed_at": None}, "2025-11-23"),
        ({"opened_at": NINE.replace(day=20), "closed_at": None}, "检修"),
        ({"closed_at": NINE}, "收摊2026-11-23 09:00"),
        ({"closed_at": NINE + timedelta(hours=16)}, "2026-11-24 01:00"),
        ({"opened_at": NINE + timedelta(days=1, hours=4), "closed_at": None}, "2026-11-24 13:00"),
        ({"customers": -1}, "填的是-1"),
        ({"customers": 5001}, "填的是5001"),
    ],
)
def test_what_cannot_be_is_refused_by_its_value(workshop: sa.Engine, changed: dict[str, Any], named: str) -> None:
    with pytest.raises(NotPossible) as refusal, writing(workshop) as conn:
        stall_days.log_day(conn, FEEDER, replace(DAY, **changed))
    assert named in str(refusal.value)
    assert rows(workshop) == []


def test_a_day_is_logged_and_closed_once(workshop: sa.Engine) -> None:
    with writing(workshop) as conn:
        key = stall_days.log_day(conn, FEEDER, DAY)
    with pytest.raises(NotPossible, match="2026-11-23已经登记过"), writing(workshop) as conn:
        stall_days.log_day(conn, FEEDER, DAY)
    with pytest.raises(NotPossible, match="17:00"), writing(workshop) as conn:
        stall_days.close_day(conn, FEEDER, key, 1, NINE + EIGHT_HOURS, 3)
    assert rows(workshop) == [(date(2026, 11, 23), 12, 1)]


def test_the_second_of_two_is_told(workshop: sa.Engine) -> None:
    with writing(workshop) as conn:
        key = stall_days.log_day(conn, FEEDER, DAY)
        stall_days.correct_day(conn, FEEDER, key, 1, "漏计", replace(DAY, customers=14))
    with pytest.raises(NotPossible, match="别人"), writing(workshop) as conn:
        stall_days.correct_day(conn, FEEDER, key, 1, "多计", replace(DAY, customers=10))
    assert rows(workshop) == [(date(2026, 11, 23), 14, 2)]


def test_a_day_of_a_stall_that_closed_since_can_still_be_corrected(workshop: sa.Engine) -> None:
    with writing(workshop) as conn:
        key = stall_days.log_day(conn, FEEDER, DAY)
        conn.execute(sa.update(Stall).values(status=PlaceStatus.CLOSED))
        stall_days.correct_day(conn, FEEDER, key, 1, "漏计", replace(DAY, customers=14))
    assert rows(workshop)[0][1] == 14


def test_a_sheet_is_written_whole_or_not_and_tells_new_from_changed(workshop: sa.Engine) -> None:
    sheet = [replace(DAY, opened_at=NINE - timedelta(n), closed_at=NINE - timedelta(n) + EIGHT_HOURS) for n in range(3)]
    with writing(workshop) as conn:
        assert stall_days.write_stall_days(conn, FEEDER, sheet).new == 3
    with writing(workshop) as conn:
        again = stall_days.write_stall_days(conn, FEEDER, [replace(sheet[0], customers=9), *sheet[1:]])
        assert (again.new, again.changed, again.unchanged) == (0, 1, 2)
    late = replace(DAY, opened_at=NINE + timedelta(days=9), closed_at=None)
    with pytest.raises(NotPossible, match="第2行"), writing(workshop) as conn:
        stall_days.write_stall_days(conn, FEEDER, [replace(sheet[1], customers=1), late])
    with pytest.raises(NotPossible, match="两次"), writing(workshop) as conn:
        stall_days.write_stall_days(conn, FEEDER, [sheet[0], sheet[0]])
    assert [row[1] for row in rows(workshop)] == [12, 12, 9]


def test_others_do_not_write_and_presenters_do_not_read(workshop: sa.Engine) -> None:
    with pytest.raises(NotAllowed), writing(workshop) as conn:
        stall_days.log_day(conn, make_viewer(Role.OFFICIAL), DAY)
    with pytest.raises(NotAllowed), reading(workshop) as conn:
        stall_days.logged(conn, make_viewer(Role.PRESENTER), NINE.date(), NINE.date())
