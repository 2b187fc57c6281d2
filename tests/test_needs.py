"""What the tests need is found where it stands, and named where it is missing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import needs

ROOT = Path(needs.__file__).parents[1]
POSIX = pytest.mark.skipif(os.name != "posix", reason="looks for POSIX executables")


@pytest.fixture
def servers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as Debian's /usr/lib/postgresql, and nothing on PATH."""
    monkeypatch.setattr(needs, "POSTGRES_VERSIONS", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def make_server(folder: Path, *tools: str) -> Path:
    folder.mkdir(parents=True)
    for tool in tools:
        (folder / tool).touch(0o755)
    return folder


@POSIX
def test_the_highest_whole_postgres_is_taken(servers: Path) -> None:
    assert needs.postgres_bin() is None
    make_server(servers / "9.6/bin", "initdb", "pg_ctl", "postgres")  # whole, but older
    newest = make_server(servers / "15/bin", "initdb", "pg_ctl", "postgres")  # taken: 15 is above 9.6
    make_server(servers / "16/bin", "pg_ctl")  # a client only
    assert needs.postgres_bin() == newest


@POSIX
def test_the_postgres_on_the_path_comes_first(servers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_server(servers / "17/bin", "initdb", "pg_ctl", "postgres")
    mine = make_server(servers / "mine", "initdb", "pg_ctl", "postgres")
    monkeypatch.setenv("PATH", str(mine))
    assert needs.postgres_bin() == mine


@pytest.mark.parametrize(
    ("name", "package"), [("chromium", "chromium"), ("chinese_font", "fonts-noto-cjk"), ("postgres", "postgresql")]
)
def test_a_missing_need_names_its_package_in_one_sentence(name: str, package: str) -> None:
    assert package in needs.missing(name)
    assert "\n" not in needs.missing(name)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system brings a font")
@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("", 0)])
def test_a_missing_need_is_named_and_fails_only_under_ci(tmp_path: Path, ci: str, code: int) -> None:
    environment = {**os.environ, "PATH": str(tmp_path), "CI": ci}  # no fc-list, and no apt-get
    line = [sys.executable, "-m", "tests.needs"]
    done = subprocess.run(line, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert needs.missing("chinese_font") in done.stderr.splitlines()
