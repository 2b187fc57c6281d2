"""Figures of the desk against counting one by one, and against the labels that lists show."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import polars as pl
import pytest
import sqlalchemy as sa

from access import OPERATOR
from data_access import cases, desk, rules
from data_access.desk import timely
from data_access.tables.desk import FollowUp, Whistle, WhistleCase, WhistleUnit
from jobs import figures
from metrics import desk as metric
from tests.case_rows import PROPERTY, ROADS, make_case, make_neighbourhood
from tests.conftest import NOON, make_viewer
from tests.desk import OFFICIAL
from vocabulary.cases import Order, Show
from vocabulary.desk import Presence, Satisfaction, WhistleKind
from vocabulary.enums import DONE_STATUSES, DROPPED_STATUSES, CaseResult, CaseStatus, Role
from vocabulary.questions import Filters, Period
from vocabulary.rules import Number

pytestmark = pytest.mark.usefixtures("noon")
TODAY = NOON.date()
PERIODS = (Period(TODAY - timedelta(6), TODAY), Period(TODAY - timedelta(20), TODAY - timedelta(8)))
Row = dict[str, Any]


@pytest.fixture
def conn(engine: sa.Engine) -> Iterator[sa.Connection]:
    with engine.begin() as conn:
        make_neighbourhood(conn)
        yield conn


def some_cases(conn: sa.Connection) -> list[Row]:
    """Two hundred random cases around now with every kind of status and limit."""
    chance, made = random.Random(7), []
    for number in range(200):
        back = timedelta(hours=chance.randrange(30 * 24))
        received = NOON - back
        status = chance.choice(list(CaseStatus))
        closed = received + timedelta(hours=chance.randrange(1, 12 * 24)) if status in CLOSED else None
        closed = min(closed, NOON) if closed else None
        due = received + timedelta(hours=chance.choice([12, 24, 72, 240])) if chance.random() < 0.8 else None
        row: Row = {
            "status": status,
            "received_at": received,
            "accepted_at": received + timedelta(hours=1) if chance.random() < 0.7 else None,
            "first_contact_at": received + timedelta(hours=chance.randrange(40)) if chance.random() < 0.7 else None,
            "contact_due_at": received + timedelta(hours=20) if due else None,
            "due_at": due,
            "severe_at": due and received + (due - received) * 3,
            "repeat_of_id": 1 if number and chance.random() < 0.2 else None,
        }
        if status in DONE_STATUSES:
            assert closed
            row |= {"finished_at": closed, "finished_on": closed.date()}
        elif closed:
            row |= {"dropped_on": closed.date()}
        row["id"] = make_case(conn, f"D{number}", received.date(), **row)
        made.append(row)
    return made


CLOSED = (*DONE_STATUSES, *DROPPED_STATUSES)


def _day(moment: datetime | None) -> Any:
    return moment and moment.date()


def _open_at(row: Row, period: Period) -> bool:
    closed = row.get("finished_on") or row.get("dropped_on")
    return row["received_at"].date() <= period.until and (closed is None or closed > period.until)


@pytest.mark.parametrize("period", PERIODS)
def test_the_figures_of_deadlines_are_those_of_counting_one_by_one(conn: sa.Connection, period: Period) -> None:
    rows = some_cases(conn)
    counted = [row for row in rows if row["status"] not in DROPPED_STATUSES]
    end = min(NOON, datetime.combine(period.until + timedelta(1), NOON.min.time(), NOON.tzinfo))

    def within(row: Row, name: str) -> bool:
        return row[name] is not None and period.since <= row[name].date() <= period.until

    due = [row for row in counted if within(row, "due_at") and row["due_at"] <= NOON]
    kept = [row for row in due if row["status"] in DONE_STATUSES and row["finished_at"] <= row["due_at"]]
    _agrees(conn, "on_time_rate", period, len(kept), len(due))
    asked = [row for row in counted if within(row, "contact_due_at") and row["contact_due_at"] <= NOON]
    spoken = [row for row in asked if row["first_contact_at"] and row["first_contact_at"] <= row["contact_due_at"]]
    _agrees(conn, "response_rate", period, len(spoken), len(asked))
    accepted = [row for row in rows if within(row, "accepted_at")]
    done = [row for row in accepted if row["status"] in DONE_STATUSES and row["finished_on"] <= period.until]
    _agrees(conn, "closure_rate", period, len(done), len(accepted))
    received = [row for row in rows if period.since <= row["received_at"].date() <= period.until]
    _agrees(conn, "repeat_rate", period, sum(row["repeat_of_id"] is not None for row in received), len(received))
    still = [row for row in rows if _open_at(row, period) and row["due_at"]]
    late = [row for row in still if row["due_at"] < end]
    soon = [row for row in still if row not in late and row["due_at"] - timedelta(hours=24) < end]
    assert _value(conn, "overdue", period) == len(late) > 0
    assert _value(conn, "severe", period) == sum(row["severe_at"] < end for row in late) > 0
    assert _value(conn, "due_soon", period) == len(soon)


def test_today_they_are_the_labels_that_the_list_shows(conn: sa.Connection) -> None:
    some_cases(conn)
    listed = cases.listing(conn, OFFICIAL, Filters(show=Show.OPEN), Order.DUE, 0, 999)
    labels = listed["punctuality"].to_list()
    period = Period(TODAY, TODAY)
    assert _value(conn, "due_soon", period) == labels.count("due_soon") > 0
    assert _value(conn, "overdue", period) == labels.count("overdue") + labels.count("severe")
    assert _value(conn, "severe", period) == labels.count("severe") > 0


def test_satisfaction_sums_the_weights_of_those_who_answered(conn: sa.Connection) -> None:
    case_id = make_case(conn, "F1", status="finished", closed_on=TODAY)
    answers: list[tuple[bool, CaseResult | None, Satisfaction | None]] = [
        (True, CaseResult.SOLVED, Satisfaction.VERY_SATISFIED),
        (True, CaseResult.UNSOLVED, Satisfaction.VERY_DISSATISFIED),
        (True, CaseResult.EXPLAINED, None),  # answered half
        (True, None, None),  # answered nothing
        (False, None, None),  # not reached
    ]
    for reached, solved, satisfaction in answers:
        said = {"reached": reached, "solved": solved, "satisfaction": satisfaction}
        conn.execute(sa.insert(FollowUp).values(case_id=case_id, called_at=NOON, called_on=TODAY, **said))
    period = Period(TODAY, TODAY)
    _agrees(conn, "resolution_rate", period, 1, 3)
    _agrees(conn, "satisfaction_rate", period, 1.0, 2)
    assert desk.follow_ups_of(conn, OFFICIAL, case_id).height == len(answers)


def test_an_answer_keeps_the_weight_of_its_day(conn: sa.Connection) -> None:
    case_id = make_case(conn, "F1", status="finished", closed_on=TODAY)
    for name in (Number.WEIGHT_NEUTRAL, Number.WEIGHT_SATISFIED):
        rules.set_number(conn, make_viewer(Role.ADMIN), name, 0.25, TODAY)
    days = [
        (TODAY - timedelta(1), Satisfaction.NEUTRAL),
        (TODAY, Satisfaction.NEUTRAL),
        (TODAY, Satisfaction.SATISFIED),
    ]
    for day, satisfaction in days:
        said = {"reached": True, "satisfaction": satisfaction, "called_on": day}
        conn.execute(sa.insert(FollowUp).values(case_id=case_id, called_at=NOON - (TODAY - day), **said))
    _agrees(conn, "satisfaction_rate", Period(TODAY - timedelta(1), TODAY), 0.6 + 0.25 + 0.25, 3)
    _agrees(conn, "satisfaction_rate", Period(TODAY - timedelta(1), TODAY - timedelta(1)), 0.6, 1)


def test_whistles_count_units_whose_time_to_come_is_over(conn: sa.Connection) -> None:
    case_id = make_case(conn, "B1")
    make_case(conn, "B2")
    calls: list[tuple[int, datetime, list[tuple[int, Presence | None, datetime | None]]]] = [
        (1, NOON - timedelta(hours=1), [(PROPERTY, Presence.PRESENT, NOON - timedelta(hours=2)), (ROADS, None, None)]),
        (2, NOON - timedelta(hours=1), [(PROPERTY, Presence.ONLINE, NOON), (ROADS, Presence.ABSENT, None)]),
        (3, NOON + timedelta(hours=1), [(PROPERTY, None, None)]),  # still time to come
    ]
    for number, arrive_by, units in calls:
        blown = {"blown_at": NOON - timedelta(hours=3), "blown_on": TODAY, "arrive_by": arrive_by}
        named = {"id": number, "number": f"CS{number}", "kind": WhistleKind.KEY_ISSUE, "request": "来"}
        conn.execute(sa.insert(Whistle).values(**named, **blown))
        conn.execute(sa.insert(WhistleCase).values(whistle_id=number, case_id=case_id))
        for unit_id, presence, arrived_at in units:
            came = {"presence": presence, "arrived_at": arrived_at}
            conn.execute(sa.insert(WhistleUnit).values(whistle_id=number, unit_id=unit_id, **came))
    period = Period(TODAY, TODAY)
    _agrees(conn, "attendance_rate", period, 2, 4)
    _agrees(conn, "arrival_rate", period, 1, 4)
    _agrees(conn, "whistle_rate", period, 1, 2)


def test_hours_stand_beside_each_other_only_where_a_category_has_both() -> None:
    rows = {
        "category_id": [1, 1, 1, 2],
        "status": ["finished"] * 4,
        "finished_on": [TODAY] * 4,
        "worked_minutes": [60, 180, 600, 60],
        "whistled": [False, False, True, False],
    }
    names = pl.DataFrame({"category_id": [1, 2], "category": ["电梯", "噪音"]})
    found = metric.hours_by_whistle(Period(TODAY, TODAY), pl.DataFrame(rows), names)
    assert found.rows() == [("电梯", False, 2, 2.0), ("电梯", True, 1, 10.0)]


def test_without_rows_there_is_no_rate(conn: sa.Connection) -> None:
    period = PERIODS[0]
    for key in (one.key for one in metric.METRICS if one.of):
        assert figures.figure(conn, OPERATOR, key, period, Filters()).value is None
    assert timely(conn, OPERATOR, period.since, period.until, Filters()).is_empty()


def _value(conn: sa.Connection, key: str, period: Period) -> float | None:
    return figures.figure(conn, OPERATOR, key, period, Filters()).value


def _agrees(conn: sa.Connection, key: str, period: Period, n: float, of: int) -> None:
    found = figures.figure(conn, OPERATOR, key, period, Filters())
    assert (found.numerator, found.denominator) == (n, of)
    assert found.value == pytest.approx(n / of)
