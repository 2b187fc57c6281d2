"""What a book is: the rows of one kind as a sheet holds them, read by identity or by days, written one at a time."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import sqlalchemy as sa

from access import Permission, check
from data_access import changes
from data_access.imports.writing import begun
from vocabulary.enums import Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible

Row = dict[str, Any]
Key = tuple[Any, ...]
Condition = sa.ColumnElement[bool]
AT_ONCE = 100
AT_ONCE_ALONE = 1_000
PATIENCE_SECONDS = 30.0


class Writer(Protocol):
    """Writes the rows of one sheet; `finish` writes what was gathered and what follows from the rows."""

    def write(self, row: Row, before: Row | None) -> None: ...

    def finish(self) -> None: ...


WriteRow = Callable[[sa.Connection, Viewer, Row, Row | None], None]


@dataclass(frozen=True)
class Book:
    """`columns` are the fields of a row as the database says them, those of `identity` among them.

    `seen` narrows to what a viewer may touch, `day` is what an export is narrowed by, `shaped` makes a row of what
    was read. `bulk` writers need no savepoint: they refuse before they write.
    """

    subject: Subject
    permission: Permission
    identity: tuple[str, ...]
    columns: Mapping[str, Any]
    source: sa.FromClause
    writer: Callable[[sa.Connection, Viewer], Writer]
    day: Any = None
    seen: Callable[[Viewer], Sequence[Condition]] = lambda _viewer: ()
    shaped: Callable[[Row], Row] = lambda row: row
    bulk: bool = False


@contextmanager
def turn(engine: sa.Engine, *, keep: bool) -> Iterator[sa.Connection]:
    """One transaction, kept or, for a preview, undone; waits for the writer before it. NotPossible when that lasts."""
    with ExitStack() as stack:
        conn = begun(engine, stack, time.monotonic() + PATIENCE_SECONDS)
        yield conn
        if not keep:
            conn.rollback()


def open_book(conn: sa.Connection, viewer: Viewer, book: Book) -> Writer:
    """The writer of one sheet. NotAllowed for those who may not; raising the version lets writers in one by one."""
    check(viewer, book.permission)
    changes.raise_version(conn, book.subject)
    return book.writer(conn, viewer)


def stored(conn: sa.Connection, viewer: Viewer, book: Book, keys: Sequence[Key]) -> dict[Key, Row]:
    """The rows of these identities by identity; `reach` tells whether the viewer may touch it."""
    found: dict[Key, Row] = {}
    alone = len(book.identity) == 1
    step = AT_ONCE_ALONE if alone else AT_ONCE
    for first in range(0, len(keys), step):
        some = keys[first : first + step]
        which = _one_of(book, [key[0] for key in some]) if alone else sa.or_(*(_is(book, key) for key in some))
        for row in _rows(conn, viewer, book, which):
            found[tuple(row[name] for name in book.identity)] = row
    return found


def listed(conn: sa.Connection, viewer: Viewer, book: Book, since: date | None, until: date | None) -> list[Row]:
    """The rows that a viewer may touch, in the order they came; of these days where the book has days."""
    return list(_rows(conn, viewer, book, *_within(book, since, until), *book.seen(viewer)))


def counted(conn: sa.Connection, viewer: Viewer, book: Book, since: date | None, until: date | None) -> int:
    """How many rows `listed` gives."""
    which = [*_within(book, since, until), *book.seen(viewer)]
    return int(conn.scalar(sa.select(sa.func.count()).select_from(book.source).where(*which)) or 0)


def attempt(conn: sa.Connection, writer: Writer, book: Book, viewer: Viewer, row: Row, before: Row | None) -> Row:
    """Writes one row; gives it as it stands then. NotPossible leaves nothing of it behind, what changes nothing too."""
    if book.bulk and before is None:
        writer.write(row, before)
        return row
    key = tuple(row[name] for name in book.identity)
    try:
        with conn.begin_nested() as part:
            writer.write(row, before)
            now = stored(conn, viewer, book, [key]).get(key, row)
            if before is not None and same(now, before):
                part.rollback()
            return now
    except (sa.exc.IntegrityError, sa.exc.DataError) as problem:
        why = str(problem.orig).split("\n", 1)[0]
        raise NotPossible("sheet_kinds.refused.database", why=why) from problem


def same(now: Row, before: Row) -> bool:
    """Do both say the same, versions aside?"""
    return all(now[name] == value for name, value in before.items() if name != "version")


@dataclass
class OneByOne:
    """A writer that hands each row to a function, and afterwards does what follows from all of them."""

    conn: sa.Connection
    viewer: Viewer
    one: WriteRow
    after: Callable[[sa.Connection, Viewer], object] | None = None

    def write(self, row: Row, before: Row | None) -> None:
        """NotPossible without the number of the row within a list of one."""
        try:
            self.one(self.conn, self.viewer, row, before)
        except NotPossible as refusal:
            inner = refusal.__cause__
            raise (inner if isinstance(inner, NotPossible) else refusal) from None

    def finish(self) -> None:
        """Does what follows, once for the sheet."""
        if self.after:
            self.after(self.conn, self.viewer)


def one_by_one(
    one: WriteRow, after: Callable[[sa.Connection, Viewer], object] | None = None
) -> Callable[[sa.Connection, Viewer], Writer]:
    """The writer of books whose rows are written by a function; `after` follows the last row."""
    return lambda conn, viewer: OneByOne(conn, viewer, one, after)


def _rows(conn: sa.Connection, viewer: Viewer, book: Book, *which: Condition) -> Iterator[Row]:
    reach = sa.and_(sa.true(), *book.seen(viewer)).label("reach")
    columns = [expression.label(name) for name, expression in book.columns.items()]
    statement = sa.select(*columns, reach).select_from(book.source).where(*which).order_by(book.columns["id"])
    for found in conn.execute(statement).mappings():
        yield book.shaped(dict(found))


def _within(book: Book, since: date | None, until: date | None) -> list[Condition]:
    return [book.day.between(since, until)] if book.day is not None and since and until else []


def _one_of(book: Book, values: list[Any]) -> Condition:
    which: Condition = book.columns[book.identity[0]].in_(values)
    return which


def _is(book: Book, key: Key) -> Condition:
    parts = zip((book.columns[name] for name in book.identity), key, strict=True)
    return sa.and_(*(column.is_(None) if value is None else column == value for column, value in parts))
