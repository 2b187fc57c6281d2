"""What a cell says, in the forms that people type."""

import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clock import SHANGHAI
from sheets import cleaning
from sheets.cells import Cell, ErrorCell
from sheets.formula_text import neutralised, restored
from vocabulary.refusals import NotPossible


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        (
            "\n\t\t\t\t\t\n\t\t\t\t\t2019年4月以来，\t\t位于A市\n\n \t\n\u3000\u3000第二段 有 空格\t\n\t",
            "2019年4月以来， 位于A市\n第二段 有 空格",
        ),
        ("\ufeff编号\x00\x0b\x7f", "编号"),
        ("电话\u202e87654321\u2066", "电话87654321"),  # signs that turn what follows
        ("一\r\n二\r三\u2028四\x85五", "一\n二\n三\n四\n五"),
        ("👨‍👩‍👧 ❤️ 𠀀𪚥 １２３ ①㎡ é", "👨‍👩‍👧 ❤️ 𠀀𪚥 １２３ ①㎡ é"),
        (" \t\n\u3000\u00a0", None),
        ("", None),
        (None, None),
        (2549, "2549"),
        (2549.0, "2549"),
        (2.5, "2.5"),
        (True, "TRUE"),
        (shanghai("2019-04-25T09:32:09"), "2019-04-25 09:32:09"),
        (date(2019, 4, 25), "2019-04-25"),
        (time(9, 32), "09:32:00"),
        ("'=1+1", "=1+1"),
        ("''=1+1", "'=1+1"),
        ("'+86 138", "+86 138"),
        ("'quoted'", "'quoted'"),
        ("'", "'"),
    ],
)
def test_text_is_clean_and_whole(raw: Cell, wanted: str | None) -> None:
    assert cleaning.text(raw) == wanted


def test_a_very_long_run_of_spaces_is_cleaned_at_once() -> None:
    began = process_time()
    assert cleaning.text(f"一{' ' * 200_000}二\u200b") == f"一{' ' * 200_000}二\u200b"
    assert process_time() - began < 1


KEPT = {
    "Lu",
    "Ll",
    "Lt",
    "Lm",
    "Lo",
    "Mn",
    "Mc",
    "Me",
    "Nd",
    "Nl",
    "No",
    "Pc",
    "Pd",
    "Ps",
    "Pe",
    "Pi",
    "Pf",
    "Po",
    "Sm",
}
KEPT |= {"Sc", "Sk", "So", "Cf", "Co"}
TURNS = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


@given(st.text())
def test_no_character_that_matters_is_lost(raw: str) -> None:
    def matters(text: str) -> list[str]:
        return [one for one in text if unicodedata.category(one) in KEPT and one not in TURNS and one != "\ufeff"]

    assert matters(f"字{raw}") == matters(cleaning.text(f"字{raw}") or "")


@given(st.text("ab\t\n \u3000\r\x00字'=", max_size=12))
def test_clean_text_has_no_tab_blank_line_or_space_around_a_line(raw: str) -> None:
    lines = (cleaning.text(f"字{raw}") or "字").split("\n")
    assert all(line and line == line.strip() and "\t" not in line for line in lines)


@given(st.text("'=+-@\t a＝", max_size=8) | st.text())
def test_the_apostrophe_before_a_formula_is_taken_back_exactly(text: str) -> None:
    assert restored(neutralised(text)) == text
    assert neutralised(text)[:1] not in set("=+-@\t\r")


MOMENTS = {
    "2019/4/25 9:32:09": "2019-04-25T09:32:09",
    "2019-04-25": "2019-04-25T00:00:00",
    "2019-04-25T09:32:09+08:00": "2019-04-25T09:32:09",
    "2019-04-25T01:32:09Z": "2019-04-25T09:32:09",
    "2019-04-24 21:32:09.123-0400": "2019-04-25T09:32:09",
    "2019-04-25T09:32": "2019-04-25T09:32:00",
    "2019.4.25": "2019-04-25T00:00:00",
    "2019.04.25 09:32": "2019-04-25T09:32:00",
    "2019年4月25日 9时32分": "2019-04-25T09:32:00",
    "2019年4月25日 9时32分9秒": "2019-04-25T09:32:09",
    "2019年4月25日9:32": "2019-04-25T09:32:00",
    "2019年4月25日9时": "2019-04-25T09:00:00",
    "2019年4月25日上午9时32分": "2019-04-25T09:32:00",
    "2019年4月25日下午9点32分": "2019-04-25T21:32:00",
    "2019年04月25日星期四": "2019-04-25T00:00:00",
    "2019年4月25日 (周四) 9:32": "2019-04-25T09:32:00",
    "2019 年 4 月 25 日 9 时 32 分": "2019-04-25T09:32:00",
    "20190425": "2019-04-25T00:00:00",
    "20190425093209": "2019-04-25T09:32:09",
    "20190425 09:32": "2019-04-25T09:32:00",
    "2019/4/25 上午9:32": "2019-04-25T09:32:00",
    "2019/4/25 上午 12:05": "2019-04-25T00:05:00",
    "2019/4/25 下午12:05": "2019-04-25T12:05:00",
    "2019/4/25 下午 2:05:06": "2019-04-25T14:05:06",
    "2019/4/25 2:05 PM": "2019-04-25T14:05:00",
    "２０１９／４／２５　９：３２": "2019-04-25T09:32:00",
    " \t2019/4/25\n": "2019-04-25T00:00:00",
    "2020-02-29": "2020-02-29T00:00:00",
}


