"""The claim ledger 公开数据台账: figures that were published of the community, never mixed with what is counted."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from data_access.tables.base import Base, Common, Word
from vocabulary.claims import ClaimScope, ClaimUnit, Qualifier, System


class Claim(Common, Base):
    """A published figure; `high` for one between two numbers. `metric` is the key of what is counted beside it;

    `note` says in which way the two are not the same.
    """

    __tablename__ = "claim"
    __table_args__ = (sa.UniqueConstraint("figure", "from_on"),)
    figure: Mapped[str] = mapped_column(sa.String(64))
    system: Mapped[str] = mapped_column(Word(System))
    said_zh: Mapped[str]
    said_en: Mapped[str | None]
    qualifier: Mapped[str] = mapped_column(Word(Qualifier))
    value: Mapped[int] = mapped_column(sa.BigInteger)
    high: Mapped[int | None] = mapped_column(sa.BigInteger)
    unit: Mapped[str] = mapped_column(Word(ClaimUnit))
    scope: Mapped[str] = mapped_column(Word(ClaimScope))
    metric: Mapped[str | None] = mapped_column(sa.String(64))
    note: Mapped[str | None]
    note_en: Mapped[str | None]
    published_in: Mapped[str]
    published_in_en: Mapped[str | None]
    published_on: Mapped[date | None]
    from_on: Mapped[date]
    to_on: Mapped[date | None]
