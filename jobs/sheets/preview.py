"""What importing a sheet of a kind would do, and doing it: each row tried where it would be written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

import clock
from data_access import books
from data_access.books import Counts, Key, MealWriter, Writer
from data_access.books import Row as Values
from data_access.engine import Connection, Engine
from jobs import rollup
from jobs.imports.progress import Progress, silent
from jobs.imports.rows import Problem, Rejected
from jobs.sheets.columns import Columns, Mapped, check_identity, recognise
from jobs.sheets.kinds import Column, Holds, Kind, value_of
from jobs.sheets.reading import Reader, codes_of
from jobs.sheets.things import things
from sheets import cleaning
from sheets.cells import Row, Sheet
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible, word

CHANGED = "imports.changed_meanwhile"
EVERY = 500
SPELT = (Holds.YUAN, Holds.MONTH, Holds.MOMENT, Holds.TIME)
"""What refusals spell out."""


@dataclass(frozen=True)
class Taken:
    """A row of the sheet with what it says and what the kind's book held and holds then (None: not yet there)."""

    at: int
    key: Key
    said: Values
    before: Values | None = None
    now: Values | None = None


@dataclass
class Preview:
    """The fate of each row. `rows` are the rejected ones as they stand, `examples` how many were passed over."""

    kind: Kind
    file: str
    sheet: Sheet
    columns: Columns
    new: list[Taken] = field(default_factory=list)
    changed: list[Taken] = field(default_factory=list)
    unchanged: list[Taken] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    rows: dict[int, Row] = field(default_factory=dict)
    examples: int = 0

    @property
    def sound(self) -> int:
        return len(self.new) + len(self.changed) + len(self.unchanged)

    @property
    def counts(self) -> Counts:
        days = [day for one in (*self.new, *self.changed) if (day := _day(one.now, self.kind)) is not None]
        since, until = (min(days), max(days)) if days else (None, None)
        return Counts(len(self.new), len(self.changed), len(self.unchanged), len(self.rejected), since, until)

    def fates(self) -> object:
        """What is compared to tell whether the data changed since."""
        taken = ([(one.at, one.before) for one in some] for some in (self.new, self.changed, self.unchanged))
        return [*taken, [one.row for one in self.rejected]]


def previewed(
    engine: Engine, viewer: Viewer, kind: Kind, sheet: Sheet, file: str, mapped: Mapped = (), tell: Progress = silent
) -> Preview:
    """What importing this sheet would do; nothing of it stays. NotPossible for a sheet without the kind's identity."""
    with books.turn(engine, keep=False) as conn:
        return _tried(conn, viewer, kind, sheet, file, recognise(kind, sheet.headings, mapped), tell)[0]


def write(engine: Engine, viewer: Viewer, found: Preview, tell: Progress = silent) -> int:
    """Writes the sound rows of a preview; gives the batch. NotPossible when the data changed since."""
    kind = found.kind
    with books.turn(engine, keep=True) as conn:
        again, writer = _tried(conn, viewer, kind, found.sheet, found.file, found.columns, tell)
        if again.fates() != found.fates():
            raise NotPossible(CHANGED)
        writer.finish()
        if isinstance(writer, MealWriter):
            rollup.refresh(conn, writer.days)
        return books.keep(conn, viewer, kind.permission, kind.key, found.file, found.counts)


def _tried(
    conn: Connection, viewer: Viewer, kind: Kind, sheet: Sheet, file: str, columns: Columns, tell: Progress
) -> tuple[Preview, Writer]:
    writer = books.open_book(conn, viewer, kind.book)
    check_identity(kind, columns)
    found, reader = Preview(kind, file, sheet, columns), Reader(codes_of(things(conn, kind)))
    taken = list(_read(found, reader))
    known = books.stored(conn, viewer, kind.book, [one.key for one in taken])
    for done, one in enumerate(taken):
        if done % EVERY == 0:
            tell("comparing", done, len(taken))
        try:
            _settle(conn, viewer, found, writer, reader, one, known.get(one.key))
        except _Unfit as unfit:
            found.rejected.append(Rejected(one.at, (unfit.problem,)))
    found.rejected.sort(key=lambda row: row.row)
    wanted = {row.row for row in found.rejected}
    found.rows = {row.number: row for row in sheet.rows if row.number in wanted}
    return found, writer


def _read(found: Preview, reader: Reader) -> Iterator[Taken]:
    """The rows that say something sound; the others are rejected, with every reason, and so is a repeated identity."""
    kind, first = found.kind, dict[Key, int]()
    for row in found.sheet.rows:
        said, problems = _said(found, reader, row)
        if _is_example(found, said, problems):
            found.examples += 1
            continue
        key = tuple(said.get(column.field, reader.usual(column)) for column in kind.identity)
        for column, value in zip(kind.identity, key, strict=True):
            if column.needed and value is None and column.field not in problems:
                problems[column.field] = _problem(found, column, "", NotPossible("sheet_kinds.refused.empty"))
        if problems:
            found.rejected.append(Rejected(row.number, tuple(problems.values())))
        elif key in first:
            found.rejected.append(Rejected(row.number, (_repeated(found, key, first[key], row.number),)))
        else:
            first[key] = row.number
            yield Taken(row.number, key, said | dict(zip(kind.book.identity, key, strict=True)))


