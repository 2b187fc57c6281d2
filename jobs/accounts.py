"""Accounts from the terminal: list, add, role, grids, unit, feed, reset, close, reopen.

`python -m jobs.accounts COMMAND`; a password is the first line of standard input, or freshly made and shown once.
"""

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from typing import Any, TypeVar

from access import OPERATOR
from data_access import accounts
from data_access.accounts import Duty
from data_access.engine import Connection, writing
from data_access.installation import is_demo
from data_access.passwords import fresh_password
from jobs import demo_accounts, installation, terminal
from texts import LANGUAGES, said_in, t
from vocabulary.enums import Feed, Role
from vocabulary.refusals import NotPossible, word

Asked = argparse.Namespace
E = TypeVar("E", bound=StrEnum)
Does = Callable[[Connection, Asked], list[str]]


def main(words: list[str] | None = None) -> int:
    """The command. Passwords are read before anything is locked for writing."""
    asked = _parser().parse_args(words)
    asked.password, said = _password(asked.login) if asked.takes_password and asked.login else ("", [])
    with writing(installation.opened()) as conn:
        lines = asked.does(conn, asked)
    for line in [*lines, *said]:
        print(line)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m jobs.accounts", description=t("accounts.cli.about"))
    parser.set_defaults(login=None, takes_password=False)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _command(commands, "list", _list)
    add = _command(commands, "add", _add, "login", password=True)
    add.add_argument("--name")
    add.add_argument("--role", required=True)
    for takes_duty in (add, _command(commands, "role", _role, "login", "role")):
        takes_duty.add_argument("--grids", nargs="*", metavar="CODE", default=[])
        takes_duty.add_argument("--unit", metavar="CODE")
        takes_duty.add_argument("--feed")
    _command(commands, "grids", _grids, "login").add_argument("grids", nargs="*", metavar="CODE")
    _command(commands, "unit", _unit, "login", "unit")
    _command(commands, "feed", _feed, "login", "feed")
    _command(commands, "reset", _reset, password=True).add_argument("login", nargs="?")
    _command(commands, "close", _close, "login")
    _command(commands, "reopen", _reopen, "login")
    return parser


def _command(commands: Any, name: str, does: Does, *words: str, password: bool = False) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = commands.add_parser(name, help=t(f"accounts.cli.{name}"))
    made.set_defaults(does=does, takes_password=password)
    for argument in words:
        made.add_argument(argument)
    return made


def _list(conn: Connection, _asked: Asked) -> list[str]:
    columns = ("login", "name", "role", "duty", "state")
    rows = [tuple(t(f"accounts.column.{column}") for column in columns)]
    for row in accounts.listing(conn, OPERATOR).iter_rows(named=True):
        feed = word(Feed(row["feed"])) if row["feed"] else ""
        state = "locked" if row["locked"] else "open" if row["open"] else "closed"
        duty = "、".join(row["grids"]) or row["unit"] or feed
        rows.append((row["login"], row["name"], word(Role(row["role"])), duty, t(f"accounts.state.{state}")))
    return [terminal.aligned(rows)] if len(rows) > 1 else [t("accounts.none")]


def _add(conn: Connection, asked: Asked) -> list[str]:
    duty = Duty(_role_named(asked.role), tuple(asked.grids), asked.unit, _feed_named(asked.feed))
    accounts.add(conn, OPERATOR, asked.login, asked.name or asked.login, asked.password, duty)
    return [t("accounts.cli.added", login=asked.login, role=word(duty.role))]


def _role(conn: Connection, asked: Asked) -> list[str]:
    duty = Duty(_role_named(asked.role), tuple(asked.grids), asked.unit, _feed_named(asked.feed))
    return _assign(conn, asked.login, duty)


def _grids(conn: Connection, asked: Asked) -> list[str]:
    return _assign(conn, asked.login, replace(accounts.duty(conn, OPERATOR, asked.login), grids=tuple(asked.grids)))


def _unit(conn: Connection, asked: Asked) -> list[str]:
    return _assign(conn, asked.login, replace(accounts.duty(conn, OPERATOR, asked.login), unit=asked.unit))


def _feed(conn: Connection, asked: Asked) -> list[str]:
    feed = _feed_named(asked.feed)
    return _assign(conn, asked.login, replace(accounts.duty(conn, OPERATOR, asked.login), feed=feed))


def _reset(conn: Connection, asked: Asked) -> list[str]:
    """One account, or in a demo all that came with it: its passwords are shown nowhere else."""
    if asked.login is None and is_demo(conn):
        return [terminal.aligned(demo_accounts.table(demo_accounts.renew(conn)))]
    if asked.login is None:
        raise NotPossible("accounts.cli.whose")
    accounts.reset(conn, OPERATOR, asked.login, asked.password)
    return [t("accounts.cli.reset_done", login=asked.login)]


def _close(conn: Connection, asked: Asked) -> list[str]:
    accounts.close(conn, OPERATOR, asked.login)
    return [t("accounts.cli.closed", login=asked.login)]


def _reopen(conn: Connection, asked: Asked) -> list[str]:
    accounts.reopen(conn, OPERATOR, asked.login)
    return [t("accounts.cli.reopened", login=asked.login)]


def _assign(conn: Connection, login: str, duty: Duty) -> list[str]:
    accounts.assign(conn, OPERATOR, login, duty)
    return [t("accounts.cli.assigned", login=login)]


def _password(login: str) -> tuple[str, list[str]]:
    """The password given, or a fresh one with the line that shows it."""
    given = terminal.password_given(t("accounts.cli.ask_password", login=login))
    if given is not None:
        return given, []
    fresh = fresh_password()
    return fresh, [t("accounts.cli.password_once", password=fresh)]


def _role_named(typed: str) -> Role:
    """A role by its key or by its word in either language."""
    return _named(Role, typed, "accounts.cli.no_role")


def _feed_named(typed: str | None) -> Feed | None:
    return None if typed is None else _named(Feed, typed, "accounts.cli.no_feed")


def _named(kind: type[E], typed: str, refusal: str) -> E:
    for member in kind:
        named = (said_in(language, f"words.{kind.__name__.lower()}.{member.value}") for language in LANGUAGES)
        if typed.strip().lower() in {member.value, *(name.lower() for name in named)}:
            return member
    known = "、".join(f"{member.value}（{word(member)}）" for member in kind)
    raise NotPossible(refusal, typed=typed, known=known)


if __name__ == "__main__":
    sys.exit(terminal.ended(main))
