"""How far an import is: told while it runs."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Told of a stage, how many rows of it are done, of how many."""


def silent(_stage: str, _done: int, _of: int) -> None:
    """Tells nobody."""
