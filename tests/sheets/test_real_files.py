"""The public petitions, where they stand beside the project; what a large file costs, anywhere."""

import subprocess
import sys
from pathlib import Path

import pytest

from sheets import cleaning
from sheets.reading import read

DATA = Path(__file__).parents[3] / "shared" / "data"
BESIDE = pytest.mark.skipif(not DATA.is_dir(), reason="the public petitions do not stand beside the project")

MEASURED = """
import resource, sys
import polars as pl
from sheets import writing
from sheets.reading import read
from sheets.tables import Table

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10

if sys.argv[1] == "write":
    def texts(times):
        return [f"{number}号诉求：小区路灯不亮，井盖丢失。" * times for number in range(100_000)]

    frame = pl.DataFrame({f"c{column}": texts(1 if column else 20) for column in range(10)})
    open(sys.argv[2], "wb").write(writing.xlsx([Table("大", frame, {name: name for name in frame.columns})]))
else:
    data = open(sys.argv[2], "rb").read()
    sheet = read(data, "大.xlsx")
    assert len(sheet.rows) == 100_000 and len(sheet.headings) == 10
    assert sum(len(str(cell)) for cell in sheet.rows[99_999].cells) > 600
    print(peak())
"""


@BESIDE
def test_the_real_petitions_are_read_whole() -> None:
    sheet = read((DATA / "petitions_with_replies.xlsx").read_bytes(), "petitions_with_replies.xlsx")
    assert sheet.headings == ("留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "答复意见", "答复时间")
    assert (len(sheet.rows), sheet.rows[0].number, sheet.rows[-1].number) == (2816, 2, 2817)
    assert len({cleaning.text(row.cells[0]) for row in sheet.rows}) == 2816
    for row in sheet.rows:
        received, replied = cleaning.moment(row.cells[3]), cleaning.moment(row.cells[6])
        assert 2000 < received.year < 2021
        assert 2000 < replied.year < 2021
        assert "\t" not in (cleaning.text(row.cells[4]) or "")
    assert cleaning.moment(sheet.rows[0].cells[3]).isoformat() == "2019-04-25T09:32:09+08:00"


@BESIDE
def test_the_real_categories_are_read_whole() -> None:
    sheet = read((DATA / "case_categories.xlsx").read_bytes(), "case_categories.xlsx")
    assert (sheet.headings, len(sheet.rows)) == (("一级分类", "二级分类", "三级分类"), 517)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell a process its peak memory")
def test_a_hundred_thousand_rows_are_read_in_less_than_600_megabytes(tmp_path: Path) -> None:
    file = tmp_path / "大.xlsx"
    run(MEASURED, "write", str(file))
    assert int(run(MEASURED, "read", str(file))) < 600


def run(program: str, *given: str) -> str:
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", program, *given], cwd=root, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    return done.stdout
