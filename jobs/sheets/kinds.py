"""What a kind of sheet is declared with: its book, its columns, what each of them holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto

from access import Permission
from data_access.books import Book
from texts import LANGUAGES, Language, known, language, said_in


class Holds(StrEnum):
    """What the cells of a column hold."""

    TEXT = auto()
    WHOLE = auto()
    NUMBER = auto()
    YUAN = auto()
    DAY = auto()
    MONTH = auto()
    MOMENT = auto()
    TIME = auto()
    YES_NO = auto()
    WORD = auto()
    WORDS = auto()
    CODE = auto()
    CODES = auto()


@dataclass(frozen=True)
class Column:
    """A field of the kind's book under its headings; `also` are further ones, parted by blanks.

    `words` is the enumeration of a WORD, `of` names what a CODE is of. `needed`: a new row must have it. `lone`: an
    empty cell of a new row means the only thing there is. `usual` is what an empty cell of a new row means. `covered`
    is left out of an export for those who may not write the kind.
    """

    field: str
    holds: Holds
    example: object
    needed: bool = False
    also: str = ""
    words: type[StrEnum] | None = None
    of: str = ""
    lone: bool = False
    usual: object = None
    longest: int = 500
    most: int = 1_000_000_000
    covered: bool = False


@dataclass(frozen=True)
class Kind:
    """A kind of sheet. `see` is what reading its rows asks for; `day` the field that tells a row's day."""

    key: str
    book: Book
    columns: tuple[Column, ...]
    see: Permission
    day: str = ""
    fields: Mapping[str, Column] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "fields", {column.field: column for column in self.columns})

    @property
    def name(self) -> str:
        return said_in(language(), f"sheet_kinds.{self.key}.name")

    @property
    def permission(self) -> Permission:
        return self.book.permission

    @property
    def identity(self) -> tuple[Column, ...]:
        return tuple(self.fields[name] for name in self.book.identity)

    def heading(self, column: Column, spoken: Language | None = None) -> str:
        """The heading of a column: the kind's own, else the common one of the field."""
        return said_in(spoken or language(), self._key("field", column))

    def headings(self, column: Column) -> tuple[str, ...]:
        """Every heading that is recognised, in both languages."""
        own = (self.heading(column, spoken) for spoken in LANGUAGES)
        return tuple(dict.fromkeys((*own, *column.also.split())))

    def note(self, column: Column) -> str:
        """What must be said of a column beside what it holds."""
        key = self._key("note", column)
        return said_in(language(), key) if known(key) else ""

    def _key(self, what: str, column: Column) -> str:
        own = f"sheet_kinds.{self.key}.{what}.{column.field}"
        return own if known(own) else f"sheet_kinds.{what}.{column.field}"


def value_of(example: object) -> object:
    """The plain value of a member, anything else as it is."""
    return example.value if isinstance(example, Enum) else example
