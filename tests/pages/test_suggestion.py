"""The suggestion on the pages: offered, taken by a click only, silent when unsure, judged in the rules."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from access import OPERATOR
from data_access import rules, workdays
from data_access import suggestion as kept
from data_access.engine import reading, writing
from data_access.tables.cases import Case, Category
from jobs import installation, suggestion
from suggesting import silent
from tests.case_rows import G1, make_neighbourhood
from tests.closed_cases import LIFT, make_office
from tests.conftest import NOON, make_viewer
from tests.pages.showing import said, show
from ui import live, loading
from ui.rules_parts import Part
from ui.words import moment, share
from vocabulary.enums import Role
from vocabulary.rules import Number

WORKER = make_viewer(Role.WORKER, grids=(G1,))
TEXT = "3栋的电梯又停运了，老人下不来楼"


@pytest.fixture
def office(sqlite: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, noon: object) -> Iterator[sa.Engine]:  # noqa: ARG001
    """An office that has learnt from its closed cases."""
    monkeypatch.setenv("JIEFANG_DATA", str(tmp_path))
    with writing(sqlite) as conn:
        make_neighbourhood(conn)
        rules.seed(conn)
        workdays.seed(conn)
    make_office(sqlite)
    suggestion.train(sqlite, OPERATOR)
    yield sqlite
    loading.forget()
    live.SEEN = live.Seen()
    installation.engine().dispose()


def typed(engine: sa.Engine, patch: pytest.MonkeyPatch, text: str) -> AppTest:
    app = show("today", WORKER, engine, patch).button(key="intake-open").click().run()
    app.text_area[0].set_value(text)
    app = app.run()
    assert not app.exception
    return app


def offered(app: AppTest) -> list[Button]:
    return [button for button in app.button if str(button.key).endswith("-category-suggested")]


def category(app: AppTest) -> object:
    return next(box for box in app.selectbox if box.label == "分类").value


def submitted(app: AppTest) -> AppTest:
    return next(button for button in app.button if str(button.key).endswith("-submit")).click().run()


def filed_with(engine: sa.Engine) -> int | None:
    with reading(engine) as conn:
        found: int | None = conn.scalar(sa.select(Case.category_id).where(Case.number == "SQ2026-00001"))
        return found


def test_a_suggestion_says_its_share_and_a_click_fills_in_the_category(
    office: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = typed(office, monkeypatch, TEXT)
    (button,) = offered(app)
    with reading(office) as conn:
        learnt = suggestion.learnt(conn, WORKER)
    assert learnt
    found = learnt.model.suggest(TEXT)
    assert found
    sure = int(found.share * 100)
    assert button.label == f"像是“物业管理 › 电梯”，把握 {sure}%，填其中最多的“停运”"
    assert "72 件" in button.help
    app = button.click().run()
    assert category(app) == LIFT[0]
    assert not offered(app)
    assert app.text_area[0].value == TEXT
    submitted(app)
    assert filed_with(office) == LIFT[0]


def test_nothing_is_assigned_by_itself(office: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = typed(office, monkeypatch, TEXT)
    assert offered(app)
    assert category(app) == 0
    assert submitted(app).success
    assert filed_with(office) is None


def test_below_the_least_certainty_of_the_office_nothing_is_offered(
    office: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(office) as conn:
        rules.set_number(conn, OPERATOR, Number.SUGGESTION_SHARE, 1, NOON.date())
    assert not offered(typed(office, monkeypatch, TEXT))


@pytest.mark.parametrize("text", ["", "   ", "13900001111", "<b>x</b>", "今天天气很好", "$$" * 5000])
def test_a_text_that_tells_nothing_gets_no_suggestion(
    office: sa.Engine, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    assert not offered(typed(office, monkeypatch, text))


def test_an_office_that_has_not_learnt_is_offered_nothing_and_the_rules_say_why(
    sqlite: sa.Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, noon: object
) -> None:
    assert noon
    monkeypatch.setenv("JIEFANG_DATA", str(tmp_path))
    assert not offered(typed(sqlite, monkeypatch, TEXT))
    app = show("rules", make_viewer(Role.ADMIN), sqlite, monkeypatch, part=Part.SUGGESTION.value)
    assert not app.exception
    assert [info.value for info in app.info] == ["还没有学过：办结的诉求里，至少要有两个分类各满 20 件。"]


def test_the_rules_show_the_accuracy_of_each_category_with_its_cases(
    office: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = show("rules", make_viewer(Role.ADMIN), office, monkeypatch, part=Part.SUGGESTION.value)
    assert not app.exception
    with reading(office) as conn:
        standing = kept.standing(conn, OPERATOR)
    assert standing
    table = app.dataframe[0].value
    assert table["分类"].to_list() == ["平安建设 › 噪声", "物业管理 › 照明", "物业管理 › 电梯"]
    assert table["件数"].to_list() == ["24"] * 3
    assert table["排第一的占比"].to_list() == [
        share(label.recognised / label.cases) for label in sorted(standing.labels, key=lambda one: one.path)
    ]
    text = said(app)
    assert f"<dd>{share(silent(suggestion.lines(standing.labels), 0.6))}</dd>" in text
    assert f"<dd>{moment(standing.trained_at)}</dd>" in text


def test_a_category_that_was_renamed_since_is_not_offered(office: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with writing(office) as conn:
        conn.execute(sa.update(Category).where(Category.id == LIFT[0]).values(level2="升降设备"))
    assert not offered(typed(office, monkeypatch, TEXT))


def test_the_suggestion_is_said_in_english_too(office: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("texts.language", lambda: "en")
    app = show("rules", make_viewer(Role.ADMIN), office, monkeypatch, part=Part.SUGGESTION.value)
    assert not app.exception
    assert list(app.dataframe[0].value) == [
        "Category",
        "Cases",
        "Share put first",
        "Would be suggested",
        "Of these right",
    ]
    assert "<dt>Share without a suggestion</dt>" in said(app)
