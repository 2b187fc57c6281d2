"""Every file that is no table gets one sentence, in both languages, that names it and says what is wrong."""

import random
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets.package import MAX_UNPACKED
from sheets.reading import read
from tests.sheets import making
from tests.sheets.making import ODS, ROWS, biff, compound, ods, ods_row, ods_table, ods_text, patched, record, zipped
from texts import speaking
from vocabulary.refusals import NotPossible

PAIR = ods_row(ods_text("a"), ods_text("b"))
MANIFEST = '<m:manifest xmlns:m="urn:m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'


def formula(book: Any) -> None:
    book.active["D5"] = "=A2*2"


def old_formula(_: Any, sheet: Any) -> None:
    sheet.write(4, 3, making.xlwt.Formula("A2*2"))


def old_million(_: Any, sheet: Any) -> None:
    sheet.write(2, 255, "远")


def locked_zip() -> bytes:
    data = bytearray(making.xlsx())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


def bomb() -> bytes:
    """Says of one part that it unpacks to more than we take."""
    data = bytearray(making.xlsx())
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", MAX_UNPACKED + 1)
    return bytes(data)


def entities() -> bytes:
    doctype = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet'
    return patched(making.xlsx(), making.FIRST_SHEET, lambda xml: xml.replace(b"<worksheet", doctype, 1))


