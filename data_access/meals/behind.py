"""The rows behind the canteen's figures: meals, serving days, elders served, elders resident."""

from typing import Any

import polars as pl
import sqlalchemy as sa

import clock
from access import Permission
from data_access import evidence
from data_access.frames import MOMENT, Schema, read
from data_access.meals.daily import diner_days
from data_access.places import elders
from data_access.tables.meals import Diner, DinerDay, Meal, MealDay, Tier
from texts import language
from vocabulary.enums import Role
from vocabulary.questions import Filters, Period, Viewer

ROWS: Schema = {
    "number": pl.String,
    "served_at": MOMENT,
    "meal": pl.String,
    "mode": pl.String,
    "card": pl.String,
    "band": pl.String,
    "tier": pl.String,
    "list_yuan": pl.Float64,
    "discount_yuan": pl.Float64,
    "paid_yuan": pl.Float64,
}
SENSITIVE = ("tier",)
# Bound anew at each reading, for the language of whoever reads.
_ENGLISH = sa.bindparam(None, callable_=lambda: language() == "en", type_=sa.Boolean)
COLUMNS: dict[str, Any] = {
    "number": Meal.number,
    "served_at": Meal.served_at,
    "meal": Meal.meal,
    "mode": Meal.mode,
    "card": Diner.card,
    "band": Meal.band,
    "tier": sa.case((_ENGLISH, sa.func.coalesce(Tier.name_en, Tier.name)), else_=Tier.name),
    "list_yuan": Meal.list_fen / 100.0,
    "discount_yuan": Meal.discount_fen / 100.0,
    "paid_yuan": Meal.paid_fen / 100.0,
}
SOURCE = (
    Meal.table().outerjoin(Diner.table(), Diner.id == Meal.diner_id).outerjoin(Tier.table(), Tier.id == Meal.tier_id)
)
# The day is said first for its index: a page of the newest is read without sorting all that was asked for.
ORDER = (Meal.served_on.desc(), Meal.served_at.desc(), Meal.id.desc())
SERVING_DAYS: Schema = {"served_on": pl.Date, "meals": pl.Int64, "elderly": pl.Int64}
SERVED_ELDERS: Schema = {
    "card": pl.String,
    "building": pl.String,
    "grid": pl.String,
    "band": pl.String,
    "resident": pl.Boolean,
    "days": pl.Int64,
    "meals": pl.Int64,
}


def meals_of_serving_days(conn: sa.Connection, viewer: Viewer, period: Period, _filters: Filters) -> pl.DataFrame:
    """The meals that the daily mean is made of."""
    columns = [column.label(name) for name, column in COLUMNS.items()]
    kept = (Meal.void_at.is_(None), Meal.served_on.between(period.since, period.until), _over(Meal.served_on, period))
    frame = read(conn, sa.select(*columns).select_from(SOURCE).where(*kept).order_by(*ORDER), ROWS)
    return frame.drop(SENSITIVE) if viewer.role is Role.FEEDER else frame


def serving_days(conn: sa.Connection, _viewer: Viewer, period: Period, _filters: Filters) -> pl.DataFrame:
    """The days with meals that the daily mean is taken over."""
    statement = (
        sa.select(
            MealDay.served_on,
            sa.cast(sa.func.sum(MealDay.meals), sa.Integer).label("meals"),
            sa.cast(sa.func.sum(MealDay.elderly), sa.Integer).label("elderly"),
        )
        .where(MealDay.served_on.between(period.since, period.until), _over(MealDay.served_on, period))
        .group_by(MealDay.served_on)
        .order_by(MealDay.served_on.desc())
    )
    return read(conn, statement, SERVING_DAYS)


def served_elders(conn: sa.Connection, viewer: Viewer, period: Period, _filters: Filters) -> pl.DataFrame:
    """One row a diner of 60+ who ate in the period, with where they lived and their band on the last such day."""
    visits = diner_days(conn, viewer, period.since, period.until)
    eaten = DinerDay.served_on.between(period.since, period.until)
    cards = read(
        conn,
        sa.select(Diner.id.label("diner_id"), Diner.card).where(
            Diner.id.in_(sa.select(DinerDay.diner_id).where(eaten))
        ),
        {"diner_id": pl.Int64, "card": pl.String},
    )
    return (
        visits.sort("served_on", "building", "band")
        .group_by("diner_id")
        .agg(
            pl.col("building", "grid", "band", "resident").last(),
            pl.col("served_on").n_unique().cast(pl.Int64).alias("days"),
            pl.col("meals").sum(),
        )
        .join(cards, on="diner_id")
        .sort("meals", "card", descending=[True, False])
        .select(list(SERVED_ELDERS))
    )


def resident_elders(conn: sa.Connection, viewer: Viewer, period: Period, _filters: Filters) -> pl.DataFrame:
    """The residents of 60+ by building and band, as counted up to the period's last day."""
    return elders(conn, viewer, period.until)


def _over(day: sa.orm.InstrumentedAttribute[object], period: Period) -> sa.ColumnElement[bool]:
    """Is this day over? Today counts only when it is all that was asked for."""
    return sa.true() if period.days == 1 else sa.and_(day < clock.today())


evidence.SUBJECTS["meals"] = evidence.Selected(
    permission=Permission.SEE_MEAL_ROWS,
    columns=COLUMNS,
    schema=ROWS,
    source=SOURCE,
    order=ORDER,
    hidden={"served_on": Meal.served_on, "void": Meal.void_at},
    sensitive=SENSITIVE,
)
for _name, _rows in (
    ("meals_of_serving_days", meals_of_serving_days),
    ("serving_days", serving_days),
    ("served_elders", served_elders),
    ("resident_elders", resident_elders),
):
    evidence.SUBJECTS[_name] = evidence.Derived(Permission.SEE_MEAL_ROWS, _rows)
