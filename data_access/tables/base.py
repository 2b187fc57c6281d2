"""What every table shares: naming, column types for moments and words, and the common columns."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from clock import now

COMMUNITY = "500107003003"


class Moment(sa.types.TypeDecorator[datetime]):
    """An aware moment: timestamptz on PostgreSQL, UTC text on SQLite. Refuses a moment without a zone."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs its zone: {value!r}")
        return value.astimezone(UTC).replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None or dialect.name != "sqlite":
            return value
        return value.replace(tzinfo=UTC)


class Word(sa.types.TypeDecorator[str]):
    """A word of an enumeration, kept as its plain value; refuses any other on the way in."""

    impl = sa.String(24)
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:  # noqa: ARG002 (SQLAlchemy's)
        return None if value is None else self.words(value).value


class Base(DeclarativeBase):
    """The metadata, with names for every constraint so that migrations can drop them."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Moment, str: sa.Text}  # noqa: RUF012 (SQLAlchemy reads it from the class)

    @classmethod
    def table(cls) -> sa.Table:
        table: Any = cls.__table__
        assert isinstance(table, sa.Table)
        return table


class Common:
    """The columns that every entity carries."""

    id: Mapped[int] = mapped_column(sa.Integer, primary_key=True, sort_order=-9)
    community_code: Mapped[str] = mapped_column(sa.String(12), default=COMMUNITY)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    updated_at: Mapped[datetime] = mapped_column(Moment, default=now, onupdate=now)
    source: Mapped[str] = mapped_column(sa.String(64), default="jiefang")
    version: Mapped[int] = mapped_column(default=1)
