"""Before a start: which database, what stands in it afterwards, and what the operator is told."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

import settings
from access import OPERATOR
from data_access import accounts, installation, signins
from data_access.accounts import Duty
from data_access.engine import open_engine, reading, sqlite_url, writing
from data_access.tables.cases import Case
from jobs import accounts as accounts_job
from jobs import aside, claim, prepare
from jobs import installation as installed
from jobs.demo import cases
from tests.conftest import NOON
from vocabulary.enums import Role
from vocabulary.refusals import NotPossible

Start = Callable[[], list[str]]
ROOT = Path(prepare.__file__).parent.parent
PASSWORD = "green-banyan-tree"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The data folder of a fresh clone."""
    monkeypatch.setenv("JIEFANG_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("JIEFANG_LANG", "zh")
    for name in ("DATABASE_URL", "JIEFANG_DEMO", "JIEFANG_KEY", "JIEFANG_HTTPS", "HOST", "PORT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(prepare, "DEMO_DAYS", 2)
    yield tmp_path / "data"
    installed.engine().dispose()


@pytest.fixture
def start(folder: Path) -> Start:
    """Prepares a start; the lines it said."""

    def prepared() -> list[str]:
        said: list[str] = []
        prepare.prepare(said.append)
        return "\n".join(said).splitlines()

    assert not folder.exists()  # nothing before the test has made it
    return prepared


def logins(lines: list[str]) -> dict[str, str]:
    """Logins and passwords of the printed table."""
    rows = [re.split(r" {2,}", line) for line in lines]
    return {row[1]: row[2] for row in rows if len(row) == 3 and "account" not in row[1]}


def test_a_first_start_loads_the_demo_and_shows_one_account_a_role(folder: Path, start: Start) -> None:
    lines = start()
    assert "http://127.0.0.1:8501" in lines[1]
    shown = logins(lines)
    assert list(shown) == [
        "official",
        "worker",
        "unit",
        "presenter",
        "canteen",
        "stalls",
        "hospital",
        "activities",
        "volunteers",
        "admin",
    ]
    engine = installed.engine()
    assert engine.url.database == str(folder / "demo.db")
    for login, password in shown.items():
        assert signins.sign_in(engine, login, password)
    with reading(engine) as conn:
        assert installation.is_demo(conn)
        assert accounts.duty(conn, OPERATOR, "worker").grids
        assert accounts.duty(conn, OPERATOR, "unit").unit
    assert {path.name for path in folder.iterdir()} - {"demo.db-wal", "demo.db-shm"} == {"demo.db", "jiefang.key"}
    if os.name == "posix":
        assert (folder / "demo.db").stat().st_mode & 0o077 == 0
        assert (folder / "jiefang.key").stat().st_mode & 0o077 == 0


def test_a_second_start_changes_nothing_and_shows_no_password(start: Start) -> None:
    shown = logins(start())
    with reading(installed.engine()) as conn:
        cases_before = conn.scalar(sa.select(sa.func.count(Case.id)))
    lines = start()
    assert len(lines) == 2
    assert "jobs.accounts reset" in lines[1]
    assert signins.sign_in(installed.engine(), "admin", shown["admin"])
    with reading(installed.engine()) as conn:
        assert conn.scalar(sa.select(sa.func.count(Case.id))) == cases_before


def test_the_demo_passwords_are_made_and_shown_again(start: Start, capsys: pytest.CaptureFixture[str]) -> None:
    before = logins(start())
    assert accounts_job.main(["reset"]) == 0
    after = logins(capsys.readouterr().out.splitlines())
    assert list(after) == list(before)
    assert not set(after.values()) & set(before.values())
    assert signins.sign_in(installed.engine(), "admin", after["admin"])
    with pytest.raises(NotPossible):
        signins.sign_in(installed.engine(), "admin", before["admin"])


def test_an_interrupted_load_leaves_no_half_demo(folder: Path, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(cases, "file", interrupted)
        with pytest.raises(KeyboardInterrupt):
            start()
    assert [path.name for path in folder.iterdir()] == ["jiefang.key"]
    assert logins(start())


def test_what_a_killed_start_left_is_swept_away_later(folder: Path) -> None:
    for name, age in (("loading-old", 2 * aside.LEFTOVER_SECONDS), ("loading-new", 0)):
        (folder / name).mkdir(parents=True)
        os.utime(folder / name, (time.time() - age,) * 2)
    with aside.thrown_away(folder) as engine:
        assert engine.url.database
    assert [path.name for path in folder.iterdir()] == ["loading-new"]


def test_rows_tried_before_the_first_start_are_kept_and_no_demo_joins_them(start: Start) -> None:
    engine = installed.opened()
    with reading(engine) as conn:
        assert installation.is_demo(conn)  # a job alone loads no demo row, but says which kind of database it is
        assert not installation.holds_anything(conn)
    with writing(engine) as conn:
        row = {"number": "42", "title": "路灯不亮", "status": "pending", "source": "tried", "received_at": NOON}
        conn.execute(sa.insert(Case).values(received_on=NOON.date(), **row))
    lines = start()
    assert "jobs.demo_data --fresh" in lines[0]
    assert "admin" in logins(lines)
    with reading(installed.engine()) as conn:
        assert conn.scalars(sa.select(Case.title)).all() == ["路灯不亮"]


def test_a_demo_file_that_a_job_merely_opened_is_filled(start: Start) -> None:
    installed.opened()
    assert "unit" in logins(start())
    with reading(installed.engine()) as conn:
        assert installation.holds_places(conn)


def test_where_an_office_has_begun_its_own_database_is_opened(folder: Path, start: Start) -> None:
    with aside.whole(folder / "jiefang.db") as engine, writing(engine) as conn:
        accounts.add(conn, OPERATOR, "li", "李明", PASSWORD, Duty(Role.ADMIN))
        installation.write_fact(conn, "kind", "real")
    assert start() == ["街坊看板 / Jiefang: http://127.0.0.1:8501"]
    assert installed.engine().url.database == str(folder / "jiefang.db")
    assert not (folder / "demo.db").exists()


@pytest.fixture
def given(engine: sa.Engine, folder: Path, monkeypatch: pytest.MonkeyPatch) -> sa.Engine:
    """An empty database that DATABASE_URL names, of either kind."""
    assert not folder.exists()
    monkeypatch.setenv("DATABASE_URL", engine.url.render_as_string(hide_password=False))
    return engine


def code_in(lines: list[str]) -> str:
    return lines[-1].rpartition(": ")[2]


def test_a_given_database_is_real_and_starts_with_a_setup_code(given: sa.Engine, start: Start, folder: Path) -> None:
    first, second = code_in(start()), code_in(start())
    assert first != second
    with reading(given) as conn:
        assert installation.facts(conn)["kind"] == "real"
        assert not installation.holds_anything(conn)
        assert second not in str(installation.facts(conn))
    with pytest.raises(NotPossible):
        claim.claim(given, first, "li", "李明", PASSWORD)
    assert claim.claim(given, second, "li", "李明", PASSWORD)
    assert len(start()) == 1  # the address; no code any more
    assert not (folder / "demo.db").exists()


def test_the_demo_is_loaded_into_a_given_database_on_request(
    given: sa.Engine, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    start()  # once without: that only names it
    monkeypatch.setenv("JIEFANG_DEMO", "1")
    assert "admin" in logins(start())
    with reading(given) as conn:
        assert installation.is_demo(conn)
    assert len(start()) == 2
    monkeypatch.delenv("JIEFANG_DEMO")
    assert len(start()) == 2  # what is a demo stays one


def test_the_demo_never_joins_real_rows(given: sa.Engine, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    with writing(given) as conn:
        accounts.add(conn, OPERATOR, "li", "李明", PASSWORD, Duty(Role.ADMIN))
    monkeypatch.setenv("JIEFANG_DEMO", "1")
    with pytest.raises(NotPossible, match="已有数据"):
        start()
    with reading(given) as conn:
        assert not installation.holds_places(conn)


def test_an_interrupted_load_into_a_given_database_leaves_it_empty(
    given: sa.Engine, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setenv("JIEFANG_DEMO", "1")
    with monkeypatch.context() as patch:
        patch.setattr(cases, "file", interrupted)
        with pytest.raises(KeyboardInterrupt):
            start()
    with reading(given) as conn:
        assert not installation.holds_anything(conn)


def test_a_server_started_otherwise_prepares_itself_once(folder: Path, start: Start) -> None:
    said: list[str] = []
    prepare.unless_prepared(said.append)
    assert logins("\n".join(said).splitlines())
    said.clear()
    prepare.unless_prepared(said.append)
    assert said == []
    assert folder.exists()
    assert len(start()) == 2


def test_a_server_keeps_the_code_that_was_just_shown(given: sa.Engine, start: Start) -> None:
    code, said = code_in(start()), list[str]()
    prepare.unless_prepared(said.append)
    assert said == []
    assert claim.claim(given, code, "li", "李明", PASSWORD)


@pytest.mark.parametrize(
    ("environment", "first"),
    [
        ({}, "http://127.0.0.1:8501"),
        ({"PORT": "9000"}, "http://127.0.0.1:9000"),
        ({"HOST": "10.0.0.5"}, "http://10.0.0.5:8501"),
        ({"HOST": "::1"}, "http://[::1]:8501"),
        ({"HOST": "0.0.0.0", "JIEFANG_HTTPS": "1"}, "https://127.0.0.1:8501"),
    ],
)
def test_the_address_is_one_that_a_browser_understands(environment: dict[str, str], first: str) -> None:
    found = prepare.addresses(settings.read(environment))
    assert found[0] == first
    assert len(found) == (2 if environment.get("HOST") == "0.0.0.0" else 1)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("url", ["mysql://x/y", "nonsense", "/var/lib/x.db", "sqlite3:///x"])
def test_an_address_that_is_no_database_of_ours_is_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("DATABASE_URL", url)
        with pytest.raises(NotPossible, match="DATABASE_URL 以"):
            installed.engine()


def test_a_later_start_imports_nothing_slow(folder: Path, start: Start) -> None:
    start()
    program = (
        "import sys; from jobs import prepare; prepare.main(); "
        "print([name for name in ('polars', 'streamlit', 'altair', 'pandas') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert (folder / "demo.db").exists()


def test_a_file_that_appeared_meanwhile_is_not_replaced(folder: Path) -> None:
    folder.mkdir()

    def make() -> None:
        with aside.whole(folder / "demo.db"):
            (folder / "demo.db").write_text("another start was faster")

    with pytest.raises(FileExistsError):
        make()
    assert (folder / "demo.db").read_text() == "another start was faster"
    assert [path.name for path in folder.iterdir()] == ["demo.db"]


def test_both_addresses_of_postgres_are_understood() -> None:
    for url in ("postgres://h/d", "postgresql://h/d", "postgresql+psycopg://h/d"):
        assert open_engine(installed.url(settings.read({"DATABASE_URL": url}))).dialect.name == "postgresql"
    assert installed.url(settings.read({"DATABASE_URL": sqlite_url(Path("/x.db"))})) == "sqlite:////x.db"
