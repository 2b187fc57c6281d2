"""Workbooks of Excel 2007 and later, as several programs write them."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import load_workbook

from sheets.cells import ErrorCell, Row
from sheets.reading import read
from tests.sheets import making


def single(data: bytes) -> object:
    """The cell under the second heading of the first row."""
    return read(data, "a.xlsx").rows[0].cells[1]


def test_headings_and_rows_carry_the_numbers_the_program_shows() -> None:
    sheet = read(making.xlsx(), "诉求.xlsx")
    assert (sheet.name, sheet.heading_row, sheet.headings) == ("Sheet", 1, ("编号", "内容"))
    assert sheet.rows == [Row(2, (1, "路灯不亮")), Row(3, (2, "井盖丢失"))]
    assert sheet.others == ()


def test_titles_above_the_headings_are_passed_over_and_empty_rows_keep_the_count() -> None:
    rows = [("某社区诉求汇总表",), (), ("编号", "内容"), (), (1, "甲"), (None, "  "), (None, None), (2, None)]
    sheet = read(making.xlsx(rows), "a.xlsx")
    assert sheet.heading_row == 3
    assert sheet.rows == [Row(5, (1, "甲")), Row(8, (2, None))]


def test_a_table_need_not_begin_in_the_first_column() -> None:
    sheet = read(making.xlsx([(), (None, None, "编号", "内容"), (None, None, 1, "甲")]), "a.xlsx")
    assert (sheet.heading_row, sheet.headings, sheet.rows) == (2, ("编号", "内容"), [Row(3, (1, "甲"))])


@pytest.mark.parametrize(
    "tag", [b'<dimension ref="A1"/>', b'<dimension ref="A1:XFD1048576"/>', b"", b'<dimension ref="wrong"/>']
)
def test_what_the_file_says_about_its_size_is_not_believed(tag: bytes) -> None:
    lying = making.patched(
        making.xlsx(), making.FIRST_SHEET, lambda xml: re.sub(rb"<dimension[^>]*/>", tag, xml) + b" " * (tag == b"")
    )
    assert read(lying, "a.xlsx").rows == [Row(2, (1, "路灯不亮")), Row(3, (2, "井盖丢失"))]


def test_a_sheet_without_addresses_and_one_with_prefixes_read_the_same() -> None:
    def without(xml: bytes) -> bytes:
        return re.sub(rb'(<row|<c) r="\w+"', rb"\1", xml)

    def prefixed(xml: bytes) -> bytes:
        return re.sub(rb"<(/?)(\w)", rb"<\1x:\2", xml).replace(b'xmlns="', b'xmlns:x="')

    for change in (without, prefixed):
        assert read(making.patched(making.xlsx(), making.FIRST_SHEET, change), "a.xlsx").rows[1] == Row(
            3, (2, "井盖丢失")
        )


def test_a_stray_cell_in_the_last_corner_costs_nothing() -> None:
    def stray(book: Any) -> None:
        book.active["B1048576"] = "末尾"

    assert read(making.xlsx(change=stray), "a.xlsx").rows[-1] == Row(1_048_576, (None, "末尾"))


def test_the_first_visible_sheet_with_rows_is_read_and_the_others_are_named() -> None:
    def more(book: Any) -> None:
        book.active.title = "说明"
        book.active.sheet_state = "hidden"
        for name, rows in (
            ("封面", [("社区",)]),
            ("只有表头", [("a", "b")]),
            ("诉求", making.ROWS),
            ("附表", making.ROWS),
        ):
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)

    sheet = read(making.xlsx(change=more), "a.xlsx")
    assert (sheet.name, len(sheet.rows), sheet.others) == ("诉求", 2, ("附表",))


def test_whole_numbers_are_integers_and_others_keep_their_fraction() -> None:
    sheet = read(making.xlsx([("a", "b", "c", "d"), (2549.0, 2.5, 0.1, True)]), "a.xlsx")
    assert [(type(cell), cell) for cell in sheet.rows[0].cells] == [
        (int, 2549),
        (float, 2.5),
        (float, 0.1),
        (bool, True),
    ]


@pytest.mark.parametrize("mac", [False, True], ids=["since 1900", "since 1904"])
def test_dates_come_without_a_zone_whichever_year_the_days_count_from(mac: bool) -> None:
    wanted = (datetime.fromisoformat("2019-04-25T09:32:09"), date(2019, 4, 25), time(9, 32, 9))

    def since_1904(book: Any) -> None:
        if mac:
            book.epoch = making.openpyxl.utils.datetime.CALENDAR_MAC_1904

    def filled(book: Any) -> None:
        since_1904(book)
        book.active.append(("时间", "日期", "钟点"))
        book.active.append(wanted)

    assert read(making.xlsx((), filled), "a.xlsx").rows[0].cells == wanted


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ('[$-804]yyyy"年"m"月"d"日"', date(2019, 4, 25)),
        ("yyyy年m月d日", date(2019, 4, 25)),
        ("[Red]m/d", date(2019, 4, 25)),
        ('0"天"', 43580),
        ("#,##0.00;[Red]-#,##0.00", 43580),
        (r"0\d", 43580),
        ("General", 43580),
        ("[h]:mm", "1045920:00:00"),
    ],
)
def test_the_number_format_decides_what_a_number_is(code: str, wanted: object) -> None:
    def shown(book: Any) -> None:
        book.active.append(("a", "b"))
        book.active.append((1, 43580))
        book.active["B2"].number_format = code

    assert single(making.xlsx((), shown)) == wanted


def test_an_hour_and_a_half_of_duration_is_a_time() -> None:
    def shown(book: Any) -> None:
        book.active.append(("a", "b"))
        book.active.append((1, timedelta(minutes=90)))

    assert single(making.xlsx((), shown)) == time(1, 30)


def test_an_error_of_the_program_is_marked_and_the_same_words_as_text_are_text() -> None:
    def wrong(book: Any) -> None:
        book.active.append(("a", "b"))
        book.active.append(("#N/A", "#REF!"))
        book.active["A2"].data_type = "s"
        book.active["B2"].data_type = "e"

    assert read(making.xlsx((), wrong), "a.xlsx").rows[0].cells == ("#N/A", ErrorCell("#REF!"))


def test_rich_text_is_joined_and_its_reading_aid_left_out() -> None:
    rich = b"<si><r><t>\xe8\xb7\xaf</t></r><r><t>\xe7\x81\xaf</t></r><rPh sb='0' eb='1'><t>lu deng</t></rPh></si>"
    data = making.patched(
        making.shared([("a", "b"), (1, "X")]),
        "xl/sharedStrings.xml",
        lambda xml: xml.replace(b"<si><t>X</t></si>", rich),
    )
    assert single(data) == "路灯"


def test_escaped_characters_are_unescaped_once() -> None:
    assert single(making.xlsx([("a", "b"), (1, "一_x000D_二_x005F_x0041_")])) == "一\r二_x0041_"


def test_rare_characters_survive() -> None:
    assert single(making.xlsx([("a", "b"), (1, "👨‍👩‍👧 𠀀𪚥 １２３ ①")])) == "👨‍👩‍👧 𠀀𪚥 １２３ ①"


def test_content_beside_the_headings_is_kept_under_its_letter() -> None:
    sheet = read(making.xlsx([("a", None, "b"), (1, None, 2), (3, "注", 4, None, "旁")]), "a.xlsx")
    assert sheet.headings == ("a", "[B]", "b", "[E]")
    assert sheet.rows == [Row(2, (1, None, 2, None)), Row(3, (3, "注", 4, "旁"))]


def test_a_heading_on_two_lines_becomes_one() -> None:
    sheet = read(making.xlsx([("受理\n时间", "due\n date", 2024), (1, 2, 3)]), "a.xlsx")
    assert sheet.headings == ("受理时间", "due date", "2024")


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**14), 10**14),
    st.floats(-1e9, 1e9).map(lambda value: round(value, 4)),
    st.datetimes(datetime.fromisoformat("1901-01-01"), datetime.fromisoformat("2099-01-01")).map(
        lambda moment: moment.replace(microsecond=0)
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff_="), max_size=20),
)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from([making.xlsx, making.shared]), st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=6))
def test_calamine_reads_the_same(made: Callable[..., bytes], rows: list[tuple[object, ...]]) -> None:
    data = made([("a", "b", "c"), ("x", "y", "z"), *rows])
    oracle = load_workbook(BytesIO(data)).get_sheet_by_index(0).to_python()
    numbered = {row.number: row.cells for row in read(data, "a.xlsx").rows}
    for number, expected in enumerate(oracle[1:], start=2):
        blank = [None if isinstance(cell, str) and not cell.strip() else cell for cell in expected]
        assert list(numbered.get(number, (None, None, None))) == blank
