"""What is exported can be opened, and read again as it was."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clock import SHANGHAI
from sheets import cleaning, writing
from sheets.reading import read
from sheets.tables import Guide, Table
from tests.sheets import making
from vocabulary.refusals import NotPossible

HEADINGS = {"number": "编号", "text": "内容"}


def table(texts: list[str | None], **more: Any) -> Table:
    frame = pl.DataFrame({"number": range(len(texts)), "text": texts}, schema={"number": pl.Int64, "text": pl.String})
    return Table("诉求", frame, HEADINGS, **more)


def as_xlsx(written: Table) -> bytes:
    return writing.xlsx([written])


def opened(data: bytes) -> Any:
    return making.openpyxl.load_workbook(BytesIO(data))


WRITERS = pytest.mark.parametrize("write", [as_xlsx, writing.csv], ids=["xlsx", "csv"])
TEXTS = st.text() | st.text("'=+-@\t\r\n ,;\"a字😀_x0041＝", max_size=10)


@WRITERS
@settings(max_examples=80, deadline=None)
@given(texts=st.lists(TEXTS.map(cleaning.text), max_size=5))
def test_text_comes_back_as_it_was(write: Callable[[Table], bytes], texts: list[str | None]) -> None:
    rows = read(write(table([*texts, "末尾"])), "a").rows
    assert [cleaning.text(row.cells[1]) for row in rows] == [*texts, "末尾"]


@WRITERS
@settings(max_examples=40, deadline=None)
@given(
    moments=st.lists(
        st.datetimes(
            datetime.fromisoformat("1992-01-01"), datetime.fromisoformat("2099-12-30"), timezones=st.just(UTC)
        ),
        min_size=1,
        max_size=5,
    )
)
def test_moments_come_back_to_the_second(write: Callable[[Table], bytes], moments: list[datetime]) -> None:
    frame = pl.DataFrame(
        {"number": "a", "received_at": moments}, schema_overrides={"received_at": pl.Datetime("us", "UTC")}
    )
    rows = read(write(Table("t", frame, {"number": "a", "received_at": "受理时间"})), "a").rows
    back = [cleaning.moment(row.cells[1]) for row in rows]
    assert back == [moment.replace(microsecond=0) for moment in moments]
    assert all(moment.tzinfo is SHANGHAI for moment in back)


@WRITERS
def test_every_kind_of_column_comes_back(write: Callable[[Table], bytes]) -> None:
    frame = pl.DataFrame(
        {
            "whole": [2549, None], "big": [12_345_678_901_234_567, 1], "part": [2.5, float("nan")],
            "yes": [True, False],
            "on": [date(2019, 4, 25), date(1899, 1, 1)], "clock": [time(9, 32, 9), None], "zero": ["00123", "-"],
            "tags": [["路灯", "井盖"], None], "sum": [Decimal("1.50"), None], "none": [None, None],
        }
    )  # fmt: skip
    rows = read(write(Table("t", frame, {name: name for name in frame.columns})), "a").rows
    whole, big, part, yes, on, clock, zero, tags, total, none = rows[0].cells
    assert (cleaning.number(whole), cleaning.text(big), cleaning.number(part)) == (2549, "12345678901234567", 2.5)
    assert (yes, cleaning.yes_no(yes), cleaning.yes_no(rows[1].cells[3])) == ("是", True, False)
    assert (cleaning.day(on), cleaning.text(rows[1].cells[4]), cleaning.text(clock)) == (
        date(2019, 4, 25), "1899-01-01", "09:32:09",
    )  # fmt: skip
    assert (cleaning.text(zero), cleaning.text(tags), cleaning.number(total), none) == (
        "00123",
        "路灯、井盖",
        1.5,
        None,
    )
    assert (rows[1].cells[2], cleaning.text(rows[1].cells[6])) == (None, "-")


def test_only_columns_with_a_heading_are_written_in_the_order_of_the_headings() -> None:
    frame = pl.DataFrame({"secret": ["x"], "text": ["路灯"], "number": [1]})
    sheet = read(writing.csv(Table("t", frame, HEADINGS)), "a.csv")
    assert (sheet.headings, sheet.rows[0].cells) == (("编号", "内容"), ("1", "路灯"))


def test_a_csv_is_marked_utf_8_with_crlf_and_shanghai_time() -> None:
    moment = datetime(2019, 4, 25, 1, 32, 9, 999_999, tzinfo=UTC)
    frame = pl.DataFrame({"number": [-5], "text": ["=1+1"], "at": [moment]})
    data = writing.csv(Table("t", frame, {**HEADINGS, "at": "时间"}))
    assert data == "\ufeff编号,内容,时间\r\n-5,'=1+1,2019-04-25 09:32:09\r\n".encode()


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", " =1", "＝1", "'=1"])
def test_text_like_a_formula_is_harmless_in_both_formats(text: str) -> None:
    cell = opened(as_xlsx(table([text])))["诉求"]["B2"]
    assert (cell.data_type, cell.value[0]) in {("s", "'"), ("inlineStr", "'")}
    assert "'" + text in writing.csv(table([text])).decode("utf-8-sig").replace("\r\n", "\n") + "'\r=1"


def test_the_headings_stay_in_sight_and_dates_are_dates() -> None:
    frame = pl.DataFrame({"number": [1], "at": [datetime(2019, 4, 25, tzinfo=UTC)]})
    sheet = opened(as_xlsx(Table("诉求", frame, {"number": "编号", "at": "时间"}, widths={"at": 30})))["诉求"]
    assert (sheet.freeze_panes, sheet["B2"].value, sheet["B2"].number_format) == (
        "A2", datetime.fromisoformat("2019-04-25T08:00:00"), "yyyy-mm-dd hh:mm:ss",
    )  # fmt: skip
    assert sheet.column_dimensions["B"].width == pytest.approx(30, abs=1)


def test_a_template_offers_choices_and_hints_and_its_guide_is_no_table() -> None:
    kinds = [f"类型{number},有逗号" for number in range(60)]
    empty = table([], choices={"text": kinds}, notes={"number": "必填。" * 200, "text": "从列表中选"})
    data = writing.xlsx([empty, Guide("填写说明", ["第一行：编号必填。", "=第二行"])])
    book = opened(data)
    rules = {str(rule.sqref): rule for rule in book["诉求"].data_validations.dataValidation}
    assert rules["B2:B10001"].formula1 == "choices!$A$1:$A$60"
    assert rules["B2:B10001"].prompt == "从列表中选"
    assert len(rules["A2:A10001"].prompt) == 255
    assert [cell.value for cell in book["choices"]["A"]] == kinds
    assert book["choices"].sheet_state == "hidden"
    assert [cell.value for cell in book["填写说明"]["A"]] == ["第一行：编号必填。", "'=第二行"]
    with pytest.raises(NotPossible, match="只有表头"):
        read(data, "模板.xlsx")


def test_a_filled_template_is_read_without_its_guide() -> None:
    sheet = read(writing.xlsx([table(["甲"]), Guide("说明", ["一", "二"])]), "a.xlsx")
    assert (sheet.name, sheet.others, len(sheet.rows)) == ("诉求", (), 1)


def test_sheet_names_are_made_acceptable_and_distinct() -> None:
    names = ["诉求/投诉[1]", "诉求/投诉[1]", "很长的名字" * 10, "很长的名字" * 10, "History", "choices", "'"]
    data = writing.xlsx([Table(name, pl.DataFrame({"a": [1]}), {"a": "a"}) for name in names])
    made = opened(data).sheetnames
    assert made[:2] == ["诉求_投诉_1_", "诉求_投诉_1__2"]
    assert len(set(made)) == len(names)
    assert all(1 <= len(name) <= 31 for name in made)


def test_a_text_too_long_for_a_cell_is_named_by_its_row() -> None:
    with pytest.raises(NotPossible, match="第 3 行的“内容”有 32768 个字符"):
        writing.xlsx([table(["好", "长" * 32_768])])
    with pytest.raises(NotPossible, match="第 2 行"):
        writing.xlsx([table(["😀" * 16_384])])
    longest = "长" * 32_767
    assert read(writing.xlsx([table([longest])]), "a").rows[0].cells[1] == longest
    assert read(writing.csv(table([longest * 2])), "a").rows[0].cells[1] == longest * 2


@WRITERS
def test_more_rows_than_a_sheet_holds_are_refused(write: Callable[[Table], bytes]) -> None:
    frame = pl.DataFrame({"a": pl.repeat(1, 1_048_576, eager=True)})
    with pytest.raises(NotPossible, match="1048576 行"):
        write(Table("大", frame, {"a": "a"}))


def test_a_large_table_is_written_row_by_row_and_read_the_same() -> None:
    texts: list[str | None] = [f"第{number}条" if number % 7 else None for number in range(writing.SMALL // 2 + 1)]
    rows = read(as_xlsx(table(texts)), "a").rows
    assert [row.cells for row in rows] == list(enumerate(texts))


def test_two_columns_under_one_heading_are_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="one heading"):
        Table("t", pl.DataFrame({"a": [1], "b": [2]}), {"a": "编号", "b": "编号"})


def test_a_moment_before_midnight_in_london_is_the_next_day_in_shanghai() -> None:
    late = datetime(2019, 4, 25, 16, 0, tzinfo=UTC) + timedelta(seconds=1)
    frame = pl.DataFrame({"number": [1], "at": [late]})
    sheet = read(as_xlsx(Table("t", frame, {"number": "a", "at": "b"})), "a")
    assert cleaning.day(sheet.rows[0].cells[1]) == date(2019, 4, 26)
