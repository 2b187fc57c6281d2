"""The hospital's page as each role has it: reading the months, reporting one, a wrong number, correcting."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

import texts
from data_access import health
from data_access.engine import reading, writing
from data_access.tables.health import HealthMonth
from tests.conftest import make_viewer
from tests.data_access.test_health import FACTS, FEEDER, OFFICIAL, make_account
from tests.pages.showing import said, show
from vocabulary.enums import Feed, Role
from vocabulary.health import HealthGroup, HealthNumber
from vocabulary.questions import Viewer
from vocabulary.refusals import word

pytestmark = pytest.mark.usefixtures("noon")
OTHERS = [
    *(make_viewer(role) for role in (Role.WORKER, Role.PRESENTER, Role.ADMIN)),
    make_viewer(Role.UNIT, unit_id=1),
    make_viewer(Role.FEEDER, feed=Feed.CANTEEN),
]


@pytest.fixture
def hospital(sqlite: sa.Engine) -> sa.Engine:
    with writing(sqlite) as conn:
        make_account(conn)
    return sqlite


def fill(app: AppTest, **numbers: int | None) -> AppTest:
    """Types the numbers of FACTS, or those given, and sends the form."""
    for number in HealthNumber:
        box = next(one for one in app.number_input if one.label == word(number))
        value = numbers.get(number.value, getattr(FACTS, number.value))
        box.set_value(value)
    app.selectbox[0].set_value(numbers.get("group") or HealthGroup.HYPERTENSION)
    return app.button[-1].click().run()


def stands(engine: sa.Engine) -> list[tuple[Any, ...]]:
    with reading(engine) as conn:
        return [tuple(row) for row in conn.execute(sa.select(HealthMonth.month, HealthMonth.managed))]


@pytest.mark.parametrize("spoken", ["zh", "en"])
@pytest.mark.parametrize("group", list(HealthGroup))
@pytest.mark.parametrize("viewer", [OFFICIAL, FEEDER])
def test_each_role_sees_each_group_of_the_demo(
    viewer: Viewer, group: HealthGroup, spoken: Any, small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texts, "_reader", [lambda: spoken])  # AppTest runs in a thread of its own
    app = show("health", viewer, small_demo, monkeypatch, group=group.value)
    assert not app.exception
    assert len(app.metric) == (5 if group is HealthGroup.ELDERS else 6)
    assert len(app.get("vega_lite_chart")) == 2
    assert bool(app.number_input) == (viewer is FEEDER)
    assert (app.title[0].value == "Hospital") == (spoken == "en")
    assert not app.warning


@pytest.mark.parametrize("viewer", OTHERS)
def test_nobody_else_comes_in(viewer: Viewer, small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("health", viewer, small_demo, monkeypatch)
    assert len(app.warning) == 1
    assert not app.metric


@pytest.mark.parametrize("viewer", [OFFICIAL, FEEDER])
def test_an_empty_database_says_what_to_do_first(
    viewer: Viewer, hospital: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = show("health", viewer, hospital, monkeypatch)
    assert not app.exception
    assert "第一个月" in app.info[0].value
    assert not app.metric


def test_a_month_with_a_wrong_number_is_refused_and_what_was_typed_stays(
    hospital: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = fill(show("health", FEEDER, hospital, monkeypatch), managed=1500)
    assert [error.value for error in app.error] == ["已管理（1500）大于辖区人数（1400），请核对这两个数。"]
    assert stands(hospital) == []
    assert next(one for one in app.number_input if one.label == "已管理").value == 1500
    app = fill(app)
    assert app.success[0].value == "2026年10月 高血压的月报已填报。"
    assert stands(hospital) == [(date(2026, 10, 1), 900)]


def test_a_number_left_empty_is_no_nought(hospital: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = fill(show("health", FEEDER, hospital, monkeypatch), follow_ups_done=None)
    assert [error.value for error in app.error] == ["“已随访”没有填。"]
    assert stands(hospital) == []


def test_the_card_opens_the_months_behind_it(hospital: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with writing(hospital) as conn:
        health.add_month(conn, FEEDER, FACTS)
    app = show("health", OFFICIAL, hospital, monkeypatch, group="hypertension")
    assert "1,000</b>人，已管理<b>900" in said(app)
    app.button(key="rows-health-hypertension_managed").click().run()
    assert not app.exception
    behind = app.dataframe[0].value
    assert behind["已管理"].to_list() == [900]
    assert "姓名" not in behind.columns


def test_the_missing_months_are_listed(small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("health", OFFICIAL, small_demo, monkeypatch)
    assert "2026年10月 · 糖尿病" in said(app)
    assert "<b>1</b>份月报没有报" in said(app)


def test_a_month_is_corrected_with_a_reason(hospital: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with writing(hospital) as conn:
        health.add_month(conn, FEEDER, FACTS)
    show("health", FEEDER, hospital, monkeypatch)
    app = AppTest.from_function(correcting, default_timeout=30).run()
    app = app.button[0].click().run()
    assert app.error[0].value == "请写明原因。"
    next(one for one in app.number_input if one.label == "已管理").set_value(910)
    app.text_input[0].set_value("笔误")
    app = app.button[0].click().run()
    assert not app.exception
    assert stands(hospital) == [(date(2026, 10, 1), 910)]
    assert "笔误" in said(app)
    assert "已管理：900 → 910" in said(app)


def correcting() -> None:
    """The newest month as it is drawn when its row is chosen; AppTest cannot click a table."""
    import clock  # noqa: PLC0415 (AppTest runs this body alone)
    from data_access import health  # noqa: PLC0415
    from ui import gate, health_months  # noqa: PLC0415
    from ui.loading import load  # noqa: PLC0415
    from vocabulary.health import HealthGroup  # noqa: PLC0415

    viewer = gate.viewer()
    assert viewer is not None
    row = load(health.months, viewer, clock.today(), clock.today()).row(-1, named=True)
    health_months.form(viewer, HealthGroup(row["health_group"]), row)
    health_months.corrections_of(viewer, row)
