"""The rules page: every part, for the admin only, and a change that is made, or refused with what was typed kept."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from access import OPERATOR
from data_access import canteen, rules, targets, workdays
from data_access.engine import reading, writing
from jobs import installation
from tests.case_rows import make_neighbourhood
from tests.conftest import NOON, make_viewer
from tests.pages.showing import said, show
from ui import live, loading
from ui.rules_parts import Part
from vocabulary.canteen import DinerGroup
from vocabulary.enums import AgeBand, Feed, Role, TierKind
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


def test_a_tiers_next_version_begins_with_all_that_the_last_one_says(
    office: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = canteen.TierFacts(
        code="poor",
        name="经济困难",
        kind=TierKind.PERCENT,
        value=60,
        from_on=TODAY - timedelta(30),
        priority=20,
        name_en="Poor",
        diner_group=DinerGroup.POOR_DISABLED,
        from_band=AgeBand.A70,
        adds=True,
        payer="区民政补助",
        claim_percent=80,
    )
    with writing(office) as conn:
        canteen.add_tier(conn, ADMIN, facts)
    app = opened(office, Part.TIERS, monkeypatch)
    shown = app.dataframe[0].value.iloc[0]
    assert "70–79岁" in shown["对象"]
    assert (shown["合并"], shown["补贴由谁出"]) == ("可叠加", "区民政补助 80%")
    app = app.selectbox(key="tier-which").select("poor").run()
    next(box for box in app.number_input if box.label.startswith("数值")).set_value(70)
    app = submit(app)
    assert app.success[0].value.startswith("已保存")
    with reading(office) as conn:
        before, now = canteen.tier_versions(conn, ADMIN).to_dicts()
    assert (before["value"], before["to_on"]) == (60, TODAY - timedelta(1))
    assert now == before | {"id": now["id"], "value": 70, "from_on": TODAY, "to_on": None, "version": 1}


def test_a_tier_of_a_priority_that_is_taken_is_refused_and_what_was_typed_stays(
    office: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(office) as conn:
        canteen.add_tier(
            conn, ADMIN, canteen.TierFacts("elder", "老人普惠", TierKind.AMOUNT, 300, TODAY - timedelta(9), 50)
        )
    app = opened(office, Part.TIERS, monkeypatch)
    for label, typed in (("代号", "other"), ("名称", "另一档")):
        next(box for box in app.text_input if box.label == label).set_value(typed)
    app = submit(app)
    assert "老人普惠" in app.error[0].value
    assert next(box for box in app.text_input if box.label == "名称").value == "另一档"
