"""Before a start: opens the right database, brings it up to date, fills a demo, and says where to go and who may enter.

`python -m jobs.prepare`; `make run` calls it. What only a first start needs is imported there, so that each later
one is quick.
"""

import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import clock
import settings
from data_access import installation as kept
from data_access.engine import Connection, Engine, reading, writing
from jobs import aside, installation, terminal
from texts import LANGUAGES, said_in
from vocabulary.refusals import NotPossible

Say = Callable[[str], None]
DEMO_DAYS = 400
CODE_IS_FRESH = timedelta(minutes=10)
ANYWHERE = ("0.0.0.0", "::")


def prepare(say: Say = print) -> None:
    """Leaves an installation that can be opened, and says how. NotPossible when a demo is wanted where rows stand."""
    chosen = settings.read()
    installation.contact_seal()
    if installation.on_demo_file(chosen) and not installation.demo_file(chosen).exists():
        _make_demo_file(installation.demo_file(chosen), say)
    engine = installation.opened()
    _load_where_wanted(engine, chosen, say)
    for address in addresses(chosen):
        say(f"{_both('words.product')}: {address}")
    with writing(engine) as conn:
        lines = _way_in(conn)
    for line in lines:
        say(line)


def unless_prepared(say: Say = print) -> None:
    """For a server that was not started by `make run`: does what is left to do, and is silent when that is nothing."""
    engine = installation.opened() if _exists(settings.read()) else None
    if engine is None or not _ready(engine):
        prepare(say)


def addresses(chosen: settings.Settings) -> list[str]:
    """Where the product can be opened: on this machine, and under its name when it listens to a network."""
    scheme = "https" if chosen.https else "http"
    here = "127.0.0.1" if chosen.host in ANYWHERE else chosen.host
    hosts = [f"[{here}]" if ":" in here else here, *([socket.gethostname()] if chosen.host in ANYWHERE else [])]
    return [f"{scheme}://{host}:{chosen.port}" for host in hosts]


def _make_demo_file(file: Path, say: Say) -> None:
    with suppress(FileExistsError), aside.whole(file) as engine:  # another start may have been faster
        _load(engine, say)


def _load_where_wanted(engine: Engine, chosen: settings.Settings, say: Say) -> None:
    """Loads the demo into an empty demo file that a job opened, and into a given database where that is asked for."""
    wanted = installation.on_demo_file(chosen) or (chosen.database_url is not None and chosen.demo)
    with reading(engine) as conn:
        if not wanted or (kept.holds_places(conn) and kept.is_demo(conn)):
            return
        tried = kept.holds_anything(conn)
        if tried and not kept.is_demo(conn):
            raise NotPossible("installation.holds_rows")
    if tried:
        say(_both("installation.rows_tried", command=terminal.command("jobs.demo_data --fresh")))
    else:
        _load(engine, say)


def _load(engine: Engine, say: Say) -> None:
    from jobs import demo_data  # noqa: PLC0415 (slow to import; only a first start needs it)

    say(_both("installation.loading"))
    demo_data.load(engine, days=DEMO_DAYS)


def _way_in(conn: Connection) -> list[str]:
    """What the operator must know to sign in: new demo accounts, a setup code, or how to make new passwords."""
    claimed, demo = kept.holds_accounts(conn), kept.is_demo(conn)
    if claimed:
        return [_both("installation.forgotten", command=terminal.command("jobs.accounts reset"))] if demo else []
    if demo:
        from jobs import demo_accounts  # noqa: PLC0415 (needs polars, which takes a quarter of a second to import)

        rows = demo_accounts.table(demo_accounts.make(conn))
        return [_both("installation.demo_accounts"), terminal.aligned(rows)]
    from jobs import claim  # noqa: PLC0415 (as above)

    return [f"{_both('installation.setup_code')}: {claim.fresh_code(conn)}"]


def _both(key: str, **values: object) -> str:
    """A sentence in both languages: nobody has chosen one yet."""
    return " / ".join(said_in(language, key, **values) for language in LANGUAGES)


def _exists(chosen: settings.Settings) -> bool:
    return not installation.on_demo_file(chosen) or installation.demo_file(chosen).exists()


def _ready(engine: Engine) -> bool:
    """Are there accounts, or a setup code that was shown a moment ago (by `make run`, before it started us)?"""
    with reading(engine) as conn:
        shown_at = kept.facts(conn).get("setup_code_at")
        fresh = shown_at is not None and clock.now() - datetime.fromisoformat(shown_at) < CODE_IS_FRESH
        return kept.holds_accounts(conn) or fresh


def main() -> int:
    prepare()
    return 0


if __name__ == "__main__":
    sys.exit(terminal.ended(main))
