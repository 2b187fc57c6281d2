"""The canteen's other parts as each role sees them: care worked through, books and the safety log kept, coverage."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from access import OPERATOR
from data_access import canteen
from data_access.engine import reading
from data_access.tables.canteen import CanteenDay, CareTask, FoodSafety, Pause, SubsidyClaim
from data_access.tables.records import Audit
from jobs import canteen_page, care, demo_data
from tests.conftest import NOON, make_viewer
from tests.pages.showing import said, show
from vocabulary.canteen import CareOutcome
from vocabulary.enums import Feed, Role
from vocabulary.questions import Period, Span

OFFICIAL, PRESENTER = make_viewer(), make_viewer(Role.PRESENTER)
WORKER = make_viewer(Role.WORKER, grids=(1, 2, 3, 4))
TILL = make_viewer(Role.FEEDER, feed=Feed.CANTEEN)
TODAY = NOON.date()
MONTH = Period.running(Span.MONTH, TODAY)
pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def own_demo(sqlite: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> sa.Engine:
    """Forty days of demo to write in, with the key it was sealed with."""
    monkeypatch.setenv("JIEFANG_DATA", str(tmp_path))
    demo_data.load(sqlite, days=40, seed=1)
    return sqlite


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def pick(app: AppTest, patch: pytest.MonkeyPatch, where: str, row: dict[str, object]) -> AppTest:
    """The row of a table is clicked, which AppTest cannot do by itself."""
    patch.setattr(where, lambda *_args, **_named: row)
    return app.run()


def test_a_social_worker_works_a_missed_meal_through(own_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("meals", WORKER, own_demo, monkeypatch, part="care")
    assert not app.exception
    with reading(own_demo) as conn:
        tasks = list(canteen.care.open_tasks(conn, WORKER).iter_rows(named=True))
        assert care.due(conn, OPERATOR) == 0
    assert tasks
    assert str(app.metric[0].value).startswith(f"{len(tasks)} ")
    assert f"{len(tasks)} 条待办" in said(app)
    app = pick(app, monkeypatch, "ui.canteen_care.chosen", tasks[0])
    app = app.button(key=f"care-reveal-{tasks[0]['task_id']}").click().run()
    assert "<dd>100" in said(app)
    with reading(own_demo) as conn:
        looks = conn.scalar(sa.select(sa.func.count()).where(Audit.action == "contact_revealed"))
    assert looks == 1
    app.selectbox(key=f"care-{tasks[0]['task_id']}-0-outcome").set_value(CareOutcome.AWAY.value)
    app.date_input(key=f"care-{tasks[0]['task_id']}-0-until").set_value(TODAY + timedelta(3))
    app = press(app, "办结")
    # The list that the next run draws is one shorter, and a task that is done cannot be done again.
    with reading(own_demo) as conn:
        row = conn.execute(sa.select(CareTask.outcome, CareTask.closed_on).where(CareTask.id == tasks[0]["task_id"]))
        assert row.one() == ("away", TODAY)
        assert conn.scalar(sa.select(sa.func.count()).where(Pause.to_on == TODAY + timedelta(3))) == 1
        assert canteen.care.open_tasks(conn, WORKER).height == len(tasks) - 1


def test_who_is_missed_has_a_task_when_the_page_is_opened(own_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with own_demo.begin() as conn:
        count = conn.execute(sa.delete(CareTask)).rowcount
    assert count
    show("meals", WORKER, own_demo, monkeypatch)
    with reading(own_demo) as conn:
        made = conn.scalar(sa.select(sa.func.count()).select_from(CareTask)) or 0
        assert made > 0
        assert care.due(conn, OPERATOR) == 0


@pytest.mark.parametrize("viewer", [OFFICIAL, PRESENTER, TILL])
def test_nobody_else_sees_a_list_of_people(
    small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch, viewer: object
) -> None:
    app = show("meals", viewer, small_demo, monkeypatch, part="care")  # type: ignore[arg-type]
    assert not app.exception
    for told in ("已同意登记的老人", "登记同意", "条待办"):
        assert told not in said(app)
    assert not [button for button in app.button if "care-reveal" in str(button.key)]


def test_a_consent_is_recorded_and_a_wrong_card_says_so(own_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("meals", WORKER, own_demo, monkeypatch, part="care")
    app.text_input(key="enrol-0-card").input("X1")
    app.text_input(key="enrol-0-name").input("陈奶奶")
    app.text_input(key="enrol-0-phone").input("10012345678")
    app = press(app, "登记")
    assert "没有卡号“X1”" in app.error[0].value
    assert app.text_input(key="enrol-0-name").value == "陈奶奶"


def test_the_canteen_keeps_its_ledger(own_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("meals", TILL, own_demo, monkeypatch, part="books")
    assert not app.exception
    for name, yuan in (("income", 20000), ("subsidy", 500), ("food", 13000), ("wages", 5000), ("other", 1700)):
        app.number_input(key=f"ledger-0-{name}").set_value(float(yuan))
    app = press(app, "保存")
    with reading(own_demo) as conn:
        row = conn.execute(sa.select(CanteenDay.income_fen, CanteenDay.food_fen).where(CanteenDay.day == TODAY)).one()
    assert row == (20000_00, 13000_00)
    for name in ("income", "food"):
        app.number_input(key=f"ledger-1-{name}").set_value(1.0)
    app = press(app, "保存")
    assert "2026-11-24 的日账已经登记" in app.error[0].value


def test_claims_that_differ_are_listed_and_one_is_corrected(
    own_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = show("meals", TILL, own_demo, monkeypatch, part="books")
    with reading(own_demo) as conn:
        rows = canteen.reconciled(conn, OPERATOR, TODAY, TODAY)
    wrong = [row for row in rows.iter_rows(named=True) if row["mismatch"]]
    assert f"{rows.height} 项中 {len(wrong)} 项不符" in said(app)
    row = next(row for row in wrong if row["mismatch"] == "meals_differ")
    app = pick(app, monkeypatch, "ui.canteen_claims.chosen", row)
    key = f"claim-{row['month']}-{row['tier']}-{row['version']}-0"
    app.number_input(key=f"{key}-n").set_value(row["meals"])
    app.number_input(key=f"{key}-fen").set_value(row["due_fen"] / 100)
    app = press(app, "更正申报")
    assert "请写明原因" in app.error[0].value
    app.text_input(key=f"{key}-why").input("多报了十二餐")
    app = press(app, "更正申报")
    with reading(own_demo) as conn:
        found = conn.execute(sa.select(SubsidyClaim.meals, SubsidyClaim.fen).where(SubsidyClaim.id == row["claim_id"]))
        assert found.one() == (row["meals"], row["due_fen"])


def test_what_the_log_lacks_today_is_said_and_logged(own_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("meals", TILL, own_demo, monkeypatch, part="safety")
    assert "今天还缺：**消毒、废弃物处置**" in said(app)
    app.selectbox(key="safety-kind").select_index(2).run()
    app = press(app, "保存")
    assert "今天还缺：**废弃物处置**" in said(app)
    with reading(own_demo) as conn:
        assert conn.scalar(
            sa.select(FoodSafety.passed).where(FoodSafety.day == TODAY, FoodSafety.kind == "disinfection")
        )


def test_an_official_reads_the_books_without_a_form(small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    for part in ("books", "safety"):
        app = show("meals", OFFICIAL, small_demo, monkeypatch, part=part)
        assert not app.exception
        assert app.dataframe
        assert "保存" not in [button.label for button in app.button]


@pytest.mark.parametrize("by", canteen_page.BY)
def test_coverage_is_told_for_a_chosen_k(small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch, by: str) -> None:
    app = show("meals", OFFICIAL, small_demo, monkeypatch, part="coverage")
    app.segmented_control(key="canteen-by").set_value(by)
    app.number_input(key="canteen-k").set_value(3).run()
    assert not app.exception
    with reading(small_demo) as conn:
        found = canteen_page.coverage(conn, OFFICIAL, MONTH, by, 3)
        rows = canteen_page.coverage_rows(conn, OFFICIAL, MONTH, 3)
    assert f"至少来过 **3** 天的本社区老人 **{found.served:,}** 人" in said(app)
    assert rows.height == found.served
    assert rows["days"].min() == 3
    if by in ("building", "grid", "band"):
        counted = rows.drop_nulls(by).height
        assert int(found.rows["served"].sum()) == counted


def test_a_till_chooses_no_tier_and_a_presenter_no_k(small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    till = show("meals", TILL, small_demo, monkeypatch, part="coverage")
    assert "优惠档" not in till.segmented_control(key="canteen-by").options
    presenter = show("meals", PRESENTER, small_demo, monkeypatch, part="coverage")
    assert not presenter.exception
    assert not presenter.number_input
    assert not presenter.toggle


def test_an_empty_database_says_what_to_do_first(sqlite: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    for viewer, part, told in (
        (WORKER, "care", "还没有登记"),
        (OFFICIAL, "coverage", "清点数"),
        (TILL, "books", "没有日账"),
        (TILL, "safety", "没有食品安全记录"),
        (TILL, "diners", "没有停餐"),
    ):
        app = show("meals", viewer, sqlite, monkeypatch, part=part)
        assert not app.exception
        assert told in " ".join(each.value for each in app.info)


@pytest.mark.parametrize("part", ["care", "coverage", "books", "safety"])
def test_in_english_nothing_of_ours_is_left_in_chinese(
    small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    monkeypatch.setattr("texts._reader", [lambda: "en"])
    app = show("meals", OFFICIAL, small_demo, monkeypatch, part=part)
    assert not [sign for sign in said(app) if "\u4e00" <= sign <= "\u9fff"]
