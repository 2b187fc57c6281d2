"""The old xls, OpenDocument and csv."""

import struct
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import load_workbook

from sheets.cells import ErrorCell, Row
from sheets.reading import read
from tests.sheets import making
from tests.sheets.making import ods_cell, ods_row, ods_table, ods_text, record

MOMENT = datetime.fromisoformat("2019-04-25T09:32:09")


def test_an_old_workbook_reads_like_a_new_one() -> None:
    assert read(making.xls(), "旧.xls") == read(making.xls(), "whatever.csv")
    sheet = read(making.xls(), "旧.xls")
    assert (sheet.name, sheet.heading_row, sheet.headings) == ("数据", 1, ("编号", "内容"))
    assert sheet.rows == [Row(2, (1, "路灯不亮")), Row(3, (2, "井盖丢失"))]


@pytest.mark.parametrize("since_1904", [False, True])
def test_an_old_workbook_has_dates_errors_and_logical_values(since_1904: bool) -> None:
    def filled(book: Any, sheet: Any) -> None:
        book.dates_1904 = since_1904
        for column, heading in enumerate("abcde"):
            sheet.write(0, column, heading)
        sheet.write(1, 0, MOMENT, making.xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm:ss"))
        sheet.write(1, 1, True)
        sheet.row(1).set_cell_error(2, 0x2A)
        sheet.write(1, 3, -2.75)
        sheet.write(1, 4, 1.25, making.xlwt.easyxf(num_format_str="[h]:mm:ss"))

    assert read(making.xls((), filled), "a.xls").rows == [Row(2, (MOMENT, True, ErrorCell("#N/A"), -2.75, "30:00:00"))]


def test_an_emoji_cut_in_two_by_a_record_survives() -> None:
    rows = [("a", "b"), *((number, "一😀𠀀二" * 900 + "尾" * number) for number in range(8))]
    assert [row.cells for row in read(making.xls(rows), "a.xls").rows] == rows[1:]


def test_hidden_sheets_of_an_old_workbook_are_passed_over() -> None:
    def more(book: Any, sheet: Any) -> None:
        sheet.visibility = 1
        for column, value in enumerate(("a", "b")):
            shown = book.add_sheet(f"表{column}")
            for row in range(2):
                shown.write(row, 0, f"{value}{row}")
                shown.write(row, 1, 1)

    sheet = read(making.xls(change=more), "a.xls")
    assert (sheet.name, sheet.headings, sheet.others) == ("表0", ("a0", "1"), ("表1",))


def test_many_numbers_in_one_record_and_text_of_excel_95_are_read() -> None:
    def label(column: int, text: str) -> bytes:
        said = text.encode("gb18030")
        return record(0x204, struct.pack("<HHHH", 0, column, 0, len(said)) + said)

    packed = b"".join(struct.pack("<Hi", 0, number) for number in (7 << 2 | 2, -5 << 2 | 2, 250 << 2 | 3))
    numbers = record(0xBD, struct.pack("<HH", 1, 0) + packed + struct.pack("<H", 2))
    stream = making.biff(
        [label(0, "编号"), label(1, "数量"), label(2, "价格"), numbers], 0x500, [record(0x42, struct.pack("<H", 936))]
    )
    sheet = read(making.compound({"Book": stream}), "a.xls")
    assert (sheet.headings, sheet.rows) == (("编号", "数量", "价格"), [Row(2, (7, -5, 2.5))])


XLS_CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**40), 2**40), st.floats(-1e9, 1e9), st.text("路灯ab é", max_size=9)
)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(XLS_CELLS, XLS_CELLS), min_size=1, max_size=8))
def test_calamine_reads_the_same_from_an_old_workbook(rows: list[tuple[object, ...]]) -> None:
    data = making.xls([("a", "b"), ("x", "y"), *rows])
    oracle = load_workbook(BytesIO(data)).get_sheet_by_index(0).to_python()
    numbered = {row.number: row.cells for row in read(data, "a.xls").rows}
    for number, expected in enumerate(oracle[1:], start=2):
        blank = [None if isinstance(cell, str) and not cell.strip() else cell for cell in expected]
        assert list(numbered.get(number, (None, None))) == blank


def test_an_opendocument_sheet_has_every_kind_of_cell() -> None:
    headings = ods_row(*map(ods_text, "abcdef"))
    cells = ods_row(
        ods_cell("float", value="2549.0"),
        ods_cell("date", date_value="2019-04-25T09:32:09.000000000"),
        ods_cell("date", date_value="2019-04-25"),
        ods_cell("time", time_value="PT09H32M09S"),
        ods_cell("boolean", boolean_value="true"),
        ods_cell("percentage", value="0.25"),
    )
    sheet = read(making.ods(ods_table("表", headings + cells)), "a.ods")
    assert sheet.rows == [Row(2, (2549, MOMENT, date(2019, 4, 25), time(9, 32, 9), True, 0.25))]


