"""Rules the office edits, dated, so that a past figure keeps its day's rule: working days, hours, targets, limits."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from data_access.tables.base import Base, Common, Word
from vocabulary.enums import CaseType, Urgency
from vocabulary.rules import LimitKind, LimitUnit, Number


class Workday(Common, Base):
    """A day that differs from its weekday: a holiday on Monday to Friday, a make-up workday 调休 at the weekend."""

    __tablename__ = "workday"
    day: Mapped[date] = mapped_column(unique=True)
    works: Mapped[bool]
    name: Mapped[str | None]


class OfficeHours(Common, Base):
    """Opening hours of the office on a weekday (Monday 1), in minutes of the day, from a day until a day."""

    __tablename__ = "office_hours"
    __table_args__ = (sa.UniqueConstraint("weekday", "open_minute", "from_on"),)
    weekday: Mapped[int]
    open_minute: Mapped[int]
    close_minute: Mapped[int]
    from_on: Mapped[date]
    to_on: Mapped[date | None]


class Target(Common, Base):
    """What a metric should reach, from a day until a day."""

    __tablename__ = "target"
    __table_args__ = (sa.UniqueConstraint("metric", "from_on"),)
    metric: Mapped[str] = mapped_column(sa.String(64))
    value: Mapped[float]
    from_on: Mapped[date]
    to_on: Mapped[date | None]


class SlaRule(Common, Base):
    """A limit 时限 of cases from a day until a day; without a type or an urgency it holds for all of them."""

    __tablename__ = "sla_rule"
    __table_args__ = (sa.UniqueConstraint("kind", "type", "urgency", "from_on"),)
    kind: Mapped[str] = mapped_column(Word(LimitKind))
    type: Mapped[str | None] = mapped_column(Word(CaseType))
    urgency: Mapped[str | None] = mapped_column(Word(Urgency))
    amount: Mapped[int]
    unit: Mapped[str] = mapped_column(Word(LimitUnit))
    from_on: Mapped[date]
    to_on: Mapped[date | None]


class NumberRule(Common, Base):
    """A rule that is one number, from a day until a day."""

    __tablename__ = "number_rule"
    __table_args__ = (sa.UniqueConstraint("name", "from_on"),)
    name: Mapped[str] = mapped_column(Word(Number))
    value: Mapped[float]
    from_on: Mapped[date]
    to_on: Mapped[date | None]


class ClosedDay(Common, Base):
    """A day on which a place is closed though its hours say otherwise."""

    __tablename__ = "closed_day"
    __table_args__ = (sa.UniqueConstraint("place_id", "day"),)
    place_id: Mapped[int] = mapped_column(sa.ForeignKey("place.id"))
    day: Mapped[date]
    reason: Mapped[str]
