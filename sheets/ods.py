"""OpenDocument spreadsheets: the cells of their visible sheets, streamed."""

import re
from collections.abc import Iterator
from itertools import groupby, repeat
from operator import itemgetter

from sheets.cells import FORMULA, MAX_COLUMNS, ErrorCell, Line, Raw, Tab, from_duration, from_iso, number
from sheets.package import LOCAL, Attributes, Package

_SPACE = re.compile(r"[ \t\r\n]+")
_DURATION = re.compile(r"(-?)P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?")
_ASIDE = {
    "annotation",
    "frame",
    "custom-shape",
    "shapes",
    "rect",
    "line",
    "ellipse",
    "circle",
    "g",
    "control",
    "caption",
}
_CELLS = {"table-cell", "covered-table-cell"}
_LONGEST_RUN = 32_767
_KEPT_SPACE, _KEPT_TAB, _KEPT_BREAK = "\x01", "\x02", "\x03"
"""Characters that XML cannot hold stand for the spaces that must survive."""

_Placed = tuple[str, int, dict[int, Raw], int]
"""Sheet, row number, cells and how many rows in succession are like this one."""


def tabs(package: Package) -> Iterator[Tab]:
    """The visible sheets that hold something. Refuses a locked document and one with macros."""
    if any(element == "encryption-data" for element, _ in _manifest(package)):
        raise package.source.refused("encrypted")
    if any(_is_macro(part) for part in package.parts):
        raise package.source.refused("macro")
    for name, placed in groupby(_placed(package), key=itemgetter(0)):
        yield name, _lines(placed)


def _manifest(package: Package) -> Iterator[tuple[str, Attributes]]:
    part = "META-INF/manifest.xml"
    return package.elements(part) if part in package else iter(())


def _is_macro(part: str) -> bool:
    """The lists of libraries (script-lc.xml, script-lb.xml) stand in documents without any macro too."""
    if part.startswith("basic/"):
        return part.endswith(".xml") and not re.search(r"(script|dialog)-l[bc]\.xml$", part)
    return part.startswith("scripts/") and not part.endswith("/")


def _placed(package: Package) -> Iterator[_Placed]:
    content = _Content()
    for _ in package.walk("content.xml", content.start, content.end, content.pieces.append):
        yield from content.lines
        content.lines.clear()


def _lines(placed: Iterator[_Placed]) -> Iterator[Line]:
    for _, row, cells, times in placed:
        yield from zip(range(row, row + times), repeat(cells), strict=False)


class _Content:
    """Turns the elements of content.xml into rows."""

    def __init__(self) -> None:
        self.lines: list[_Placed] = []
        self.pieces: list[str] = []
        self._hidden_styles: set[str] = set()
        self._defined = ""
        self._depth = self._aside = 0
        self._name, self._hidden = "", False
        self._row, self._rows = 1, 1
        self._column = 0
        self._cells: dict[int, Raw] = {}
        self._cell: Attributes = {}
        self._paragraphs: list[str] = []

    def start(self, name: str, given: Attributes) -> None:
        name = LOCAL[name]
        if name in _ASIDE:
            self._aside += 1
        elif self._aside:
            return
        elif name in _CELLS:
            self._cell = {LOCAL[key]: value for key, value in given.items()}
            self._paragraphs.clear()
        elif name == "p":
            self.pieces.clear()
        elif name == "s":
            self.pieces.append(_KEPT_SPACE * min(_times(given.get("text:c")), _LONGEST_RUN))
        elif name in {"tab", "line-break"}:
            self.pieces.append(_KEPT_TAB if name == "tab" else _KEPT_BREAK)
        elif name == "table-row":
            self._rows = _times(given.get("table:number-rows-repeated"))
            self._column = 0
            self._cells = {}
        else:
            self._start_sheet(name, given)

    def _start_sheet(self, name: str, given: Attributes) -> None:
        if name == "table":
            self._depth += 1
            if self._depth == 1:
                self._name, self._row = given.get("table:name", ""), 1
                outside = self._name.startswith("'file:")  # a remembered part of another document
                self._hidden = outside or given.get("table:style-name", "") in self._hidden_styles
        elif name == "style":
            self._defined = given.get("style:name", "")
        elif name == "table-properties" and given.get("table:display") == "false":
            self._hidden_styles.add(self._defined)

    def end(self, name: str) -> None:
        name = LOCAL[name]
        if name in _ASIDE:
            self._aside -= 1
        elif self._aside:
            return
        elif name == "p":
            self._paragraphs.append(_spaced("".join(self.pieces)))
        elif name in _CELLS:
            self._end_cell()
        elif name == "table-row" and self._depth == 1:
            if self._cells and not self._hidden:
                self.lines.append((self._name, self._row, self._cells, self._rows))
            self._row += self._rows
        elif name == "table":
            self._depth -= 1

    def _end_cell(self) -> None:
        value = FORMULA if self._cell.get("formula") else self._value()
        times = _times(self._cell.get("number-columns-repeated"))
        if value != "":
            for column in range(self._column, self._column + min(times, MAX_COLUMNS + 1)):
                self._cells[column] = value
        self._column += times

    def _value(self) -> Raw:
        given = self._cell
        match given.get("value-type"):
            case "float" | "currency" | "percentage":
                return number(given.get("value", ""))
            case "date":
                return from_iso(given.get("date-value", ""))
            case "time":
                return _duration(given.get("time-value", ""))
            case "boolean":
                return given.get("boolean-value") == "true"
            case "error":
                return ErrorCell("\n".join(self._paragraphs))
        text = "\n".join(self._paragraphs) or given.get("string-value", "")
        return "" if text.isspace() else text


def _times(text: str | None) -> int:
    if text is None:
        return 1
    if not text.isdecimal() or not 1 <= len(text) <= 9:
        raise ValueError(text)
    return max(1, int(text))


def _spaced(text: str) -> str:
    """Runs of space in the XML are one space; spaces, tabs and line breaks that were written as elements stay."""
    if text.isprintable() and "  " not in text:
        return text
    plain = _SPACE.sub(" ", text)
    return plain.replace(_KEPT_SPACE, " ").replace(_KEPT_TAB, "\t").replace(_KEPT_BREAK, "\n")


def _duration(text: str) -> Raw:
    found = _DURATION.fullmatch(text)
    if not found:
        return text
    sign, *parts = found.groups()
    days, hours, minutes, seconds = (int(part or 0) for part in parts)
    return from_duration((-1 if sign else 1) * (days + hours / 24 + minutes / 1440 + seconds / 86_400))