def test_repeated_rows_and_cells_of_opendocument_are_counted() -> None:
    rows = [
        ods_row(ods_text(""), times=3),
        ods_row(ods_text("a"), ods_text("b"), ods_text("c")),
        ods_row(ods_text(""), times=2),
        ods_row(ods_text("甲", times=2), ods_text("乙"), times=2),
        ods_row(ods_text("", times=16_384), times=1_048_000),
    ]
    sheet = read(making.ods(ods_table("表", "".join(rows))), "a.ods")
    assert sheet.heading_row == 4
    assert sheet.rows == [Row(7, ("甲", "甲", "乙")), Row(8, ("甲", "甲", "乙"))]


def test_text_of_opendocument_keeps_its_spaces_and_lines_but_no_comment() -> None:
    text = (
        '<table:table-cell office:value-type="string"><office:annotation><text:p>批注</text:p></office:annotation>'
        '<text:p>一<text:s text:c="2"/>二<text:tab/>三</text:p>'
        "<text:p><text:span>四\n  五</text:span></text:p></table:table-cell>"
    )
    rows = ods_row(ods_text("a"), ods_text("b")) + ods_row(ods_text("1"), text)
    assert read(making.ods(ods_table("表", rows)), "a.ods").rows[0].cells == ("1", "一  二\t三\n四 五")


def test_a_hidden_sheet_of_opendocument_is_passed_over() -> None:
    rows = ods_row(ods_text("a"), ods_text("b")) + ods_row(ods_text("1"), ods_text("2"))
    data = making.ods(ods_table("藏", rows, "hidden"), ods_table("显", rows), ods_table("又", rows))
    assert (read(data, "a.ods").name, read(data, "a.ods").others) == ("显", ("又",))


CSV = "编号,内容\r\n007,路灯不亮\r\n12345678901234567890,井盖丢失\r\n"


@pytest.mark.parametrize(
    "spelled",
    [
        CSV.encode(),
        CSV.encode("utf-8-sig"),
        CSV.encode("gb18030"),
        CSV.encode("utf-16"),
        b"\xfe\xff" + CSV.encode("utf-16-be"),
        CSV.replace(",", "\t").encode(),
        CSV.replace(",", ";").encode("gb18030"),
        CSV.replace("\r\n", "\n").rstrip().encode(),
        CSV.replace("\r\n", "\r").encode(),
        b"\r\n".join([CSV.encode().strip(), b"\x1a"]),
    ],
    ids=["utf-8", "marked", "gb18030", "utf-16", "utf-16-be", "tabs", "semicolons", "lf", "cr", "ctrl-z"],
)
def test_a_csv_in_any_usual_encoding_and_shape_gives_the_same_texts(spelled: bytes) -> None:
    sheet = read(spelled, "a.csv")
    assert sheet.headings == ("编号", "内容")
    assert sheet.rows == [Row(2, ("007", "路灯不亮")), Row(3, ("12345678901234567890", "井盖丢失"))]


def test_a_record_of_a_csv_is_one_row_however_many_lines_it_has() -> None:
    data = '标题\n\n编号,内容\n1,"第一行\n第二行，有""引号"""\n\n2,"逗号,在内"\n'.encode()
    sheet = read(data, "a.csv")
    assert sheet.heading_row == 3
    assert sheet.rows == [Row(4, ("1", '第一行\n第二行，有"引号"')), Row(6, ("2", "逗号,在内"))]


def test_separators_within_the_text_do_not_mislead() -> None:
    data = "编号\t内容\n" + "".join(f"{number}\t路灯,井盖;楼道,垃圾\n" for number in range(9))
    assert read(data.encode(), "a.csv").rows[0].cells == ("0", "路灯,井盖;楼道,垃圾")


def test_the_idiom_that_keeps_leading_zeros_is_undone() -> None:
    assert read('编号,内容\n="00123",好\n'.encode(), "a.csv").rows[0].cells == ("00123", "好")


def test_gb18030_keeps_characters_that_gbk_lacks() -> None:
    assert read("编号,内容\n1,𠀀㐀😀\n".encode("gb18030"), "a.csv").rows[0].cells == ("1", "𠀀㐀😀")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("shift", range(3))
def test_a_character_on_the_border_of_two_pieces_is_whole(encoding: str, shift: int) -> None:
    text = "\n".join(f"{number},{'街坊' * 300}" for number in range(2_000))
    sheet = read(f"编号,{'内' * shift}容\n{text}".encode(encoding), "a.csv")
    assert {row.cells[1] for row in sheet.rows} == {"街坊" * 300}
