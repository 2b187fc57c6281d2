"""Signing in and out: sessions by a secret, and the lock after too many failures."""

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

import clock
from data_access import changes, passwords
from data_access.engine import reading, writing
from data_access.frames import by_the_minute, stands_on
from data_access.tables.accounts import Account, AccountGrid, SignIn, SignInFailure
from vocabulary.enums import Feed, Role, Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible

LASTS = timedelta(hours=8)
MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
LOGIN = re.compile(r"[\w.@-]{1,64}")
STRANGER = Viewer(account_id=0, name="", role=Role.PRESENTER)  # in the audit trail: somebody without an account


def sign_in(engine: sa.Engine, login: str, password: str) -> str:
    """The secret of a new session. NotPossible, whether or not the name exists, for a wrong name or password
    ("signin.failed") and while locked ("signin.locked").

    It takes an engine because the attempt is kept although the sign-in is refused.
    """
    account = proven(engine, login, password)
    with writing(engine) as conn:
        if passwords.outdated(account.password_hash):
            newer = passwords.rehashed(password)
            conn.execute(sa.update(Account).where(Account.id == account.id).values(password_hash=newer))
        return begin_session(conn, account.id)


def proven(engine: sa.Engine, login: str, password: str) -> Any:
    """The open account whose password this is; refuses like `sign_in`.

    The attempt counts as failed before it is compared, so that guessing in parallel gains nothing; no transaction
    is open while Argon2 works.
    """
    typed = typed_hash(login)
    with writing(engine) as conn:
        failures = _one_more(conn, typed)
    if failures is None:
        raise NotPossible("signin.locked", minutes=LOCKED_FOR // timedelta(minutes=1))
    with reading(engine) as conn:
        account = account_of(conn, login)
    right = passwords.matches(account.password_hash if account else None, password)
    if not right or account is None or account.closed_at is not None:
        _note_failure(engine, account, locked=failures >= MOST_FAILURES)
        key = "signin.locked" if failures >= MOST_FAILURES else "signin.failed"
        raise NotPossible(key, minutes=LOCKED_FOR // timedelta(minutes=1))
    with writing(engine) as conn:
        unlock(conn, login)
    return account


def begin_session(conn: sa.Connection, account_id: int) -> str:
    """A session of an account that has proven itself; gives its secret, of which only the hash is kept."""
    secret, now = secrets.token_urlsafe(32), clock.now()
    session = {"secret_hash": secret_hash(secret), "account_id": account_id}
    conn.execute(sa.insert(SignIn).values(**session, begun_at=now, expires_at=now + LASTS))
    changes.note(conn, _named(conn, account_id), Subject.ACCOUNTS, "signed_in", account_id)
    return secret


@by_the_minute
@stands_on(Subject.ACCOUNTS)
def viewer_of(conn: sa.Connection, _viewer: Viewer, secret_hash: str) -> Viewer | None:
    """Who holds the session with this hash; None when it has ended or the account is closed."""
    live = sa.and_(SignIn.ended_at.is_(None), SignIn.expires_at > clock.now(), Account.closed_at.is_(None))
    held = sa.select(Account.id).join(SignIn, SignIn.account_id == Account.id)
    account_id = conn.scalar(held.where(SignIn.secret_hash == secret_hash, live))
    return None if account_id is None else _named(conn, account_id)


def sign_out(conn: sa.Connection, secret: str) -> None:
    """Ends the session of this secret; one that has ended, or never was, stays as it is."""
    session = sa.and_(SignIn.secret_hash == secret_hash(secret), SignIn.ended_at.is_(None))
    account_id = conn.scalar(sa.select(SignIn.account_id).where(session))
    if account_id is None:
        return
    conn.execute(sa.update(SignIn).where(session).values(ended_at=clock.now()))
    changes.record(conn, _named(conn, account_id), Subject.ACCOUNTS, "signed_out", account_id)


def change_password(engine: sa.Engine, viewer: Viewer, old: str, new: str, secret: str | None = None) -> None:
    """Gives the viewer's own account another password and ends its sessions but that of `secret`.

    NotPossible when the old password is wrong (it counts like a failed sign-in), or the new one breaks the rule.
    """
    with reading(engine) as conn:
        login = conn.scalar(sa.select(Account.login).where(Account.id == viewer.account_id)) or ""
    newer = passwords.hashed(new, login)
    try:
        account = proven(engine, login, old)
    except NotPossible as refusal:
        key = "accounts.old_wrong" if refusal.key == "signin.failed" else refusal.key
        raise NotPossible(key, **refusal.values) from None
    with writing(engine) as conn:
        own = sa.update(Account).where(Account.id == account.id)
        conn.execute(own.values(password_hash=newer, version=Account.version + 1))
        end_all(conn, account.id, but=secret)
        changes.record(conn, viewer, Subject.ACCOUNTS, "password_changed", account.id)


def end_all(conn: sa.Connection, account_id: int, but: str | None = None) -> None:
    """Ends the sessions of an account, but that of one secret."""
    ending = sa.update(SignIn).where(SignIn.account_id == account_id, SignIn.ended_at.is_(None))
    if but is not None:
        ending = ending.where(SignIn.secret_hash != secret_hash(but))
    conn.execute(ending.values(ended_at=clock.now()))


def unlock(conn: sa.Connection, login: str) -> None:
    """Forgets the failures of what was typed."""
    conn.execute(sa.delete(SignInFailure).where(SignInFailure.typed_hash == typed_hash(login)))


def locked(conn: sa.Connection) -> Callable[[str], bool]:
    """Tells whether a login is locked now."""
    too_many = sa.and_(SignInFailure.failures >= MOST_FAILURES, SignInFailure.failed_at > clock.now() - LOCKED_FOR)
    found = set(conn.scalars(sa.select(SignInFailure.typed_hash).where(too_many)))
    return lambda login: typed_hash(login) in found


def account_of(conn: sa.Connection, login: str) -> Any:
    """The row of the account with this login, open or closed; None when there is none or it cannot be a login."""
    kept = folded(login)
    mine = sa.select(Account.table()).where(Account.login == kept)
    return conn.execute(mine).one_or_none() if LOGIN.fullmatch(kept) else None


def folded(login: str) -> str:
    """A login as it is kept: half-width, small letters, without blanks around it."""
    return unicodedata.normalize("NFKC", login).casefold().strip()


def typed_hash(login: str) -> str:
    return hashlib.sha256(folded(login).encode("utf-8", "surrogatepass")).hexdigest()


def secret_hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _one_more(conn: sa.Connection, typed: str) -> int | None:
    """The failures with this attempt counted; None while locked. Failures older than a lock are forgotten."""
    mine, now = SignInFailure.typed_hash == typed, clock.now()
    conn.execute(sa.delete(SignInFailure).where(SignInFailure.failed_at <= now - LOCKED_FOR))
    with suppress(sa.exc.IntegrityError), conn.begin_nested():
        conn.execute(sa.insert(SignInFailure).values(typed_hash=typed, failures=0, failed_at=now))
    counted = sa.update(SignInFailure).where(mine, SignInFailure.failures < MOST_FAILURES)
    if not conn.execute(counted.values(failures=SignInFailure.failures + 1, failed_at=now)).rowcount:
        return None
    return conn.scalar(sa.select(SignInFailure.failures).where(mine))


def _note_failure(engine: sa.Engine, account: Any, *, locked: bool) -> None:
    """The audit row of a failure; what was typed for an unknown name is not kept: it may be a password."""
    viewer = Viewer(account.id, account.name, Role(account.role)) if account else STRANGER
    action = "sign_in_locked" if locked else "sign_in_failed"
    with writing(engine) as conn:
        changes.note(conn, viewer, Subject.ACCOUNTS, action, account.id if account else None)


def _named(conn: sa.Connection, account_id: int) -> Viewer:
    account = conn.execute(sa.select(Account.table()).where(Account.id == account_id)).one()
    grids = sa.select(AccountGrid.grid_id).where(AccountGrid.account_id == account_id).order_by(AccountGrid.grid_id)
    return Viewer(
        account_id=account.id,
        name=account.name,
        role=Role(account.role),
        grids=tuple(conn.scalars(grids)),
        unit_id=account.unit_id,
        feed=Feed(account.feed) if account.feed else None,
    )
