"""News: what changed since yesterday, with nothing a viewer may not read."""

import itertools
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from data_access.engine import reading, writing
from data_access.news import CaseNews, ImportNews, MealNews, StallNews, Turn, news, turn_of
from data_access.tables.cases import Case, CaseEvent
from data_access.tables.meals import Meal
from data_access.tables.places import Grid, Place
from data_access.tables.records import ImportBatch
from data_access.tables.stalls import Stall, StallDay
from tests.conftest import NOON, make_viewer
from vocabulary.enums import (
    AgeBand,
    CaseStatus,
    EventKind,
    MealKind,
    MealMode,
    PlaceKind,
    Role,
    Trade,
    Urgency,
)

OFFICIAL = make_viewer()
PRESENTER = make_viewer(Role.PRESENTER)
NUMBERS = itertools.count()


def make_case(conn: sa.Connection, number: str, **values: Any) -> int:
    given = {
        "title": f"诉求{number}",
        "status": CaseStatus.PENDING,
        "received_at": NOON,
        "received_on": NOON.date(),
        "urgency": Urgency.NORMAL,
    }
    found = conn.execute(sa.insert(Case).values(number=number, **given | values)).inserted_primary_key
    assert found
    return int(found[0])


def make_event(
    conn: sa.Connection,
    case: int,
    at: datetime,
    kind: EventKind = EventKind.FILED,
    moved: tuple[CaseStatus, CaseStatus] | None = None,
) -> None:
    start, end = moved or (None, None)
    conn.execute(sa.insert(CaseEvent).values(case_id=case, at=at, kind=kind, from_status=start, to_status=end))


def make_place(conn: sa.Connection, code: str, kind: PlaceKind) -> int:
    place = sa.insert(Place).values(code=code, kind=kind, name=code, lon=106.5, lat=29.5, accuracy="schematic")
    found = conn.execute(place).inserted_primary_key
    assert found
    return int(found[0])


def make_meals(conn: sa.Connection, canteen: int, at: datetime, count: int, **values: Any) -> None:
    given = {"meal": MealKind.BREAKFAST, "mode": MealMode.DINE_IN, "list_fen": 800, "discount_fen": 0, "paid_fen": 800}
    rows = [
        {"number": f"{next(NUMBERS)}", "served_at": at, "served_on": at.date(), "canteen_id": canteen}
        for _ in range(count)
    ]
    conn.execute(sa.insert(Meal), [{**given, "band": None, "void_at": None, **row, **values} for row in rows])


def test_cases_filed_within_one_hour_are_one_item_that_says_how_many_are_emergencies(
    engine: sa.Engine, noon: datetime
) -> None:
    with writing(engine) as conn:
        for minute, urgency in ((5, Urgency.EMERGENCY), (20, Urgency.NORMAL), (59, None)):
            case = make_case(conn, f"a{minute}", urgency=urgency)
            make_event(conn, case, noon.replace(hour=8, minute=minute))
        make_event(conn, make_case(conn, "b"), noon.replace(hour=9, minute=0))  # the next hour
        make_event(conn, make_case(conn, "c"), noon - timedelta(2))  # before yesterday
        make_event(conn, make_case(conn, "d"), noon + timedelta(hours=1))  # not yet
    with reading(engine) as conn:
        found = news(conn, OFFICIAL)
    assert [(item.at.hour, item.at.minute) for item in found] == [(9, 0), (8, 59)]
    last = found[1]
    assert isinstance(last, CaseNews)
    assert (last.turn, last.cases, last.emergencies) == (Turn.FILED, 3, 1)
    assert last.titles == ("诉求a59", "诉求a20")
    assert last.case_id is None
    assert isinstance(found[0], CaseNews)
    assert found[0].case_id is not None


def test_a_presenter_hears_numbers_but_no_title_and_no_case(engine: sa.Engine, noon: datetime) -> None:
    with writing(engine) as conn:
        make_event(conn, make_case(conn, "1", title="张三家漏水"), noon)
    with reading(engine) as conn:
        (item,) = news(conn, PRESENTER)
    assert isinstance(item, CaseNews)
    assert (item.cases, item.titles, item.case_id) == (1, (), None)


def test_a_title_comes_with_its_phone_number_covered(engine: sa.Engine, noon: datetime) -> None:
    with writing(engine) as conn:
        make_event(conn, make_case(conn, "1", title="请回电13812345678"), noon)
    with reading(engine) as conn:
        (item,) = news(conn, OFFICIAL)
    assert isinstance(item, CaseNews)
    assert "13812345678" not in item.titles[0]


def test_a_worker_hears_of_the_own_grids_and_of_cases_without_one(engine: sa.Engine, noon: datetime) -> None:
    with writing(engine) as conn:
        grids = [
            conn.execute(sa.insert(Grid).values(code=code, name=code)).inserted_primary_key for code in ("g1", "g2")
        ]
        own, other = (int(grid[0]) for grid in grids if grid)
        for number, grid in (("own", own), ("other", other), ("none", None)):
            make_event(conn, make_case(conn, number, grid_id=grid), noon)
    with reading(engine) as conn:
        (item,) = news(conn, make_viewer(Role.WORKER, grids=(own,)))
    assert isinstance(item, CaseNews)
    assert item.cases == 2
    assert set(item.titles) == {"诉求own", "诉求none"}


