"""What somebody chose for an import: columns mapped by hand, words that the product doesn't know, the source."""

from dataclasses import dataclass
from enum import StrEnum

ANY = "*"
"""Stands for every word of a field that has no choice of its own."""


class Choice(StrEnum):
    """What to do with an unknown word, beside giving it a meaning."""

    KEEP = "keep"
    CREATE = "create"
    EMPTY = "empty"
    LEAVE = "leave"


@dataclass(frozen=True)
class Choices:
    """`columns`: heading to field, "" leaves a column out. `words`: field, word (or ANY), what it means or a Choice."""

    columns: tuple[tuple[str, str], ...] = ()
    words: tuple[tuple[str, str, str], ...] = ()
    source: str | None = None

    def of(self, field: str, word: str) -> str | None:
        """What was chosen for this word, the choice for any word included."""
        chosen = {said: meaning for name, said, meaning in self.words if name == field}
        return chosen.get(word, chosen.get(ANY))
