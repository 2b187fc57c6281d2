"""Workbooks of Excel 2007 and later: the cells of their visible sheets, streamed."""

import posixpath
import re
from collections.abc import Iterator
from functools import cached_property

from sheets.cells import FORMULA, ErrorCell, Line, Raw, Tab, from_duration, from_iso, from_serial, number
from sheets.number_formats import Shows, shows
from sheets.package import LOCAL, Attributes, Package

COUNT_FIRST = 20 << 20
"""From this size on a sheet's rows are counted, before its texts are read."""

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_KNOWN_LETTERS: dict[str, int] = {}


def tabs(package: Package) -> Iterator[Tab]:
    """The visible worksheets in the workbook's order. Refuses a workbook with macros."""
    book = _Workbook(package)
    if any(part.endswith("vbaproject.bin") for part in package.parts) or book.macro_sheets:
        raise package.source.refused("macro")
    for name, part in book.visible:
        yield name, book.lines(name, part)


class _Workbook:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.part = _main_part(package)
        relations = _relations(package, self.part)
        self.since_1904 = False
        self.visible: list[tuple[str, str]] = []
        for element, attributes in package.elements(self.part):
            if element == "workbookPr":
                self.since_1904 = attributes.get("date1904", "") in {"1", "true"}
            elif element == "sheet" and attributes.get("state", "visible") == "visible":
                kind, part = relations.get(attributes.get("id", ""), ("", ""))
                if kind == "worksheet":
                    self.visible.append((attributes.get("name", ""), part))
        kinds = dict(relations.values())
        self.macro_sheets = "xlMacrosheet" in kinds
        self._styles_part = kinds.get("styles")
        self._strings_part = kinds.get("sharedStrings")

    @cached_property
    def strings(self) -> list[str]:
        if not self._strings_part or self._strings_part not in self.package:
            return []
        reader = _Strings()
        for _ in self.package.walk(self._strings_part, reader.start, reader.end, reader.pieces.append):
            pass
        return reader.strings

    @cached_property
    def styles(self) -> dict[str, Shows]:
        """The cell styles that show a date or a length of time, by their index as the cells spell it."""
        codes: dict[int, str] = {}
        formats: list[int] = []
        inside = False
        found = self.package.elements(self._styles_part) if self._styles_part in self.package.parts else iter(())
        for element, attributes in found:
            if element == "numFmt" and attributes.get("numFmtId", "").isdecimal():
                codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
            elif element == "xf" and inside:
                formats.append(_integer(attributes.get("numFmtId", "0")))
            elif element in {"cellXfs", "cellStyleXfs", "cellStyles", "dxfs"}:
                inside = element == "cellXfs"
        shown = {str(index): shows(given, codes.get(given)) for index, given in enumerate(formats)}
        return {index: kind for index, kind in shown.items() if kind is not Shows.NUMBER}

    def lines(self, name: str, part: str) -> Iterator[Line]:
        if part in self.package and self.package.size(part) > COUNT_FIRST:
            self._count_rows(name, part)
        grid = _Grid(self.strings, self.styles, self.since_1904)
        for _ in self.package.walk(part, grid.start, grid.end, grid.pieces.append):
            yield from grid.lines
            grid.lines.clear()
            if grid.done:
                return

    def _count_rows(self, name: str, part: str) -> None:
        """Refuses far too many rows in a fraction of the time that reading them takes; the reader counts exactly."""
        source = self.package.source
        rows, rest = 0, b""
        for chunk in self.package.chunks(part):
            *pieces, rest = (rest + chunk).split(b"<row")
            rows += sum(b"<v" in piece or b"<is" in piece for piece in pieces)
            if rows > source.max_rows + 1000:
                raise source.refused("too_many_rows", sheet=name, limit=source.max_rows)


