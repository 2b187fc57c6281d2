"""Text files with separated columns (csv): the fields of each record, always as text."""

import csv
import re
from collections.abc import Iterable, Iterator
from io import BytesIO, StringIO, TextIOWrapper
from itertools import islice

from sheets.cells import Line, Raw, Source, Tab
from sheets.encodings import encoding

DELIMITERS = ",\t;"
_SAMPLE = 1 << 16
_SAMPLE_RECORDS = 50
_TEXT_FORMULA = re.compile(r'="([^"]*)"')


def tabs(source: Source) -> Iterator[Tab]:
    """The one table of the file. A record is a row, however many lines its texts run over."""
    name = encoding(source)
    head = source.data[:_SAMPLE].decode(name, "ignore").lstrip("\ufeff \t\r\n")
    if head.startswith("<"):
        kind = "html" if re.search(r"<(html|head|meta|table|body|style)\b", head[:4096], re.IGNORECASE) else "xml"
        raise source.refused(f"not_a_sheet.{kind}")
    if not head:
        raise source.refused("empty_file")
    yield source.file, _lines(source, name, _delimiter(head))


def _lines(source: Source, name: str, delimiter: str) -> Iterator[Line]:
    width = 0
    for number, record in _records(source, name, delimiter):
        filled: dict[int, Raw] = {
            column: _plain(field) for column, field in enumerate(record) if field and not field.isspace()
        }
        if not filled:
            continue
        if width and max(filled) >= width:
            raise source.refused("ragged", row=number, cells=max(filled) + 1, headings=width)
        if not width and len(filled) >= 2:
            width = len(record)
        yield number, filled


def _records(source: Source, name: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Numbered as a spreadsheet program would number them. Refuses a quotation mark that is never closed."""
    lines = _Lines(TextIOWrapper(BytesIO(source.data), encoding=name, newline=""))
    reader = csv.reader(lines, delimiter=delimiter)
    number = 0
    try:
        for number, record in enumerate(reader, start=1):
            if lines.ended:
                raise source.refused("open_quote", row=number)
            if number == 1 and record and (record[0].startswith("\ufeff")):
                record[0] = record[0].removeprefix("\ufeff")
            yield number, record
    except csv.Error as broken:  # a field longer than any cell: the mark was opened here
        raise source.refused("open_quote", row=number + 1) from broken


class _Lines:
    """The lines of a text; `ended` once somebody asked for one more than there are."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        for line in self._lines:
            if line != "\x1a":
                return line
        self.ended = True
        raise StopIteration


def _delimiter(head: str) -> str:
    """The one that cuts most of the records into as many fields as the headings, of those the most fields."""
    return max(DELIMITERS, key=lambda delimiter: _fit(head, delimiter))


def _fit(head: str, delimiter: str) -> tuple[float, int]:
    try:
        records = list(islice(csv.reader(StringIO(head, newline=""), delimiter=delimiter), _SAMPLE_RECORDS))
    except csv.Error:
        return 0, 0
    table = [record for record in records if any(record)]
    width = next((len(record) for record in table if sum(map(bool, record)) >= 2), 0)
    return sum(len(record) == width for record in table) / max(len(table), 1), width


def _plain(field: str) -> str:
    """The idiom ="00123", with which programs keep leading zeros in a csv, is the text 00123."""
    found = _TEXT_FORMULA.fullmatch(field)
    return found[1] if found else field
