"""Tables to files: an xlsx workbook, a csv."""

import math
import re
from collections.abc import Sequence
from csv import writer
from datetime import date, datetime, time
from io import BytesIO, TextIOWrapper

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from sheets.cells import whole
from sheets.formula_text import neutralised
from sheets.tables import Guide, Table
from vocabulary.refusals import NotPossible

MAX_ROWS = 1_048_576
MAX_CELL = 32_767
SMALL = 200_000
"""Up to so many cells a workbook is put together in memory, with each text stored once; beyond, row by row."""

_FORMATS = {datetime: "yyyy-mm-dd hh:mm:ss", date: "yyyy-mm-dd", time: "hh:mm:ss"}
_FIRST_MONTH = (1900, 3)
_EXACT = 10**15
_TEMPLATE_ROWS = 10_000
_CHOICES = "choices"
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")

_Written = str | int | float | date | time | None


def xlsx(sheets: Sequence[Table | Guide]) -> bytes:
    """A workbook with these sheets. NotPossible for what Excel can't hold: too many rows, too long a text."""
    tables = [sheet for sheet in sheets if isinstance(sheet, Table)]
    for table in tables:
        _check_rows(table)
    cells = sum(table.frame.height * len(table.headings) for table in tables)
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": cells <= SMALL, "constant_memory": cells > SMALL}) as workbook:
        pen = _Pen(workbook)
        for sheet in sheets:
            if isinstance(sheet, Table):
                pen.table(sheet)
            else:
                pen.guide(sheet)
        pen.choices()
    return target.getvalue()


def csv(table: Table, above: Sequence[str] = ()) -> bytes:
    """UTF-8 with its mark, so that Excel shows Chinese, and lines ended as Excel ends them.

    The sentences `above` the headings stand alone in their lines; an import passes over them.
    """
    _check_rows(table)
    target = BytesIO()
    with TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=True) as text:
        out = writer(text, lineterminator="\r\n")
        out.writerows([neutralised(line)] for line in above)
        out.writerow(map(neutralised, table.headings.values()))
        out.writerows(map(_said, row) for row in table.values().iter_rows())
        text.flush()
        return target.getvalue()


def _said(value: _Written) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return neutralised(value)
    if isinstance(value, float):
        narrow = whole(value)
        return str(narrow) if isinstance(narrow, int | float) else ""
    return str(value)


def _number(value: int | float) -> str | int | float | None:
    """As text where Excel's fifteen digits would not hold it; nothing for a fraction that is no number."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if abs(value) < _EXACT else str(value)


def _length(text: str) -> int:
    """As Excel counts: a character outside the basic plane is two."""
    return len(text) + sum(character > "\uffff" for character in text) if len(text) > MAX_CELL // 2 else len(text)


def _check_rows(table: Table) -> None:
    if table.frame.height >= MAX_ROWS:
        raise NotPossible("sheets.too_many_to_write", sheet=table.name, rows=table.frame.height, limit=MAX_ROWS - 1)


class _Pen:
    """Writes into one workbook, whose sheets and choices it keeps."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        self._workbook = workbook
        self._taken = {_CHOICES, "history"}
        self._lists: list[Sequence[str]] = []
        self._heading = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        self._formats: dict[type, Format] = {
            kind: workbook.add_format({"num_format": code}) for kind, code in _FORMATS.items()
        }

    def table(self, table: Table) -> None:
        sheet = self._sheet(table.name)
        values = table.values()
        for at, (column, heading) in enumerate(table.headings.items()):
            sheet.set_column(at, at, table.widths.get(column, max(12, 2 * len(heading) + 4)))
            self._offer(sheet, at, table, column)
        sheet.freeze_panes(1, 0)
        for at, heading in enumerate(table.headings.values()):
            sheet.write_string(0, at, neutralised(heading), self._heading)
        for number, row in enumerate(values.iter_rows(), start=1):
            for at, value in enumerate(row):
                if value is not None:
                    self._cell(sheet, number, at, value, table)
        if values.height:
            sheet.autofilter(0, 0, values.height, len(table.headings) - 1)

    def guide(self, guide: Guide) -> None:
        sheet = self._sheet(guide.name)
        sheet.set_column(0, 0, 100)
        for number, line in enumerate(guide.lines):
            sheet.write_string(number, 0, neutralised(line), self._wrapped)

    def choices(self) -> None:
        """The hidden sheet that the drop-downs draw from: in the cell itself they may only be 255 characters long."""
        if not self._lists:
            return
        sheet = self._workbook.add_worksheet(_CHOICES)
        sheet.hide()
        for number in range(max(map(len, self._lists))):
            for at, offered in enumerate(self._lists):
                if number < len(offered):
                    sheet.write_string(number, at, neutralised(offered[number]))

    def _offer(self, sheet: Worksheet, at: int, table: Table, column: str) -> None:
        rules: dict[str, object] = {"validate": "any"}
        if offered := table.choices.get(column):
            first = xl_rowcol_to_cell(0, len(self._lists), True, True)
            last = xl_rowcol_to_cell(len(offered) - 1, len(self._lists), True, True)
            self._lists.append(offered)
            rules = {"validate": "list", "source": f"={_CHOICES}!{first}:{last}"}
        if note := table.notes.get(column):
            rules |= {"input_title": table.headings[column][:32], "input_message": note[:255]}
        if len(rules) > 1:
            sheet.data_validation(1, at, max(table.frame.height, _TEMPLATE_ROWS), at, rules)

    def _cell(self, sheet: Worksheet, row: int, column: int, value: _Written, table: Table) -> None:
        if isinstance(value, date) and (value.year, value.month) < _FIRST_MONTH:
            value = str(value)
        if isinstance(value, int | float):
            value = _number(value)
        if isinstance(value, str):
            text = neutralised(value)
            if _length(text) > MAX_CELL:
                heading = list(table.headings.values())[column]
                values = {"sheet": table.name, "row": row + 1, "heading": heading, "length": _length(text)}
                raise NotPossible("sheets.cell_too_long", limit=MAX_CELL, **values)
            sheet.write_string(row, column, text)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value)
        elif value is not None:
            sheet.write_datetime(row, column, value, self._formats[type(value)])

    def _sheet(self, name: str) -> Worksheet:
        """A sheet under a name that Excel accepts: without its forbidden characters, short, once only."""
        plain = _FORBIDDEN.sub("_", name).strip("' ")[:31] or "_"
        wanted, times = plain, 1
        while wanted.casefold() in self._taken:
            times += 1
            wanted = f"{plain[: 30 - len(str(times))]}_{times}"
        self._taken.add(wanted.casefold())
        return self._workbook.add_worksheet(wanted)