BROKEN: dict[str, tuple[str, Callable[[], bytes]]] = {
    "nothing": ("empty_file", lambda: b""),
    "blank": ("empty_file", lambda: b"\xef\xbb\xbf\r\n\r\n"),
    "pdf": ("not_a_sheet.pdf", lambda: b"%PDF-1.7\n%\xe2\xe3"),
    "png": ("not_a_sheet.image", lambda: b"\x89PNG\r\n\x1a\n\0\0"),
    "docx": ("not_a_sheet.word", lambda: zipped({"[Content_Types].xml": "<a/>", "word/document.xml": "<a/>"})),
    "odt": ("not_a_sheet.word", lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.text"})),
    "pptx": ("not_a_sheet.slides", lambda: zipped({"ppt/presentation.xml": "<a/>"})),
    "xlsb": ("not_a_sheet.binary", lambda: zipped({"[Content_Types].xml": "<a/>", "xl/workbook.bin": b"\x01"})),
    "zip": ("not_a_sheet.archive", lambda: zipped({"a.txt": "a"})),
    "empty zip": ("not_a_sheet.archive", lambda: zipped({})),
    "rar": ("not_a_sheet.archive", lambda: b"Rar!\x1a\x07\x01\0"),
    "random bytes": ("not_a_sheet.unknown", lambda: random.Random(1).randbytes(5000)),
    "utf-16 without a mark": ("not_a_sheet.unknown", lambda: "编号,a\n1,b".encode("utf-16-le")),
    "a web page": ("not_a_sheet.html", lambda: "\n<html><table><tr><td>编号</td></tr></table>".encode("gb18030")),
    "a web page by a system": ("not_a_sheet.html", lambda: b"<table><tr><td>1,2</td></tr></table>"),
    "a sheet as xml": ("not_a_sheet.xml", lambda: b'<?xml version="1.0"?>\n<Workbook xmlns="urn:x"><Row/></Workbook>'),
    "doc": ("not_a_sheet.word", lambda: compound({"WordDocument": b"a"})),
    "excel 4": ("not_a_sheet.old", lambda: b"\x09\x04\x06\x00\0\0\x10\0\0\0"),
    "other ole": ("not_a_sheet.unknown", lambda: compound({"Contents": b"a"})),
    "password": ("encrypted", lambda: compound({"EncryptionInfo": b"a", "EncryptedPackage": b"b" * 5000})),
    "password on an xls": ("encrypted", lambda: compound({"Workbook": biff([], before=[record(0x2F, b"\1\0" * 3)])})),
    "password on an ods": ("encrypted", lambda: ods(parts={"META-INF/manifest.xml": MANIFEST})),
    "password on the zip": ("encrypted", locked_zip),
    "macro": ("macro", lambda: zipped({**making.unzipped(making.xlsx()), "xl/vbaProject.bin": b"\xd0\xcf"})),
    "macro in an xls": ("macro", lambda: compound({"Workbook": biff([])}, ["_VBA_PROJECT_CUR", "VBA"])),
    "macro sheet in an xls": ("macro", lambda: compound({"Workbook": biff([], kind=1)})),
    "macro in an ods": ("macro", lambda: ods(ods_table("a", PAIR), parts={"Basic/Standard/Module1.xml": "<a/>"})),
    "script in an ods": ("macro", lambda: ods(ods_table("a", PAIR), parts={"Scripts/python/a.py": "pass"})),
    "formula": ("formula", lambda: making.xlsx(change=formula)),
    "formula in an xls": ("formula", lambda: making.xls(change=old_formula)),
    "formula in an ods": (
        "formula",
        lambda: ods(ods_table("a", PAIR * 4 + ods_row(ods_text("", 3), '<table:table-cell table:formula="of:=A2"/>'))),
    ),
    "no headings": ("no_headings", lambda: making.xlsx([("只有标题",), ("一列",)])),
    "no headings in a csv": ("no_headings", lambda: b"a\nb\nc\n"),
    "no rows": ("no_rows", lambda: making.xlsx([("编号", "内容"), ("  ", None)])),
    "no rows in an xls": ("no_rows", lambda: making.xls(ROWS[:1])),
    "no rows in an ods": ("no_rows", lambda: ods(ods_table("a", PAIR))),
    "no rows in a csv": ("no_rows", lambda: b"a,b\r\n,\r\n"),
    "a heading twice": ("repeated_heading", lambda: making.xlsx([("编号", "内容", " 编号"), (1, 2, 3)])),
    "too many columns": ("too_many_columns", lambda: making.xlsx([range(201), range(201)])),
    "too many columns in an xls": ("too_many_columns", lambda: making.xls(change=old_million)),
    "too many columns in an ods": (
        "too_many_columns",
        lambda: ods(ods_table("a", PAIR + ods_row(ods_text("a", 16_384)))),
    ),
    "a damaged zip": ("damaged", lambda: making.xlsx()[:-100]),
    "a damaged part": ("damaged", lambda: patched(making.xlsx(), making.FIRST_SHEET, lambda xml: xml[:-400])),
    "a missing part": ("damaged", lambda: zipped({"[Content_Types].xml": "<a/>", "xl/workbook.xml": "<a/>"})),
    "an ods without content": ("damaged", lambda: zipped({"mimetype": ODS})),
    "a damaged xls": ("damaged", lambda: making.xls()[:2000]),
    "entities": ("damaged", entities),
    "too large": ("too_large", bomb),
    "bad utf-8": ("bad_encoding", lambda: "编号,内容\n1,路灯\n2,井盖\n".encode() + b"3,\xe8\xb7\n"),
    "no encoding": ("bad_encoding", lambda: b"a,b\n1,2\n3,\xff\xff\xff\n"),
    "an open quotation mark": ("open_quote", '编号,内容\n1,好\n2,"未完\n3,好\n'.encode),
    "an empty field alone": ("no_headings", b'\xef\xbb\xbf""'.strip),
    "an unquoted comma": ("ragged", "编号,内容\n1,好\n2,路灯,不亮\n".encode),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_is_no_table_is_refused_in_one_sentence(name: str) -> None:
    key, made = BROKEN[name]
    with pytest.raises(NotPossible) as refused:
        read(made(), "街道 {台账}.xlsx")
    assert refused.value.key == f"sheets.{key}"
    assert "街道 {台账}.xlsx" in str(refused.value)
    with speaking("en"):
        assert "街道 {台账}.xlsx" in str(refused.value)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("formula", "单元格 D5 是公式"),
        ("formula in an xls", "单元格 D5 是公式"),
        ("formula in an ods", "单元格 D5 是公式"),
        ("a heading twice", "列名“编号”出现了两次（A1 和 C1）"),
        ("too many columns", "超过 200 列（单元格 GS1 有内容）"),
        ("bad utf-8", "第 4 行"),
        ("no encoding", "第 3 行"),
        ("an open quotation mark", "第 3 行"),
        ("an unquoted comma", "第 3 行有 3 格，而表头只有 2 格"),
    ],
)
def test_the_sentence_names_the_place(name: str, said: str) -> None:
    with pytest.raises(NotPossible, match=said):
        read(BROKEN[name][1](), "a.xlsx")


