"""The canteen beside its meals: prices, enrolments with consent, pauses, care, claims, day ledger, food safety."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from data_access.tables.base import Base, Common, Word
from vocabulary.canteen import CareOutcome, DinerGroup, SafetyCheck
from vocabulary.enums import MealKind


class MenuPrice(Common, Base):
    """What a meal costs before any tier, in fen, from a day on until a newer price."""

    __tablename__ = "menu_price"
    __table_args__ = (sa.UniqueConstraint("canteen_id", "meal", "from_on"),)
    canteen_id: Mapped[int] = mapped_column(sa.ForeignKey("place.id"))
    meal: Mapped[str] = mapped_column(Word(MealKind))
    fen: Mapped[int]
    from_on: Mapped[date]


class MealAddition(Base):
    """What a tier that adds took off a meal on top of the meal's own tier; a part of the meal's discount."""

    __tablename__ = "meal_addition"
    meal_id: Mapped[int] = mapped_column(sa.ForeignKey("meal.id", ondelete="CASCADE"), primary_key=True)
    tier_id: Mapped[int] = mapped_column(sa.ForeignKey("tier.id"), primary_key=True)
    discount_fen: Mapped[int]


class Enrolment(Common, Base):
    """A diner's consent, its day and who took it. `sealed` is JSON {name, phone}, gone with the groups at withdrawal.

    `care`: wants to be called when meals are missed.
    """

    __tablename__ = "enrolment"
    diner_id: Mapped[int] = mapped_column(sa.ForeignKey("diner.id"), index=True)
    consent_on: Mapped[date]
    taken_by: Mapped[int | None]
    care: Mapped[bool]
    sealed: Mapped[bytes | None]
    withdrawn_on: Mapped[date | None]


class EnrolledGroup(Base):
    """A group of difficulty that a diner agreed to have kept; deleted when the consent is withdrawn."""

    __tablename__ = "enrolled_group"
    enrolment_id: Mapped[int] = mapped_column(sa.ForeignKey("enrolment.id", ondelete="CASCADE"), primary_key=True)
    diner_group: Mapped[str] = mapped_column(Word(DinerGroup), primary_key=True)


class Pause(Common, Base):
    """A pause 停餐: days on which a diner does not mean to come; without an end until further notice."""

    __tablename__ = "pause"
    diner_id: Mapped[int] = mapped_column(sa.ForeignKey("diner.id"), index=True)
    from_on: Mapped[date]
    to_on: Mapped[date | None]


class CareTask(Common, Base):
    """Missed-meal care 缺餐关怀: one for each absence of a diner; open while it has no outcome."""

    __tablename__ = "care_task"
    __table_args__ = (sa.UniqueConstraint("diner_id", "made_on"),)
    diner_id: Mapped[int] = mapped_column(sa.ForeignKey("diner.id"))
    grid_id: Mapped[int | None] = mapped_column(sa.ForeignKey("grid.id"), index=True)
    last_ate_on: Mapped[date]
    made_on: Mapped[date] = mapped_column(index=True)
    called_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(Word(CareOutcome))
    closed_on: Mapped[date | None]
    closed_by: Mapped[int | None]


class SubsidyClaim(Common, Base):
    """A subsidy claim 补贴申报: the meals and the sum (fen) claimed from a payer for a tier's meals of a month."""

    __tablename__ = "subsidy_claim"
    __table_args__ = (sa.UniqueConstraint("month", "tier"),)
    month: Mapped[date]
    tier: Mapped[str] = mapped_column(sa.String(32))
    payer: Mapped[str | None]
    meals: Mapped[int]
    fen: Mapped[int] = mapped_column(sa.BigInteger)


class CanteenDay(Common, Base):
    """A day of the canteen's ledger 食堂日账, in fen."""

    __tablename__ = "canteen_day"
    __table_args__ = (sa.UniqueConstraint("canteen_id", "day"),)
    canteen_id: Mapped[int] = mapped_column(sa.ForeignKey("place.id"))
    day: Mapped[date] = mapped_column(index=True)
    income_fen: Mapped[int] = mapped_column(sa.BigInteger)
    subsidy_fen: Mapped[int] = mapped_column(sa.BigInteger)
    food_fen: Mapped[int] = mapped_column(sa.BigInteger)
    wages_fen: Mapped[int] = mapped_column(sa.BigInteger)
    other_fen: Mapped[int] = mapped_column(sa.BigInteger)


class FoodSafety(Common, Base):
    """One entry of the food-safety log; `meal` is "" but for samples, which have their grams and hours kept."""

    __tablename__ = "food_safety"
    __table_args__ = (sa.UniqueConstraint("canteen_id", "day", "kind", "meal"),)
    canteen_id: Mapped[int] = mapped_column(sa.ForeignKey("place.id"))
    day: Mapped[date] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(Word(SafetyCheck))
    meal: Mapped[str] = mapped_column(sa.String(24), default="")
    passed: Mapped[bool]
    grams: Mapped[int | None]
    hours: Mapped[int | None]
    note: Mapped[str | None]
