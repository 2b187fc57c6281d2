"""Accounts: who may sign in and what each of them answers for."""

import unicodedata
from dataclasses import dataclass
from typing import Any

import polars as pl
import sqlalchemy as sa

import clock
from access import Permission, check
from data_access import changes, signins
from data_access.frames import MOMENT, Schema, by_the_minute, frame, stands_on
from data_access.passwords import hashed
from data_access.tables.accounts import Account, AccountGrid, SignIn
from data_access.tables.cases import Case
from data_access.tables.places import Grid, Unit
from texts import language
from vocabulary.enums import Feed, Role, Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible

LONGEST_NAME = 40
LISTED: Schema = {
    "id": pl.Int64,
    "login": pl.String,
    "name": pl.String,
    "role": pl.String,
    "grids": pl.List(pl.String),
    "unit": pl.String,
    "feed": pl.String,
    "open": pl.Boolean,
    "locked": pl.Boolean,
    "signed_in_at": MOMENT,
    "version": pl.Int64,
}


@dataclass(frozen=True)
class Duty:
    """A role with what it is for: a worker's grids and a unit account's unit, both by code; a feeder's feed."""

    role: Role
    grids: tuple[str, ...] = ()
    unit: str | None = None
    feed: Feed | None = None


@dataclass(frozen=True)
class Assignable:
    """Grids and units that can be given to accounts: their codes and names, by code."""

    grids: tuple[tuple[str, str], ...]
    units: tuple[tuple[str, str], ...]


@by_the_minute
@stands_on(Subject.ACCOUNTS, Subject.PLACES)
def listing(conn: sa.Connection, viewer: Viewer) -> pl.DataFrame:
    """All accounts, the open ones first, by login; grids and unit by code."""
    check(viewer, Permission.MANAGE_ACCOUNTS)
    grids: dict[int, list[str]] = {}
    of_grids = sa.select(AccountGrid.account_id, Grid.code).join(Grid, Grid.id == AccountGrid.grid_id)
    for account_id, code in conn.execute(of_grids.order_by(Grid.code)):
        grids.setdefault(account_id, []).append(code)
    last = sa.select(sa.func.max(SignIn.begun_at)).where(SignIn.account_id == Account.id).scalar_subquery()
    columns = (Account.id, Account.login, Account.name, Account.role, Unit.code, Account.feed, Account.closed_at)
    accounts = sa.select(*columns, last, Account.version).outerjoin(Unit, Unit.id == Account.unit_id)
    locked = signins.locked(conn)
    rows = [
        (key, login, name, role, grids.get(key, []), unit, feed, closed is None, locked(login), at, version)
        for key, login, name, role, unit, feed, closed, at, version in conn.execute(
            accounts.order_by(Account.closed_at.is_not(None), Account.login)
        )
    ]
    return frame(rows, LISTED)


@stands_on(Subject.PLACES)
def assignable(conn: sa.Connection, viewer: Viewer) -> Assignable:
    """What a role can be given, named in the language being spoken."""
    check(viewer, Permission.MANAGE_ACCOUNTS)
    grids = sa.select(Grid.code, _name_of(Grid)).order_by(Grid.code)
    units = sa.select(Unit.code, _name_of(Unit)).order_by(Unit.code)
    return Assignable(
        grids=tuple((code, name) for code, name in conn.execute(grids)),
        units=tuple((code, name) for code, name in conn.execute(units)),
    )


def busiest_unit(conn: sa.Connection, viewer: Viewer) -> str | None:
    """The code of the unit that leads most cases, among equals the first; None when there is no unit."""
    check(viewer, Permission.MANAGE_ACCOUNTS)
    units = sa.select(Unit.code).outerjoin(Case, Case.lead_unit_id == Unit.id).group_by(Unit.id, Unit.code)
    return conn.scalar(units.order_by(sa.func.count(Case.id).desc(), Unit.code).limit(1))


