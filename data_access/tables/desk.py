"""The case desk: further units, evidence, extensions, follow-ups, whistles with commitments, views and templates."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from data_access.tables.base import Base, Common, Word
from vocabulary import desk
from vocabulary.enums import CaseResult, CaseStatus


class CaseCounter(Base):
    """The last number that was given to a case of a year."""

    __tablename__ = "case_counter"
    year: Mapped[int] = mapped_column(sa.Integer, primary_key=True, autoincrement=False)
    last: Mapped[int]


class CaseUnit(Common, Base):
    """A unit that helps with a case 协办 or is informed of it 知会; the lead stands in the case."""

    __tablename__ = "case_unit"
    __table_args__ = (sa.UniqueConstraint("case_id", "unit_id"), sa.Index("ix_case_unit_unit_id", "unit_id"))
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id", ondelete="CASCADE"))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    part: Mapped[str] = mapped_column(Word(desk.Part))


class CaseFile(Common, Base):
    """A file that proves what was done for a case."""

    __tablename__ = "case_file"
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    name: Mapped[str] = mapped_column(sa.String(160))
    media: Mapped[str] = mapped_column(sa.String(40))
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(sa.String(64))
    content: Mapped[bytes]


class CaseExtension(Common, Base):
    """An extension 延期 that was asked for; `approved` is null until it is decided."""

    __tablename__ = "case_extension"
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    asked_at: Mapped[datetime]
    until: Mapped[datetime]
    reason: Mapped[str]
    approved: Mapped[bool | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    answer: Mapped[str | None]


class FollowUp(Common, Base):
    """A follow-up 回访 of a finished case; who was not reached, or did not answer, is satisfied by nobody."""

    __tablename__ = "follow_up"
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    called_at: Mapped[datetime]
    called_on: Mapped[date] = mapped_column(index=True)
    reached: Mapped[bool]
    solved: Mapped[str | None] = mapped_column(Word(CaseResult))
    satisfaction: Mapped[str | None] = mapped_column(Word(desk.Satisfaction))
    note: Mapped[str | None]


class Whistle(Common, Base):
    """A whistle meeting 吹哨联席会."""

    __tablename__ = "whistle"
    number: Mapped[str] = mapped_column(sa.String(32), unique=True)
    kind: Mapped[str] = mapped_column(Word(desk.WhistleKind))
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    request: Mapped[str]
    blown_at: Mapped[datetime]
    blown_on: Mapped[date] = mapped_column(index=True)
    arrive_by: Mapped[datetime]
    conclusion: Mapped[str | None]
    concluded_at: Mapped[datetime | None]


class WhistleCase(Base):
    """A case that a whistle was blown for."""

    __tablename__ = "whistle_case"
    whistle_id: Mapped[int] = mapped_column(sa.ForeignKey("whistle.id", ondelete="CASCADE"), primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id", ondelete="CASCADE"), primary_key=True, index=True)


class WhistleUnit(Common, Base):
    """A unit that a whistle called, and how it came."""

    __tablename__ = "whistle_unit"
    __table_args__ = (sa.UniqueConstraint("whistle_id", "unit_id"),)
    whistle_id: Mapped[int] = mapped_column(sa.ForeignKey("whistle.id", ondelete="CASCADE"))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    responded_at: Mapped[datetime | None]
    arrived_at: Mapped[datetime | None]
    presence: Mapped[str | None] = mapped_column(Word(desk.Presence))
    note: Mapped[str | None]


class Commitment(Common, Base):
    """What a unit promised at a whistle meeting, until which day, and when it was done."""

    __tablename__ = "commitment"
    whistle_id: Mapped[int] = mapped_column(sa.ForeignKey("whistle.id", ondelete="CASCADE"), index=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    what: Mapped[str]
    due_on: Mapped[date]
    done_at: Mapped[datetime | None]
    done_note: Mapped[str | None]


class SavedView(Common, Base):
    """A view of a page that somebody keeps, as its address; shared ones are everybody's to open."""

    __tablename__ = "saved_view"
    __table_args__ = (sa.UniqueConstraint("account_id", "page", "name"),)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"))
    page: Mapped[str] = mapped_column(sa.String(32))
    name: Mapped[str] = mapped_column(sa.String(60))
    query: Mapped[str]
    shared: Mapped[bool] = mapped_column(default=False)


class ReplyTemplate(Common, Base):
    """A text to begin a reply or a note with, for a category (null: any) and a status (null: any)."""

    __tablename__ = "reply_template"
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    category_id: Mapped[int | None] = mapped_column(sa.ForeignKey("category.id"), index=True)
    status: Mapped[str | None] = mapped_column(Word(CaseStatus))
    name: Mapped[str] = mapped_column(sa.String(60))
    text: Mapped[str]
