"""Files as offices bring them, made for the tests: workbooks of every kind, sound and broken."""

import importlib
import struct
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter

openpyxl: Any = importlib.import_module("openpyxl")
xlwt: Any = importlib.import_module("xlwt")

FIRST_SHEET = "xl/worksheets/sheet1.xml"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
ROWS = (("编号", "内容"), (1, "路灯不亮"), (2, "井盖丢失"))


def streamed(rows: Iterable[bytes], strings: bytes | None = None) -> bytes:
    """A workbook around the XML of its rows, made without holding them; `strings` in place of its shared texts."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in unzipped(shared()).items():
            if name == FIRST_SHEET:
                with archive.open(name, "w") as part:
                    part.write(b'<worksheet xmlns="x"><sheetData>')
                    part.writelines(rows)
                    part.write(b"</sheetData></worksheet>")
            else:
                archive.writestr(name, strings if strings and name.endswith("sharedStrings.xml") else content)
    return target.getvalue()


def as_it_is(*_: object) -> None:
    """No change."""


def xlsx(rows: Iterable[Iterable[object]] = ROWS, change: Callable[[Any], None] = as_it_is) -> bytes:
    """As openpyxl writes it; `change` gets the workbook before it is saved."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    change(book)
    return saved(book)


def shared(rows: Iterable[Iterable[object]] = ROWS) -> bytes:
    """As XlsxWriter and Excel write it: texts in a table of their own (openpyxl puts them into the cells)."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "default_date_format": "yyyy-mm-dd hh:mm:ss"}) as book:
        sheet = book.add_worksheet("数据")
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, column, value)
                elif value is not None:
                    sheet.write(number, column, value)
    return target.getvalue()


def xls(rows: Iterable[Iterable[object]] = ROWS, change: Callable[[Any, Any], None] = as_it_is) -> bytes:
    """As xlwt writes it."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("数据")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(number, column, value)
    change(book, sheet)
    return saved(book)


def saved(book: Any) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def patched(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    parts = unzipped(data)
    changed = change(parts[part])
    assert changed != parts[part]
    return zipped({**parts, part: changed})


def ods_table(name: str, rows: str, style: str = "shown") -> str:
    return f'<table:table table:name="{name}" table:style-name="{style}">{rows}</table:table>'


def ods_row(*cells: str, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>'


def ods_text(text: str, times: int = 1) -> str:
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
    repeated = f'table:number-columns-repeated="{times}"'
    return f'<table:table-cell office:value-type="string" {repeated}>{lines}</table:table-cell>'


def ods_cell(kind: str, **values: str) -> str:
    given = " ".join(f'office:{name.replace("_", "-")}="{value}"' for name, value in values.items())
    return f'<table:table-cell office:value-type="{kind}" {given}><text:p>shown</text:p></table:table-cell>'


def ods(*tables: str, parts: Mapping[str, str] | None = None) -> bytes:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    styles = "".join(
        f'<style:style style:name="{name}" style:family="table"><style:table-properties table:display="{display}"/>'
        "</style:style>"
        for name, display in (("shown", "true"), ("hidden", "false"))
    )
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"mimetype": ODS, "content.xml": content, **(parts or {})})


def compound(streams: Mapping[str, bytes], storages: Sequence[str] = ()) -> bytes:
    """A minimal OLE file: one sector of table, the directory, and each stream padded past the small ones."""
    names = [(name, 1) for name in storages] + [(name, 2) for name in streams]
    entries = len(names) + 1
    directory_sectors = -(-entries // 4)
    table = [0xFFFF_FFFD, *(range(2, 1 + directory_sectors)), 0xFFFF_FFFE]
    body, starts = b"", {}
    for name, content in streams.items():
        padded = content.ljust(4096, b"\0")
        padded += b"\0" * (-len(padded) % 512)
        starts[name] = (len(table), len(padded))
        table += [*range(len(table) + 1, len(table) + len(padded) // 512), 0xFFFF_FFFE]
        body += padded
    directory = _entry("Root Entry", 5, 0xFFFF_FFFE, 0) + b"".join(
        _entry(name, kind, *starts.get(name, (0, 0))) for name, kind in names
    )
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFF_FFFE, 0, 0xFFFF_FFFE, 0, 0)
    header += b"\xff" * (512 - len(header))
    assert len(table) <= 128
    sector = struct.pack(f"<{len(table)}I", *table).ljust(512, b"\xff")
    return header + sector + directory.ljust(512 * directory_sectors, b"\0") + body


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    spelled = name.encode("utf-16-le")
    return (
        struct.pack("<64sHBB", spelled, len(spelled) + 2, kind, 1)
        + b"\xff" * 12
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def record(code: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", code, len(content)) + content


def biff(cells: Sequence[bytes], version: int = 0x600, before: Sequence[bytes] = (), kind: int = 0) -> bytes:
    """A workbook stream with one sheet "S" of these records; `before` stand among those of the whole workbook."""
    begin = struct.pack("<HHHH", version, 5, 0, 0) + bytes(8 if version == 0x600 else 0)
    name = b"\x01\x00S" if version == 0x600 else b"\x01S"
    end = record(0x0A)
    head = record(0x809, begin) + b"".join(before)
    start = len(head) + 4 + 6 + len(name) + len(end)
    listed = record(0x85, struct.pack("<IBB", start, 0, kind) + name)
    return head + listed + end + record(0x809, struct.pack("<HHHH", version, 0x10, 0, 0)) + b"".join(cells) + end
