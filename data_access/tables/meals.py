"""The canteen 社区食堂: diners by card, tiers, meals, and the daily rows rolled up from them."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from data_access.tables.base import Base, Common, Word
from vocabulary.canteen import DinerGroup
from vocabulary.enums import AgeBand, MealKind, MealMode, TierKind


class Diner(Common, Base):
    """A holder of a canteen card; the card number is a pseudonym, no name stands here."""

    __tablename__ = "diner"
    card: Mapped[str] = mapped_column(sa.String(32), unique=True)
    band: Mapped[str] = mapped_column(Word(AgeBand))
    resident: Mapped[bool]
    building_id: Mapped[int | None] = mapped_column(sa.ForeignKey("building.id"))
    tier_id: Mapped[int | None] = mapped_column(sa.ForeignKey("tier.id"))
    valid_to: Mapped[date | None]


class Tier(Common, Base):
    """A price tier 优惠档: percent off (0–100), amount off (fen) or a fixed price (fen), from a day until a day.

    Versions of a tier share its code. It is for the diners it was given to, for a group, or for all from a band on;
    one that `adds` comes on top of the best other. Its `payer` gives back `claim_percent` of what it takes off.
    """

    __tablename__ = "tier"
    __table_args__ = (sa.UniqueConstraint("code", "from_on"),)
    code: Mapped[str] = mapped_column(sa.String(32))
    name: Mapped[str]
    name_en: Mapped[str | None]
    kind: Mapped[str] = mapped_column(Word(TierKind))
    value: Mapped[int]
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    priority: Mapped[int]
    diner_group: Mapped[str | None] = mapped_column(Word(DinerGroup))
    from_band: Mapped[str | None] = mapped_column(Word(AgeBand))
    adds: Mapped[bool] = mapped_column(server_default=sa.false())
    payer: Mapped[str | None]
    claim_percent: Mapped[int] = mapped_column(server_default="100")


class Meal(Common, Base):
    """One meal 餐次: price, tier, band and building are fixed when sold. Identity is (source, number). Money in fen."""

    __tablename__ = "meal"
    __table_args__ = (sa.UniqueConstraint("source", "number"),)
    number: Mapped[str] = mapped_column(sa.String(40))
    served_at: Mapped[datetime]
    served_on: Mapped[date] = mapped_column(index=True)
    canteen_id: Mapped[int] = mapped_column(sa.ForeignKey("place.id"))
    meal: Mapped[str] = mapped_column(Word(MealKind))
    mode: Mapped[str] = mapped_column(Word(MealMode))
    diner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("diner.id"), index=True)
    band: Mapped[str | None] = mapped_column(Word(AgeBand))
    resident: Mapped[bool | None]
    building_id: Mapped[int | None] = mapped_column(sa.ForeignKey("building.id"))
    tier_id: Mapped[int | None] = mapped_column(sa.ForeignKey("tier.id"))
    list_fen: Mapped[int]
    discount_fen: Mapped[int]
    paid_fen: Mapped[int]
    payer: Mapped[str | None]
    void_at: Mapped[datetime | None]
    void_reason: Mapped[str | None]


class MealDay(Base):
    """Rolled up: meals of a day by canteen, meal, tier and band ("" where none is known). Void meals are left out."""

    __tablename__ = "meal_day"
    served_on: Mapped[date] = mapped_column(primary_key=True)
    canteen_id: Mapped[int] = mapped_column(primary_key=True)
    meal: Mapped[str] = mapped_column(sa.String(24), primary_key=True)
    tier_id: Mapped[int] = mapped_column(primary_key=True)
    band: Mapped[str] = mapped_column(sa.String(24), primary_key=True)
    meals: Mapped[int]
    elderly: Mapped[int]
    list_fen: Mapped[int] = mapped_column(sa.BigInteger)
    discount_fen: Mapped[int] = mapped_column(sa.BigInteger)
    paid_fen: Mapped[int] = mapped_column(sa.BigInteger)


class DinerDay(Base):
    """Rolled up: a diner of 60+ on a day, with where they live as of that day's sale."""

    __tablename__ = "diner_day"
    served_on: Mapped[date] = mapped_column(primary_key=True)
    diner_id: Mapped[int] = mapped_column(primary_key=True)
    building_id: Mapped[int] = mapped_column(primary_key=True)
    band: Mapped[str] = mapped_column(sa.String(24), primary_key=True)
    resident: Mapped[bool]
    meals: Mapped[int]
