"""What the server does each hour: it makes what is due, and waits for a database that is away."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from data_access.engine import open_engine, reading, sqlite_url
from data_access.tables.canteen import CareTask
from jobs import care, daily, demo_data


@pytest.mark.usefixtures("noon")
def test_who_is_missed_gets_a_task_though_nobody_looks(
    sqlite: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIEFANG_DATA", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", str(sqlite.url))
    demo_data.load(sqlite, days=20, seed=1)
    with sqlite.begin() as conn:
        conn.execute(sa.delete(CareTask))
    daily.do_due()
    with reading(sqlite) as conn:
        made = conn.scalar(sa.select(sa.func.count()).select_from(CareTask))
    assert made
    daily.do_due()
    assert care.look() == 0


def test_work_waits_for_a_database_that_is_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = open_engine(sqlite_url(tmp_path / "empty.db"))
    monkeypatch.setattr("jobs.installation.engine", lambda: engine)
    daily.do_due()
    engine.dispose()


@pytest.mark.usefixtures("noon")
def test_the_command_says_how_many(
    sqlite: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JIEFANG_DATA", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", str(sqlite.url))
    assert care.main() == 0
    assert "新增 0 条缺餐关怀" in capsys.readouterr().out
