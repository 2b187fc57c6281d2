"""The canteen's prices before any tier: what holds today, and a new one from a day on."""

from datetime import date

import polars as pl
import sqlalchemy as sa

import clock
from access import Permission, check
from data_access import changes
from data_access.frames import Schema, by_the_minute, read, stands_on
from data_access.tables.canteen import MenuPrice
from data_access.tables.places import Place
from vocabulary.enums import MealKind, PlaceKind, Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible

MENU: Schema = {"meal": pl.String, "fen": pl.Int64, "from_on": pl.Date}


@by_the_minute
@stands_on(Subject.CANTEEN)
def menu(conn: sa.Connection, _viewer: Viewer, canteen: str) -> pl.DataFrame:
    """The prices that hold today, and those to come."""
    columns = [getattr(MenuPrice, name) for name in MENU]
    prices = sa.select(*columns).where(MenuPrice.canteen_id == place_of(canteen))
    found = read(conn, prices.order_by(MenuPrice.from_on), MENU)
    today = clock.today()
    holding = found.filter(pl.col("from_on") <= today).unique("meal", keep="last")
    return pl.concat([holding, found.filter(pl.col("from_on") > today)]).sort("meal", "from_on")


def set_price(conn: sa.Connection, viewer: Viewer, canteen: str, meal: MealKind, fen: int, from_on: date) -> None:
    """What a meal costs from a day on; an older price keeps its days.

    NotPossible for a price that is none, a day that is over, or a second price from the same day.
    """
    check(viewer, Permission.WRITE_CANTEEN)
    if fen <= 0:
        raise NotPossible("meals.no_price", yuan=f"{fen / 100:.2f}")
    if from_on < clock.today():
        raise NotPossible("canteen.price_past", meal=meal, day=from_on)
    place_id = conn.scalar(sa.select(place_of(canteen)))
    if place_id is None:
        raise NotPossible("meals.no_canteen", code=canteen)
    same = (MenuPrice.canteen_id == place_id, MenuPrice.meal == meal, MenuPrice.from_on == from_on)
    if (there := conn.scalar(sa.select(MenuPrice.fen).where(*same))) is not None:
        raise NotPossible("canteen.price_twice", meal=meal, day=from_on, yuan=f"{there / 100:.2f}")
    conn.execute(sa.insert(MenuPrice).values(canteen_id=place_id, meal=meal, fen=fen, from_on=from_on))
    changes.record(conn, viewer, Subject.CANTEEN, "price_set", place_id, meal_kind=meal)


def place_of(code: str) -> sa.ScalarSelect[int]:
    """The id of the canteen of this code, null when there is none."""
    return sa.select(Place.id).where(Place.code == code, Place.kind == PlaceKind.CANTEEN).scalar_subquery()
