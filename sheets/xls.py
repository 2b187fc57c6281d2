"""Workbooks of Excel 5 to 2003: the cells of their visible sheets."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from sheets import compound
from sheets.cells import FORMULA, ErrorCell, Line, Raw, Source, Tab, from_duration, from_serial, whole
from sheets.number_formats import Shows, shows
from sheets.xls_text import Segments, byte_text, short_text, text

BARE = b"\x09\x08"
OLD = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
"""How a file of Excel 2 to 4 begins: we know it, but don't read it."""

_BOF, _EOF, _CONTINUE = 0x809, 0x0A, 0x3C
_FILEPASS, _CODEPAGE, _1904, _FORMAT, _XF, _SHEET, _TEXTS = 0x2F, 0x42, 0x22, 0x41E, 0xE0, 0x85, 0xFC
_NUMBER, _RK, _MANY_RK, _LABEL, _RICH_LABEL, _SHARED, _BOOL_OR_ERROR = 0x203, 0x27E, 0xBD, 0x204, 0xD6, 0xFD, 0x205
_FORMULAS = {0x06, 0x206, 0x406}
_WORKSHEET, _MACRO_SHEETS = 0, {1, 6}
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_MACROS = {"_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA", "Macros"}
_LOCKED = {"EncryptedPackage", "EncryptionInfo", "\tDRMContent"}

_Record = tuple[int, bytes]
_Broken = (struct.error, ValueError, LookupError)


def tabs(source: Source) -> Iterator[Tab]:
    """The visible worksheets. Refuses what is locked, has macros, or is another office document."""
    stream = source.data if source.data.startswith(BARE) else _workbook_stream(source)
    try:
        book = _book(source, stream)
    except _Broken as broken:
        raise source.refused("damaged") from broken
    for name, start in book.visible:
        yield name, _guarded(source, book, stream, start)


@dataclass
class _Book:
    modern: bool = True
    codepage: int = 1252
    since_1904: bool = False
    visible: list[tuple[str, int]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)

    def string(self, record: bytes, at: int) -> str:
        return text(record, at) if self.modern else byte_text(record, at, self.codepage)

    def cell(self, value: float, style: int) -> Raw:
        given = self.styles[style] if style < len(self.styles) else 0
        match shows(given, self.codes.get(given)):
            case Shows.MOMENT:
                value_shown: Raw = from_serial(value, self.since_1904)
            case Shows.DURATION:
                value_shown = from_duration(value)
            case _:
                value_shown = value
        return whole(value_shown) if isinstance(value_shown, float) else value_shown


def _workbook_stream(source: Source) -> bytes:
    file = compound.Compound(source)
    if file.names & _LOCKED:
        raise source.refused("encrypted")
    found = next((name for name in ("Workbook", "Book", "WORKBOOK", "BOOK") if name in file.names), None)
    if not found:
        kind = (
            "word" if "WordDocument" in file.names else "slides" if "PowerPoint Document" in file.names else "unknown"
        )
        raise source.refused(f"not_a_sheet.{kind}")
    if file.names & _MACROS:
        raise source.refused("macro")
    return file.stream(found)


def _records(stream: bytes, at: int) -> Iterator[_Record]:
    """The records of one part, to its own end; charts and the like within it are passed over."""
    depth = 0
    while at + 4 <= len(stream):
        code, length = struct.unpack_from("<HH", stream, at)
        record = stream[at + 4 : at + 4 + length]
        if len(record) < length:
            raise ValueError("a record that stops short")
        depth += (code == _BOF) - (code == _EOF)
        if depth <= 1:
            yield code, record
        if depth == 0:
            return
        at += 4 + length
    raise ValueError("a part without an end")


def _book(source: Source, stream: bytes) -> _Book:
    book = _Book()
    sheets: list[bytes] = []
    shared: list[bytes] = []
    previous = 0
    for code, record in _records(stream, 0):
        if code == _BOF:
            book.modern = struct.unpack_from("<H", record)[0] >= 0x600
        elif code == _FILEPASS:
            raise source.refused("encrypted")
        elif code == _CODEPAGE:
            book.codepage = struct.unpack_from("<H", record)[0]
        elif code == _1904:
            book.since_1904 = record[:1] == b"\x01"
        elif code == _FORMAT:
            given = struct.unpack_from("<H", record)[0]
            book.codes[given] = text(record, 2) if book.modern else short_text(record, 2, False, book.codepage)
        elif code == _XF:
            book.styles.append(struct.unpack_from("<H", record, 2)[0])
        elif code == _SHEET:
            sheets.append(record)
        elif code == _TEXTS or (code == _CONTINUE and previous == _TEXTS):
            shared.append(record)
        previous = previous if code == _CONTINUE else code
    book.texts = Segments(shared).texts() if shared else []
    for record in sheets:
        start, hidden, kind = struct.unpack_from("<IBB", record)
        if kind in _MACRO_SHEETS:
            raise source.refused("macro")
        if not hidden & 3 and kind == _WORKSHEET:
            book.visible.append((short_text(record, 6, book.modern, book.codepage), start))
    return book


def _guarded(source: Source, book: _Book, stream: bytes, start: int) -> Iterator[Line]:
    try:
        lines = _lines(book, stream, start)
    except _Broken as broken:
        raise source.refused("damaged") from broken
    yield from lines


def _lines(book: _Book, stream: bytes, start: int) -> list[Line]:
    """Sorted by row, which the format doesn't promise."""
    rows: dict[int, dict[int, Raw]] = {}
    for code, record in _records(stream, start):
        for row, column, value in _cells(book, code, record):
            if value != "":
                rows.setdefault(row + 1, {})[column] = value
    return sorted(rows.items())


def _cells(book: _Book, code: int, record: bytes) -> Iterator[tuple[int, int, Raw]]:
    if code == _SHARED:
        row, column, index = struct.unpack_from("<HH2xI", record)
        yield row, column, book.texts[index]
    elif code == _NUMBER:
        row, column, style, value = struct.unpack_from("<HHHd", record)
        yield row, column, book.cell(value, style)
    elif code == _RK:
        row, column, style, packed = struct.unpack_from("<HHHi", record)
        yield row, column, book.cell(_unpacked(packed), style)
    elif code == _MANY_RK:
        row, first = struct.unpack_from("<HH", record)
        for step in range((len(record) - 6) // 6):
            style, packed = struct.unpack_from("<Hi", record, 4 + 6 * step)
            yield row, first + step, book.cell(_unpacked(packed), style)
    elif code in {_LABEL, _RICH_LABEL}:
        row, column = struct.unpack_from("<HH", record)
        label = book.string(record, 6)
        yield row, column, "" if label.isspace() else label
    elif code == _BOOL_OR_ERROR:
        row, column, value, is_error = struct.unpack_from("<HH2xBB", record)
        yield row, column, ErrorCell(_ERRORS.get(value, "#N/A")) if is_error else bool(value)
    elif code in _FORMULAS:
        row, column = struct.unpack_from("<HH", record)
        yield row, column, FORMULA


def _unpacked(packed: int) -> float:
    """The number in four bytes: an integer or the upper half of a double, in hundredths or not."""
    if packed & 2:
        value = float(packed >> 2)
    else:
        value = float(struct.unpack("<d", struct.pack("<II", 0, packed & 0xFFFF_FFFC))[0])
    return value / 100 if packed & 1 else value