def _said(found: Preview, reader: Reader, row: Row) -> tuple[Values, dict[str, Problem]]:
    """What the filled cells of a row say, and what is wrong with the others, by field."""
    said: Values = {}
    problems: dict[str, Problem] = {}
    for name, at in found.columns.places.items():
        cell, column = row.cells[at], found.kind.fields[name]
        try:
            value = reader.value(column, cell)
        except NotPossible as refusal:
            problems[name] = _problem(found, column, cleaning.shown(cell), refusal)
            continue
        if value is not None:
            said[name] = value
    return said, problems


def _is_example(found: Preview, said: Values, problems: Mapping[str, Problem]) -> bool:
    """Does the row say what the template's example says? What a code of it means may differ from office to office."""
    plain = [column for column in found.kind.columns if not column.of and column.field in found.columns.places]
    if any(column.field in problems for column in plain):
        return False
    return all(said.get(column.field) == value_of(column.example) for column in plain)


def _repeated(found: Preview, key: Key, first: int, row: int) -> Problem:
    pairs = zip(found.kind.identity, key, strict=True)
    value = " · ".join(shown(column, part) for column, part in pairs if part is not None)
    why = NotPossible("imports.repeated", value=value, first=first, row=row)
    return _problem(found, found.kind.identity[0], value, why)


def _problem(found: Preview, column: Column, value: str, why: NotPossible) -> Problem:
    return Problem(found.columns.heading(found.kind, column), value, why)


class _Unfit(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__()
        self.problem = problem


def _settle(
    conn: Connection,
    viewer: Viewer,
    found: Preview,
    writer: Writer,
    reader: Reader,
    one: Taken,
    before: Values | None,
) -> None:
    """Tries one row and tells its fate."""
    kind = found.kind
    if before is not None and not before["reach"]:
        raise _unfit(found, kind.identity[0], one, NotPossible("sheet_kinds.refused.out_of_reach"))
    differing = {n: v for n, v in one.said.items() if before is None or not _alike(kind.fields[n], v, before[n])}
    if before is not None and not differing:
        found.unchanged.append(Taken(one.at, one.key, one.said, before, before))
        return
    row = _whole(found, reader, one) if before is None else {**before, **differing}
    try:
        now = books.attempt(conn, writer, kind.book, viewer, row, before)
    except NotPossible as refusal:
        raise _unfit(found, _blamed(found, differing, refusal), one, refusal) from refusal
    if before is None:
        found.new.append(Taken(one.at, one.key, one.said, None, row))
    elif books.same(now, before):
        found.unchanged.append(Taken(one.at, one.key, one.said, before, before))
    else:
        found.changed.append(Taken(one.at, one.key, one.said, before, now))


def _whole(found: Preview, reader: Reader, one: Taken) -> Values:
    """A new row with what its empty cells mean. Unfit when a cell that it needs is empty."""
    row = {column.field: one.said.get(column.field, reader.usual(column)) for column in found.kind.columns}
    for column in found.kind.columns:
        if column.needed and row[column.field] is None:
            raise _unfit(found, column, one, NotPossible("sheet_kinds.refused.empty"))
    return row


def _unfit(found: Preview, column: Column, one: Taken, why: NotPossible) -> _Unfit:
    return _Unfit(_problem(found, column, shown(column, one.said.get(column.field)), why))


def _blamed(found: Preview, differing: Mapping[str, Any], refusal: NotPossible) -> Column:
    """The column whose value a refusal names; else the first of what tells the row apart."""
    for column in reversed(found.kind.columns):
        value = differing.get(column.field)
        if value is not None and any(_names(column, value, named) for named in refusal.values.values()):
            return column
    return found.kind.identity[0]


def _names(column: Column, value: Any, named: object) -> bool:
    """Does a refusal speak of this value, as it is or as it is shown?"""
    if isinstance(named, type(value)):
        return bool(named == value)
    return column.holds in SPELT and named == shown(column, value)


def _alike(column: Column, said: Any, before: Any) -> bool:
    """Alike as far as a sheet can tell: to the second, and cleaned as a cell is."""
    if isinstance(before, datetime | time) and not isinstance(before, str):
        return bool(before.replace(microsecond=0) == said)
    if isinstance(before, str) and column.holds is Holds.TEXT:
        return bool(cleaning.text(before) == said)
    return bool(before == said)


def shown(column: Column, value: Any) -> str:
    """A value as a sentence or a table names it."""
    if value is None:
        return ""
    match column.holds:
        case Holds.MOMENT:
            return f"{value.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}"
        case Holds.MONTH:
            return f"{value:%Y-%m}"
        case Holds.YUAN:
            return f"{value / 100:.2f}"
        case Holds.TIME:
            return f"{value:%H:%M}"
        case Holds.CODES:
            return "、".join(value)
        case Holds.WORD | Holds.WORDS:
            assert column.words is not None
            words = value if isinstance(value, tuple) else (value,)
            return "、".join(word(column.words(one)) for one in words)
    return cleaning.shown(value)


def _day(row: Values | None, kind: Kind) -> date | None:
    found = row.get(kind.day) if row and kind.day else None
    if isinstance(found, datetime):
        return found.astimezone(clock.SHANGHAI).date()
    return found if isinstance(found, date) else None
