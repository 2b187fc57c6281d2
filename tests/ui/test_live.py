"""What the process sees of the database, and which changes the open pages are told."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from access import OPERATOR
from data_access import changes
from data_access.engine import sqlite_url, writing
from jobs import installation
from ui import live
from vocabulary.enums import Subject


@pytest.fixture
def office(sqlite: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[sa.Engine]:
    """An installation on a database of its own, looked at once."""
    monkeypatch.setenv("DATABASE_URL", sqlite_url(tmp_path / "test.db"))
    monkeypatch.setattr(live, "SEEN", live.Seen())
    live.look()
    live.told()
    yield sqlite
    installation.engine().dispose()


def change(engine: sa.Engine, subject: Subject) -> None:
    with writing(engine) as conn:
        changes.record(conn, OPERATOR, subject, "tried")


def test_what_a_form_saw_first_is_still_told_to_the_other_pages(office: sa.Engine) -> None:
    change(office, Subject.CASES)
    assert live.look() == {Subject.CASES}  # the form, right after its own write
    change(office, Subject.MEALS)
    assert live.look() == {Subject.MEALS}  # the watcher
    assert live.told() == {Subject.CASES, Subject.MEALS}
    assert live.told() == set()


def test_another_database_changes_every_subject(
    office: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert office.url.database
    monkeypatch.setenv("DATABASE_URL", sqlite_url(tmp_path / "begun.db"))
    installation.opened()
    live.look()
    assert live.told() == set(Subject)
    installation.engine().dispose()
