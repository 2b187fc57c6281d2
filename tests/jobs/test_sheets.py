"""Sheets of every kind: template, import, export; what is refused, what is left alone, who may."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

import clock
from access import OPERATOR
from data_access import changes
from data_access.engine import reading, writing
from data_access.tables.meals import Diner, Meal
from data_access.tables.peace_post import Dispute
from data_access.tables.records import Audit, ImportBatch
from jobs import import_sheet, rollup
from jobs.export_sheet import Form
from jobs.sheets import filling, report
from jobs.sheets.declared import KINDS, exportable, importable
from jobs.sheets.preview import Preview, previewed, write
from sheets.reading import read
from tests import sheet_rows
from tests.conftest import NOON, make_viewer
from tests.sheet_rows import ROWS, Said, fifty, filled, table
from texts import speaking
from ui import trail
from vocabulary.enums import Feed, Role, Subject
from vocabulary.questions import Period, Viewer
from vocabulary.refusals import NotAllowed, NotPossible

WHOLE = Period(sheet_rows.back(5000), sheet_rows.back(-5000))
TWO = ("meals", "disputes")


@pytest.fixture
def office(sqlite: sa.Engine, noon: datetime) -> sa.Engine:  # noqa: ARG001
    sheet_rows.furnish(sqlite)
    return sqlite


def looked(engine: sa.Engine, key: str, data: bytes, viewer: Viewer = OPERATOR, **mapped: str) -> Preview:
    return previewed(engine, viewer, KINDS[key], read(data, "表.xlsx"), "表.xlsx", tuple(mapped.items()))


def taken(engine: sa.Engine, key: str, *rows: Said) -> Preview:
    """A sheet of these rows, looked at and written."""
    found = looked(engine, key, table(KINDS[key], list(rows)))
    assert not found.rejected, [str(row.problems[0].reason) for row in found.rejected]
    write(engine, OPERATOR, found)
    return found


def exported(engine: sa.Engine, key: str, form: Form = Form.XLSX, viewer: Viewer = OPERATOR) -> bytes:
    with reading(engine) as conn:
        return filling.exported(conn, viewer, KINDS[key], WHOLE, form).data


def why(found: Preview) -> list[tuple[int, str, str, str]]:
    """Each rejected row: its number, column, value and reason."""
    problems = ((row.row, row.problems[0]) for row in found.rejected)
    return [(at, one.column, one.value, str(one.reason)) for at, one in problems]


def fates(found: Preview) -> tuple[int, int, int, int]:
    counts = found.counts
    return counts.new, counts.changed, counts.unchanged, counts.rejected


def round_trip(engine: sa.Engine, key: str) -> None:
    found = looked(engine, key, filled(engine, key, fifty(key)))
    assert why(found) == []
    assert (fates(found), found.examples, found.columns.unknown) == ((ROWS, 0, 0, 0), 1, ())
    write(engine, OPERATOR, found)
    again = looked(engine, key, filled(engine, key, fifty(key)))
    assert fates(again) == (0, 0, ROWS, 0)
    for form in Form:
        data = exported(engine, key, form)
        back = previewed(engine, OPERATOR, KINDS[key], read(data, f"x.{form}"), f"x.{form}")
        assert why(back) == []
        assert (back.counts.new, back.counts.changed) == (0, 0)
        assert back.counts.unchanged >= ROWS


@pytest.mark.parametrize("key", [key for key in KINDS if key not in TWO])
def test_a_template_of_fifty_rows_is_imported_exported_and_nothing_changes(office: sa.Engine, key: str) -> None:
    round_trip(office, key)


@pytest.mark.parametrize("key", TWO)
def test_so_it_is_on_both_databases(engine: sa.Engine, noon: datetime, key: str) -> None:  # noqa: ARG001
    sheet_rows.furnish(engine)
    round_trip(engine, key)


@pytest.mark.parametrize("key", list(KINDS))
def test_an_english_template_is_read_by_a_chinese_office(office: sa.Engine, key: str) -> None:
    with speaking("en"):
        data = filled(office, key, fifty(key)[:2])
    found = looked(office, key, data)
    assert (fates(found), found.examples, found.columns.unknown) == ((2, 0, 0, 0), 1, ())


def test_a_preview_leaves_nothing_behind(office: sa.Engine) -> None:
    with reading(office) as conn:
        before = changes.versions(conn)
    looked(office, "disputes", table(KINDS["disputes"], fifty("disputes")))
    with reading(office) as conn:
        assert conn.scalar(sa.select(sa.func.count(Dispute.id))) == 0
        assert conn.scalar(sa.select(sa.func.count(Audit.id)).where(Audit.subject == Subject.DISPUTES)) == 0
        assert changes.versions(conn) == before


def test_imported_meals_are_priced_and_rolled_up(office: sa.Engine) -> None:
    taken(office, "meals", *fifty("meals"))
    with reading(office) as conn:
        assert list(rollup.differences(conn)) == []
        paid = {row.number: row.paid_fen for row in conn.execute(sa.select(Meal.number, Meal.paid_fen))}
    assert (paid["M0"], paid["M1"], paid["M7"]) == (1550, 1250, 0)


def test_what_a_till_would_refuse_is_refused_with_its_row_column_and_value(office: sa.Engine) -> None:
    good = fifty("meals")[1]
    rows = [
        good,
        {**good, "number": "A", "served_at": "2026-11-25 11:00"},
        {**good, "number": "B", "served_at": "2026-11-22 11:00"},
        {**good, "number": "C", "card": "X9"},
        {**good, "number": "D"},
        {**good, "number": "E", "meal": "夜宵"},
        {**good, "number": "F", "list_fen": "十五元"},
        {**good, "number": None},
        {**good, "served_at": "昨天"},
        {**good, "card": None, "meal": "晚餐"},
    ]
    found = looked(office, "meals", table(KINDS["meals"], rows))
    said = why(found)
    assert [row[:3] for row in said] == [
        (3, "就餐时间", "2026-11-25 11:00"),
        (4, "编号", "B"),
        (5, "餐卡号", "X9"),
        (6, "餐卡号", "C001"),
        (7, "餐别", "夜宵"),
        (8, "原价（元）", "十五元"),
        (9, "编号", ""),
        (10, "就餐时间", "昨天"),
        (11, "编号", "M1"),
    ]
    assert "2026-11-25 11:00" in said[0][3]
    assert "X9" in said[2][3]
    assert "早餐、午餐、晚餐" in said[4][3]
    assert "第 2 行" in said[8][3]
    assert "第 11 行" in said[8][3]
    assert (fates(found)[0], fates(found)[3]) == (1, 9)


def test_absent_columns_and_empty_cells_blank_nothing(office: sa.Engine) -> None:
    taken(office, "opinions", *fifty("opinions")[:2])
    found = taken(office, "opinions", {"number": "O1", "theme": "parking", "decision": None})
    assert fates(found) == (0, 1, 0, 0)
    again = looked(office, "opinions", table(KINDS["opinions"], [{"number": "O1", "theme": "停车交通", "text": None}]))
    assert fates(again) == (0, 0, 1, 0)
    (row,) = again.unchanged
    assert row.before is not None
    assert (row.before["decision"], row.before["text"]) == ("adopted", fifty("opinions")[1]["text"])


def test_a_new_row_without_what_it_needs_is_rejected(office: sa.Engine) -> None:
    found = looked(office, "opinions", table(KINDS["opinions"], [{"number": "N1", "theme": "parking"}]))
    assert [row[:2] for row in why(found)] == [(2, "来源")]
    with pytest.raises(NotPossible, match="编号"):
        looked(office, "opinions", table(KINDS["opinions"], [{"theme": "parking", "text": "x"}]))


def test_a_month_that_does_not_add_up_names_both_numbers(office: sa.Engine) -> None:
    wrong = {**fifty("health_months")[1], "managed": 9999}
    ((at, column, value, reason),) = why(looked(office, "health_months", table(KINDS["health_months"], [wrong])))
    assert (at, column, value) == (2, "管理人数", "9999")
    assert "500" in reason


def test_a_name_that_is_kept_masked_is_no_change(office: sa.Engine) -> None:
    taken(office, "volunteers", {**fifty("volunteers")[0], "number": "B1"})
    again = looked(office, "volunteers", table(KINDS["volunteers"], [{"number": "B1", "name": "王大力"}]))
    assert fates(again) == (0, 0, 1, 0)


def test_what_is_out_of_a_workers_grids_cannot_be_changed(office: sa.Engine) -> None:
    taken(office, "disputes", fifty("disputes")[0])
    worker = make_viewer(Role.WORKER, grids=(2,))
    found = looked(office, "disputes", table(KINDS["disputes"], [{"number": "D0", "type": "family"}]), worker)
    assert [row[2] for row in why(found)] == ["D0"]
    assert "不在您的范围内" in why(found)[0][3]
    with reading(office) as conn:
        assert filling.exported(conn, worker, KINDS["disputes"], WHOLE, Form.XLSX).rows == 0


def test_what_was_sold_keeps_its_time_and_canteen(office: sa.Engine) -> None:
    taken(office, "meals", fifty("meals")[1])
    found = looked(office, "meals", table(KINDS["meals"], [{"number": "M1", "served_at": "2026-11-24 08:00"}]))
    assert "就餐时间" in why(found)[0][3]
    taken(office, "meals", {"number": "M1", "card": "C002"})
    with reading(office) as conn:
        assert conn.scalar(sa.select(Diner.card).join(Meal, Meal.diner_id == Diner.id)) == "C002"
        assert list(rollup.differences(conn)) == []


def test_sound_rows_are_written_when_others_are_not_and_repeated_ones_are_not_to_mend(office: sa.Engine) -> None:
    rows = [
        *fifty("disputes")[:2],
        {**fifty("disputes")[2], "type": "吵架"},
        {**fifty("disputes")[0], "type": "family"},
    ]
    found = looked(office, "disputes", table(KINDS["disputes"], rows))
    write(office, OPERATOR, found)
    with reading(office) as conn:
        assert set(conn.scalars(sa.select(Dispute.number))) == {"D0", "D1"}
        batch = conn.execute(sa.select(ImportBatch.kind, ImportBatch.new, ImportBatch.rejected)).one()
    assert tuple(batch) == ("disputes", 2, 2)
    mend = read(report.mend_sheet(found), "mend.xlsx")
    assert [row.cells[0] for row in mend.rows] == ["D2"]
    assert mend.headings[-1] == "不导入的原因"
    again = looked(office, "disputes", report.mend_sheet(found))
    assert (fates(again), again.columns.unknown) == ((0, 0, 0, 1), ())


def test_nothing_is_written_when_the_data_changed_since_the_preview(office: sa.Engine) -> None:
    taken(office, "grids", fifty("grids")[0])
    found = looked(office, "grids", table(KINDS["grids"], [{"code": "G0", "name": "另一个名字"}]))
    taken(office, "grids", {"code": "G0", "name": "别人改的"})
    with pytest.raises(NotPossible, match="预览之后"):
        write(office, OPERATOR, found)


def test_a_heading_nobody_knows_is_named_and_can_be_mapped(office: sa.Engine) -> None:
    data = table(KINDS["grids"], [{"code": "G1", "name": "x"}])
    found = looked(office, "grids", data, 名称="name_en")
    assert found.columns.places == {"code": 0, "name_en": 1}
    with pytest.raises(NotPossible, match="没有列"):
        looked(office, "grids", data, 不在="name")


FEEDS = {
    Feed.CANTEEN: {"meals", "diners", "canteen_days", "food_safety", "subsidy_claims"},
    Feed.STALLS: {"stall_days"},
    Feed.PEACE_POST: {"disputes", "opinions"},
    Feed.HOSPITAL: {"health_months"},
    Feed.VOLUNTEERS: {"volunteers", "service_records"},
    Feed.ACTIVITIES: {"activities", "party_plans"},
}


@pytest.mark.parametrize("feed", list(Feed))
def test_a_feeder_has_the_kinds_of_its_feed(feed: Feed) -> None:
    viewer = make_viewer(Role.FEEDER, feed=feed)
    assert {kind.key for kind in importable(viewer)} == FEEDS[feed]
    assert exportable(viewer) == importable(viewer)


def test_who_may_not_write_a_kind_gets_no_part_of_it(office: sa.Engine) -> None:
    assert importable(make_viewer(Role.PRESENTER)) == exportable(make_viewer(Role.PRESENTER)) == ()
    admin = {kind.key for kind in importable(make_viewer(Role.ADMIN))}
    assert admin == {"workdays", "targets", "elder_counts", "grids", "buildings"}
    with pytest.raises(NotAllowed):
        looked(office, "meals", table(KINDS["meals"], fifty("meals")[:1]), make_viewer(Role.OFFICIAL))
    with reading(office) as conn, pytest.raises(NotAllowed):
        filling.template(conn, make_viewer(Role.PRESENTER), KINDS["meals"])


def test_texts_are_left_out_for_those_who_only_read(office: sa.Engine) -> None:
    taken(office, "opinions", *fifty("opinions"))
    headings = read(exported(office, "opinions", viewer=make_viewer(Role.OFFICIAL)), "x.xlsx").headings
    assert "内容" not in headings
    assert "主题" in headings
    assert fates(looked(office, "opinions", exported(office, "opinions", viewer=make_viewer(Role.OFFICIAL)))) == (
        0,
        0,
        ROWS,
        0,
    )


@pytest.fixture
def run(
    office: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Callable[..., Any]]:
    """The command on a sheet of these rows: its code and the last line it prints."""
    monkeypatch.setattr("jobs.installation.opened", lambda: office)

    def ran(key: str, *rows: Said, flags: tuple[str, ...] = ()) -> tuple[int, str]:
        file = tmp_path / f"{key}.xlsx"
        file.write_bytes(table(KINDS[key], list(rows)))
        code = import_sheet.main([key, str(file), *flags])
        return code, capsys.readouterr().out.strip().splitlines()[-1]

    with clock.standing_at(NOON):
        yield ran


def test_the_command_speaks_the_same_json(run: Callable[..., Any], office: sa.Engine) -> None:
    bad = {**fifty("grids")[1], "name": None}
    code, line = run("grids", fifty("grids")[0], bad, flags=("--json",))
    said = json.loads(line)
    assert (code, said["new"], said["written"], said["batch"]) == (1, 1, False, None)
    assert list(said) == ["file", "new", "changed", "unchanged", "rejected", "written", "batch"]
    assert said["rejected"][0] | {"reason": ""} == {"row": 3, "column": "名称", "value": "", "reason": ""}
    code, line = run("grids", fifty("grids")[0], bad, flags=("--json", "--sound-rows"))
    assert (code, json.loads(line)["written"]) == (0, True)
    with writing(office) as conn:
        assert conn.scalar(sa.select(sa.func.count(ImportBatch.id))) == 1
    code, line = run("grids", fifty("grids")[0], flags=("--json", "--dry-run"))
    assert (code, json.loads(line)["unchanged"]) == (0, 1)
    with pytest.raises(NotPossible, match="--source"):
        run("grids", fifty("grids")[0], flags=("--source", "x"))


def test_the_trail_tells_which_sheet_by_its_name(office: sa.Engine) -> None:
    taken(office, "grids", fifty("grids")[0])
    with reading(office) as conn:
        kept = conn.scalar(sa.select(Audit.detail).where(Audit.action == "imported_sheet"))
    assert trail.detail(str(kept)).startswith("表格 网格；文件 表.xlsx；新增 1")
