"""Beginning in earnest: the office's own database, with a named admin and, as chosen, the demo's places and rules.

`python -m jobs.begin [--login L] [--name N] [--start-from places grids units rules]`; the password comes from
standard input, or is freshly made and shown once.
"""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import clock
import settings
from access import OPERATOR, Permission, check
from data_access import accounts, beginnings, changes, migrate
from data_access import installation as kept
from data_access.beginnings import Start
from data_access.engine import Connection, Engine, open_engine, reading, sqlite_url, writing
from data_access.passwords import fresh_password
from jobs import aside, installation, terminal
from texts import t
from vocabulary.enums import Role, Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible


@dataclass(frozen=True)
class Admin:
    """The first admin of the office's own database."""

    login: str
    name: str
    password: str


def begin(viewer: Viewer, admin: Admin, parts: tuple[Start, ...]) -> None:
    """Makes the office's own database, whole or not at all; the running product goes over to it by itself.

    NotPossible when it has begun already, or when the admin cannot be made.
    """
    check(viewer, Permission.BEGIN_OFFICE)
    chosen = settings.read()
    if chosen.database_url is not None:
        _begin_in(installation.opened(), admin, parts)
        return
    file = installation.real_file(chosen)
    if file.exists():
        raise NotPossible("installation.begun", file=file)
    try:
        with aside.whole(file) as engine:
            _begin_in(engine, admin, parts)
    except FileExistsError:  # somebody else began in the meantime
        raise NotPossible("installation.begun", file=file) from None


def _begin_in(engine: Engine, admin: Admin, parts: tuple[Start, ...]) -> None:
    """One transaction. NotPossible where anything stands already."""
    with _demo() as source, reading(source) as old, writing(engine) as conn:
        if kept.is_demo(conn) or kept.holds_anything(conn):
            raise NotPossible("installation.holds_rows")
        beginnings.copy(old, conn, parts)
        _name(old, conn)
        duty = accounts.Duty(Role.ADMIN)
        key = accounts.add(conn, OPERATOR, admin.login, admin.name, admin.password, duty)
        changes.record(conn, OPERATOR, Subject.ACCOUNTS, "office_begun", key, start=[part.value for part in parts])
        for subject in Subject:
            changes.raise_version(conn, subject)


def _name(old: Connection, conn: Connection) -> None:
    """The database says that it is real, since when, and of which community."""
    named = {name: value for name, value in kept.facts(old).items() if name in ("community", "street")}
    for name, value in {**named, "kind": "real", "begun_on": str(clock.today())}.items():
        kept.write_fact(conn, name, value)


@contextmanager
def _demo() -> Iterator[Engine]:
    """The loaded demo; where there is none, a short one that is thrown away: its places and rules are the same."""
    chosen = settings.read()
    if installation.demo_file(chosen).exists():
        engine = open_engine(sqlite_url(installation.demo_file(chosen)))
        try:
            migrate.upgrade(engine)
            if _loaded(engine):
                yield engine
                return
        finally:
            engine.dispose()
    from jobs import demo_data  # noqa: PLC0415 (slow to import, seldom needed)

    with aside.thrown_away(chosen.data_folder) as short:
        demo_data.load(short, days=1)
        yield short


def _loaded(engine: Engine) -> bool:
    with reading(engine) as conn:
        return kept.holds_places(conn)


def main(words: list[str] | None = None) -> int:
    """The command: asks for what it was not given, says where the office's database stands."""
    parser = argparse.ArgumentParser(prog="python -m jobs.begin", description=t("installation.begin_about"))
    parser.add_argument("--login", help=t("installation.begin_login"))
    parser.add_argument("--name", help=t("installation.begin_name"))
    parts = [part.value for part in Start]
    parser.add_argument(
        "--start-from", nargs="*", choices=parts, default=parts, metavar="PART", help=t("installation.begin_parts")
    )
    asked = parser.parse_args(words)
    login = terminal.answer(t("installation.ask_login"), asked.login)
    name = terminal.answer(t("installation.ask_name"), asked.name)
    given = terminal.password_given(t("installation.ask_password"))
    password = given or fresh_password()
    begin(OPERATOR, Admin(login, name, password), tuple(Start(part) for part in asked.start_from))
    print(t("installation.begun_now", login=login))
    if given is None:
        print(t("installation.password_once", password=password))
    return 0


if __name__ == "__main__":
    sys.exit(terminal.ended(main))
