"""Trades that are asked for and not offered, against the list of cases; customers by weekday, against adding up."""

from collections import Counter
from datetime import timedelta

import pytest
import sqlalchemy as sa

from access import OPERATOR
from data_access import cases
from data_access.engine import reading, writing
from data_access.tables.stalls import Stall, StallDay
from jobs import asked_trades
from tests.case_rows import make_case
from tests.conftest import NOON, make_viewer
from vocabulary.cases import Order, Show
from vocabulary.enums import Role
from vocabulary.questions import Filters, Period

TODAY = NOON.date()
WEEK = Period(TODAY - timedelta(6), TODAY)
pytestmark = pytest.mark.usefixtures("noon")


def test_a_word_counts_the_cases_that_its_list_shows(sqlite: sa.Engine) -> None:
    with writing(sqlite) as conn:
        make_case(conn, "K1", title="哪里有人磨刀")
        make_case(conn, "K2", title="想配钥匙", body="顺便磨刀")
        make_case(conn, "K3", TODAY - timedelta(30), title="磨刀")  # before the period
        found = asked_trades.asked(conn, OPERATOR, WEEK)
        listed = cases.listing(
            conn, OPERATOR, Filters(text="磨刀", period=WEEK, show=Show.RECEIVED), Order.NEWEST, 0, 50
        )
    assert found.select("word", "cases", "offered").rows() == [("磨刀", 2, False), ("配钥匙", 1, False)]
    assert listed.height == 2


def test_a_trade_that_an_open_stall_has_is_offered(small_demo: sa.Engine) -> None:
    with reading(small_demo) as conn:
        first = conn.scalar(sa.select(sa.func.min(StallDay.day)))
        assert first
        found = asked_trades.asked(conn, make_viewer(), Period(first, TODAY))
    offered = {one.word for one in asked_trades.wanted() if one.trade}
    assert all(row["offered"] == (row["word"] in offered) for row in found.to_dicts())


def test_customers_by_weekday_are_those_of_the_days(small_demo: sa.Engine) -> None:
    with reading(small_demo) as conn:
        first = conn.scalar(sa.select(sa.func.min(StallDay.day)))
        assert first
        found = asked_trades.visits(conn, make_viewer(Role.PRESENTER), Period(first, TODAY))
        rows = conn.execute(
            sa.select(Stall.trade, StallDay.day, StallDay.customers).join(Stall, Stall.id == StallDay.stall_id)
        ).all()
    slow = Counter[tuple[str, int]]()
    for trade, day, customers in rows:
        if day <= TODAY:
            slow[trade, day.isoweekday()] += customers or 0
    assert {(row["trade"], row["weekday"]): row["customers"] for row in found.to_dicts()} == dict(slow)
