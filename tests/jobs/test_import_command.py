"""The command: what it prints, its exit codes, the sheet to mend, progress, choices."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from data_access.engine import open_engine, sqlite_url
from jobs import installation
from jobs.import_sheet import main
from jobs.imports.files import bytes_of
from sheets.reading import read
from tests.jobs.import_files import cases, csv_of, order, petition
from vocabulary.refusals import NotPossible

ROOT = Path(__file__).parents[2]
KEYS = ["file", "new", "changed", "unchanged", "rejected", "written", "batch"]
MIXED = (petition(1), petition(2, 留言时间="昨天"), petition(3), petition(1))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, noon: object) -> Path:  # noqa: ARG001
    """A data folder where nothing stands yet."""
    monkeypatch.setenv("JIEFANG_DATA", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs the command over a csv of these rows; gives its exit code, its output and what went to standard error."""

    def run_it(
        *rows: dict[str, object], flags: tuple[str, ...] = (), name: str = "petitions.csv"
    ) -> tuple[int, str, str]:
        file = folder / name
        if rows:
            file.write_bytes(csv_of(*rows))
        code = main(["cases", str(file), *flags])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run_it


def stored(folder: Path) -> set[str]:
    engine = open_engine(sqlite_url(folder / "demo.db"))
    try:
        return set(cases(engine))
    finally:
        engine.dispose()


