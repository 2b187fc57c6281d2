"""What the product records of itself: the installation, data versions, the audit trail, import batches."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from data_access.tables.base import Base, Common


class Installation(Base):
    """One fact a row about this database: whether it is the demo, the community's name, when it began."""

    __tablename__ = "installation"
    key: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    value: Mapped[str]


class DataVersion(Base):
    """The counter of a subject, raised once by every transaction that changes its rows."""

    __tablename__ = "data_version"
    subject: Mapped[str] = mapped_column(sa.String(24), primary_key=True)
    counter: Mapped[int]
    changed_at: Mapped[datetime]


class Audit(Base):
    """Who did what to which thing, when; `detail` is JSON without any personal value. Rows are only ever added."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(sa.Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    account_id: Mapped[int | None]
    actor: Mapped[str]
    action: Mapped[str] = mapped_column(sa.String(40))
    subject: Mapped[str] = mapped_column(sa.String(24))
    entity_id: Mapped[int | None]
    detail: Mapped[str] = mapped_column(default="{}")


class ImportBatch(Common, Base):
    """One import: the file, who, how many rows of each fate, and the days its rows reach over."""

    __tablename__ = "import_batch"
    kind: Mapped[str] = mapped_column(sa.String(24))
    file: Mapped[str]
    account_id: Mapped[int | None]
    new: Mapped[int]
    changed: Mapped[int]
    unchanged: Mapped[int]
    rejected: Mapped[int]
    since: Mapped[date | None]
    until: Mapped[date | None]


class Correction(Base):
    """A row as it was before it was corrected, with the reason. Rows are only ever added."""

    __tablename__ = "correction"
    __table_args__ = (sa.Index("ix_correction_entity_entity_id", "entity", "entity_id"),)
    id: Mapped[int] = mapped_column(sa.Integer, primary_key=True)
    at: Mapped[datetime]
    account_id: Mapped[int | None]
    entity: Mapped[str] = mapped_column(sa.String(40))
    entity_id: Mapped[int]
    before: Mapped[str]
    after: Mapped[str]
    reason: Mapped[str]
