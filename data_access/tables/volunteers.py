"""The volunteers 红心蚂蚁: who is registered, shifts, sign-ups, records of service, clues, and hours by day."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from data_access.tables.base import Base, Common, Word
from vocabulary.volunteers import Occupation, ServiceOutcome, VolunteerRole, VolunteerStatus


class Volunteer(Common, Base):
    """A volunteer 志愿者, named masked only; number and name are null once their time of keeping is over."""

    __tablename__ = "volunteer"
    number: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    masked_name: Mapped[str | None] = mapped_column(sa.String(24))
    occupation: Mapped[str] = mapped_column(Word(Occupation))
    team: Mapped[str | None] = mapped_column(sa.String(64))
    registered_on: Mapped[date] = mapped_column(index=True)
    status: Mapped[str] = mapped_column(Word(VolunteerStatus), default=VolunteerStatus.ACTIVE)


class Shift(Common, Base):
    """A shift 岗位 at a place, or for an activity told by its title."""

    __tablename__ = "shift"
    place_id: Mapped[int | None] = mapped_column(sa.ForeignKey("place.id"))
    title: Mapped[str | None]
    role: Mapped[str] = mapped_column(Word(VolunteerRole))
    day: Mapped[date] = mapped_column(index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    needed: Mapped[int]


class SignUp(Common, Base):
    """A volunteer's word to come to a shift; taken back when `withdrawn_at` is given."""

    __tablename__ = "sign_up"
    __table_args__ = (sa.UniqueConstraint("shift_id", "volunteer_id"),)
    shift_id: Mapped[int] = mapped_column(sa.ForeignKey("shift.id"))
    volunteer_id: Mapped[int] = mapped_column(sa.ForeignKey("volunteer.id"), index=True)
    withdrawn_at: Mapped[datetime | None]


class ServiceRecord(Common, Base):
    """A service record 服务记录; identity is volunteer and start. Verified by another than `entered_by`."""

    __tablename__ = "service_record"
    __table_args__ = (sa.UniqueConstraint("volunteer_id", "starts_at"),)
    volunteer_id: Mapped[int] = mapped_column(sa.ForeignKey("volunteer.id"))
    shift_id: Mapped[int | None] = mapped_column(sa.ForeignKey("shift.id"), index=True)
    role: Mapped[str] = mapped_column(Word(VolunteerRole))
    day: Mapped[date] = mapped_column(index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(Word(ServiceOutcome))
    entered_by: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    verified_by: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    verified_at: Mapped[datetime | None]
    void_at: Mapped[datetime | None]


class Clue(Common, Base):
    """A clue 线索 from volunteers: a place and a matter, never a person. `looked_at` without a case: set aside."""

    __tablename__ = "clue"
    volunteer_role: Mapped[str] = mapped_column(Word(VolunteerRole))
    text: Mapped[str]
    place_id: Mapped[int | None] = mapped_column(sa.ForeignKey("place.id"))
    grid_id: Mapped[int | None] = mapped_column(sa.ForeignKey("grid.id"))
    reported_on: Mapped[date] = mapped_column(index=True)
    looked_at: Mapped[datetime | None]
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("case.id"), index=True)
    void_at: Mapped[datetime | None]
