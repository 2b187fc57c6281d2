"""Cases 诉求: the case itself, its taxonomy, its append-only history, its reporter apart and sealed."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from data_access.tables.base import Base, Common, Word
from vocabulary import enums


class Category(Common, Base):
    """One path of the taxonomy, up to three levels; an absent level is an empty text."""

    __tablename__ = "category"
    __table_args__ = (sa.UniqueConstraint("level1", "level2", "level3"),)
    level1: Mapped[str] = mapped_column(sa.String(64))
    level2: Mapped[str] = mapped_column(sa.String(64), default="")
    level3: Mapped[str] = mapped_column(sa.String(64), default="")


# All that figures, counts and filters ask of a case: they read this index and never the texts.
DESK = (
    *("received_on", "finished_on", "dropped_on", "status", "channel", "urgency", "category_id", "grid_id"),
    *("building_id", "lead_unit_id", "batch_id", "worked_minutes"),
)


class Case(Common, Base):
    """A case. Identity is (source, number). Absent stays null. Days are Shanghai days, stored when written.

    `worked_minutes` are the working minutes from received_at to finished_at by the calendar of those days. The limit
    ran from `limit_from`; `due_at` is where it ends, `severe_at` where three times of it would. A case with a due
    moment but no limit got it from elsewhere. `parent_id` is the case it was merged into.
    """

    __tablename__ = "case"
    __table_args__ = (
        sa.UniqueConstraint("source", "number"),
        sa.Index("ix_case_desk", *DESK),
        sa.Index("ix_case_received_at", "received_at"),
        sa.Index("ix_case_finished_on", "finished_on"),
        sa.Index("ix_case_status_received_on", "status", "received_on"),
        sa.Index("ix_case_status_due_at", "status", "due_at"),
        sa.Index("ix_case_due_at", "due_at"),
    )
    number: Mapped[str] = mapped_column(sa.String(64))
    channel: Mapped[str | None] = mapped_column(Word(enums.Channel))
    type: Mapped[str | None] = mapped_column(Word(enums.CaseType))
    board: Mapped[str | None] = mapped_column(Word(enums.Board))
    field: Mapped[str | None] = mapped_column(Word(enums.Field))
    category_id: Mapped[int | None] = mapped_column(sa.ForeignKey("category.id"), index=True)
    urgency: Mapped[str | None] = mapped_column(Word(enums.Urgency))
    title: Mapped[str]
    body: Mapped[str | None]
    reply: Mapped[str | None]
    grid_id: Mapped[int | None] = mapped_column(sa.ForeignKey("grid.id"), index=True)
    building_id: Mapped[int | None] = mapped_column(sa.ForeignKey("building.id"), index=True)
    place_id: Mapped[int | None] = mapped_column(sa.ForeignKey("place.id"))
    village: Mapped[str | None]
    spot: Mapped[str | None]
    lon: Mapped[float | None]
    lat: Mapped[float | None]
    reporter_kind: Mapped[str | None] = mapped_column(Word(enums.ReporterKind))
    nature: Mapped[str | None]
    tags: Mapped[str | None]
    votes_for: Mapped[int | None]
    votes_against: Mapped[int | None]
    lead_unit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    level: Mapped[str | None] = mapped_column(Word(enums.Level))
    status: Mapped[str] = mapped_column(Word(enums.CaseStatus))
    result: Mapped[str | None] = mapped_column(Word(enums.CaseResult))
    resident_solved: Mapped[bool | None]
    resident_satisfied: Mapped[bool | None]
    received_at: Mapped[datetime]
    received_on: Mapped[date]
    accepted_at: Mapped[datetime | None]
    first_contact_at: Mapped[datetime | None]
    assigned_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    finished_on: Mapped[date | None]
    dropped_on: Mapped[date | None]
    worked_minutes: Mapped[int | None]
    reopened_count: Mapped[int] = mapped_column(default=0)
    extended_to: Mapped[datetime | None]
    extension_reason: Mapped[str | None]
    suspended_from: Mapped[datetime | None]
    suspended_until: Mapped[datetime | None]
    suspension_reason: Mapped[str | None]
    repeat_of_id: Mapped[int | None] = mapped_column(sa.ForeignKey("case.id"))
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("case.id"))
    batch_id: Mapped[int | None] = mapped_column(sa.ForeignKey("import_batch.id"), index=True)
    limit_from: Mapped[datetime | None]
    limit_amount: Mapped[int | None]
    limit_unit: Mapped[str | None] = mapped_column(sa.String(24))
    severe_at: Mapped[datetime | None]
    contact_due_at: Mapped[datetime | None]
    sign_due_at: Mapped[datetime | None]
    note_due_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    unhappy_since: Mapped[datetime | None]
    returned_count: Mapped[int] = mapped_column(default=0, server_default="0")


class CaseContact(Common, Base):
    """Who reported a case: sealed JSON {code, name, phone, address}. `digest` tells a change without opening it."""

    __tablename__ = "case_contact"
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id", ondelete="CASCADE"), index=True)
    sealed: Mapped[bytes]
    digest: Mapped[str] = mapped_column(sa.String(64))


class CaseEvent(Base):
    """One row of a case's history: who, when, from, to, note. Rows are only ever added.

    `detail` is JSON of what the act set: the moments and words from which the due moment can be worked out again.
    """

    __tablename__ = "case_event"
    id: Mapped[int] = mapped_column(sa.Integer, primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(Word(enums.EventKind))
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    unit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id"))
    from_status: Mapped[str | None] = mapped_column(Word(enums.CaseStatus))
    to_status: Mapped[str | None] = mapped_column(Word(enums.CaseStatus))
    note: Mapped[str | None]
    detail: Mapped[str | None]
