"""A new database made aside, so that its file appears whole or not at all."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data_access import migrate
from data_access.engine import Engine, open_engine, sqlite_url

PREFIX = "loading-"
LEFTOVER_SECONDS = 3600


@contextmanager
def whole(file: Path) -> Iterator[Engine]:
    """An empty database to fill; when the block ends well its file gets this name.

    FileExistsError when there is one of this name by then: it is never replaced.
    """
    with thrown_away(file.parent) as engine:
        yield engine
        made = engine.url.database
        engine.dispose()
        _put(Path(made or ""), file)


@contextmanager
def thrown_away(folder: Path) -> Iterator[Engine]:
    """An empty, up-to-date database for the length of the block."""
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    with tempfile.TemporaryDirectory(dir=folder, prefix=PREFIX, ignore_cleanup_errors=True) as aside:
        engine = open_engine(sqlite_url(Path(aside) / "new.db"))
        try:
            migrate.upgrade(engine)
            yield engine
        finally:
            engine.dispose()


def _put(made: Path, file: Path) -> None:
    """For its owner only. A link refuses to take the place of another file; a renaming may not."""
    made.chmod(0o600)
    try:
        os.link(made, file)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if file.exists():
            raise FileExistsError(file) from None
        made.rename(file)


def _sweep(folder: Path) -> None:
    """Removes what is left of a making that the machine went off in the middle of."""
    for old in folder.glob(f"{PREFIX}*"):
        if time.time() - old.stat().st_mtime > LEFTOVER_SECONDS:
            shutil.rmtree(old, ignore_errors=True)
