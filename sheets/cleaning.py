"""What a cell says: clean text, a number, yes or no; or the refusal that names its value."""

import re
from datetime import date, datetime, time

from sheets.cells import Cell, ErrorCell, FormulaCell, whole
from sheets.formula_text import restored
from sheets.moments import read_day, read_moment
from vocabulary.refusals import NotPossible

_NOT_TEXT = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_SPACES = re.compile(r"[ \t]+")
_HALF_WIDTH = {0x3000: " ", 0x2212: "-", **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}}
_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?", re.ASCII)
_MOST = 10**15
_YES = {"是", "yes", "true", "1", "√"}
_NO = {"否", "no", "false", "0", "×"}
_SHOWN = 40


def text(cell: Cell | FormulaCell) -> str | None:
    """The text without tabs, blank lines, control characters and space around its lines; None when nothing is left.

    Signs that turn the direction of what follows go too: they show a text, or a masked number, as another.

    Every other character stays as it is: emoji, rare characters, full-width digits. The apostrophe that the export
    puts before text like a formula is taken away again.
    """
    if cell is None:
        return None
    if isinstance(cell, str):
        return _clean(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M:%S}"
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, int | float):
        return str(whole(cell)) if isinstance(cell, float) else str(cell)
    raise NotPossible("sheets.error_cell", value=shown(cell))


def moment(cell: Cell) -> datetime:
    """The moment, Shanghai time, to the second; a day alone is its midnight. Fractions of a second are dropped."""
    found = read_moment(_words(cell))
    if found is None:
        raise NotPossible("sheets.not_a_moment", value=shown(cell))
    return found


def day(cell: Cell) -> date:
    """The day in Shanghai; of a moment the day it falls on."""
    found = read_day(_words(cell))
    if found is None:
        raise NotPossible("sheets.not_a_day", value=shown(cell))
    return found


def number(cell: Cell) -> int | float:
    """A number; text may have full-width digits and commas between thousands, but no unit and no percent sign."""
    found = _words(cell)
    if isinstance(found, str) and _NUMBER.fullmatch(found):
        plain = found.replace(",", "")
        found = float(plain) if "." in plain else int(plain) if len(plain) < 20 else _MOST
    if isinstance(found, float):
        found = whole(found)
    if isinstance(found, bool) or not isinstance(found, int | float) or abs(found) >= _MOST:
        raise NotPossible("sheets.not_a_number", value=shown(cell))
    return found


def yes_no(cell: Cell) -> bool | None:
    """是 否 yes no true false 1 0 √ ×; None for an empty cell."""
    if isinstance(cell, bool):
        return cell
    said = (text(cell) or "").translate(_HALF_WIDTH).strip().casefold()
    if said and said not in _YES | _NO:
        raise NotPossible("sheets.not_yes_or_no", value=shown(cell))
    return said in _YES if said else None


def shown(cell: Cell | FormulaCell) -> str:
    """A value as a refusal names it: on one line, cut when it is long."""
    said = cell.text if isinstance(cell, ErrorCell) else str(cell) if not isinstance(cell, str) else cell
    line = " ".join(said.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


def _clean(raw: str) -> str | None:
    if not raw.isprintable():
        raw = "\n".join(line for line in _lines(raw) if line)
    return restored(raw.strip()).strip() or None


def _lines(raw: str) -> list[str]:
    """Its lines without tabs and control characters; the slow search for those is spared where all can be printed."""
    usual = raw.replace("\n", "").replace("\t", "").replace("\u3000", "").isprintable()
    lines = raw.split("\n") if usual else _NOT_TEXT.sub("", raw).splitlines()
    return [(_SPACES.sub(_without_tab, line) if "\t" in line else line).strip() for line in lines]


def _without_tab(run: re.Match[str]) -> str:
    return " " if "\t" in run[0] else run[0]


def _words(cell: Cell) -> Cell:
    """Text with its full-width digits and marks made narrow; anything else as it is. Refuses an empty cell."""
    if isinstance(cell, ErrorCell):
        raise NotPossible("sheets.error_cell", value=shown(cell))
    said = text(cell) if isinstance(cell, str) else cell
    if said is None:
        raise NotPossible("sheets.empty_cell")
    return " ".join(said.translate(_HALF_WIDTH).split()) if isinstance(said, str) else said