@pytest.mark.parametrize("written", MOMENTS)
def test_the_usual_forms_of_a_moment_are_understood(written: str) -> None:
    moment = cleaning.moment(written)
    assert moment == shanghai(MOMENTS[written])
    assert moment.utcoffset() == shanghai(MOMENTS[written]).utcoffset()
    assert cleaning.day(written) == date(*map(int, MOMENTS[written][:10].split("-")))


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        (shanghai("2019-04-25T09:32:09").replace(tzinfo=None, microsecond=5000), "2019-04-25T09:32:09"),
        (datetime.fromisoformat("2019-04-25T01:32:09+00:00"), "2019-04-25T09:32:09"),
        (date(2019, 4, 25), "2019-04-25T00:00:00"),
        (43580, "2019-04-25T00:00:00"),
        (43580.39732638889, "2019-04-25T09:32:09"),
        (20190425, "2019-04-25T00:00:00"),
        (20190425093209, "2019-04-25T09:32:09"),
    ],
)
def test_a_moment_may_be_a_date_cell_or_a_plausible_number(cell: Cell, wanted: str) -> None:
    assert cleaning.moment(cell) == shanghai(wanted)
    assert cleaning.moment(cell).tzinfo is SHANGHAI


REFUSED: dict[str, tuple[Callable[[Cell], object], list[Cell]]] = {
    "no_such_moment": (
        cleaning.moment,
        [
            "2019/2/30",
            "2019-04-25 25:00",
            "2019/13/1",
            "2019-04-25 09:60",
            "2019年4月25日上午14时",
            "20190230",
            "1066-10-14",
        ],
    ),
    "short_year": (cleaning.moment, ["19/4/25", "19年4月25日", "019-4-25"]),
    "not_a_moment": (
        cleaning.moment,
        [
            "昨天",
            "4/25",
            "2019/4-25",
            "2019",
            12,
            99999,
            1e300,
            float("inf"),
            time(9),
            True,
            "2019/4/259:32",
            "9:32",
            "2019-04-25 9",
        ],
    ),
    "not_a_day": (cleaning.day, ["去年", 3.5, False, time(9)]),
    "not_a_number": (
        cleaning.number,
        [
            "3件",
            "1,23",
            "1,2345",
            "12%",
            "1e5",
            "--1",
            "3²",
            "½",
            True,
            date(2019, 1, 1),
            float("nan"),
            10**15,
            "9" * 400,
        ],
    ),
    "not_yes_or_no": (cleaning.yes_no, ["已解决", "2", 3, "满意", "是的"]),
    "error_cell": (cleaning.moment, [ErrorCell("#N/A")]),
    "empty_cell": (cleaning.number, [None, "", " \n"]),
}


@pytest.mark.parametrize(("key", "cell"), [(key, cell) for key, (_, cells) in REFUSED.items() for cell in cells])
def test_what_cannot_be_is_refused_by_its_value(key: str, cell: Cell) -> None:
    with pytest.raises(NotPossible) as refused:
        REFUSED[key][0](cell)
    assert refused.value.key == f"sheets.{key}"
    assert key == "empty_cell" or cleaning.shown(cell)[:12] in str(refused.value)


@pytest.mark.parametrize("read", [cleaning.text, cleaning.day, cleaning.number, cleaning.yes_no])
def test_an_error_of_the_program_is_never_taken_for_data(read: Callable[[Cell], object]) -> None:
    with pytest.raises(NotPossible, match="#REF!"):
        read(ErrorCell("#REF!"))


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        (3, 3), (3.0, 3), (2.5, 2.5), ("3", 3), ("3.0", 3), ("-2.50", -2.5), ("'-2", -2), ("1,234,567", 1_234_567),
        ("１２．５", 12.5), ("１，２３４", 1234), ("＋7", 7), (" 8\t", 8), ("−9", -9), ("007", 7),
    ],
)  # fmt: skip
def test_a_number_may_be_typed_in_full_width_or_with_commas(cell: Cell, wanted: float) -> None:
    found = cleaning.number(cell)
    assert (found, type(found)) == (wanted, type(wanted))


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        (["是", "YES", "true", "1", "√", 1, 1.0, True, "１", " 是 "], True),
        (["否", "No", "FALSE", "0", "×", 0, False], False),
        ([None, "", "\t"], None),
    ],
)
def test_yes_and_no_are_understood(cells: list[Cell], wanted: bool | None) -> None:
    assert {cleaning.yes_no(cell) for cell in cells} == {wanted}


def test_a_long_value_is_named_by_its_beginning() -> None:
    with pytest.raises(NotPossible) as refused:
        cleaning.number("很长\n的话" * 1000)
    assert len(str(refused.value)) < 100