def test_a_formula_on_another_sheet_is_no_matter() -> None:
    def elsewhere(book: Any) -> None:
        book.create_sheet("汇总").append(("a", "=1+1"))
        book["汇总"].append((1, "=SUM(1)"))

    assert read(making.xlsx(change=elsewhere), "a.xlsx").others == ("汇总",)


def test_lists_of_libraries_alone_are_no_macro() -> None:
    empty = {"Basic/script-lc.xml": "<a/>", "Basic/Standard/script-lb.xml": "<a/>", "Scripts/": ""}
    assert len(read(ods(ods_table("a", PAIR * 2), parts=empty), "a.ods").rows) == 1


@pytest.mark.parametrize("file", ["xlsx", "xls", "ods", "csv"])
def test_as_many_rows_as_allowed_are_read_and_one_more_is_refused(file: str) -> None:
    rows: list[tuple[object, ...]] = [("a", "b"), *((number, "路灯") for number in range(50))]
    data = {
        "xlsx": lambda: making.xlsx(rows),
        "xls": lambda: making.xls(rows),
        "ods": lambda: ods(ods_table("a", PAIR + ods_row(ods_text("1"), ods_text("2"), times=50))),
        "csv": lambda: "\n".join(f"{a},{b}" for a, b in rows).encode(),
    }[file]()
    assert len(read(data, "a", max_rows=50).rows) == 50
    with pytest.raises(NotPossible, match="超过 49 行"):
        read(data, "a", max_rows=49)


@pytest.mark.parametrize("texts_in_cells", [True, False])
def test_a_million_rows_are_refused_before_their_texts_are_read(texts_in_cells: bool) -> None:
    cell = b'<c t="inlineStr"><is><t>abc</t></is></c>' if texts_in_cells else b'<c t="s"><v>0</v></c>'
    rows = (b"<row>" + cell * 3 + b"</row>") * 10_000
    data = making.streamed((rows for _ in range(100)), strings=b"<damaged")
    began = time.process_time()
    with pytest.raises(NotPossible, match="超过 200000 行"):
        read(data, "大.xlsx")
    assert time.process_time() - began < 5


def test_a_million_repeated_rows_of_opendocument_are_refused_without_being_held() -> None:
    data = ods(ods_table("a", PAIR + ods_row(ods_text("1"), ods_text("2"), times=1_048_000)))
    with pytest.raises(NotPossible, match="超过 200000 行"):
        read(data, "大.ods")


SOUND = {
    "xlsx": making.xlsx(),
    "shared": making.shared(),
    "xls": making.xls(),
    "ods": ods(ods_table("a", PAIR * 3)),
    "csv": '编号,内容\n1,"路灯\n不亮"\n'.encode(),
    "gb18030": "编号;内容\n1;路灯\n".encode("gb18030"),
}


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(sorted(SOUND)), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=8)
)
def test_bytes_changed_anywhere_are_read_or_refused(kind: str, changes: list[tuple[float, int]]) -> None:
    data = bytearray(SOUND[kind])
    for place, value in changes:
        data[int(place * (len(data) - 1))] = value
    read_or_refused(bytes(data))


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["xlsx", "shared", "ods"]),
    st.randoms(use_true_random=False),
    st.sampled_from([b"<", b">", b"=", b'"', b"0", b"9" * 12, b"-1", b"ZZZZ9", b"&#1;", b"<f/>", b"e", b"s"]),
)
def test_parts_changed_anywhere_are_read_or_refused(kind: str, chance: random.Random, piece: bytes) -> None:
    parts = making.unzipped(SOUND[kind])
    name = chance.choice([part for part in parts if part.endswith((".xml", ".rels"))])
    at = chance.randrange(len(parts[name]) + 1)
    read_or_refused(zipped({**parts, name: parts[name][:at] + piece + parts[name][at + chance.randrange(4) :]}))


def read_or_refused(data: bytes) -> None:
    with suppress(NotPossible):
        assert read(data, "a").rows
