"""The rules of the house, proved from its files: which way imports run, where each library stops, sizes, words."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS: dict[str, set[str]] = {
    "vocabulary": {"texts"},
    "settings": set(),
    "texts": set(),
    "clock": set(),
}
BOTTOM = {"vocabulary", "settings", "texts", "clock"}
FLOORS["access"] = BOTTOM
FLOORS["sheets"] = BOTTOM
FLOORS["suggesting"] = set()
MIDDLE = ("data_access", "metrics", "rollups", "charts", "geo")
for _part in MIDDLE:
    FLOORS[_part] = BOTTOM | {"access"}
FLOORS["jobs"] = BOTTOM | {"access", "sheets", "suggesting", *MIDDLE}
FLOORS["api"] = FLOORS["jobs"] | {"jobs"}
FLOORS["ui"] = FLOORS["jobs"] | {"jobs"}
FLOORS["pages"] = FLOORS["ui"] | {"ui"}
FLOORS["app"] = FLOORS["pages"] | {"api", "pages"}
HOMES = {
    "streamlit": {"ui", "pages", "app"},
    "fastapi": {"api"},
    "sqlalchemy": {"data_access"},
    "alembic": {"data_access"},
    "altair": {"charts"},
    "folium": {"geo"},
    "branca": {"geo"},
    "narwhals": {"rollups"},
    "python_calamine": {"sheets"},
    "xlsxwriter": {"sheets"},
}


def modules() -> Iterator[tuple[str, Path, ast.Module]]:
    """Every module of the product with the floor it stands on."""
    for floor in FLOORS:
        single = ROOT / f"{floor}.py"
        files = [single] if single.exists() else sorted((ROOT / floor).rglob("*.py"))
        for file in files:
            yield floor, file, ast.parse(file.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, "imports are absolute"
            yield node.module.split(".")[0]


def test_imports_run_down_only() -> None:
    wrong = [
        f"{file.relative_to(ROOT)} imports {name}"
        for floor, file, tree in modules()
        for name in imported(tree)
        if name in FLOORS and name != floor and name not in FLOORS[floor]
    ]
    assert not wrong


def test_each_outside_library_stops_at_its_home() -> None:
    wrong = [
        f"{file.relative_to(ROOT)} imports {name}"
        for floor, file, tree in modules()
        for name in imported(tree)
        if name in HOMES and floor not in HOMES[name]
    ]
    assert not wrong


def test_pandas_is_imported_nowhere() -> None:
    assert not [file for _, file, tree in modules() if "pandas" in imported(tree)]


def test_there_is_one_clock() -> None:
    """Else a test could not fix the time, nor a presenter freeze it."""
    asks = ("datetime.now", "datetime.utcnow", "datetime.today", "date.today")
    for _, file, tree in modules():
        calls = [ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)]
        assert file.name == "clock.py" or not [call for call in calls if call.endswith(asks)], file


def test_every_page_begins_with_its_gate() -> None:
    pages = [file for floor, file, _ in modules() if floor == "pages"]
    assert pages
    for file in pages:
        body = ast.parse(file.read_text(encoding="utf-8")).body
        first = next(node for node in body[1:] if not isinstance(node, ast.Import | ast.ImportFrom))
        gate = first.value if isinstance(first, ast.Assign | ast.Expr) else None
        assert isinstance(gate, ast.Call), file.name
        assert ast.unparse(gate) == f"enter('{file.stem}')", file.name


def test_modules_say_what_they_own_and_stay_small() -> None:
    wrong = []
    for floor, file, tree in modules():
        name, lines = file.relative_to(ROOT), file.read_text(encoding="utf-8").count("\n")
        if not ast.get_docstring(tree):
            wrong.append(f"{name} does not say what it owns")
        if lines > (80 if floor == "pages" else 300) and "versions" not in file.parts:
            wrong.append(f"{name} has {lines} lines")
    assert not wrong


def test_functions_stay_small() -> None:
    wrong = [
        f"{file.relative_to(ROOT)}:{node.lineno} {node.name}"
        for _, file, tree in modules()
        if "versions" not in file.parts
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno + 1 > 40
    ]
    assert not wrong


def test_no_colour_code_stands_in_a_page() -> None:
    wrong = [f.name for floor, f, _ in modules() if floor == "pages" and "#" in f.read_text("utf-8").replace("# ", "")]
    assert not wrong


def flat(table: dict[str, object], above: str = "") -> Iterator[str]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}"


@pytest.mark.parametrize("file", sorted(path.name for path in (ROOT / "texts/zh").glob("*.toml")))
def test_both_languages_have_the_same_keys_with_the_same_values_filled_in(file: str) -> None:
    both = {
        spoken: tomllib.loads((ROOT / "texts" / spoken / file).read_text(encoding="utf-8")) for spoken in ("zh", "en")
    }
    assert set(flat(both["zh"])) == set(flat(both["en"]))


def test_no_language_has_a_file_of_its_own() -> None:
    assert {p.name for p in (ROOT / "texts/zh").glob("*")} == {p.name for p in (ROOT / "texts/en").glob("*")}


def test_polars_never_calls_python_from_its_own_threads() -> None:
    """Its threads would wait for the interpreter that waits for them: with two readers the server stands still."""
    calls = {"map_elements", "map_batches", "map_groups", "map_rows"}
    found = [
        f"{file.relative_to(ROOT)}:{node.lineno} calls {node.attr}"
        for _, file, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in calls
    ]
    assert found == []
