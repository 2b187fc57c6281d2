"""The peace post's figures, counted again row by row, and what charts and lists draw from them."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
import sqlalchemy as sa

from access import OPERATOR
from data_access import peace_post
from data_access.engine import reading, writing
from data_access.tables.peace_post import CheckBack, Dispute, Opinion
from metrics import peace_post as figures
from metrics.figure import Figure
from tests.peace_post import FEEDER, SEAL, TODAY, WORKER, add, closing, day, facts, make_grids, opinion, verdict
from vocabulary.peace_post import Decision, DisputeOutcome, DisputeType, Mediator, Performed, Theme
from vocabulary.questions import Filters, Period, Viewer

pytestmark = pytest.mark.usefixtures("noon")
MONTH = Period(day(30), TODAY)
LONG = Period(day(700), TODAY)


@pytest.fixture
def conn(sqlite: sa.Engine) -> Iterator[sa.Connection]:
    with writing(sqlite) as connection:
        make_grids(connection)
        yield connection


def disputes(conn: sa.Connection, period: Period = MONTH, viewer: Viewer = OPERATOR) -> pl.DataFrame:
    return peace_post.disputes(conn, viewer, period.since, period.until, Filters())


def opinions(conn: sa.Connection, period: Period = MONTH) -> pl.DataFrame:
    return peace_post.opinions(conn, OPERATOR, period.since, period.until, Filters())


def test_success_leaves_out_those_handed_on_and_those_still_open(conn: sa.Connection) -> None:
    add(conn, closed=closing(1))  # written: n and N
    add(conn, closed=closing(1, DisputeOutcome.ORAL))  # oral: n and N
    add(conn, closed=closing(1, DisputeOutcome.FAILED))  # N only
    add(conn, closed=closing(1, DisputeOutcome.TRANSFERRED))  # neither
    add(conn)  # open: neither
    add(conn, opened=60, closed=closing(40))  # before the period
    assert figures.mediation_success(MONTH, disputes(conn)) == Figure(2 / 3, 2, 3)
    assert figures.disputes_settled(MONTH, disputes(conn)) == Figure(2)
    assert figures.disputes_opened(MONTH, disputes(conn)) == Figure(5)


def test_only_written_agreements_are_performed(conn: sa.Connection) -> None:
    add(conn, closed=closing(1, performed=Performed.YES))
    add(conn, closed=closing(1, performed=Performed.PARTLY))  # N only
    add(conn, closed=closing(1))  # nobody knows yet: N only
    add(conn, closed=closing(1, DisputeOutcome.ORAL))  # neither
    assert figures.performance(MONTH, disputes(conn)) == Figure(1 / 3, 1, 3)


def test_a_dispute_comes_again_in_the_same_grid_and_type_within_a_year(conn: sa.Connection) -> None:
    add(conn, opened=400)  # more than a year before the next
    add(conn, opened=20)  # the first of its kind this year
    add(conn, opened=10)  # again: one earlier
    add(conn, opened=5, kind=DisputeType.PARKING)  # another type
    add(conn, opened=5, grid="g2")  # another grid
    add(conn, opened=2)  # again: two earlier
    found = disputes(conn)
    assert figures.recurrence(MONTH, found) == Figure(2 / 5, 2, 5)
    assert found["earlier"].to_list() == [2, 0, 0, 1, 0, 0]  # newest first; the oldest is still open
    assert figures.again(MONTH, found).rows() == [("网格1", "noise", 3, day(2))]


def test_exactly_one_year_ago_still_counts(conn: sa.Connection) -> None:
    add(conn, opened=365)
    add(conn, opened=0)
    assert figures.recurrence(Period(TODAY, TODAY), disputes(conn)).numerator == 1


def test_what_came_before_counts_whoever_reported_it(conn: sa.Connection) -> None:
    add(conn, WORKER, opened=9)
    add(conn, FEEDER, opened=3)
    assert disputes(conn, viewer=FEEDER)["earlier"].to_list() == [1]


def test_a_check_back_is_due_until_the_day_it_is_done(conn: sa.Connection) -> None:
    add(conn, opened=50, closed=closing(40))  # due 33 and 10 days ago
    due = peace_post.check_backs(conn, OPERATOR, day(60), TODAY, Filters())
    first = due.row(0, named=True)
    conn.execute(sa.update(CheckBack).where(CheckBack.id == first["id"]).values(outcome="kept", done_on=day(20)))
    for until, expected in ((34, 0), (33, 1), (21, 1), (20, 0), (11, 0), (10, 1), (0, 1)):
        frame = peace_post.check_backs(conn, OPERATOR, day(60), day(until), Filters())
        assert figures.check_backs_due(Period(day(60), day(until)), frame) == Figure(expected), until
    assert peace_post.open_check_backs(conn, OPERATOR, TODAY).height == 1


def test_opinions_are_adopted_of_decided_and_answered_of_collected(conn: sa.Connection) -> None:
    for given in (
        opinion(verdict=verdict(Decision.ADOPTED, answered=1)),  # n and N of both
        opinion(verdict=verdict(Decision.PARTLY)),  # n and N of adopted, N of answered
        opinion(verdict=verdict(Decision.REJECTED, "不行", answered=0)),  # N of adopted, n and N of answered
        opinion(verdict=verdict(Decision.STUDYING, answered=1)),  # n and N of answered
        opinion(),  # N of answered
        opinion(90, verdict=verdict(Decision.ADOPTED, answered=1)),  # collected before: of adopted only
    ):
        peace_post.add_opinion(conn, OPERATOR, given)
    found = opinions(conn)
    assert figures.opinions_collected(MONTH, found) == Figure(5)
    assert figures.opinions_adopted(MONTH, found) == Figure(3 / 4, 3, 4)
    assert figures.opinions_answered(MONTH, found) == Figure(3 / 5, 3, 5)
    yesterday = Period(day(30), day(1))
    assert figures.opinions_answered(yesterday, found) == Figure(2 / 5, 2, 5)


def test_no_row_gives_no_rate(conn: sa.Connection) -> None:
    nothing = Figure(None, 0, 0)
    assert figures.mediation_success(MONTH, disputes(conn)) == nothing
    assert figures.recurrence(MONTH, disputes(conn)) == nothing
    assert figures.opinions_adopted(MONTH, opinions(conn)) == nothing
    assert figures.again(MONTH, disputes(conn)).is_empty()


def test_a_dispute_counts_for_each_who_mediated_it(conn: sa.Connection) -> None:
    add(conn, closed=closing(1))
    add(conn, closed=closing(1, DisputeOutcome.FAILED), mediators=frozenset({Mediator.POLICE}))
    rows = figures.by_mediator(MONTH, disputes(conn)).rows()
    assert rows == [("police", 2, 1, 0.5), ("community", 1, 1, 1.0), ("lawyer", 0, 0, None)]


def test_the_parts_of_the_charts_add_up_to_the_figures(conn: sa.Connection) -> None:
    add(conn, closed=closing(1))
    add(conn, kind=DisputeType.PARKING)
    peace_post.add_opinion(conn, OPERATOR, opinion(theme=Theme.SHOPS))
    peace_post.add_opinion(conn, OPERATOR, opinion(verdict=verdict(Decision.ADOPTED)))
    kinds = figures.outcomes_by_type(MONTH, disputes(conn))
    assert kinds.rows() == [("noise", "agreement", 1), ("parking", "open", 1)]
    themes = figures.decisions_by_theme(MONTH, opinions(conn))
    assert themes.rows() == [("facilities", "adopted", 1), ("shops", "waiting", 1)]


@pytest.mark.parametrize("seed", range(4))
def test_random_rows_give_what_a_slow_recount_gives(sqlite: sa.Engine, seed: int) -> None:
    chance = random.Random(seed)
    with writing(sqlite) as conn:
        make_grids(conn)
        for _ in range(120):
            _random_dispute(conn, chance)
            _random_opinion(conn, chance)
    period = Period(day(chance.randint(40, 200)), day(chance.randint(0, 39)))
    with reading(sqlite) as conn:
        found, asked = disputes(conn, period), opinions(conn, period)
        rows = [row._asdict() for row in conn.execute(sa.select(Dispute.table()))]
        said = [row._asdict() for row in conn.execute(sa.select(Opinion.table()))]
        longer = disputes(conn, LONG)
    assert figures.mediation_success(period, found) == _slow_success(rows, period)
    assert figures.recurrence(period, found) == _slow_recurrence(rows, period)
    assert figures.opinions_adopted(period, asked) == _slow_adopted(said, period)
    assert figures.disputes_opened(period, longer).value == sum(_inside(row["opened_on"], period) for row in rows)


def _random_dispute(conn: sa.Connection, chance: random.Random) -> None:
    opened = chance.randint(5, 600)
    outcome = chance.choice([None, *DisputeOutcome])
    closed = closing(chance.randint(0, opened), outcome) if outcome else None
    kind = chance.choice([DisputeType.NOISE, DisputeType.FAMILY])
    given = facts(opened, kind, chance.choice(["g1", "g2"]), closed)
    peace_post.add_dispute(conn, OPERATOR, given, "", SEAL)


def _random_opinion(conn: sa.Connection, chance: random.Random) -> None:
    collected = chance.randint(0, 300)
    decision = chance.choice([None, *Decision])
    made = verdict(decision, "理由", chance.randint(0, collected)) if decision else None
    peace_post.add_opinion(conn, OPERATOR, opinion(collected, verdict=made))


def _inside(value: date | None, period: Period) -> bool:
    return value is not None and period.since <= value <= period.until


def _rate(n: int, of: int) -> Figure:
    return Figure(n / of if of else None, n, of)


def _slow_success(rows: list[dict[str, Any]], period: Period) -> Figure:
    closed = [row["outcome"] for row in rows if _inside(row["closed_on"], period)]
    return _rate(
        sum(one in ("agreement", "oral") for one in closed),
        sum(one in ("agreement", "oral", "failed") for one in closed),
    )


def _slow_recurrence(rows: list[dict[str, Any]], period: Period) -> Figure:
    opened = [row for row in rows if _inside(row["opened_on"], period)]
    again = 0
    for row in opened:
        year_before = row["opened_on"] - timedelta(365)
        again += any(
            other["grid_id"] == row["grid_id"]
            and other["type"] == row["type"]
            and (other["opened_at"], other["id"]) < (row["opened_at"], row["id"])
            and other["opened_on"] >= year_before
            for other in rows
        )
    return _rate(again, len(opened))


def _slow_adopted(rows: list[dict[str, Any]], period: Period) -> Figure:
    decided = [row["decision"] for row in rows if _inside(row["decided_on"], period)]
    return _rate(sum(one in ("adopted", "partly") for one in decided), len(decided))
