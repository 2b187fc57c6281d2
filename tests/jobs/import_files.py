"""Sheets for the tests of the import: petitions and hotline orders with defaults, as the bytes of a csv."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import sqlalchemy as sa
from cryptography.fernet import Fernet

from access import OPERATOR
from data_access.sealing import Seal
from jobs.import_sheet import previewed
from jobs.imports.choices import Choices
from jobs.imports.preview import Preview
from jobs.imports.writing import Written, write
from sheets.reading import read
from vocabulary.questions import Viewer

DATA = Path(__file__).parents[3] / "shared" / "data"
REAL = DATA / "petitions_with_replies.xlsx"
NOT_HERE = f"the real petitions are not here: {REAL}"
SEAL = Seal(Fernet.generate_key())

Rows = Sequence[Mapping[str, object]]


def petition(number: object = 1, **further: object) -> dict[str, object]:
    """A petition that was answered; a heading given as None is left out."""
    row: dict[str, object] = {
        "留言编号": number,
        "留言用户": "A00045581",
        "留言主题": "路灯不亮",
        "留言时间": "2026/11/1 9:32:09",
        "留言详情": "3栋门口的路灯坏了。",
        "答复意见": "已修好。",
        "答复时间": "2026/11/3 10:00:00",
    }
    return {heading: value for heading, value in (row | further).items() if value is not None}


def order(number: object = "CQ1", **further: object) -> dict[str, object]:
    """A hotline order that is not finished yet."""
    row: dict[str, object] = {
        "工单编号": number,
        "工单类型": "投诉",
        "诉求内容": "楼下烧烤摊夜里太吵，影响休息。请处理。",
        "受理时间": "2026-11-01 09:30:00",
    }
    return {heading: value for heading, value in (row | further).items() if value is not None}


def csv_of(*rows: Mapping[str, object]) -> bytes:
    """Headings are those of all rows, in the order they come up."""
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    lines = [headings, *([str(row.get(heading, "")) for heading in headings] for row in rows)]
    quoted = (",".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines)
    return "\r\n".join(quoted).encode()


def looked_at(
    engine: sa.Engine,
    *rows: Mapping[str, object],
    choices: Choices | None = None,
    viewer: Viewer = OPERATOR,
    file: str = "test.csv",
) -> Preview:
    """The preview of a sheet of these rows; the first of them stands in row 2."""
    sheet = read(csv_of(*rows), file)
    return previewed(engine, viewer, sheet, file, choices or Choices(), SEAL)


def imported(
    engine: sa.Engine, *rows: Mapping[str, object], choices: Choices | None = None, viewer: Viewer = OPERATOR
) -> Preview:
    """The preview, after it was written."""
    found = looked_at(engine, *rows, choices=choices, viewer=viewer)
    assert not found.hindering, [(row.row, str(row.problems[0].reason)) for row in found.hindering]
    written(engine, found)
    return found


def written(engine: sa.Engine, found: Preview, viewer: Viewer = OPERATOR) -> Written:
    return write(engine, viewer, found, SEAL)


def counts(found: Preview) -> tuple[int, int, int, int]:
    """New, changed, unchanged, rejected."""
    return len(found.new), len(found.updates), found.unchanged, len(found.rejected)


def reasons(found: Preview) -> list[tuple[int, str, str]]:
    """Of each rejected row: its number, column, and the key of its first reason."""
    return [(row.row, row.problems[0].column, row.problems[0].reason.key) for row in found.rejected]


def cases(engine: sa.Engine) -> dict[str, dict[str, object]]:
    """The stored cases by number."""
    with engine.connect() as conn:
        rows = conn.execute(sa.text('select * from "case" order by id')).mappings()
        return {str(row["number"]): dict(row) for row in rows}
