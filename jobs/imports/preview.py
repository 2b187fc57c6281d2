"""What an import would do: its rows as new, changed, unchanged and rejected, before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from access import Permission, check
from data_access import imports as stock
from data_access.engine import Connection
from data_access.imports import AT_ONCE, Grounds, Known, NewCase
from data_access.sealing import Seal
from jobs.imports.choices import Choices
from jobs.imports.comparing import Settled, compared
from jobs.imports.headings import Columns, recognise
from jobs.imports.progress import Progress, silent, spared
from jobs.imports.rows import CaseRow, Reader, Rejected
from jobs.imports.settling import Update
from jobs.imports.words import Unknown, Words
from sheets.cells import Row, Sheet
from texts import t
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible


@dataclass
class Preview:
    """The fate of each row. `rows` are the rejected ones as they stand in the sheet; `grounds` what it stood on."""

    file: str
    sheet: str
    heading_row: int
    others: tuple[str, ...]
    columns: Columns
    known: Known
    grounds: Grounds
    unknown: tuple[Unknown, ...] = ()
    new: list[tuple[CaseRow, NewCase]] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)
    kept: list[CaseRow] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    rows: dict[int, Row] = field(default_factory=dict)

    def take(self, settled: Settled) -> None:
        """Adds the fate of one row."""
        match settled:
            case (row, case):
                self.new.append((row, case))
            case Update():
                self.updates.append(settled)
            case Rejected():
                self.rejected.append(settled)
            case CaseRow():
                self.kept.append(settled)

    @property
    def unchanged(self) -> int:
        return len(self.kept)

    @property
    def hindering(self) -> list[Rejected]:
        """The rejected rows that nobody chose to leave out."""
        return [row for row in self.rejected if not row.by_choice]

    @property
    def sound(self) -> int:
        """How many rows can be written, those that change nothing among them."""
        return len(self.new) + len(self.updates) + self.unchanged

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day on which the new and changed cases were received."""
        found: list[date] = [case.columns["received_on"] for _, case in self.new]
        found += [one.received_on for one in self.updates]
        return (min(found), max(found)) if found else None

    @property
    def new_paths(self) -> list[tuple[str, str, str]]:
        """Categories that the taxonomy lacks."""
        found = dict.fromkeys(whole(row.path) for row in self._rows_with("category") if row.path)
        return [path for path in found if path not in self.known.paths]

    @property
    def new_units(self) -> list[str]:
        found = dict.fromkeys(row.unit for row in self._rows_with("lead_unit") if row.unit)
        return [unit for unit in found if unit not in self.known.units]

    def _rows_with(self, field: str) -> list[CaseRow]:
        """The rows of new cases, and of those in which this field changes."""
        changed = (one.row for one in self.updates if any(other.field == field for other in one.differences))
        return [*(row for row, _ in self.new), *changed]


def preview(
    conn: Connection, viewer: Viewer, sheet: Sheet, file: str, choices: Choices, seal: Seal, tell: Progress = silent
) -> Preview:
    """Nothing is written. NotPossible for a sheet that lacks what every case must have."""
    check(viewer, Permission.IMPORT_CASES)
    columns = recognise(sheet.headings, choices)
    if columns.missing:
        raise lacking(columns)
    known = stock.known(conn, viewer)
    found = Preview(file, sheet.name, sheet.heading_row, sheet.others, columns, known, stock.stood_on(conn))
    words = Words(known, choices, own="source" in columns.places)
    with spared(tell) as told:
        cases = _read(sheet.rows, Reader(columns, words), found, told)
        found.unknown = tuple(words.unknown.values())
        for settled in compared(conn, viewer, cases, columns, known, seal, told):
            found.take(settled)
    found.rejected.sort(key=lambda one: one.row)
    wanted = {one.row for one in found.rejected}
    found.rows = {row.number: row for row in sheet.rows if row.number in wanted}
    return found


def lacking(columns: Columns) -> NotPossible:
    """The refusal that names what the sheet lacks and the headings it has."""
    names = "、".join(t(f"imports.needed.{field}") for field in columns.missing)
    return NotPossible("imports.missing_heading", missing=names, headings="、".join(columns.headings))


def whole(path: Sequence[str]) -> tuple[str, str, str]:
    """A path with its absent levels as empty texts."""
    level1, level2, level3 = (*path, "", "", "")[:3]
    return level1, level2, level3


def _read(rows: Sequence[Row], reader: Reader, found: Preview, tell: Progress) -> list[CaseRow]:
    taken: list[CaseRow] = []
    for done, row in enumerate(rows):
        if done % AT_ONCE == 0:
            tell("reading", done, len(rows))
        one = reader.read(row)
        if isinstance(one, Rejected):
            found.rejected.append(one)
        else:
            taken.append(one)
    return taken
