"""What is exported says what was asked, hides what is hidden, and changes nothing when it is imported again."""

import shutil
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet

import clock
from access import OPERATOR
from data_access import cases as stock
from data_access import evidence
from data_access.engine import open_engine, reading, sqlite_url, writing
from data_access.installation import write_fact
from data_access.sealing import Seal, seal
from data_access.tables.records import Audit
from jobs import export_sheet
from jobs.export_sheet import Form, Question
from jobs.import_sheet import previewed
from jobs.imports.choices import Choices
from jobs.imports.preview import Preview
from jobs.imports.spots import folded
from jobs.imports.words import ENUMERATIONS, vocabulary
from jobs.imports.writing import write
from sheets.cells import Sheet
from sheets.reading import read
from tests.case_rows import G1, G2, LIFT, PROPERTY, TODAY, make_case, make_neighbourhood
from tests.conftest import NOON, make_viewer
from tests.sheets import making
from texts import LANGUAGES, Language, speaking
from ui.export_button import at_the_click
from vocabulary.cases import Show
from vocabulary.enums import CaseStatus, Role, Subject, Urgency
from vocabulary.questions import Filters, Op, Period, Rows, Span, Viewer, Where
from vocabulary.refusals import NotAllowed, word

PETITIONS = Path(__file__).parents[3] / "shared" / "data" / "petitions_with_replies.xlsx"
ALL = Filters(show=Show.ALL)
OFFICIAL = make_viewer()
WORKER = make_viewer(Role.WORKER, grids=(G1, G2))
PHONE = "13812345678"


def key() -> Seal:
    return seal(Fernet.generate_key().decode(), Path("unused"))


def exported(engine: sa.Engine, viewer: Viewer, filters: Filters = ALL, form: Form = Form.XLSX) -> bytes:
    with reading(engine) as conn:
        return export_sheet.cases(conn, viewer, filters, form).data


def imported(engine: sa.Engine, data: bytes, form: Form = Form.XLSX) -> Preview:
    name = f"export.{form.value}"
    return previewed(engine, OPERATOR, read(data, name), name, Choices(), key())


def fates(found: Preview) -> tuple[int, int, int, int]:
    return len(found.new), len(found.updates), found.unchanged, len(found.rejected)


def texts_of(data: bytes, sheet: str) -> list[str]:
    """Every filled cell of a sheet, from top to bottom."""
    rows = making.openpyxl.load_workbook(BytesIO(data))[sheet].iter_rows(values_only=True)
    return [str(value) for row in rows for value in row if value is not None]


@pytest.fixture
def office(sqlite: sa.Engine, noon: object) -> sa.Engine:  # noqa: ARG001
    """Cases of every kind of text and moment that the office itself writes."""
    with sqlite.begin() as conn:
        make_neighbourhood(conn)
        exact = NOON - timedelta(days=3, microseconds=123_456)
        make_case(conn, "007", grid_id=G1, building_id=1, title="电梯坏了", category_id=LIFT, urgency=Urgency.URGENT)
        make_case(conn, "=1+1", title="=cmd|' /C calc'!A0", body="@SUM(A1)\n\n\t两行", spot="'=甲", received_at=exact)
        make_case(conn, "A3", grid_id=G2, lead_unit_id=PROPERTY, status="handling", tags="", due_at=NOON)
        make_case(conn, "A4", grid_id=G2, status="archived", closed_on=TODAY, resident_solved=True, reply="已修好")
        make_case(conn, "A5", status="withdrawn", closed_on=TODAY, resident_satisfied=False, votes_for=0)
        make_case(conn, "A6", status="reopening", finished_at=NOON, title="- 又坏了")
    return sqlite