def last(out: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(out.splitlines()[-1])
    return found


def test_the_command_brings_the_database_up_to_date_and_imports(run: Any, folder: Path) -> None:
    code, out, _ = run(petition(1), petition(2))
    assert code == 0
    assert "新增 2 件，更新 0 件，不变 0 件，不导入 0 行" in out
    assert stored(folder) == {"1", "2"}


def test_json_is_one_object_on_one_last_line_and_all_else_goes_to_standard_error(run: Any) -> None:
    code, out, err = run(*MIXED, flags=("--json",))
    assert len(out.splitlines()) == 1
    said = last(out)
    assert list(said) == KEYS
    assert said | {"rejected": None} == {
        "file": "petitions.csv",
        "new": 2,
        "changed": 0,
        "unchanged": 0,
        "rejected": None,
        "written": False,
        "batch": None,
    }
    assert said["rejected"] == [
        {
            "row": 3,
            "column": "留言时间",
            "value": "昨天",
            "reason": "“昨天”不是时间。请写成 2019-04-25 09:32:09 这样的形式。",
        },
        {"row": 5, "column": "留言编号", "value": "1", "reason": "编号“1”重复：以第 2 行为准，第 5 行不导入。"},
    ]
    assert said["new"] + said["changed"] + said["unchanged"] + len(said["rejected"]) == len(MIXED)
    assert code == 1
    assert "没有写入任何内容" in err


def test_one_rejected_row_and_nothing_is_written(run: Any, folder: Path) -> None:
    code, _, _ = run(*MIXED)
    assert code == 1
    assert stored(folder) == set()
    assert list(folder.glob("*rejected*")) == []


def test_sound_rows_are_written_and_the_rest_left_in_a_sheet_to_mend(run: Any, folder: Path) -> None:
    code, out, _ = run(*MIXED, flags=("--sound-rows", "--json"))
    assert (code, last(out)["written"], last(out)["batch"]) == (0, True, 1)
    assert stored(folder) == {"1", "3"}
    mend = folder / "petitions-rejected.xlsx"
    sheet = read(mend.read_bytes(), mend.name)
    assert sheet.headings == (*petition(1), "不导入的原因")
    assert [row.cells[0] for row in sheet.rows] == ["2"]
    assert sheet.rows[0].cells[3] == "昨天"


def test_the_mended_sheet_can_be_imported(run: Any, folder: Path) -> None:
    run(petition(1), petition(2, 留言时间="昨天"), flags=("--sound-rows",))
    sheet = read((folder / "petitions-rejected.xlsx").read_bytes(), "x")
    mended = dict(zip(sheet.headings, sheet.rows[0].cells, strict=True)) | {"留言时间": "2026-11-01 08:00"}
    code, out, _ = run({k: v for k, v in mended.items() if v is not None}, flags=("--json",), name="mended.csv")
    assert (code, last(out)["new"], last(out)["rejected"]) == (0, 1, [])
    assert stored(folder) == {"1", "2"}


def test_a_sheet_somebody_is_mending_is_never_replaced(run: Any, folder: Path) -> None:
    for _ in range(2):
        run(*MIXED, flags=("--sound-rows",))
    assert sorted(file.name for file in folder.glob("*rejected*")) == [
        "petitions-rejected-2.xlsx",
        "petitions-rejected.xlsx",
    ]


def test_when_no_row_is_sound_nothing_is_written_even_so(run: Any, folder: Path) -> None:
    code, out, _ = run(petition(1, 留言时间="昨天"), flags=("--sound-rows", "--json"))
    assert (code, last(out)["written"]) == (1, False)
    assert stored(folder) == set()


@pytest.mark.parametrize(("rows", "code"), [((petition(1),), 0), (MIXED, 1)])
def test_a_dry_run_says_what_would_happen_and_writes_nothing(
    run: Any, folder: Path, rows: tuple[dict[str, object], ...], code: int
) -> None:
    found, out, _ = run(*rows, flags=("--dry-run", "--json"))
    assert (found, last(out)["written"], last(out)["batch"]) == (code, False, None)
    assert stored(folder) == set()


def test_the_same_file_again_gives_nothing_new_and_nothing_changed(run: Any) -> None:
    rows = (petition(1), petition(2))
    run(*rows)
    code, out, _ = run(*rows, flags=("--json",))
    assert code == 0
    assert [last(out)[key] for key in ("new", "changed", "unchanged", "written")] == [0, 0, 2, True]


def test_choices_are_made_by_flags(run: Any, folder: Path) -> None:
    rows = (
        order("1", 工单类型="其他", 事由="路灯"),
        order("2", 工单类型="市民评价", 事由="电梯"),
        order("3", 事由="x", **{"村/社区": "劳动一村社区"}),
    )
    flags = (
        "--map",
        "事由=title",
        "--word",
        "工单类型:其他=意见建议",
        "--word",
        "类型:*=empty",
        "--village",
        "other=leave",
    )
    code, out, _ = run(*rows, flags=(*flags, "--source", "区热线", "--json"), name="orders.csv")
    assert code == 0
    assert [(row["row"], row["reason"]) for row in last(out)["rejected"]] == [(4, "按选择略去。")]
    engine = open_engine(sqlite_url(folder / "demo.db"))
    found = cases(engine)
    engine.dispose()
    assert [(case["title"], case["type"], case["source"]) for case in found.values()] == [
        ("路灯", "suggestion", "区热线"),
        ("电梯", None, "区热线"),
    ]


@pytest.mark.parametrize(
    ("flags", "sentence"),
    [
        (("--map", "事由"), "应为“heading=field”"),
        (("--map", "事由=花色"), "没有“花色”这个项目"),
        (("--map", "不在=title"), "没有列“不在”"),
        (("--village", "other=maybe"), "应为“other=keep|leave”"),
        (("--word", "类型=x"), "应为“field:word=meaning”"),
        (("--word", "标题:甲=乙"), "不需要指定含义"),
        (("--word", "类型:甲=乙"), "没有这一项"),
        (("--source", "长" * 65), "超过 64 个字符"),
    ],
)
def test_a_choice_that_makes_no_sense_is_refused(run: Any, flags: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(NotPossible) as refusal:
        run(order(), flags=flags)
    assert sentence in str(refusal.value)


def test_a_refused_file_is_an_object_too(run: Any, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "x.xlsx").write_bytes(b"%PDF-1.7")
    with pytest.raises(NotPossible):
        run(flags=("--json",), name="x.xlsx")
    said = last(capsys.readouterr().out)
    assert list(said) == [*KEYS, "error"]
    assert (said["written"], said["rejected"]) == (False, [])
    assert "PDF" in said["error"]


def test_a_missing_file_is_named(run: Any) -> None:
    with pytest.raises(NotPossible, match=r"没有文件“.*not-there.csv”"):
        run(name="not-there.csv")


def test_a_folder_is_no_sheet(tmp_path: Path) -> None:
    with pytest.raises(NotPossible, match=f"“{tmp_path}”是文件夹"):
        bytes_of(tmp_path)


def test_a_file_without_what_a_case_needs_is_refused_with_its_headings(run: Any) -> None:
    with pytest.raises(NotPossible, match=r"缺少必需的列：编号.*姓名、年龄"):
        run({"姓名": "张三", "年龄": "3"})


def test_progress_of_a_long_file_is_told_on_standard_error(run: Any) -> None:
    rows = [petition(number, 答复意见=None, 答复时间=None) for number in range(5_001)]
    _, out, err = run(*rows, flags=("--json",))
    assert len(out.splitlines()) == 1
    assert [stage for stage in ("读取", "比对", "写入") if f"{stage} 5000/5001 行" in err] == ["读取", "比对", "写入"]
    assert "写入 5001/5001 行" in err


def test_it_runs_as_a_module_in_the_operators_language(folder: Path) -> None:
    file = folder / "petitions.csv"
    file.write_bytes(csv_of(*MIXED))
    command = [sys.executable, "-X", "utf8", "-m", "jobs.import_sheet", "cases", str(file)]

    def ran(*flags: str, **environment: str) -> subprocess.CompletedProcess[str]:
        given = {"JIEFANG_DATA": str(folder), "PATH": "", **environment}
        return subprocess.run([*command, *flags], cwd=ROOT, env=given, capture_output=True, text=True, check=False)

    english = ran("--json", JIEFANG_LANG="en")
    assert (english.returncode, last(english.stdout)["rejected"][1]["reason"]) == (
        1,
        "The number “1” stands twice: row 2 counts, row 5 is not imported.",
    )
    file.write_bytes(b"%PDF-1.7")
    refused = ran(JIEFANG_LANG="zh")
    assert refused.returncode == 1
    assert refused.stdout == ""
    assert (
        refused.stderr.strip()
        == "文件“petitions.csv”是 PDF 文档，不是电子表格。请导入 .xlsx、.xls、.ods 或 .csv 文件。"
    )


def test_a_given_database_is_the_one_that_is_filled(
    run: Any, sqlite: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite.url.render_as_string(hide_password=False))
    assert run(petition(1))[0] == 0
    assert set(cases(sqlite)) == {"1"}
    installation.engine().dispose()