@stands_on(Subject.ACCOUNTS)
def none_yet(conn: sa.Connection, _viewer: Viewer) -> bool:
    """Is there no account at all, so that the first one must be set up?"""
    return conn.scalar(sa.select(Account.id).limit(1)) is None


def duty(conn: sa.Connection, viewer: Viewer, login: str) -> Duty:
    """What an account is for. NotPossible when there is none of this login."""
    check(viewer, Permission.MANAGE_ACCOUNTS)
    account = _account(conn, login)
    grids = sa.select(Grid.code).join(AccountGrid, AccountGrid.grid_id == Grid.id).order_by(Grid.code)
    unit = conn.scalar(sa.select(Unit.code).where(Unit.id == account.unit_id))
    return Duty(
        role=Role(account.role),
        grids=tuple(conn.scalars(grids.where(AccountGrid.account_id == account.id))),
        unit=unit,
        feed=Feed(account.feed) if account.feed else None,
    )


def add(conn: sa.Connection, viewer: Viewer, login: str, name: str, password: str, duty: Duty) -> int:
    """A new account; its id. NotPossible for a login that is taken or unusable, an empty name, a weak password."""
    check(viewer, Permission.MANAGE_ACCOUNTS)
    login, name = _usable_login(login), _usable_name(name)
    if conn.scalar(sa.select(Account.id).where(Account.login == login)) is not None:
        raise NotPossible("accounts.login_taken", login=login)
    given = {"login": login, "name": name, "password_hash": hashed(password, login), **_columns(conn, duty)}
    (key,) = conn.execute(sa.insert(Account).values(**given)).inserted_primary_key or (0,)
    _give_grids(conn, key, duty)
    changes.record(conn, viewer, Subject.ACCOUNTS, "account_added", key, **_said(login, duty))
    return int(key)


def assign(conn: sa.Connection, viewer: Viewer, login: str, duty: Duty, version: int | None = None) -> None:
    """Gives an account this duty; it takes effect at its next look. NotPossible when somebody else changed it after
    `version`, or when no open admin would remain."""
    check(viewer, Permission.MANAGE_ACCOUNTS)
    _keep_admins(conn)
    account = _account(conn, login)
    if version is not None and version != account.version:
        raise NotPossible("accounts.changed_meanwhile", login=account.login)
    _update(conn, account, **_columns(conn, duty))
    conn.execute(sa.delete(AccountGrid).where(AccountGrid.account_id == account.id))
    _give_grids(conn, account.id, duty)
    _need_an_admin(conn)
    changes.record(conn, viewer, Subject.ACCOUNTS, "account_assigned", account.id, **_said(account.login, duty))


def rename(conn: sa.Connection, viewer: Viewer, login: str, name: str) -> None:
    """Gives the person of an account another name."""
    check(viewer, Permission.MANAGE_ACCOUNTS)
    account = _account(conn, login)
    _update(conn, account, name=_usable_name(name))
    changes.record(conn, viewer, Subject.ACCOUNTS, "account_renamed", account.id, login=account.login)


def reset(conn: sa.Connection, viewer: Viewer, login: str, password: str) -> None:
    """Gives an account another password: its sessions end, a lock is lifted."""
    check(viewer, Permission.MANAGE_ACCOUNTS)
    account = _account(conn, login)
    _update(conn, account, password_hash=hashed(password, account.login))
    signins.end_all(conn, account.id)
    signins.unlock(conn, account.login)
    changes.record(conn, viewer, Subject.ACCOUNTS, "password_reset", account.id, login=account.login)


def close(conn: sa.Connection, viewer: Viewer, login: str) -> None:
    """Closes an account: its sessions end, nobody can sign in with it. NotPossible for the last open admin."""
    check(viewer, Permission.MANAGE_ACCOUNTS)
    _keep_admins(conn)
    account = _account(conn, login)
    if account.closed_at is not None:
        raise NotPossible("accounts.closed_already", login=account.login)
    _update(conn, account, closed_at=clock.now())
    signins.end_all(conn, account.id)
    _need_an_admin(conn)
    changes.record(conn, viewer, Subject.ACCOUNTS, "account_closed", account.id, login=account.login)


