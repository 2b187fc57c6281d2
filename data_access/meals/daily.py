"""Meals by day: the rolled-up rows that figures stand on, and the meals that they are rolled up from."""

from collections.abc import Collection
from datetime import date

import polars as pl
import sqlalchemy as sa

import clock
from data_access import bulk
from data_access.engine import embedded
from data_access.frames import Schema, by_the_minute, read, stands_on
from data_access.tables.meals import DinerDay, Meal, MealDay, Tier
from data_access.tables.places import Building, Grid
from vocabulary.enums import Subject
from vocabulary.questions import Viewer

EVENTS: Schema = {
    "served_on": pl.Date,
    "canteen_id": pl.Int64,
    "meal": pl.String,
    "tier_id": pl.Int64,
    "band": pl.String,
    "diner_id": pl.Int64,
    "building_id": pl.Int64,
    "resident": pl.Boolean,
    "list_fen": pl.Int64,
    "discount_fen": pl.Int64,
    "paid_fen": pl.Int64,
    "void": pl.Boolean,
}
MEAL_DAYS: Schema = {
    "served_on": pl.Date,
    "canteen_id": pl.Int64,
    "meal": pl.String,
    "tier_id": pl.Int64,
    "band": pl.String,
    "meals": pl.Int64,
    "elderly": pl.Int64,
    "list_fen": pl.Int64,
    "discount_fen": pl.Int64,
    "paid_fen": pl.Int64,
}
DINER_DAYS: Schema = {
    "served_on": pl.Date,
    "diner_id": pl.Int64,
    "building_id": pl.Int64,
    "band": pl.String,
    "resident": pl.Boolean,
    "meals": pl.Int64,
}
ROLLED_UP: dict[str, tuple[sa.Table, Schema]] = {
    "meal_day": (MealDay.table(), MEAL_DAYS),
    "diner_day": (DinerDay.table(), DINER_DAYS),
}
DAILY: Schema = {
    "served_on": pl.Date,
    "meal": pl.String,
    "tier": pl.String,
    "band": pl.String,
    "meals": pl.Int64,
    "elderly": pl.Int64,
    "list_fen": pl.Int64,
    "discount_fen": pl.Int64,
    "paid_fen": pl.Int64,
    "running": pl.Boolean,
}
VISITS: Schema = {
    "served_on": pl.Date,
    "diner_id": pl.Int64,
    "building": pl.String,
    "grid": pl.String,
    "band": pl.String,
    "resident": pl.Boolean,
    "meals": pl.Int64,
}
HOMES = (
    DinerDay.table()
    .outerjoin(Building.table(), Building.id == DinerDay.building_id)
    .outerjoin(Grid.table(), Grid.id == Building.grid_id)
)


@by_the_minute
@stands_on(Subject.MEALS)
def daily(conn: sa.Connection, _viewer: Viewer, since: date, until: date) -> pl.DataFrame:
    """Meals of each day by meal, tier code (null: none) and band (null: unknown), with their money.

    `running` marks the rows of today, which is not over yet.
    """
    statement = (
        sa.select(
            MealDay.served_on,
            MealDay.meal,
            Tier.code.label("tier"),
            sa.func.nullif(MealDay.band, "").label("band"),
            MealDay.meals,
            MealDay.elderly,
            MealDay.list_fen,
            MealDay.discount_fen,
            MealDay.paid_fen,
            (MealDay.served_on >= clock.today()).label("running"),
        )
        .select_from(MealDay.table().outerjoin(Tier.table(), Tier.id == MealDay.tier_id))
        .where(MealDay.served_on.between(since, until))
        .order_by(MealDay.served_on)
    )
    return read(conn, statement, DAILY)


@stands_on(Subject.MEALS, Subject.PLACES)
def diner_days(conn: sa.Connection, _viewer: Viewer, since: date, until: date) -> pl.DataFrame:
    """One row a diner of 60+ and day: the building's number and grid code (null: unknown), the band, the meals."""
    statement = (
        sa.select(
            DinerDay.served_on,
            DinerDay.diner_id,
            Building.number.label("building"),
            Grid.code.label("grid"),
            DinerDay.band,
            DinerDay.resident,
            DinerDay.meals,
        )
        .select_from(HOMES)
        .where(DinerDay.served_on.between(since, until))
        .order_by(DinerDay.served_on, DinerDay.diner_id)
    )
    return read(conn, statement, VISITS)


def hold_roll_ups(conn: sa.Connection) -> None:
    """Lets one transaction at a time change meals and what is rolled up from them, so that no count is lost."""
    if not embedded(conn):
        conn.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext("rollup:meals"))))


def events(conn: sa.Connection, days: Collection[date]) -> pl.DataFrame:
    """Every meal of these days, void ones too, as the roll-ups take them."""
    columns = [getattr(Meal, name) for name in EVENTS if name != "void"]
    statement = sa.select(*columns, Meal.void_at.is_not(None).label("void")).where(Meal.served_on.in_(days))
    return read(conn, statement, EVENTS)


def days_with_rows(conn: sa.Connection) -> list[date]:
    """The days that have a meal or a rolled-up row, in order."""
    columns = (Meal.served_on, MealDay.served_on, DinerDay.served_on)
    return sorted({day for column in columns for day in conn.scalars(sa.select(column).distinct())})


def rolled_up(conn: sa.Connection, table: str, days: Collection[date]) -> pl.DataFrame:
    """The rows of "meal_day" or "diner_day" as they are stored for these days."""
    stored, schema = ROLLED_UP[table]
    return read(conn, sa.select(*(stored.c[name] for name in schema)).where(stored.c.served_on.in_(days)), schema)


def replace_days(conn: sa.Connection, table: str, days: Collection[date], rows: pl.DataFrame) -> None:
    """Puts `rows` in the place of what "meal_day" or "diner_day" stored for these days."""
    stored, schema = ROLLED_UP[table]
    conn.execute(sa.delete(stored).where(stored.c.served_on.in_(days)))
    bulk.insert(conn, stored, rows.select(pl.col(name).cast(kind) for name, kind in schema.items()))
