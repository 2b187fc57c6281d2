"""Reading cases: spans, the rows behind, the list, its counts and the choices, each against a slow recount."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from data_access import cases, evidence
from data_access.engine import reading
from metrics.catalogue import METRICS
from tests.case_rows import G1, G2, LIFT, NOISE, PROPERTY, ROADS, ROADWORK, make_case, make_neighbourhood
from tests.conftest import NOON, make_viewer
from vocabulary.cases import Order, Show
from vocabulary.enums import DONE_STATUSES, DROPPED_STATUSES, CaseStatus, Channel, Feed, Role, Urgency
from vocabulary.questions import Filters, Period, Viewer
from vocabulary.refusals import NotAllowed

TODAY = NOON.date()
WEEK = Period(date(2026, 11, 16), date(2026, 11, 22))
OFFICIAL = make_viewer()
WORKER = make_viewer(Role.WORKER, grids=(G1,))
UNIT = make_viewer(Role.UNIT, unit_id=PROPERTY)
PRESENTER = make_viewer(Role.PRESENTER)
BLIND = (PRESENTER, make_viewer(Role.FEEDER, feed=Feed.CANTEEN), make_viewer(Role.ADMIN))
PATHS = {LIFT: ("住房", "物业", "电梯"), NOISE: ("环境", "噪音"), ROADWORK: ("住房", "道路"), None: ("",)}
CODES = {G1: "G1", G2: "G2", None: ""}
Row = dict[str, Any]


@pytest.fixture
def rows(engine: sa.Engine) -> list[Row]:
    """Three hundred random cases of forty days, as they were written."""
    chance, made = random.Random(4), []
    with engine.begin() as conn:
        make_neighbourhood(conn)
        for number in range(300):
            on = TODAY - timedelta(chance.randrange(40))
            row: Row = {
                "status": chance.choice(list(CaseStatus)).value,
                "channel": chance.choice([*Channel, None]),
                "urgency": chance.choice([*Urgency, None]),
                "grid_id": chance.choice(list(CODES)),
                "category_id": chance.choice(list(PATHS)),
                "lead_unit_id": chance.choice([PROPERTY, ROADS, None]),
                "building_id": chance.choice([1, 2, None]),
                "title": chance.choice(["路灯不亮", "夜间噪音扰民", "电梯坏了"]),
                "worked_minutes": chance.randrange(5000),
            }
            row["closed_on"] = (
                on + timedelta(chance.randrange(20)) if row["status"] in (*DONE_STATUSES, *DROPPED_STATUSES) else None
            )
            row["id"] = make_case(conn, f"N{number}", on, **row)
            made.append(row | {"received_on": on})
    return made


@pytest.fixture
def conn(engine: sa.Engine) -> Iterator[sa.Connection]:
    with reading(engine) as conn:
        yield conn


def seen(row: Row, viewer: Viewer) -> bool:
    if viewer.role is Role.WORKER:
        return row["grid_id"] is None or row["grid_id"] in viewer.grids
    if viewer.role is Role.UNIT:
        return bool(row["lead_unit_id"] == viewer.unit_id)
    return viewer.role is not Role.FEEDER


def kept(row: Row, filters: Filters) -> bool:
    """The filters, said the slow way."""
    path = PATHS[row["category_id"]]
    return all((
        not filters.statuses or row["status"] in filters.statuses,
        not filters.channels or (row["channel"] or "") in filters.channels,
        not filters.urgencies or (row["urgency"] or "") in filters.urgencies,
        not filters.grids or CODES[row["grid_id"]] in filters.grids,
        not filters.buildings or {1: "3", 2: "11", None: ""}[row["building_id"]] in filters.buildings,
        not filters.categories or any(path[: len(wanted)] == wanted for wanted in filters.categories),
        all(word in row["title"] for word in filters.text.split()),
    ))  # fmt: skip


def stands_in(row: Row, show: Show, period: Period) -> bool:
    on, closed = row["received_on"], row["closed_on"]
    answers: dict[Show, bool] = {
        Show.ALL: True,
        Show.OPEN: on <= period.until and (closed is None or closed > period.until),
        Show.RECEIVED: period.since <= on <= period.until,
        Show.FINISHED: closed is not None and row["status"] in DONE_STATUSES and period.since <= closed <= period.until,
    }
    return answers[show]


FILTERS = {
    "nothing": Filters(),
    "statuses": Filters(statuses=("pending", "finished")),
    "a channel or none": Filters(channels=("hotline", "")),
    "urgencies": Filters(urgencies=("emergency", "urgent")),
    "no urgency": Filters(urgencies=("",)),
    "no grid": Filters(grids=("",)),
    "a grid": Filters(grids=("G1",)),
    "a grid that is not there": Filters(grids=("G9",)),
    "one level": Filters(categories=(("住房",),)),
    "two levels or none": Filters(categories=(("住房", "物业"), ("",))),
    "a building": Filters(buildings=("11",)),
    "a word": Filters(text="噪音"),
    "a longer word": Filters(text="噪音扰民"),
    "two words": Filters(text="夜间 扰民"),
    "one character": Filters(text="灯"),
    "all at once": Filters(text="路灯", statuses=("pending", "handling"), grids=("G1", "")),
}


@pytest.mark.parametrize("viewer", [OFFICIAL, WORKER, UNIT], ids=lambda viewer: viewer.role)
def test_the_list_and_its_counts_are_the_rows_that_a_slow_recount_finds(
    conn: sa.Connection, rows: list[Row], viewer: Viewer
) -> None:
    for said, narrowed in FILTERS.items():
        filters = replace(narrowed, period=WEEK)
        counted = cases.counts(conn, viewer, filters)
        for show in Show:
            listed = cases.listing(conn, viewer, replace(filters, show=show), Order.NEWEST, 0, 1000)
            expected = {
                row["id"] for row in rows if seen(row, viewer) and kept(row, filters) and stands_in(row, show, WEEK)
            }
            assert set(listed["id"]) == expected, (said, show)
            assert counted[show] == len(expected) == listed.height, (said, show)


def test_the_choices_are_the_rows_behind_the_figures_of_the_same_name(conn: sa.Connection, rows: list[Row]) -> None:
    assert rows
    for filters in FILTERS.values():
        counted = cases.counts(conn, OFFICIAL, replace(filters, period=WEEK))
        for show in (Show.OPEN, Show.RECEIVED, Show.FINISHED):
            metric = METRICS[show.value]
            spans = cases.spans(conn, OFFICIAL, WEEK.since, WEEK.until, filters)
            behind = evidence.behind(conn, OFFICIAL, metric.rows, WEEK, filters)
            assert metric.figure(WEEK, spans).value == behind.height == counted[show]


def test_without_a_period_open_is_now_and_the_rest_is_all_there_ever_was(conn: sa.Connection, rows: list[Row]) -> None:
    counted = cases.counts(conn, OFFICIAL, Filters())
    assert counted[Show.OPEN] == sum(row["closed_on"] is None for row in rows)
    assert counted[Show.RECEIVED] == counted[Show.ALL] == len(rows)
    assert counted[Show.FINISHED] == sum(row["status"] in DONE_STATUSES for row in rows)


def test_pages_of_the_list_follow_one_another_without_a_gap(conn: sa.Connection, rows: list[Row]) -> None:
    for order in Order:
        parts = [cases.listing(conn, OFFICIAL, Filters(show=Show.ALL), order, since, 70) for since in range(0, 350, 70)]
        assert [part.height for part in parts] == [70, 70, 70, 70, 20]
        ids = [case for part in parts for case in part["id"]]
        assert sorted(ids) == sorted(row["id"] for row in rows), order


def test_orders_put_first_what_they_name(conn: sa.Connection, rows: list[Row]) -> None:
    assert rows

    def listed(order: Order, show: Show = Show.ALL) -> Any:
        return cases.listing(conn, OFFICIAL, Filters(show=show), order, 0, 300)

    assert listed(Order.NEWEST)["received_at"].is_sorted(descending=True)
    assert listed(Order.OLDEST)["received_at"].is_sorted()
    urgencies = listed(Order.URGENT)["urgency"].to_list()
    assert urgencies[0] == "emergency"
    assert urgencies.index("urgent") > max(i for i, word in enumerate(urgencies) if word == "emergency")
    assert listed(Order.FINISHED, Show.FINISHED)["finished_at"].is_sorted(descending=True)
    assert listed(Order.LONGEST)["worked_minutes"].is_sorted(descending=True)


def test_the_map_counts_the_open_cases_of_each_building_and_grid(conn: sa.Connection, rows: list[Row]) -> None:
    counted = cases.map_counts(conn, OFFICIAL, Filters(period=WEEK, text="路灯"))
    expected: dict[tuple[str | None, str | None], int] = {}
    for row in rows:
        if "路灯" in row["title"] and stands_in(row, Show.OPEN, WEEK):
            place = ({1: "3", 2: "11", None: None}[row["building_id"]], CODES[row["grid_id"]] or None)
            expected[place] = expected.get(place, 0) + 1
    assert {(building, grid): n for building, grid, n in counted.iter_rows()} == expected


@pytest.mark.parametrize("viewer", [OFFICIAL, WORKER, UNIT], ids=lambda viewer: viewer.role)
def test_the_choices_of_a_filter_are_those_that_occur(conn: sa.Connection, rows: list[Row], viewer: Viewer) -> None:
    mine = [row for row in rows if seen(row, viewer)]
    found = cases.options(conn, viewer)
    assert found.cases == len(mine)
    assert found.first_on == min(row["received_on"] for row in mine)
    for name, tally in (("status", found.statuses), ("channel", found.channels), ("urgency", found.urgencies)):
        assert dict(tally) == {
            value: sum((row[name] or "") == value for row in mine) for value in {row[name] or "" for row in mine}
        }
    assert {grid.code: grid.cases for grid in found.grids} == {
        code: n for key, code in CODES.items() if (n := sum(row["grid_id"] == key for row in mine))
    }
    assert found.categories["住房",] == sum(PATHS[row["category_id"]][0] == "住房" for row in mine)
    assert found.categories["住房", "物业", "电梯"] == sum(row["category_id"] == LIFT for row in mine)
    assert found.categories["",] == sum(row["category_id"] is None for row in mine)


@pytest.mark.parametrize("viewer", BLIND, ids=lambda viewer: viewer.role)
def test_no_row_reaches_who_may_not_read_cases(conn: sa.Connection, rows: list[Row], viewer: Viewer) -> None:
    case = rows[0]["id"]
    for refused in (
        lambda: cases.listing(conn, viewer, Filters(), Order.NEWEST, 0, 10),
        lambda: cases.counts(conn, viewer, Filters()),
        lambda: cases.map_counts(conn, viewer, Filters()),
        lambda: cases.options(conn, viewer),
        lambda: cases.one(conn, viewer, case),
        lambda: cases.named(conn, viewer, str(case)),
        lambda: cases.events(conn, viewer, case),
        lambda: cases.export_rows(conn, viewer, Filters()),
        lambda: evidence.behind(conn, viewer, METRICS["received"].rows, WEEK, Filters()),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_figures_are_for_the_presenter_too_but_hold_nothing_to_read(conn: sa.Connection, rows: list[Row]) -> None:
    spans = cases.spans(conn, PRESENTER, TODAY - timedelta(60), TODAY, Filters())
    assert spans.height == len(rows)
    assert spans.columns == ["id", "received_on", "finished_on", "closed_on", "status", "worked_minutes"]


def test_an_empty_database_gives_empty_frames_with_their_columns(conn: sa.Connection) -> None:
    assert cases.listing(conn, OFFICIAL, Filters(), Order.NEWEST, 0, 10).width == 18
    assert cases.spans(conn, OFFICIAL, TODAY, TODAY, Filters()).is_empty()
    assert cases.counts(conn, OFFICIAL, Filters(period=WEEK)) == dict.fromkeys(Show, 0)
    assert cases.options(conn, OFFICIAL).cases == 0
    assert cases.options(conn, OFFICIAL).first_on is None
