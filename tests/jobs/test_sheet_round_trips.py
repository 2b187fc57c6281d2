"""What the demo neighbourhood's books hold goes out as sheets and comes back as nothing new, for every kind."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

import clock
from access import OPERATOR
from data_access.engine import reading
from jobs.export_sheet import Form
from jobs.imports.report import reason
from jobs.sheets import filling
from jobs.sheets.declared import KINDS
from jobs.sheets.kinds import Kind
from jobs.sheets.preview import Preview, previewed
from sheets.cells import Row, Sheet
from sheets.reading import read
from texts import LANGUAGES, Language, speaking
from vocabulary.questions import Period

MANY = ("meals",)
LAST_ROW = 9_999
HELD = tuple(key for key in KINDS if key != "subsidy_claims")
"""Subsidies are claimed when a month is over: twenty days hold none."""


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize("key", HELD)
@pytest.mark.usefixtures("noon")
def test_an_export_read_again_changes_nothing(small_demo: sa.Engine, key: str, spoken: Language) -> None:
    with speaking(spoken):
        sheet = _exported(small_demo, KINDS[key])
        found = _looked(small_demo, KINDS[key], sheet)
    assert not found.columns.unknown
    assert [reason(row) for row in found.rejected] == []
    assert (len(found.new), len(found.changed), len(found.unchanged)) == (0, 0, len(sheet.rows))


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize("key", KINDS)
@pytest.mark.usefixtures("noon")
def test_an_untouched_template_says_nothing(small_demo: sa.Engine, key: str, spoken: Language) -> None:
    kind = KINDS[key]
    with speaking(spoken), reading(small_demo) as conn:
        template = read(filling.template(conn, OPERATOR, kind), "template.xlsx")
    found = _looked(small_demo, kind, template)
    assert (len(found.new), len(found.changed), len(found.unchanged), len(found.rejected)) == (0, 0, 0, 0)
    assert len(template.headings) == len(kind.columns)


@pytest.mark.parametrize("key", HELD)
@pytest.mark.usefixtures("noon")
def test_empty_cells_and_absent_columns_blank_nothing(small_demo: sa.Engine, key: str) -> None:
    kind = KINDS[key]
    sheet = _exported(small_demo, kind)
    kept = [at for at, heading in enumerate(sheet.headings) if heading in {kind.heading(one) for one in kind.identity}]
    rows = sheet.rows[:5]
    emptied = [Row(row.number, tuple(c if at in kept else None for at, c in enumerate(row.cells))) for row in rows]
    narrow = [Row(row.number, tuple(row.cells[at] for at in kept)) for row in rows]
    for one in (
        replace(sheet, rows=emptied),
        replace(sheet, headings=tuple(sheet.headings[at] for at in kept), rows=narrow),
    ):
        found = _looked(small_demo, kind, one)
        assert (len(found.changed), len(found.rejected), len(found.unchanged)) == (0, 0, len(rows))


@pytest.mark.parametrize("key", HELD)
@pytest.mark.usefixtures("noon")
def test_the_later_of_two_alike_is_rejected_with_both_rows(small_demo: sa.Engine, key: str) -> None:
    sheet = _exported(small_demo, KINDS[key])
    first = sheet.rows[0]
    twice = replace(sheet, rows=[first, Row(LAST_ROW, first.cells)])
    found = _looked(small_demo, KINDS[key], twice)
    assert [row.row for row in found.rejected] == [LAST_ROW]
    said = reason(found.rejected[0])
    assert f" {first.number} " in said
    assert f" {LAST_ROW} " in said


def _exported(engine: sa.Engine, kind: Kind) -> Sheet:
    """The kind's rows as a sheet; of what is much the last day only."""
    today = clock.today()
    period = Period(today - timedelta(1), today) if kind.key in MANY else None
    with reading(engine) as conn:
        made = filling.exported(conn, OPERATOR, kind, period, Form.XLSX)
    assert made.rows, f"the demo has no rows of {kind.key}"
    return read(made.data, "export.xlsx")


def _looked(engine: sa.Engine, kind: Kind, sheet: Sheet) -> Preview:
    return previewed(engine, OPERATOR, kind, sheet, "sheet.xlsx")
