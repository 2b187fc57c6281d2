"""Rules the office edits: working days, office hours, targets. Dated, so that a past figure keeps its day's rule."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from data_access.tables.base import Base, Common


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