@pytest.fixture
def told(office: sa.Engine) -> sa.Engine:
    """The same, and one with a phone number in its text."""
    with office.begin() as conn:
        make_case(conn, "B1", title="请回电", body=f"电话{PHONE}", grid_id=G1)
    return office


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("viewer", [OFFICIAL, WORKER])
def test_an_unchanged_export_of_what_the_office_writes_changes_nothing(
    told: sa.Engine, spoken: Language, form: Form, viewer: Viewer
) -> None:
    with speaking(spoken):
        assert fates(imported(told, exported(told, viewer, ALL, form), form)) == (0, 0, 7, 0)


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize("form", Form)
def test_an_unchanged_export_of_the_demo_changes_nothing(small_demo: sa.Engine, spoken: Language, form: Form) -> None:
    with clock.standing_at(NOON), reading(small_demo) as conn:
        grids = tuple(conn.execute(sa.text("select id from grid")).scalars())
        worker = make_viewer(Role.WORKER, grids=grids)
        count = stock.counts(conn, worker, ALL)[Show.ALL]
    with clock.standing_at(NOON), speaking(spoken):
        for viewer in (OFFICIAL, worker):
            assert fates(imported(small_demo, exported(small_demo, viewer, ALL, form), form)) == (0, 0, count, 0)
    assert count > 50


@pytest.mark.skipif(not PETITIONS.exists(), reason="the real petitions are not on this machine")
def test_an_unchanged_export_of_the_real_petitions_changes_nothing(sqlite: sa.Engine) -> None:
    found = previewed(sqlite, OPERATOR, read(PETITIONS.read_bytes(), "p.xlsx"), "p.xlsx", Choices(), key())
    write(sqlite, OPERATOR, found, key())
    asked: list[tuple[Viewer, Language, Form]] = [
        (OFFICIAL, "zh", Form.XLSX),
        (WORKER, "en", Form.XLSX),
        (WORKER, "zh", Form.CSV),
    ]
    for viewer, spoken, form in asked:
        with speaking(spoken):
            again = imported(sqlite, exported(sqlite, viewer, ALL, form), form)
        assert fates(again) == (0, 0, len(found.new), 0)
        assert len(found.new) > 2000


def test_an_export_is_read_as_new_cases_by_an_office_that_has_none(
    office: sa.Engine, sqlite_template: Path, tmp_path: Path
) -> None:
    data = exported(office, OFFICIAL, Filters(statuses=("pending", "handling", "archived"), show=Show.ALL))
    shutil.copy(sqlite_template, tmp_path / "other.db")
    other = open_engine(sqlite_url(tmp_path / "other.db"))
    with other.begin() as conn:
        make_neighbourhood(conn)
    found = imported(other, data)
    assert fates(found) == (4, 0, 0, 0)
    write(other, OPERATOR, found, key())
    with reading(office) as before, reading(other) as after:
        columns = sa.text(
            "select number, title, status, grid_id, building_id, urgency, reply from 'case' order by number"
        )
        was = [row for row in before.execute(columns) if row.status in ("pending", "handling", "archived")]
        assert list(after.execute(columns)) == was
    other.dispose()


def test_a_mended_cell_changes_its_case_and_no_other(office: sa.Engine) -> None:
    data = exported(office, WORKER, ALL, Form.CSV).decode("utf-8-sig").replace("电梯坏了", "电梯修了")
    found = imported(office, data.encode(), Form.CSV)
    assert fates(found) == (0, 1, 5, 0)
    assert found.updates[0].row.number == "007"
    assert [(one.field, one.before, one.now) for one in found.updates[0].differences] == [
        ("title", "电梯坏了", "电梯修了")
    ]


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize("name", ENUMERATIONS)
def test_every_word_of_an_enumeration_is_understood_as_what_it_was(name: str, spoken: Language) -> None:
    with speaking(spoken):
        for member in ENUMERATIONS[name]:
            assert vocabulary(name)[folded(word(member))] == member.value


