"""Accounts: who may sign in, with which grids, and the sessions they hold."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from data_access.tables.base import Base, Common, Word
from vocabulary.enums import Feed, Role


class Account(Common, Base):
    """An account; `password_hash` is Argon2id."""

    __tablename__ = "account"
    login: Mapped[str] = mapped_column(sa.String(64), unique=True)
    name: Mapped[str]
    role: Mapped[str] = mapped_column(Word(Role))
    unit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id"))
    feed: Mapped[str | None] = mapped_column(Word(Feed))
    password_hash: Mapped[str]
    closed_at: Mapped[datetime | None]


class AccountGrid(Base):
    """A grid that a worker answers for."""

    __tablename__ = "account_grid"
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    grid_id: Mapped[int] = mapped_column(sa.ForeignKey("grid.id", ondelete="CASCADE"), primary_key=True)


class SignIn(Base):
    """A session of an account: the cookie carries a secret of which only the hash stands here."""

    __tablename__ = "sign_in"
    id: Mapped[int] = mapped_column(sa.Integer, primary_key=True)
    secret_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"))
    begun_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class SignInFailure(Base):
    """Attempts to sign in, by a hash of what was typed: an unknown name is slowed down like a known one, and a password
    typed into the wrong field is kept nowhere."""

    __tablename__ = "sign_in_failure"
    typed_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    failures: Mapped[int]
    failed_at: Mapped[datetime]
