"""How far an import is: told while it runs."""

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from texts import t

LONG = 5_000
"""From so many rows on, progress is told."""
Progress = Callable[[str, int, int], None]
"""Told of a stage, how many rows of it are done, of how many."""


def silent(_stage: str, _done: int, _of: int) -> None:
    """Tells nobody."""


class Told:
    """Progress at the terminal, on standard error: one line that is written over, or single lines in a log."""

    def __init__(self) -> None:
        self._over = sys.stderr.isatty()
        self._open = False

    def __call__(self, stage: str, done: int, of: int) -> None:
        if of < LONG:
            return
        line = t("imports.cli.progress", stage=t(f"imports.stage.{stage}"), done=done, of=of)
        print(f"\r{line}" if self._over else line, end="" if self._over else "\n", file=sys.stderr, flush=True)
        self._open = self._over

    def end(self) -> None:
        if self._open:
            print(file=sys.stderr)
            self._open = False


@contextmanager
def spared(tell: Progress) -> Iterator[Progress]:
    """The same progress, at each step of which what stands is put out of the garbage collector's way.

    It would walk through a million objects of rows again and again: a tenth of the time.
    """

    def told(stage: str, done: int, total: int) -> None:
        gc.freeze()
        tell(stage, done, total)

    try:
        yield told
    finally:
        gc.unfreeze()