def test_the_rows_are_those_of_the_list_and_the_identity_stands_first(office: sa.Engine) -> None:
    filters = Filters(period=Period(TODAY, TODAY, Span.TODAY), grids=("G2",), show=Show.OPEN)
    sheet: Sheet = read(exported(office, OFFICIAL, filters), "x.xlsx")
    assert sheet.name == "诉求"
    assert sheet.headings[:2] == ("数据源", "编号")
    assert [row.cells[1] for row in sheet.rows] == ["A3"]


def test_a_worker_exports_only_the_own_grids_and_what_waits_for_one(office: sa.Engine) -> None:
    sheet = read(exported(office, make_viewer(Role.WORKER, grids=(G1,))), "x.xlsx")
    assert {row.cells[1] for row in sheet.rows} == {"007", "'=1+1", "A5", "A6"}


def test_masked_columns_are_left_out_and_their_covered_texts_are_never_imported(told: sa.Engine) -> None:
    data = exported(told, OFFICIAL)
    assert "内容" not in read(data, "x.xlsx").headings
    assert PHONE not in "".join(text for name in ("诉求", "导出说明", "已遮盖的文字") for text in texts_of(data, name))
    assert "内容（已遮盖）" in texts_of(data, "已遮盖的文字")
    assert any("138******78" in text for text in texts_of(data, "已遮盖的文字"))
    assert any(line.startswith("内容里有电话") for line in texts_of(data, "导出说明"))
    csv = exported(told, OFFICIAL, ALL, Form.CSV).decode("utf-8-sig")
    assert PHONE not in csv
    assert "内容" not in csv.splitlines()[0].split(",")


def test_text_like_a_formula_is_neutralised(office: sa.Engine) -> None:
    lines = exported(office, OFFICIAL, ALL, Form.CSV).decode("utf-8-sig")
    assert ",'=1+1," in lines
    assert "'=cmd|" in lines
    assert "'- 又坏了" in lines
    assert "''=甲" in lines


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_the_second_sheet_says_what_was_asked_by_whom_and_when(office: sa.Engine, spoken: Language) -> None:
    filters = Filters(
        period=Period(TODAY, TODAY),
        text="坏了",
        statuses=("pending", "handling"),
        categories=(("住房", "物业"), ("",)),
        channels=("",),
        grids=("G1", ""),
        urgencies=("urgent",),
        buildings=("3",),
        batch=7,
        show=Show.RECEIVED,
    )
    with speaking(spoken):
        lines = texts_of(exported(office, OFFICIAL, filters), "导出说明" if spoken == "zh" else "About this export")
    said = "\n".join(lines)
    for expected in ("2026-11-24 12:00:00", OFFICIAL.name, "2026-11-24", "坏了", "住房 › 物业", "7", "0"):
        assert expected in said
    if spoken == "zh":
        chinese = (
            "行数：0",
            "状态：待受理、办理中",
            "网格：一网格、待定网格",
            "来源：未填",
            "3栋",
            "口径·受理诉求：期间内收到的诉求",
        )
        assert [line for line in chinese if line not in said] == []
        assert "演示数据" not in said


def test_a_demo_says_so_in_every_file_and_file_name(office: sa.Engine) -> None:
    with writing(office) as conn:
        write_fact(conn, "kind", "demo")
    assert texts_of(exported(office, OFFICIAL), "导出说明")[0].startswith("演示数据")
    assert exported(office, OFFICIAL, ALL, Form.CSV).decode("utf-8-sig").startswith("演示数据")
    assert export_sheet.file_name("诉求", Form.CSV, demo=True) == "诉求-演示数据-20261124.csv"
    assert export_sheet.file_name("Cases", Form.XLSX, demo=False) == "Cases-20261124.xlsx"


@pytest.mark.parametrize("viewer", [make_viewer(Role.PRESENTER), make_viewer(Role.ADMIN), make_viewer(Role.FEEDER)])
def test_nobody_without_the_right_exports(office: sa.Engine, viewer: Viewer) -> None:
    question = Question(("期间",))
    with reading(office) as conn:
        with pytest.raises(NotAllowed):
            export_sheet.cases(conn, viewer, ALL, Form.XLSX)
        with pytest.raises(NotAllowed):
            export_sheet.sheet(conn, viewer, "就餐", pl.DataFrame({"a": [1]}), {"a": "甲"}, question, Form.XLSX)


