"""What the till shows: a card's price and the meals it had today, the day's sales; nothing of the person."""

from dataclasses import dataclass
from datetime import date, datetime

import polars as pl
import sqlalchemy as sa

import clock
from access import Permission, check
from data_access.canteen.prices import place_of
from data_access.frames import MOMENT, Schema, by_the_minute, read, stands_on
from data_access.meals.pricing import Price, diner_of, list_price, price
from data_access.meals.selling import serving
from data_access.tables.meals import Diner, Meal
from data_access.tables.places import Place
from vocabulary.enums import MealKind, PlaceKind, Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible

NEWEST = 30
CANTEENS: Schema = {"code": pl.String, "name": pl.String, "name_en": pl.String}
SALES: Schema = {
    "number": pl.String,
    "served_at": MOMENT,
    "meal": pl.String,
    "mode": pl.String,
    "card": pl.String,
    "paid_fen": pl.Int64,
    "void": pl.Boolean,
    "version": pl.Int64,
}
TAKINGS: Schema = {"meal": pl.String, "meals": pl.Int64, "paid_fen": pl.Int64}


@dataclass(frozen=True)
class Had:
    """A meal that a card had."""

    meal: MealKind
    at: datetime


@dataclass(frozen=True)
class Quote:
    """What a card pays for a meal now, and the meals it had today; nothing else of the person."""

    list_fen: int
    paid_fen: int
    had: tuple[Had, ...] = ()


@stands_on(Subject.PLACES)
def canteens(conn: sa.Connection, _viewer: Viewer) -> pl.DataFrame:
    """The canteens by code."""
    columns = [getattr(Place, name) for name in CANTEENS]
    return read(conn, sa.select(*columns).where(Place.kind == PlaceKind.CANTEEN).order_by(Place.id), CANTEENS)


@by_the_minute
@stands_on(Subject.MEALS, Subject.CANTEEN, Subject.PLACES, Subject.CARE)
def quote(conn: sa.Connection, viewer: Viewer, canteen: str, meal: MealKind, card: str | None) -> Quote | NotPossible:
    """The price of this meal today for a card, or for nobody known; or why it cannot be sold."""
    check(viewer, Permission.WRITE_MEALS)
    today = clock.today()
    try:
        full = list_price(conn, serving(conn, canteen, today), meal, today)
        if not card:
            return Quote(full, full)
        diner = diner_of(conn, card, today)
    except NotPossible as refusal:
        return refusal
    had = _had(conn, diner.id, today)
    taken = any(one.meal is meal for one in had)
    asked = Price(full) if taken else price(conn, diner, today, full)
    return Quote(full, asked.paid_fen, had)


def _had(conn: sa.Connection, diner_id: int, day: date) -> tuple[Had, ...]:
    mine = (Meal.diner_id == diner_id, Meal.served_on == day, Meal.void_at.is_(None))
    rows = conn.execute(sa.select(Meal.meal, Meal.served_at).where(*mine).order_by(Meal.served_at))
    return tuple(Had(MealKind(meal), at.astimezone(clock.SHANGHAI)) for meal, at in rows)


@by_the_minute
@stands_on(Subject.MEALS)
def newest_sales(conn: sa.Connection, viewer: Viewer, canteen: str) -> pl.DataFrame:
    """The newest sales of today, those taken back too."""
    check(viewer, Permission.WRITE_MEALS)
    columns = (Meal.number, Meal.served_at, Meal.meal, Meal.mode, Diner.card, Meal.paid_fen)
    statement = (
        sa.select(*columns, Meal.void_at.is_not(None).label("void"), Meal.version)
        .select_from(Meal.table().outerjoin(Diner.table(), Diner.id == Meal.diner_id))
        .where(Meal.served_on == clock.today(), Meal.canteen_id == place_of(canteen))
        .order_by(Meal.served_at.desc(), Meal.id.desc())
        .limit(NEWEST)
    )
    return read(conn, statement, SALES)


@by_the_minute
@stands_on(Subject.MEALS)
def takings(conn: sa.Connection, viewer: Viewer, canteen: str) -> pl.DataFrame:
    """Today's meals and money by meal."""
    check(viewer, Permission.WRITE_MEALS)
    statement = (
        sa.select(
            Meal.meal,
            sa.func.count().label("meals"),
            sa.cast(sa.func.sum(Meal.paid_fen), sa.BigInteger).label("paid_fen"),
        )
        .where(Meal.served_on == clock.today(), Meal.canteen_id == place_of(canteen), Meal.void_at.is_(None))
        .group_by(Meal.meal)
        .order_by(Meal.meal)
    )
    return read(conn, statement, TAKINGS)
