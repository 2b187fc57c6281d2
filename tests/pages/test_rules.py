"""The rules page: every part, for the admin only, and a change that is made, or refused with what was typed kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from access import OPERATOR
from data_access import rules, targets, workdays
from data_access.engine import reading, writing
from jobs import installation
from tests.case_rows import make_neighbourhood
from tests.conftest import NOON, make_viewer
from tests.pages.showing import said, show
from ui import live, loading
from ui.rules_parts import Part
from vocabulary.enums import Feed, Role
from vocabulary.questions import Viewer
from vocabulary.rules import LimitKind

ADMIN = make_viewer(Role.ADMIN)
TODAY = NOON.date()


@pytest.fixture
def office(sqlite: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, noon: object) -> Iterator[sa.Engine]:  # noqa: ARG001
    """Two buildings, the usual limits, the bundled calendar."""
    monkeypatch.setenv("JIEFANG_DATA", str(tmp_path))
    with writing(sqlite) as conn:
        make_neighbourhood(conn)
        rules.seed(conn)
        workdays.seed(conn)
    yield sqlite
    loading.forget()
    live.SEEN = live.Seen()
    installation.engine().dispose()


def opened(engine: sa.Engine, part: Part, patch: pytest.MonkeyPatch, viewer: Viewer = ADMIN) -> AppTest:
    app = show("rules", viewer, engine, patch, part=part.value)
    assert not app.exception
    return app


def submit(app: AppTest, label: str = "保存") -> AppTest:
    app = next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


@pytest.mark.parametrize("part", Part)
def test_every_part_opens_on_a_new_office(office: sa.Engine, monkeypatch: pytest.MonkeyPatch, part: Part) -> None:
    app = opened(office, part, monkeypatch)
    assert "时限 7 条" in said(app)


@pytest.mark.parametrize("part", Part)
def test_every_part_opens_on_an_empty_database(
    sqlite: sa.Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, part: Part
) -> None:
    monkeypatch.setenv("JIEFANG_DATA", str(tmp_path))
    opened(sqlite, part, monkeypatch)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_others_are_told_that_the_page_is_not_theirs(
    office: sa.Engine, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    app = opened(
        office, Part.LIMITS, monkeypatch, make_viewer(role, feed=Feed.CANTEEN if role is Role.FEEDER else None)
    )
    assert app.warning
    assert not app.dataframe


def test_a_limit_is_changed_from_a_day_on(office: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(office, Part.LIMITS, monkeypatch)
    app.number_input[0].set_value(2)
    app = submit(app)
    assert app.success[0].value.startswith("已保存，从 2026年11月24日 起执行。")
    with reading(office) as conn:
        found = rules.limit_for(conn, LimitKind.FINISH, None, None, TODAY)
    assert found
    assert found.amount == 2


def test_a_target_is_typed_as_a_percentage(office: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(office, Part.TARGETS, monkeypatch)
    next(box for box in app.selectbox if box.label == "指标").set_value("elder_coverage")
    app.number_input[0].set_value(45)
    submit(app)
    with reading(office) as conn:
        assert targets.target(conn, OPERATOR, "elder_coverage", TODAY) == 0.45


def test_hours_that_cannot_be_read_are_refused_and_stay(office: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(office, Part.HOURS, monkeypatch)
    app.text_input[0].set_value("上午九点")
    app = submit(app)
    assert "上午九点" in app.error[0].value
    assert app.text_input[0].value == "上午九点"
    app.text_input[0].set_value("08:30-12:00 14:00-18:00")
    submit(app)
    with reading(office) as conn:
        monday = TODAY.replace(day=30)
        assert workdays.calendar(conn, OPERATOR).windows(monday) == [(510, 720), (840, 1080)]


def test_the_year_without_a_notice_is_named(office: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "2027 年的调休安排还没有录入" in opened(office, Part.WORKDAYS, monkeypatch).warning[0].value


def test_a_count_of_a_building_is_noted(office: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(office, Part.PLACES, monkeypatch)
    app.number_input[0].set_value(12)
    submit(app, "登记清点")
    with reading(office) as conn:
        assert rules.elder_counts(conn, ADMIN)["elders"].to_list() == [12]
