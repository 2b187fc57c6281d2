"""The two ways the product says no."""

from enum import Enum

from texts import t


class Refusal(Exception):
    """A sentence for the reader: a text key with the values that fill it, said in the language of whoever reads it."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values

    def __str__(self) -> str:
        said = {name: word(v) if isinstance(v, Enum) else v for name, v in self.values.items()}
        return t(self.key, **said)

    def __reduce__(self) -> tuple[object, ...]:
        return (_again, (type(self), self.key, self.values))


class NotPossible(Refusal):
    """What was asked cannot be done with this data; the sentence names the thing and its value."""


class NotAllowed(Refusal):
    """Who asks may not do this."""


def word(member: Enum) -> str:
    """The reader's word for an enumeration's member: `words.case_status.pending`.

    The words of an enumeration in a file of its own, vocabulary/peace_post.py, stand in `peace_post.word.…`.
    """
    return t(f"{home_of_words(type(member))}.{member.value}")


def home_of_words(kind: type[Enum]) -> str:
    """The key under which the words of this enumeration stand."""
    name = "".join(f"_{c.lower()}" if c.isupper() else c for c in kind.__name__).lstrip("_")
    file = kind.__module__.rpartition(".")[2]
    return f"words.{name}" if file in ("enums", "access") else f"{file}.word.{name}"


def _again(kind: type[Refusal], key: str, values: dict[str, object]) -> Refusal:
    return kind(key, **values)
