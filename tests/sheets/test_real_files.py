"""The public petitions, where they stand beside the project; what a large file costs, anywhere."""

import subprocess
import sys
from pathlib import Path

import pytest

from sheets import cleaning
from sheets.reading import read
from tests.sheets import making

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
BESIDE = pytest.mark.skipif(not DATA.is_dir(), reason="the public petitions do not stand beside the project")

MEASURED = """
import sys
from pathlib import Path
from sheets.reading import read

with open(sys.argv[1], "rb") as file:
    sheet = read(file.read(), "大.xlsx")
assert len(sheet.rows) == 100_000
assert all(len(row.cells) == 10 and sum(map(len, row.cells)) > 600 for row in sheet.rows)
# the peak since this program began; ru_maxrss would tell that of the larger process it was forked from
print(int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) >> 10)
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
    texts = [f"第%d号的第{column}项" for column in range(9)] + [
        "第%d号：某小区路灯不亮、井盖丢失。" + "望尽快处理。" * 100
    ]
    row = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts)
    file.write_bytes(making.streamed(f"<row>{row % ((number,) * 10)}</row>".encode() for number in range(100_001)))
    command = [sys.executable, "-X", "utf8", "-c", MEASURED, str(file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(done.stdout) < 600