def test_rows_of_any_page_go_out_under_its_headings(office: sa.Engine) -> None:
    frame = pl.DataFrame({"tier": ["老年优惠", "=1"], "yuan": [8.5, None], "hidden": [1, 2]})
    question = Question(("期间：11月",), ("elder_share",))
    headings = {"tier": "优惠档", "yuan": "实付（元）"}
    with reading(office) as conn:
        made = export_sheet.sheet(conn, OFFICIAL, "就餐", frame, headings, question, Form.XLSX)
    assert made.rows == 2
    assert texts_of(made.data, "就餐") == ["优惠档", "实付（元）", "老年优惠", "8.5", "'=1"]
    lines = texts_of(made.data, "导出说明")
    assert "期间：11月" in lines
    assert any(line.startswith("口径·") for line in lines)


def test_the_meals_of_the_demo_go_out_in_the_readers_words(small_demo: sa.Engine) -> None:
    served = (Where("served_on", Op.IN_PERIOD), Where("void", Op.NULL))
    rows = Rows("meals", (*served, Where("meal", Op.IN, ("lunch",))))
    with clock.standing_at(NOON), reading(small_demo) as conn:
        shown = evidence.behind(conn, OFFICIAL, rows, Period(TODAY - timedelta(1), TODAY), Filters())
        made = export_sheet.behind(
            conn, OFFICIAL, "就餐", rows, Period(TODAY - timedelta(1), TODAY), Question(()), Form.XLSX
        )
    sheet = read(made.data, "x.xlsx")
    assert made.rows == shown.height == len(sheet.rows) > 100
    assert sheet.headings[:3] == ("编号", "就餐时间", "餐别")
    assert {row.cells[2] for row in sheet.rows} == {"午餐"}
    assert "期间：2026-11-23 至 2026-11-24" in texts_of(made.data, "导出说明")


def test_the_click_makes_the_file_in_the_readers_language_and_notes_only_the_count(
    office: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", office.url.render_as_string(hide_password=False))
    with speaking("en"):
        data = at_the_click(
            OFFICIAL, Subject.CASES, lambda conn, form: export_sheet.cases(conn, OFFICIAL, ALL, form), Form.XLSX
        )
    assert read(data(), "x.xlsx").headings[:2] == ("Data source", "Number")
    with reading(office) as conn:
        rows = conn.execute(sa.select(Audit.actor, Audit.action, Audit.subject, Audit.detail)).all()
    assert [tuple(row) for row in rows] == [(OFFICIAL.name, "exported", "cases", '{"count": 6}')]


@pytest.mark.parametrize("form", Form)
def test_a_file_that_cannot_be_made_says_why_and_is_not_noted(
    office: sa.Engine, monkeypatch: pytest.MonkeyPatch, form: Form
) -> None:
    monkeypatch.setenv("DATABASE_URL", office.url.render_as_string(hide_password=False))
    with office.begin() as conn:
        make_case(conn, "C1", title="太长", body="长" * 40_000, status=CaseStatus.PENDING)
    presenter = make_viewer(Role.PRESENTER)
    viewer = OFFICIAL if form is Form.XLSX else presenter
    data = at_the_click(viewer, Subject.CASES, lambda conn, f: export_sheet.cases(conn, viewer, ALL, f), form)()
    said = texts_of(data, "没有导出")[0] if form is Form.XLSX else data.decode("utf-8-sig")
    assert ("40000" in said) if form is Form.XLSX else ("无权" in said)
    with reading(office) as conn:
        assert conn.scalar(sa.select(sa.func.count()).select_from(Audit)) == 0
