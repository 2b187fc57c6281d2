"""The peace post 平安驿站: disputes with their check-backs, and opinions. Nobody is named in any of them."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from data_access.tables.base import Base, Common, Word
from vocabulary.enums import Feed
from vocabulary.peace_post import (
    CheckOutcome,
    Decision,
    DisputeOrigin,
    DisputeOutcome,
    DisputeType,
    OpinionOrigin,
    Performed,
    Theme,
)


class Dispute(Common, Base):
    """A dispute 纠纷: it knows its grid, never a building, and no text. Identity is (source, number).

    `feed` is the feed that reported it, null when a worker did. Open while `outcome` is null.
    """

    __tablename__ = "dispute"
    __table_args__ = (
        sa.UniqueConstraint("source", "number"),
        sa.Index("ix_dispute_grid_id_type_opened_on", "grid_id", "type", "opened_on"),
    )
    number: Mapped[str] = mapped_column(sa.String(64))
    type: Mapped[str] = mapped_column(Word(DisputeType))
    origin: Mapped[str | None] = mapped_column(Word(DisputeOrigin))
    grid_id: Mapped[int] = mapped_column(sa.ForeignKey("grid.id"))
    by_police: Mapped[bool] = mapped_column(default=False)
    by_community: Mapped[bool] = mapped_column(default=False)
    by_lawyer: Mapped[bool] = mapped_column(default=False)
    opened_at: Mapped[datetime]
    opened_on: Mapped[date] = mapped_column(index=True)
    outcome: Mapped[str | None] = mapped_column(Word(DisputeOutcome))
    closed_on: Mapped[date | None] = mapped_column(index=True)
    performed: Mapped[str | None] = mapped_column(Word(Performed))
    feed: Mapped[str | None] = mapped_column(Word(Feed))
    void_at: Mapped[datetime | None]


class DisputeContact(Common, Base):
    """Whom to call for the check-backs: sealed JSON {phone}. Deleted when the second check-back is closed."""

    __tablename__ = "dispute_contact"
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id", ondelete="CASCADE"), unique=True)
    sealed: Mapped[bytes]
    keep_until: Mapped[date] = mapped_column(index=True)


class CheckBack(Common, Base):
    """A check-back 回访 due some days after an agreement; open while `outcome` is null."""

    __tablename__ = "check_back"
    __table_args__ = (sa.UniqueConstraint("dispute_id", "after_days"),)
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id", ondelete="CASCADE"))
    after_days: Mapped[int]
    due_on: Mapped[date] = mapped_column(index=True)
    outcome: Mapped[str | None] = mapped_column(Word(CheckOutcome))
    done_on: Mapped[date | None]


class Opinion(Common, Base):
    """An opinion 意见建议. Identity is (source, number). `proposal_id` is that of a proposal in the renewal room.

    `text` is null once its time of keeping is over; `feed` as in a dispute.
    """

    __tablename__ = "opinion"
    __table_args__ = (sa.UniqueConstraint("source", "number"),)
    number: Mapped[str] = mapped_column(sa.String(64))
    origin: Mapped[str] = mapped_column(Word(OpinionOrigin))
    theme: Mapped[str] = mapped_column(Word(Theme))
    text: Mapped[str | None]
    grid_id: Mapped[int | None] = mapped_column(sa.ForeignKey("grid.id"), index=True)
    collected_on: Mapped[date] = mapped_column(index=True)
    decision: Mapped[str | None] = mapped_column(Word(Decision))
    decided_on: Mapped[date | None] = mapped_column(index=True)
    decision_reason: Mapped[str | None]
    answered_on: Mapped[date | None]
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("case.id"), index=True)
    proposal_id: Mapped[int | None] = mapped_column(index=True)
    feed: Mapped[str | None] = mapped_column(Word(Feed))
    void_at: Mapped[datetime | None]
