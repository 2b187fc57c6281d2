"""Text as old Excel keeps it: two bytes a character or one, cut into records anywhere."""

import codecs
import struct

_CODEPAGES = {936: "gb18030", 1200: "utf-16-le", 10000: "mac_roman", 0x8000: "mac_roman", 0x8001: "cp1252"}


def text(record: bytes, at: int) -> str:
    """A text with its length in two bytes, within one record."""
    return Segments([record[at:]]).text()


def short_text(record: bytes, at: int, modern: bool, codepage: int) -> str:
    """A text with its length in one byte: the name of a sheet."""
    length = record[at]
    if not modern:
        return _decoded(record[at + 1 : at + 1 + length], codepage)
    wide = record[at + 1] & 1
    return _widened(record[at + 2 : at + 2 + (length << wide)], bool(wide)).decode("utf-16-le", "replace")


def byte_text(record: bytes, at: int, codepage: int) -> str:
    """A text of Excel 5 and 95, in the code page of the office that wrote it."""
    length = struct.unpack_from("<H", record, at)[0]
    return _decoded(record[at + 2 : at + 2 + length], codepage)


def _decoded(raw: bytes, codepage: int) -> str:
    try:
        known = codecs.lookup(_CODEPAGES.get(codepage, f"cp{codepage}")).name
    except LookupError:
        known = "cp1252"
    return raw.decode(known, "replace")


def _widened(raw: bytes, wide: bool) -> bytes:
    return raw if wide else raw.decode("latin-1").encode("utf-16-le")


class Segments:
    """The table of shared texts, which runs on over several records.

    A character outside the basic plane may be cut in two by the border of a record, so that a text is decoded
    only when all of it is there.
    """

    def __init__(self, records: list[bytes]) -> None:
        self._records = records
        self._record, self._at = 0, 0

    def texts(self) -> list[str]:
        """All of them; a blank one is kept as "" so that the indexes stay right."""
        count = struct.unpack_from("<4xI", self._records[0])[0]
        self._at = 8
        found: list[str] = []
        while len(found) < count and self._more():
            one = self.text()
            found.append("" if one.isspace() else one)
        return found

    def text(self) -> str:
        length, flags = struct.unpack("<HB", self._taken(3))
        runs = struct.unpack("<H", self._taken(2))[0] if flags & 8 else 0
        aside = struct.unpack("<I", self._taken(4))[0] if flags & 4 else 0
        raw = bytearray()
        wide = flags & 1
        while len(raw) < 2 * length:
            if self._at == len(self._records[self._record]):
                self._next()
                wide = self._taken(1)[0] & 1
            raw += _widened(self._taken_up_to((length - len(raw) // 2) << wide), bool(wide))
        self._pass_over(4 * runs + aside)
        return raw.decode("utf-16-le", "replace")

    def _more(self) -> bool:
        while self._at == len(self._records[self._record]):
            if self._record + 1 == len(self._records):
                return False
            self._next()
        return True

    def _next(self) -> None:
        if self._record + 1 == len(self._records):
            raise ValueError("a text that stops short")
        self._record, self._at = self._record + 1, 0

    def _taken_up_to(self, size: int) -> bytes:
        taken = self._records[self._record][self._at : self._at + size]
        self._at += len(taken)
        return taken

    def _taken(self, size: int) -> bytes:
        taken = self._taken_up_to(size)
        if len(taken) < size:
            raise ValueError("a text that stops short")
        return taken

    def _pass_over(self, size: int) -> None:
        while size:
            if self._at == len(self._records[self._record]):
                self._next()
            size -= len(self._taken_up_to(size))
