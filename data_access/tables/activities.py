"""Activities of the service centre and the neighbourhood, its zones, the party branches and their plan."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from data_access.tables.base import Base, Common, Word
from vocabulary.activities import ActivityKind, ActivityState, Audience, PartyKind
from vocabulary.enums import Field


class Branch(Common, Base):
    """A party branch 党支部."""

    __tablename__ = "branch"
    code: Mapped[str] = mapped_column(sa.String(32), unique=True)
    name: Mapped[str]
    name_en: Mapped[str | None]


class CentreZone(Common, Base):
    """A zone of the service centre 党群服务中心: the service hall, the space for neighbours."""

    __tablename__ = "centre_zone"
    code: Mapped[str] = mapped_column(sa.String(32), unique=True)
    name: Mapped[str]
    name_en: Mapped[str | None]


class Activity(Common, Base):
    """An activity 活动 in a zone or at a place; `planned` and `actual` are person-times, `actual` stands once held."""

    __tablename__ = "activity"
    __table_args__ = (sa.UniqueConstraint("title", "starts_at"),)
    kind: Mapped[str] = mapped_column(Word(ActivityKind))
    party_kind: Mapped[str | None] = mapped_column(Word(PartyKind))
    title: Mapped[str]
    zone_id: Mapped[int | None] = mapped_column(sa.ForeignKey("centre_zone.id"))
    place_id: Mapped[int | None] = mapped_column(sa.ForeignKey("place.id"))
    branch_id: Mapped[int | None] = mapped_column(sa.ForeignKey("branch.id"))
    day: Mapped[date] = mapped_column(index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    audience: Mapped[str] = mapped_column(Word(Audience))
    topic: Mapped[str | None]
    festival: Mapped[str | None]
    field: Mapped[str | None] = mapped_column(Word(Field))
    planned: Mapped[int]
    actual: Mapped[int | None]
    state: Mapped[str] = mapped_column(Word(ActivityState), default=ActivityState.PLANNED)
    reason: Mapped[str | None]


class PartyPlan(Common, Base):
    """How often a branch is to hold a kind of organisation life in a month, told by the month's first day."""

    __tablename__ = "party_plan"
    __table_args__ = (sa.UniqueConstraint("branch_id", "month", "party_kind"),)
    branch_id: Mapped[int] = mapped_column(sa.ForeignKey("branch.id"))
    month: Mapped[date]
    party_kind: Mapped[str] = mapped_column(Word(PartyKind))
    due: Mapped[int]
