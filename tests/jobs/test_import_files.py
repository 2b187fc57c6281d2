"""The same rows from every kind of file; files that cannot be imported get one sentence and change nothing."""

import importlib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from access import OPERATOR
from jobs.import_sheet import main, previewed
from jobs.imports.choices import Choices
from jobs.imports.preview import Preview
from sheets.reading import read
from tests.jobs.import_files import NOT_HERE, REAL, SEAL, cases, counts, csv_of, order, written
from tests.sheets import making
from vocabulary.refusals import NotPossible

pytestmark = pytest.mark.usefixtures("noon")
HEADINGS = ("工单编号", "工单类型", "诉求内容", "受理时间", "办结时间", "点赞数", "是否解决")
AT = datetime(2026, 11, 1, 9, 30)  # noqa: DTZ001 (as a spreadsheet keeps it)
ROWS: tuple[tuple[Any, ...], ...] = (
    (20261101, "投诉", "\n\t\t路灯不亮\t\n\n请修理", AT, "2026年11月3日 16时20分", 3, "是"),
    ("007", "求助", "电梯坏了", "2026/11/2 8:05", None, None, None),
)


def looked_at(engine: sa.Engine, data: bytes, file: str) -> Preview:
    return previewed(engine, OPERATOR, read(data, file), file, Choices(), SEAL)


def as_text(rows: Iterable[Iterable[object]]) -> list[list[str]]:
    return [["" if value is None else str(value) for value in row] for row in rows]


def csv(encoding: str) -> bytes:
    return csv_of(*(dict(zip(HEADINGS, row, strict=True)) for row in as_text(ROWS))).decode().encode(encoding)


def dated_xls() -> bytes:
    xlwt: Any = importlib.import_module("xlwt")
    book = xlwt.Workbook()
    sheet = book.add_sheet("工单")
    for number, row in enumerate((HEADINGS, *ROWS)):
        for column, value in enumerate(row):
            if value is not None:
                style = (
                    xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm") if isinstance(value, datetime) else xlwt.XFStyle()
                )
                sheet.write(number, column, value, style)
    return making.saved(book)


def ods() -> bytes:
    rows = (making.ods_row(*(making.ods_text(cell) for cell in row)) for row in as_text((HEADINGS, *ROWS)))
    return making.ods(making.ods_table("工单", "".join(rows)))


FILES = {
    "utf-8.csv": csv("utf-8"),
    "with-mark.csv": csv("utf-8-sig"),
    "gb18030.csv": csv("gb18030"),
    "utf-16.csv": csv("utf-16"),
    "shared.xlsx": making.shared((HEADINGS, *ROWS)),
    "inline.xlsx": making.xlsx((HEADINGS, *ROWS)),
    "old.xls": dated_xls(),
    "open.ods": ods(),
}


@pytest.mark.parametrize("file", FILES)
def test_every_kind_of_file_gives_the_same_cases(sqlite: sa.Engine, file: str) -> None:
    written(sqlite, looked_at(sqlite, FILES[file], file))
    found = cases(sqlite)
    assert set(found) == {"20261101", "007"}
    one, other = found["20261101"], found["007"]
    assert (one["body"], one["title"], one["type"]) == ("路灯不亮\n请修理", "路灯不亮", "complaint")
    assert (one["received_at"], one["finished_at"]) == ("2026-11-01 01:30:00.000000", "2026-11-03 08:20:00.000000")
    assert (one["votes_for"], one["resident_solved"]) == (3, 1)
    assert (other["received_at"], other["status"]) == ("2026-11-02 00:05:00.000000", "pending")


def test_one_kind_after_the_other_changes_nothing(sqlite: sa.Engine) -> None:
    written(sqlite, looked_at(sqlite, FILES["shared.xlsx"], "shared.xlsx"))
    assert {file: counts(looked_at(sqlite, data, file)) for file, data in FILES.items()} == dict.fromkeys(
        FILES, (0, 0, 2, 0)
    )


def test_row_numbers_are_those_the_sheet_shows(sqlite: sa.Engine) -> None:
    rows = [("十一月工单",), (), HEADINGS, (), ROWS[0], (), ("x", "投诉", "内容", "昨天")]
    found = looked_at(sqlite, making.xlsx(rows), "moved.xlsx")
    assert [row.row for row in found.rejected] == [7]


BROKEN = {
    "empty.xlsx": b"",
    "cut.xlsx": making.xlsx()[:400],
    "cut.xls": making.xls()[:1000],
    "locked.xlsx": making.compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}),
    "macro.xlsm": making.zipped({**making.unzipped(making.xlsx()), "xl/vbaProject.bin": b"x"}),
    "formula.xlsx": making.xlsx((HEADINGS, ("=1+1", "投诉", "内容", AT))),
    "picture.png": b"\x89PNG\r\n\x1a\n....",
    "paper.pdf": b"%PDF-1.7 ....",
    "archive.zip": making.zipped({"a.txt": "x"}),
    "headings.csv": csv_of(order()).splitlines()[0],
    "page.xls": b"<html><table><tr><td>a</td></tr></table></html>",
    "no-cases.xlsx": making.xlsx((("姓名", "年龄"), ("张三", 3))),
    "binary.csv": bytes(range(256)) * 40,
}


@pytest.mark.parametrize("file", BROKEN)
def test_a_broken_file_gets_one_sentence_and_changes_nothing(
    sqlite: sa.Engine, file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JIEFANG_DATA", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", sqlite.url.render_as_string(hide_password=False))
    (tmp_path / file).write_bytes(BROKEN[file])
    with pytest.raises(NotPossible) as refusal:
        main(["cases", str(tmp_path / file)])
    sentence = str(refusal.value)
    assert "\n" not in sentence
    assert sentence.endswith("。")
    assert cases(sqlite) == {}
    assert "Traceback" not in capsys.readouterr().err


def test_a_million_rows_are_refused(sqlite: sa.Engine) -> None:
    data = making.streamed(b"<row><c><v>1</v></c><c><v>2</v></c></row>" for _ in range(1_000_000))
    with pytest.raises(NotPossible, match="超过 200000 行"):
        looked_at(sqlite, data, "million.xlsx")


@pytest.mark.skipif(not REAL.exists(), reason=NOT_HERE)
def test_the_real_petitions_are_imported_whole_and_the_second_time_change_nothing(sqlite: sa.Engine) -> None:
    data = REAL.read_bytes()
    found = looked_at(sqlite, data, REAL.name)
    assert (counts(found), found.columns.unknown, found.columns.source) == ((2816, 0, 0, 0), (), "petition")
    written(sqlite, found)
    assert counts(looked_at(sqlite, data, REAL.name)) == (0, 0, 2816, 0)
    stored = cases(sqlite)
    assert len(stored) == 2816
    assert {case["status"] for case in stored.values()} == {"finished"}
    assert stored["2549"]["title"] == "A2区景蓉华苑物业管理有问题"
    assert stored["2549"]["received_at"] == "2019-04-25 01:32:09.000000"
    assert stored["2549"]["finished_at"] == "2019-05-10 06:56:53.000000"
    assert not any("\t" in str(case["body"]) or "\n\n" in str(case["body"]) for case in stored.values())
    assert not any("A00045581" in str(value) for value in stored["2549"].values())
