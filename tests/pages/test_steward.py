"""The red steward's page: for officials; its lists lead to the matters, and its counts are theirs."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from data_access.engine import writing
from jobs import installation
from tests.case_rows import G1, PROPERTY, make_case, make_neighbourhood
from tests.conftest import NOON, make_viewer
from tests.pages.showing import said, show
from ui import live, loading
from vocabulary.enums import Feed, Field, Role

TODAY = NOON.date()


@pytest.fixture
def empty(sqlite: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, noon: object) -> Iterator[sa.Engine]:  # noqa: ARG001
    monkeypatch.setenv("JIEFANG_DATA", str(tmp_path))
    yield sqlite
    loading.forget()
    live.SEEN = live.Seen()
    installation.engine().dispose()


@pytest.fixture
def office(empty: sa.Engine) -> sa.Engine:
    """One case overdue, one that nobody answers for, one finished."""
    with writing(empty) as conn:
        make_neighbourhood(conn)
        late: dict[str, Any] = {"lead_unit_id": PROPERTY, "due_at": NOON - timedelta(hours=1), "field": Field.PROPERTY}
        make_case(conn, "A1", title="下水道堵了", grid_id=G1, status="handling", **late)
        make_case(conn, "A2", TODAY - timedelta(7), title="没人管的事", grid_id=G1)
        make_case(conn, "A3", status="finished", closed_on=TODAY)
    return empty


def test_an_official_sees_what_to_look_at_first_with_its_way(
    office: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = show("steward", make_viewer(), office, monkeypatch)
    assert not app.exception
    text = said(app)
    assert "在办 <b>2</b> 项，超期 <b>1</b> 项，无人负责 <b>1</b> 项" in text
    assert 'href="cases?case=1&amp;show=all"' in text
    assert text.index("没人管的事") < text.index("下水道堵了")


def test_the_published_figures_of_the_steward_stand_beside_what_is_counted(
    small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = show("steward", make_viewer(), small_demo, monkeypatch)
    assert not app.exception
    assert "吹哨联席会150余次" in said(app)


def test_an_empty_office_is_told_what_to_do_first(empty: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("steward", make_viewer(), empty, monkeypatch)
    assert not app.exception
    assert app.info[0].value.startswith("还没有诉求、议题和项目。")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OFFICIAL])
def test_others_are_told_that_the_page_is_not_theirs(
    office: sa.Engine, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    app = show("steward", make_viewer(role, feed=Feed.CANTEEN if role is Role.FEEDER else None), office, monkeypatch)
    assert app.warning
    assert "下水道堵了" not in said(app)
