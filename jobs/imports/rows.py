"""What each row of a sheet says of one case; rows that cannot be taken, with every reason."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import Any

import clock
from access import masked
from jobs.imports.choices import Choice
from jobs.imports.headings import CONTACT, Columns
from jobs.imports.spots import spotted
from jobs.imports.words import Words, is_ours, says_nothing
from sheets import cleaning
from sheets.cells import Cell, Row
from vocabulary.refusals import NotPossible

Path = tuple[str, ...]
IDENTITY = ("source", "number")
LONG = ("body", "reply")
LINES = ("title", "nature", "tags", "spot", "extension_reason", "suspension_reason", *CONTACT)
PAST = ("received_at", "accepted_at", "first_contact_at", "assigned_at", "finished_at", "replied_at")
ENDS = ("finished_at", "replied_at")
MOMENTS = (*PAST, "due_at")
COUNTS = ("votes_for", "votes_against")
LEVELS = ("level1", "level2", "level3")
ARROWS = ("->", "-->", "→", "—>", "–>", "=>", "›", "»", ">", "＞", "－＞")
SHORT = 64
MOST = 2**31 - 1


@dataclass(slots=True)
class CaseRow:
    """What one row says. `said` holds columns of the case, only those the row fills; `path` is its category.

    `spotted` is the building that its spot names.
    """

    at: int
    source: str
    number: str
    said: dict[str, Any]
    contact: dict[str, str]
    path: Path
    unit: str | None
    replied_at: datetime | None
    spotted: int | None


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row cannot be taken: the heading of the column, its value made short and harmless, the sentence."""

    column: str
    value: str
    reason: NotPossible


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that is not taken. `by_choice`: somebody chose to leave it out, which hinders nothing."""

    row: int
    problems: tuple[Problem, ...]
    by_choice: bool = False


@dataclass
class Reader:
    """Reads the rows of one sheet; `taken` remembers in which row each number stood first."""

    columns: Columns
    words: Words
    now: datetime = field(default_factory=clock.now)
    taken: dict[tuple[str, str], int] = field(default_factory=dict)

    def read(self, row: Row) -> CaseRow | Rejected:
        """The case this row tells of, or why it is not taken."""
        said: dict[str, Any] = {}
        problems: list[Problem] = []
        left: Problem | None = None
        for name, at in self.columns.places.items():
            cell = row.cells[at]
            if cell is None:
                continue
            try:
                value = self._kept(row, cell) if name == "village" else None
                value = value or self._value(name, cell, row.number)
            except NotPossible as reason:
                problems.append(self._problem(name, cell, reason))
                continue
            if value is Choice.LEAVE:
                left = left or self._problem(name, cell, NotPossible("imports.left_out"))
            elif value is not None:
                said[name] = value
        unread = any(one.column == self.columns.heading("number") for one in problems)
        again = self._repeated(said, row.number, unread=unread)
        if left:
            return Rejected(row.number, (left,), by_choice=True)
        problems = again + problems + self._impossible(said, row)
        return Rejected(row.number, tuple(problems)) if problems else self._case(said, row.number)

    def _kept(self, row: Row, cell: Cell) -> str | None:
        """Another village that somebody chose to keep when this case came before."""
        places, elsewhere = self.columns.places, self.words.known.elsewhere
        if not elsewhere or "number" not in places:
            return None
        source = one_line(row.cells[places["source"]]) if "source" in places else None
        key = (source or self.columns.source, one_line(row.cells[places["number"]]) or "")
        village = one_line(cell)
        return village if village is not None and elsewhere.get(key) == village else None

    def _value(self, name: str, cell: Cell, row: int) -> Any:
        """None where the cell says nothing, LEAVE where the row is to be left out."""
        if name in LONG:
            return cleaning.text(cell)
        if name in MOMENTS or name in COUNTS:
            try:
                return _counted(cell) if name in COUNTS else cleaning.moment(cell)
            except NotPossible:
                if isinstance(cell, str) and says_nothing(one_line(cell) or "-"):
                    return None
                raise
        line = one_line(cell)
        if line is None or (name != "title" and says_nothing(line)):
            return None
        return line if name in LINES else self._meant(name, line, row)

    def _meant(self, name: str, word: str, row: int) -> Any:
        if name in IDENTITY or name in LEVELS:
            return _short(word)
        if name == "category":
            return _path(word)
        meaning = self.words.meaning(name, word, row)
        if not isinstance(meaning, Choice):
            return meaning
        return {Choice.EMPTY: None, Choice.LEAVE: Choice.LEAVE}.get(meaning, word)

    def _repeated(self, said: dict[str, Any], row: int, *, unread: bool) -> list[Problem]:
        """A case needs a number; of one that stands in several rows the first row is meant."""
        heading = self.columns.heading("number")
        number = said.get("number")
        if number is None:
            return [] if unread else [Problem(heading, "", NotPossible("imports.no_number"))]
        first = self.taken.setdefault((said.get("source", self.columns.source), number), row)
        if first == row:
            return []
        return [Problem(heading, number, NotPossible("imports.repeated", value=number, first=first, row=row))]

    def _impossible(self, said: dict[str, Any], row: Row) -> list[Problem]:
        """What cannot have happened yet, or not in this order."""

        def problem(name: str, reason: NotPossible) -> Problem:
            return self._problem(name, row.cells[self.columns.places[name]], reason)

        found = [
            problem(name, NotPossible("imports.future", value=shown(said[name])))
            for name in PAST
            if name in said and said[name] > self.now
        ]
        for above, name in pairwise(LEVELS):
            if name in said and above not in said:
                upper = self.columns.heading(above)
                found.append(problem(name, NotPossible("imports.no_upper_level", value=said[name], above=upper)))
        if "due_at" in said and "received_at" in said:
            said["due_at"] = until_its_end(said["due_at"], said["received_at"])
        for name in ENDS:
            if name in said and "received_at" in said:
                received = said["received_at"]
                said[name] = not_before(said[name], received)
                if said[name] < received:
                    found.append(problem(name, ended_too_early(received, said[name])))
        return found

    def _case(self, said: dict[str, Any], row: int) -> CaseRow:
        columns = {name: value for name, value in said.items() if name not in _APART}
        for ground in ("grid", "building"):
            if ground in said:
                columns[f"{ground}_id"] = said[ground]
        levels = [said[name] for name in LEVELS if name in said]
        return CaseRow(
            at=row,
            source=said.get("source", self.columns.source),
            number=said["number"],
            said=columns,
            contact={part: said[name] for name, part in CONTACT.items() if name in said},
            path=tuple(levels) or said.get("category", ()),
            unit=said.get("lead_unit"),
            replied_at=said.get("replied_at"),
            spotted=self._spotted(said),
        )

    def _spotted(self, said: dict[str, Any]) -> int | None:
        """The building that the spot names, unless it lies in another community."""
        known = self.words.known
        elsewhere = "village" in said and not is_ours(said["village"], known.community)
        return None if elsewhere or "spot" not in said else spotted(said["spot"], known)

    def _problem(self, name: str, value: Cell, reason: NotPossible) -> Problem:
        """A contact is not repeated where it could end in a log."""
        heading = self.columns.heading(name)
        return Problem(heading, "" if name in CONTACT else masked(shown(value)), reason)


def ended_too_early(received: datetime, ended: datetime) -> NotPossible:
    """The refusal that names both moments."""
    return NotPossible("imports.ended_before_received", received=shown(received), ended=shown(ended))


def not_before(moment: datetime, received: datetime) -> datetime:
    """A day without a time on the day of receipt is no moment before it."""
    only_a_day = moment.time() == time(0) and moment.date() == received.date()
    return max(moment, received) if only_a_day else moment


def until_its_end(due: datetime, received: datetime) -> datetime:
    """A day without a time on the day of receipt is due when that day ends, not before it was received."""
    only_a_day = due.time() == time(0) and due.date() == received.date()
    return due + timedelta(1) if only_a_day else due


_APART = frozenset((*IDENTITY, *LEVELS, *CONTACT, "category", "lead_unit", "replied_at", "grid", "building"))


def one_line(cell: Cell) -> str | None:
    """The text of a cell, its lines joined by spaces."""
    text = cleaning.text(cell)
    return " ".join(text.split("\n")) if text and "\n" in text else text


def _short(word: str) -> str:
    if len(word) > SHORT:
        raise NotPossible("imports.too_long", value=cleaning.shown(word), longest=SHORT)
    return word


def _path(word: str) -> Path:
    """a->b->c; what lies deeper than three levels stays in the third."""
    plain = word
    for arrow in ARROWS:
        plain = plain.replace(arrow, "\n")
    levels = [level.strip() for level in plain.split("\n") if level.strip()]
    return tuple(map(_short, [*levels[:2], "/".join(levels[2:])] if len(levels) > 2 else levels))


def _counted(cell: Cell) -> int:
    found = cleaning.number(cell)
    if not isinstance(found, int) or not 0 <= found <= MOST:
        raise NotPossible("imports.not_a_count", value=cleaning.shown(cell))
    return found


def shown(value: Cell) -> str:
    """A value as a sentence names it."""
    return f"{value:%Y-%m-%d %H:%M:%S}" if isinstance(value, datetime) else cleaning.shown(value)
