"""Selling a meal at the canteen, correcting a sale, and taking one back."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl
import sqlalchemy as sa

import access
import clock
from access import Permission
from data_access import changes
from data_access.corrections import correct as corrected
from data_access.frames import Schema, read, stands_on
from data_access.meals.daily import hold_roll_ups
from data_access.meals.pricing import Price, diner_of, list_price, price
from data_access.places import hours_of
from data_access.rules import closed_on
from data_access.tables.canteen import MealAddition
from data_access.tables.meals import Diner, Meal, Tier
from data_access.tables.places import Place
from vocabulary.enums import MealKind, MealMode, PlaceKind, PlaceStatus, Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible

TIERS: Schema = {
    "code": pl.String,
    "name": pl.String,
    "name_en": pl.String,
    "kind": pl.String,
    "value": pl.Int64,
    "from_on": pl.Date,
    "to_on": pl.Date,
    "priority": pl.Int64,
}
_CARD = sa.select(Diner.card).where(Diner.id == Meal.diner_id).scalar_subquery()
NOBODY: dict[str, Any] = {"diner_id": None, "band": None, "resident": None, "building_id": None}


@dataclass(frozen=True)
class Sold:
    """A meal that was booked: its price is fixed."""

    meal_id: int
    number: str
    served_on: date
    paid_fen: int


@stands_on(Subject.MEALS)
def tiers(conn: sa.Connection, _viewer: Viewer) -> pl.DataFrame:
    """The price tiers in their newest version, the most favoured first.

    `value` is percent off (0–100), fen off or a price in fen.
    """
    columns = [getattr(Tier, name) for name in TIERS]
    versions = read(conn, sa.select(*columns).order_by(Tier.from_on, Tier.code), TIERS)
    return versions.unique("code", keep="last").sort("priority", "code")


def book(
    conn: sa.Connection,
    viewer: Viewer,
    canteen: str,
    meal: MealKind,
    mode: MealMode,
    list_fen: int | None = None,
    card: str | None = None,
    at: datetime | None = None,
    *,
    again: bool = False,
) -> Sold:
    """Books one meal at the canteen of this code, for a card or for nobody known; without a price at the menu's.

    `again` books a meal that the card had already, without a discount. NotPossible for a moment still to come, a
    canteen that is closed or not open that day, an unknown or expired card, a meal that the card had already, a
    price that is none. The caller rolls up the day (`jobs.meals.book` does).
    """
    access.check(viewer, Permission.WRITE_MEALS)
    moment = at or clock.now()
    day = moment.astimezone(clock.SHANGHAI).date()
    if moment > clock.now():
        raise NotPossible("meals.in_the_future", at=f"{moment.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}")
    hold_roll_ups(conn)
    place_id = serving(conn, canteen, day)
    full = list_fen if list_fen is not None else list_price(conn, place_id, meal, day)
    if full <= 0:
        raise NotPossible("meals.no_price", yuan=f"{full / 100:.2f}")
    who, paid = _eater(conn, card, day, full, meal, again=again)
    number = _next_number(conn, day)
    values = {"served_at": moment, "served_on": day, "canteen_id": place_id, "meal": meal, "mode": mode}
    sold = sa.insert(Meal).values(number=number, **values, **who, **money(paid))
    meal_id = int(conn.scalar(sold.returning(Meal.id)) or 0)
    _add(conn, meal_id, paid)
    changes.record(conn, viewer, Subject.MEALS, "meal_booked", meal_id)
    return Sold(meal_id, number, day, paid.paid_fen)


def correct(
    conn: sa.Connection,
    viewer: Viewer,
    number: str,
    seen_version: int,
    reason: str,
    *,
    meal: MealKind,
    mode: MealMode,
    card: str | None,
) -> date:
    """Writes a sale as it should have been; gives its day, which the caller rolls up.

    The price stays as long as neither the card nor the meal changes; else it is that of the day of the sale.
    """
    access.check(viewer, Permission.WRITE_MEALS)
    hold_roll_ups(conn)
    was = _known(conn, number)
    now: dict[str, Any] = {"meal": meal, "mode": mode}
    paid = None
    if (card or None) != was.card or meal != was.meal:
        full = was.list_fen if meal == was.meal else list_price(conn, was.canteen_id, meal, was.served_on)
        who, paid = _eater(conn, card, was.served_on, full, meal, but=was.id)
        now |= {**who, **money(paid)}
    corrected(conn, viewer, Subject.MEALS, Meal, was.id, seen_version, reason, **now)
    if paid is not None:
        conn.execute(sa.delete(MealAddition).where(MealAddition.meal_id == was.id))
        _add(conn, was.id, paid)
    day: date = was.served_on
    return day


def void(conn: sa.Connection, viewer: Viewer, number: str, reason: str) -> date:
    """Takes a sale back, with a reason; gives its day, which the caller rolls up. The row stays."""
    access.check(viewer, Permission.WRITE_MEALS)
    if not reason.strip():
        raise NotPossible("meals.void_needs_reason", number=number)
    hold_roll_ups(conn)
    found = _known(conn, number)
    gone = {"void_at": clock.now(), "void_reason": reason.strip(), "version": Meal.version + 1}
    conn.execute(sa.update(Meal).where(Meal.id == found.id).values(**gone))
    changes.record(conn, viewer, Subject.MEALS, "meal_voided", found.id)
    day: date = found.served_on
    return day


def serving(conn: sa.Connection, code: str, day: date) -> int:
    """The id of an open canteen that serves on this day. NotPossible when it is none, or closed."""
    asked = sa.select(Place.id, Place.name, Place.status, Place.hours)
    place = conn.execute(asked.where(Place.code == code, Place.kind == PlaceKind.CANTEEN)).first()
    if place is None:
        raise NotPossible("meals.no_canteen", code=code)
    if place.status != PlaceStatus.OPEN:
        raise NotPossible("meals.canteen_closed", name=place.name, status=PlaceStatus(place.status))
    if not hours_of(place.hours).on(day):
        raise NotPossible("meals.closed_day", name=place.name, day=day)
    if reason := closed_on(conn, place.id, day):
        raise NotPossible("meals.closed_for", name=place.name, day=day, reason=reason)
    return int(place.id)


def _known(conn: sa.Connection, number: str) -> Any:
    """The sale of this number, with its diner's card. NotPossible when there is none or it was taken back."""
    columns = (Meal.id, Meal.served_on, Meal.canteen_id, Meal.meal, Meal.diner_id, Meal.list_fen, Meal.void_at)
    found = conn.execute(sa.select(*columns, _CARD.label("card")).where(Meal.number == number)).first()
    if found is None:
        raise NotPossible("meals.unknown_number", number=number)
    if found.void_at is not None:
        raise NotPossible("meals.already_void", number=number)
    return found


