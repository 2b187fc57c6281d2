"""The canteen's day ledger 食堂日账: income, subsidy and costs of a day, beside what the till took."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
import sqlalchemy as sa

import clock
from access import Permission, check
from data_access import changes, evidence
from data_access.corrections import correct
from data_access.frames import Schema, read, stands_on
from data_access.meals.selling import serving
from data_access.tables.canteen import CanteenDay
from data_access.tables.meals import MealDay
from vocabulary.canteen import COSTS, INCOMES, SUMS
from vocabulary.enums import Subject
from vocabulary.questions import Filters, Period, Viewer
from vocabulary.refusals import NotPossible

LEDGER: Schema = {
    "ledger_id": pl.Int64,
    "day": pl.Date,
    **{f"{name}_fen": pl.Int64 for name in SUMS},
    "till_fen": pl.Int64,
    "version": pl.Int64,
}


@dataclass(frozen=True)
class LedgerDay:
    """A day's sums in fen."""

    day: date
    income_fen: int
    subsidy_fen: int
    food_fen: int
    wages_fen: int
    other_fen: int


@stands_on(Subject.CANTEEN, Subject.MEALS)
def ledger(conn: sa.Connection, _viewer: Viewer, since: date, until: date) -> pl.DataFrame:
    """The ledger's days, the newest first.

    `till_fen` is what the till took on that day by its meals, `left_fen` what the costs leave of the incomes.
    """
    till = (
        sa.select(sa.cast(sa.func.coalesce(sa.func.sum(MealDay.paid_fen), 0), sa.BigInteger))
        .where(MealDay.served_on == CanteenDay.day, MealDay.canteen_id == CanteenDay.canteen_id)
        .scalar_subquery()
    )
    columns: list[Any] = [getattr(CanteenDay, f"{name}_fen") for name in SUMS]
    statement = (
        sa.select(
            CanteenDay.id.label("ledger_id"), CanteenDay.day, *columns, till.label("till_fen"), CanteenDay.version
        )
        .where(CanteenDay.day.between(since, until))
        .order_by(CanteenDay.day.desc(), CanteenDay.id)
    )
    came, went = (pl.sum_horizontal(f"{name}_fen" for name in names) for names in (INCOMES, COSTS))
    return read(conn, statement, LEDGER).with_columns(left_fen=came - went)


def add_day(conn: sa.Connection, viewer: Viewer, canteen: str, facts: LedgerDay) -> int:
    """Enters a day; gives its id. NotPossible for a day to come, a closed or entered one, or a sum below nothing."""
    check(viewer, Permission.WRITE_CANTEEN)
    place_id = serving(conn, canteen, facts.day)
    _plausible(facts)
    there = sa.select(CanteenDay.id).where(CanteenDay.canteen_id == place_id, CanteenDay.day == facts.day)
    if conn.scalar(there) is not None:
        raise NotPossible("canteen.ledger_twice", day=facts.day)
    added = sa.insert(CanteenDay).values(canteen_id=place_id, day=facts.day, **_sums(facts)).returning(CanteenDay.id)
    ledger_id = int(conn.scalar(added) or 0)
    changes.record(conn, viewer, Subject.CANTEEN, "ledger_added", ledger_id)
    return ledger_id


def correct_day(
    conn: sa.Connection, viewer: Viewer, ledger_id: int, seen_version: int, facts: LedgerDay, reason: str
) -> None:
    """Writes the sums of a day as they should have been."""
    check(viewer, Permission.WRITE_CANTEEN)
    _plausible(facts)
    correct(conn, viewer, Subject.CANTEEN, CanteenDay, ledger_id, seen_version, reason, **_sums(facts))


def _sums(facts: LedgerDay) -> dict[str, int]:
    return {f"{name}_fen": int(getattr(facts, f"{name}_fen")) for name in SUMS}


def _plausible(facts: LedgerDay) -> None:
    if facts.day > clock.today():
        raise NotPossible("canteen.day_ahead", day=facts.day)
    for name, fen in _sums(facts).items():
        if fen < 0:
            raise NotPossible(f"canteen.negative.{name.removesuffix('_fen')}", yuan=f"{fen / 100:.2f}")


def _behind(conn: sa.Connection, viewer: Viewer, period: Period, _filters: Filters) -> pl.DataFrame:
    rows = ledger(conn, viewer, period.since, period.until)
    yuan = [(pl.col(f"{name}_fen") / 100).alias(f"{name}_yuan") for name in (*SUMS, "till")]
    named = rows.with_columns(*yuan, profit_yuan=pl.col("left_fen") / 100)
    return named.select("day", *(f"{name}_yuan" for name in SUMS), "profit_yuan", "till_yuan")


evidence.SUBJECTS["canteen_days"] = evidence.Derived(Permission.SEE_CANTEEN, _behind)