@pytest.mark.parametrize(
    ("kind", "start", "end", "turn"),
    [
        (EventKind.FILED, None, CaseStatus.PENDING, Turn.FILED),
        (EventKind.MOVED, CaseStatus.HANDLING, CaseStatus.FINISHED, Turn.FINISHED),
        (EventKind.REPLIED, CaseStatus.PENDING, CaseStatus.FINISHED, Turn.FINISHED),
        (EventKind.MOVED, CaseStatus.FINISHED, CaseStatus.FOLLOWED_UP, None),  # finished before
        (EventKind.MOVED, CaseStatus.ASSIGNED, CaseStatus.RETURNED, Turn.RETURNED),
        (EventKind.MOVED, CaseStatus.FOLLOWED_UP, CaseStatus.REOPENING, Turn.REOPENED),
        (EventKind.MOVED, CaseStatus.PENDING, CaseStatus.WITHDRAWN, Turn.DROPPED),  # never counted as finished
        (EventKind.MOVED, CaseStatus.PENDING, CaseStatus.ACCEPTED, None),  # the usual way
        (EventKind.REPLIED, None, None, None),
    ],
)
def test_what_an_event_is_to_those_who_read_the_news(
    kind: EventKind, start: CaseStatus | None, end: CaseStatus | None, turn: Turn | None
) -> None:
    assert turn_of(kind, start, end) is turn


def test_a_case_that_took_a_turn_twice_in_an_hour_is_counted_once(engine: sa.Engine, noon: datetime) -> None:
    back = (CaseStatus.ASSIGNED, CaseStatus.RETURNED)
    with writing(engine) as conn:
        case = make_case(conn, "1")
        make_event(conn, case, noon.replace(hour=9, minute=1), EventKind.MOVED, back)
        make_event(conn, case, noon.replace(hour=9, minute=40), EventKind.MOVED, back)
    with reading(engine) as conn:
        (item,) = news(conn, OFFICIAL)
    assert isinstance(item, CaseNews)
    assert (item.turn, item.cases) == (Turn.RETURNED, 1)


def test_imported_cases_are_told_by_their_import(engine: sa.Engine, noon: datetime) -> None:
    batch = {"account_id": None, "unchanged": 3, "rejected": 0, "kind": "cases", "file": "留言.xlsx"}
    days = {"since": date(2019, 1, 1), "until": date(2019, 12, 31)}
    with writing(engine) as conn:
        conn.execute(sa.insert(ImportBatch).values(**batch, **days, new=2816, changed=1, created_at=noon))
        conn.execute(sa.insert(ImportBatch).values(**batch, new=0, changed=0, created_at=noon))  # changed nothing
        make_event(conn, make_case(conn, "1"), noon, EventKind.IMPORTED)
    with reading(engine) as conn:
        (item,) = news(conn, OFFICIAL)
    assert isinstance(item, ImportNews)
    assert (item.new, item.changed, item.since, item.until) == (2816, 1, *days.values())


def test_todays_meals_are_compared_with_the_same_time_a_week_ago(engine: sa.Engine, noon: datetime) -> None:
    eight = noon.replace(hour=8)
    with writing(engine) as conn:
        canteen = make_place(conn, "canteen", PlaceKind.CANTEEN)
        make_meals(conn, canteen, eight, 3, band=AgeBand.A70)
        make_meals(conn, canteen, eight, 5, band=AgeBand.UNDER_60)
        make_meals(conn, canteen, eight, 2, void_at=noon)  # void
        make_meals(conn, canteen, eight - timedelta(7), 6)
        make_meals(conn, canteen, noon - timedelta(days=7, hours=-1), 4, meal=MealKind.LUNCH)  # later than now
        make_meals(conn, canteen, noon - timedelta(1), 7, meal=MealKind.LUNCH, band=AgeBand.A90)
        make_meals(conn, canteen, eight - timedelta(1), 2)
        make_meals(conn, canteen, noon + timedelta(hours=6) - timedelta(8), 8, meal=MealKind.SUPPER)
    with reading(engine) as conn:
        found = news(conn, PRESENTER)
    assert found == [
        MealNews(at=eight, meal=MealKind.BREAKFAST, meals=8, elderly=3, before=6),
        MealNews(at=noon - timedelta(1), meal=None, meals=9, elderly=7, before=8),
    ]


def test_stalls_that_should_have_opened_and_did_not_are_named_by_their_trade(engine: sa.Engine, noon: datetime) -> None:
    eight = noon.replace(hour=8)
    agreed = {"agreement_from": date(2026, 1, 1), "agreement_to": None, "weekdays": "1,2,3,4,5"}
    with writing(engine) as conn:
        place = make_place(conn, "workshop", PlaceKind.CRAFT_WORKSHOP)
        for number, trade, values in (
            ("1", Trade.KEY, {}),  # opened
            ("2", Trade.SHOE, {}),  # did not open
            ("3", Trade.HAIRCUT, {"weekdays": "6,7"}),  # not today
            ("4", Trade.REPAIR, {"agreement_to": date(2026, 6, 30)}),  # agreement over
        ):
            stall = {"place_id": place, "number": number, "trade": trade, **agreed, **values}
            conn.execute(sa.insert(Stall).values(**stall))
        first = conn.scalar(sa.select(Stall.id).where(Stall.number == "1"))
        conn.execute(sa.insert(StallDay).values(stall_id=first, day=noon.date(), opened_at=eight))
    with reading(engine) as conn:
        (item,) = news(conn, OFFICIAL)
    assert item == StallNews(at=eight, opened=1, agreed=2, missing=(("2", Trade.SHOE),))


@pytest.mark.usefixtures("noon")
def test_an_empty_database_has_no_news(engine: sa.Engine) -> None:
    with reading(engine) as conn:
        assert news(conn, OFFICIAL) == []
