"""The hospital's monthly figures by group. Aggregates only: no table of health has a person."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from data_access.tables.base import Base, Common, Word
from vocabulary.health import HealthGroup


class HealthMonth(Common, Base):
    """A group's numbers of a month 健康汇总, by its first day; `controlled` is null for a group without a reading."""

    __tablename__ = "health_month"
    __table_args__ = (sa.UniqueConstraint("month", "health_group"),)
    month: Mapped[date]
    health_group: Mapped[str] = mapped_column(Word(HealthGroup))
    residents: Mapped[int]
    contracted: Mapped[int]
    managed: Mapped[int]
    managed_to_norm: Mapped[int]
    controlled: Mapped[int | None]
    follow_ups_due: Mapped[int]
    follow_ups_done: Mapped[int]
    check_ups_due: Mapped[int]
    check_ups_done: Mapped[int]
