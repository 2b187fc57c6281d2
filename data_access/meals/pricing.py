"""What a meal costs: the list price of a day, the best tier of a diner, and the tiers that come on top of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.tables.canteen import EnrolledGroup, Enrolment, MenuPrice
from data_access.tables.meals import Diner, Tier
from vocabulary.enums import AgeBand, MealKind, TierKind
from vocabulary.refusals import NotPossible

BANDS = tuple(AgeBand)
Taken = tuple[int, int]  # the id of a tier and the fen it takes off


@dataclass(frozen=True)
class Price:
    """The price of a meal: what its tier takes off and who pays that, and what others take off on top."""

    list_fen: int
    tier_id: int | None = None
    payer: str | None = None
    off_fen: int = 0
    additions: tuple[Taken, ...] = ()

    @property
    def discount_fen(self) -> int:
        return self.off_fen + sum(fen for _, fen in self.additions)

    @property
    def paid_fen(self) -> int:
        return self.list_fen - self.discount_fen


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


def list_price(conn: sa.Connection, canteen_id: int, meal: MealKind, day: date) -> int:
    """The price of this meal on a day, before any tier. NotPossible when none is set."""
    newest = (
        sa.select(MenuPrice.fen)
        .where(MenuPrice.canteen_id == canteen_id, MenuPrice.meal == meal, MenuPrice.from_on <= day)
        .order_by(MenuPrice.from_on.desc())
        .limit(1)
    )
    fen = conn.scalar(newest)
    if fen is None:
        raise NotPossible("till.no_list_price", meal=meal, day=day)
    return int(fen)


def price(conn: sa.Connection, diner: sa.Row[int, str, int | None], day: date, list_fen: int) -> Price:
    """The price for a diner (a row with id, band, tier_id) on a day.

    Of the tiers for this diner the one that takes most off, at a tie the one of the lower priority number; those
    that add come on top, in the order of priority, as far as there is a price left.
    """
    offs = [(tier, discount(tier.kind, tier.value, list_fen)) for tier in _tiers(conn, diner, day)]
    single = [(tier, off) for tier, off in offs if not tier.adds]
    best, off = max(single, key=lambda each: each[1], default=(None, 0))
    left, additions = list_fen - off, list[Taken]()
    for tier, more in offs:
        if tier.adds and (taken := min(more, left)):
            additions.append((tier.id, taken))
            left -= taken
    payer = best.payer if best and off else None
    return Price(list_fen, best.id if best else None, payer, off, tuple(additions))


def _tiers(conn: sa.Connection, diner: sa.Row[int, str, int | None], day: date) -> list[sa.Row[*tuple[object, ...]]]:
    """The tiers that hold on this day for this diner, the lowest priority number first."""
    given = sa.select(Tier.code).where(Tier.id == diner.tier_id)
    groups = (
        sa.select(EnrolledGroup.diner_group)
        .join(Enrolment, Enrolment.id == EnrolledGroup.enrolment_id)
        .where(Enrolment.diner_id == diner.id, Enrolment.withdrawn_on.is_(None), Enrolment.consent_on <= day)
    )
    bands = [band.value for band in BANDS[: BANDS.index(AgeBand(diner.band)) + 1]]
    for_group = sa.or_(Tier.diner_group.is_(None), Tier.diner_group.in_(groups))
    for_band = sa.or_(Tier.from_band.is_(None), Tier.from_band.in_(bands))
    for_some = sa.or_(Tier.diner_group.is_not(None), Tier.from_band.is_not(None))
    columns = (Tier.id, Tier.kind, Tier.value, Tier.adds, Tier.payer)
    statement = sa.select(*columns).where(
        holds(day), sa.or_(Tier.code.in_(given), sa.and_(for_some, for_group, for_band))
    )
    return list(conn.execute(statement.order_by(Tier.priority, Tier.code)))


def holds(day: date) -> sa.ColumnElement[bool]:
    """Does the tier hold on this day?"""
    return sa.and_(Tier.from_on <= day, sa.or_(Tier.to_on.is_(None), Tier.to_on >= day))


def diner_of(conn: sa.Connection, card: str, day: date) -> Any:
    """The holder of a card: id, band, resident, building_id, tier_id. NotPossible when unknown or expired."""
    columns = (Diner.id, Diner.band, Diner.resident, Diner.building_id, Diner.tier_id, Diner.valid_to)
    diner = conn.execute(sa.select(*columns).where(Diner.card == card)).first()
    if diner is None:
        raise NotPossible("meals.unknown_card", card=card)
    if diner.valid_to is not None and diner.valid_to < day:
        raise NotPossible("meals.card_expired", card=card, day=diner.valid_to)
    return diner