def _eater(
    conn: sa.Connection,
    card: str | None,
    day: date,
    list_fen: int,
    meal: MealKind,
    *,
    again: bool = False,
    but: int | None = None,
) -> tuple[dict[str, Any], Price]:
    """What a meal keeps of the holder of a card as of this day, and the price; `but` is a sale that is corrected."""
    if not card:
        return NOBODY, Price(list_fen)
    diner = diner_of(conn, card, day)
    who = {"diner_id": diner.id, "band": diner.band, "resident": diner.resident, "building_id": diner.building_id}
    had = had_already(conn, diner.id, day, meal, but)
    if had is not None and not again:
        at = had.astimezone(clock.SHANGHAI)
        raise NotPossible("till.had_already", card=card, meal=meal, day=day, at=f"{at:%H:%M}")
    return who, Price(list_fen) if had is not None else price(conn, diner, day, list_fen)


def had_already(
    conn: sa.Connection, diner_id: int, day: date, meal: MealKind, but: int | None = None
) -> datetime | None:
    """When this diner had this meal on a day, the sale `but` left out; None when not."""
    same = (Meal.diner_id == diner_id, Meal.served_on == day, Meal.meal == meal, Meal.void_at.is_(None))
    found: datetime | None = conn.scalar(sa.select(sa.func.max(Meal.served_at)).where(*same, Meal.id != (but or 0)))
    return found


def money(paid: Price) -> dict[str, Any]:
    """The columns of a price."""
    return {
        "tier_id": paid.tier_id,
        "list_fen": paid.list_fen,
        "discount_fen": paid.discount_fen,
        "paid_fen": paid.paid_fen,
        "payer": paid.payer,
    }


def _add(conn: sa.Connection, meal_id: int, paid: Price) -> None:
    if paid.additions:
        rows = [{"meal_id": meal_id, "tier_id": tier, "discount_fen": fen} for tier, fen in paid.additions]
        conn.execute(sa.insert(MealAddition), rows)


def _next_number(conn: sa.Connection, day: date) -> str:
    """The day and a running number of the day: 20261124-0317."""
    newest = conn.scalar(
        sa.select(sa.func.max(Meal.number)).where(Meal.served_on == day, Meal.number.like(f"{day:%Y%m%d}-%"))
    )
    return f"{day:%Y%m%d}-{int(newest.rsplit('-', 1)[1]) + 1 if newest else 1:04d}"
