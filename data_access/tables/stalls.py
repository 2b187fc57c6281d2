"""The stalls of the craft workshops 惠民巧匠坊 and their days."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from data_access.tables.base import Base, Common, Word
from vocabulary.enums import PlaceStatus, Trade


class Stall(Common, Base):
    """A stall 摊位. `weekdays` are the agreed opening days, "1,2,3" with Monday 1; `prices` is JSON, item to fen."""

    __tablename__ = "stall"
    __table_args__ = (sa.UniqueConstraint("place_id", "number"),)
    place_id: Mapped[int] = mapped_column(sa.ForeignKey("place.id"))
    number: Mapped[str] = mapped_column(sa.String(32))
    trade: Mapped[str] = mapped_column(Word(Trade))
    artisan: Mapped[str | None]
    rent_waived_fen: Mapped[int | None]
    agreement_from: Mapped[date | None]
    agreement_to: Mapped[date | None]
    weekdays: Mapped[str] = mapped_column(sa.String(16), default="1,2,3,4,5,6,7")
    prices: Mapped[str] = mapped_column(default="{}")
    status: Mapped[str] = mapped_column(Word(PlaceStatus), default=PlaceStatus.OPEN)


class StallDay(Common, Base):
    """One opened day of a stall; a day without a row was not opened."""

    __tablename__ = "stall_day"
    __table_args__ = (sa.UniqueConstraint("stall_id", "day"),)
    stall_id: Mapped[int] = mapped_column(sa.ForeignKey("stall.id"))
    day: Mapped[date] = mapped_column(index=True)
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    customers: Mapped[int | None]