def reopen(conn: sa.Connection, viewer: Viewer, login: str) -> None:
    """Opens a closed account again, with the password it had."""
    check(viewer, Permission.MANAGE_ACCOUNTS)
    account = _account(conn, login)
    if account.closed_at is None:
        raise NotPossible("accounts.open_already", login=account.login)
    _update(conn, account, closed_at=None)
    changes.record(conn, viewer, Subject.ACCOUNTS, "account_reopened", account.id, login=account.login)


def _account(conn: sa.Connection, login: str) -> Any:
    account = signins.account_of(conn, login)
    if account is None:
        raise NotPossible("accounts.no_account", login=_shown(login))
    return account


def _update(conn: sa.Connection, account: Any, **values: Any) -> None:
    conn.execute(sa.update(Account).where(Account.id == account.id).values(version=Account.version + 1, **values))


def _columns(conn: sa.Connection, duty: Duty) -> dict[str, Any]:
    """The columns that hold a duty. NotPossible when something is missing for the role or belongs to another role."""
    if (duty.role is Role.UNIT) != (duty.unit is not None):
        raise NotPossible("accounts.unit_and_role", role=duty.role)
    if (duty.role is Role.FEEDER) != (duty.feed is not None):
        raise NotPossible("accounts.feed_and_role", role=duty.role)
    if duty.grids and duty.role is not Role.WORKER:
        raise NotPossible("accounts.grids_and_role", role=duty.role)
    units = dict(conn.execute(sa.select(Unit.code, Unit.id)).all())
    if duty.unit is not None and duty.unit not in units:
        raise NotPossible("accounts.no_unit", code=_shown(duty.unit))
    return {"role": duty.role, "unit_id": units.get(duty.unit or ""), "feed": duty.feed}


def _give_grids(conn: sa.Connection, account_id: int, duty: Duty) -> None:
    grids = dict(conn.execute(sa.select(Grid.code, Grid.id)).all())
    for code in dict.fromkeys(duty.grids):
        if code not in grids:
            raise NotPossible("accounts.no_grid", code=_shown(code))
        conn.execute(sa.insert(AccountGrid).values(account_id=account_id, grid_id=grids[code]))


def _name_of(table: type[Grid] | type[Unit]) -> sa.ColumnElement[str]:
    return sa.func.coalesce(table.name_en, table.name) if language() == "en" else sa.type_coerce(table.name, sa.Text)


def _open_admins() -> sa.Select[int]:
    return sa.select(Account.id).where(Account.role == Role.ADMIN.value, Account.closed_at.is_(None))


def _keep_admins(conn: sa.Connection) -> None:
    """Two admins who close one another at the same moment come one after the other (SQLite writes so anyway)."""
    conn.execute(_open_admins().order_by(Account.id).with_for_update()).all()


def _need_an_admin(conn: sa.Connection) -> None:
    if conn.execute(_open_admins().limit(1)).first() is None:
        raise NotPossible("accounts.last_admin")


def _usable_login(login: str) -> str:
    usable = signins.folded(login)
    if not signins.LOGIN.fullmatch(usable):
        raise NotPossible("accounts.login_rule", login=_shown(login))
    return usable


def _usable_name(name: str) -> str:
    usable = " ".join(name.split())
    if not 0 < len(usable) <= LONGEST_NAME or any(unicodedata.category(sign)[0] == "C" for sign in usable):
        raise NotPossible("accounts.name_rule", name=_shown(name), longest=LONGEST_NAME)
    return usable


def _shown(typed: str) -> str:
    """What was typed, fit for a sentence: in one short line, without signs that cannot be seen."""
    line = "".join(sign if sign.isprintable() else "�" for sign in typed)
    return f"{line[:64]}…" if len(line) > 64 else line


def _said(login: str, duty: Duty) -> dict[str, Any]:
    given = {"grids": list(duty.grids), "unit": duty.unit, "feed": duty.feed}
    return {"login": login, "role": duty.role} | {name: value for name, value in given.items() if value}
