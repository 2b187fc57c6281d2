"""Selling a meal at the canteen, and taking a sale back."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl
import sqlalchemy as sa

import access
import clock
from access import Permission
from data_access import changes
from data_access.frames import Schema, read, stands_on
from data_access.meals.daily import hold_roll_ups
from data_access.places import hours_of
from data_access.tables.meals import Diner, Meal, Tier
from data_access.tables.places import Place
from vocabulary.enums import MealKind, MealMode, PlaceKind, PlaceStatus, Subject, TierKind
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


@dataclass(frozen=True)
class Sold:
    """A meal that was booked: its price is fixed."""

    meal_id: int
    number: str
    served_on: date
    paid_fen: int


@stands_on(Subject.MEALS)
def tiers(conn: sa.Connection, _viewer: Viewer) -> pl.DataFrame:
    """The price tiers, the most favoured first; `value` is percent off (0–100), fen off or a price in fen."""
    columns = [getattr(Tier, name) for name in TIERS]
    return read(conn, sa.select(*columns).order_by(Tier.priority, Tier.code), TIERS)


def discount(kind: str, value: int, list_fen: int) -> int:
    """What a tier takes off a list price, in whole fen, never more than the price."""
    match TierKind(kind):
        case TierKind.PERCENT:
            off = list_fen * value // 100
        case TierKind.AMOUNT:
            off = value
        case TierKind.FIXED:
            off = list_fen - value
    return max(0, min(off, list_fen))


def book(
    conn: sa.Connection,
    viewer: Viewer,
    canteen: str,
    meal: MealKind,
    mode: MealMode,
    list_fen: int,
    card: str | None = None,
    at: datetime | None = None,
) -> Sold:
    """Books one meal at the canteen of this code, for a card or for nobody known.

    NotPossible for a moment still to come, a canteen that is closed or not open that day, an unknown or expired card
    or a price that is none. The caller rolls up the day (`jobs.meals.book` does).
    """
    access.check(viewer, Permission.WRITE_MEALS)
    moment = at or clock.now()
    day = moment.astimezone(clock.SHANGHAI).date()
    if moment > clock.now():
        raise NotPossible("meals.in_the_future", at=f"{moment.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}")
    if list_fen <= 0:
        raise NotPossible("meals.no_price", yuan=f"{list_fen / 100:.2f}")
    hold_roll_ups(conn)
    place_id = _serving(conn, canteen, day)
    eater = _eater(conn, card, day, list_fen) if card else {"discount_fen": 0}
    number, paid_fen = _next_number(conn, day), list_fen - eater["discount_fen"]
    sold = sa.insert(Meal).values(
        number=number,
        served_at=moment,
        served_on=day,
        canteen_id=place_id,
        meal=meal,
        mode=mode,
        list_fen=list_fen,
        paid_fen=paid_fen,
        **eater,
    )
    meal_id = int(conn.scalar(sold.returning(Meal.id)) or 0)
    changes.record(conn, viewer, Subject.MEALS, "meal_booked", meal_id)
    return Sold(meal_id, number, day, paid_fen)


def void(conn: sa.Connection, viewer: Viewer, number: str, reason: str) -> date:
    """Takes a sale back, with a reason; gives its day, which the caller rolls up. The row stays."""
    access.check(viewer, Permission.WRITE_MEALS)
    if not reason.strip():
        raise NotPossible("meals.void_needs_reason", number=number)
    hold_roll_ups(conn)
    found = conn.execute(sa.select(Meal.id, Meal.served_on, Meal.void_at).where(Meal.number == number)).first()
    if found is None:
        raise NotPossible("meals.unknown_number", number=number)
    if found.void_at is not None:
        raise NotPossible("meals.already_void", number=number)
    gone = {"void_at": clock.now(), "void_reason": reason.strip(), "version": Meal.version + 1}
    conn.execute(sa.update(Meal).where(Meal.id == found.id).values(**gone))
    changes.record(conn, viewer, Subject.MEALS, "meal_voided", found.id)
    day: date = found.served_on
    return day


def _serving(conn: sa.Connection, code: str, day: date) -> int:
    """The id of an open canteen that serves on this day."""
    asked = sa.select(Place.id, Place.name, Place.status, Place.hours)
    place = conn.execute(asked.where(Place.code == code, Place.kind == PlaceKind.CANTEEN)).first()
    if place is None:
        raise NotPossible("meals.no_canteen", code=code)
    if place.status != PlaceStatus.OPEN:
        raise NotPossible("meals.canteen_closed", name=place.name, status=PlaceStatus(place.status))
    if not hours_of(place.hours).on(day):
        raise NotPossible("meals.closed_day", name=place.name, day=day)
    return int(place.id)


def _eater(conn: sa.Connection, card: str, day: date, list_fen: int) -> dict[str, Any]:
    """What a meal keeps of the holder of a card as of this day, and the discount."""
    columns = (Diner.id, Diner.band, Diner.resident, Diner.building_id, Diner.tier_id, Diner.valid_to)
    diner = conn.execute(sa.select(*columns).where(Diner.card == card)).first()
    if diner is None:
        raise NotPossible("meals.unknown_card", card=card)
    if diner.valid_to is not None and diner.valid_to < day:
        raise NotPossible("meals.card_expired", card=card, day=diner.valid_to)
    tier = _tier(conn, diner.tier_id, day)
    return {
        "diner_id": diner.id,
        "band": diner.band,
        "resident": diner.resident,
        "building_id": diner.building_id,
        "tier_id": tier.id if tier else None,
        "discount_fen": discount(tier.kind, tier.value, list_fen) if tier else 0,
    }


def _tier(conn: sa.Connection, tier_id: int | None, day: date) -> sa.Row[int, str, int] | None:
    """The diner's tier, if it holds on this day."""
    holds = sa.and_(Tier.from_on <= day, sa.or_(Tier.to_on.is_(None), Tier.to_on >= day))
    return conn.execute(sa.select(Tier.id, Tier.kind, Tier.value).where(Tier.id == tier_id, holds)).first()


def _next_number(conn: sa.Connection, day: date) -> str:
    """The day and a running number of the day: 20261124-0317."""
    newest = conn.scalar(
        sa.select(sa.func.max(Meal.number)).where(Meal.served_on == day, Meal.number.like(f"{day:%Y%m%d}-%"))
    )
    return f"{day:%Y%m%d}-{int(newest.rsplit('-', 1)[1]) + 1 if newest else 1:04d}"