class _Strings:
    """Reads the table of shared texts; a blank one is kept as "" so that the indexes stay right."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self.pieces: list[str] = []
        self._text = ""
        self._phonetic = False

    def start(self, name: str, _: Attributes) -> None:
        name = LOCAL[name]
        if name == "t":
            self.pieces.clear()
        elif name == "si":
            self._text = ""
        elif name == "rPh":
            self._phonetic = True

    def end(self, name: str) -> None:
        name = LOCAL[name]
        if name == "t" and not self._phonetic:
            self._text += "".join(self.pieces)
        elif name == "si":
            self.strings.append("" if self._text.isspace() else _unescaped(self._text))
        elif name == "rPh":
            self._phonetic = False


class _Grid:
    """Turns the elements of a worksheet into lines."""

    def __init__(self, strings: list[str], styles: dict[str, Shows], since_1904: bool) -> None:
        self.lines: list[Line] = []
        self.pieces: list[str] = []
        self.done = False
        self._strings, self._styles, self._since_1904 = strings, styles, since_1904
        self._row, self._column = 0, -1
        self._cells: dict[int, Raw] = {}
        self._open = self._formula = self._phonetic = False
        self._kind, self._style, self._text = "n", "", ""

    def start(self, name: str, attributes: Attributes) -> None:
        name = LOCAL[name]
        if name == "c":
            place = attributes.get("r")
            self._column = _column(place) if place else self._column + 1
            self._kind = attributes.get("t", "n")
            self._style = attributes.get("s", "")
            self._text, self._formula, self._open = "", False, True
        elif name in {"v", "t"}:
            self.pieces.clear()
        elif name == "f":
            self._formula = self._open
        elif name == "row":
            self._row = _integer(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = -1
        elif name == "rPh":
            self._phonetic = True

    def end(self, name: str) -> None:
        name = LOCAL[name]
        if name == "v":
            self._text = "".join(self.pieces)
        elif name == "t" and self._open and not self._phonetic:
            self._text += "".join(self.pieces)
        elif name == "c":
            self._open = False
            value = FORMULA if self._formula else self._value() if self._text else ""
            if value != "":
                self._cells[self._column] = value
        elif name == "row" and self._cells:
            self.lines.append((self._row, self._cells))
            self._cells = {}
        elif name == "rPh":
            self._phonetic = False
        elif name == "sheetData":
            self.done = True

    def _value(self) -> Raw:
        text = self._text
        match self._kind:
            case "s":
                return self._strings[_integer(text)]
            case "str" | "inlineStr":
                return "" if text.isspace() else _unescaped(text)
            case "b":
                return text.strip() in {"1", "true"}
            case "e":
                return ErrorCell(text)
            case "d":
                return from_iso(text)
        value = number(text)
        shown = self._styles.get(self._style)
        if shown is None or isinstance(value, ErrorCell):
            return value
        return from_serial(value, self._since_1904) if shown is Shows.MOMENT else from_duration(value)


def _main_part(package: Package) -> str:
    if "_rels/.rels" in package:
        for element, attributes in package.elements("_rels/.rels"):
            if element == "Relationship" and attributes.get("Type", "").endswith("/officeDocument"):
                return attributes.get("Target", "").lstrip("/")
    return "xl/workbook.xml"


def _relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """The kind and the part behind each relation id."""
    folder, file = posixpath.split(part)
    found = package.elements(posixpath.join(folder, "_rels", f"{file}.rels"))
    return {
        attributes.get("Id", ""): (
            attributes.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "").replace("\\", "/")))[
                1:
            ].lower(),
        )
        for element, attributes in found
        if element == "Relationship"
    }


def _integer(text: str) -> int:
    if not text.isdecimal() or len(text) > 9:
        raise ValueError(text)
    return int(text)


def _column(place: str) -> int:
    """The column of an address: 1 for "B7"."""
    name = place.rstrip("0123456789")
    if name not in _KNOWN_LETTERS:
        if not 1 <= len(name) <= 3 or not name.isascii() or not name.isalpha():
            raise ValueError(place)
        column = 0
        for letter in name.upper():
            column = column * 26 + ord(letter) - ord("A") + 1
        _KNOWN_LETTERS[name] = column - 1
    return _KNOWN_LETTERS[name]


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(escape: re.Match[str]) -> str:
    code = int(escape[1], 16)
    return escape[0] if 0xD800 <= code <= 0xDFFF else chr(code)
