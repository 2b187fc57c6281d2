"""The till as the canteen works it: Enter asks, Enter books, a second meal is refused, a sale is taken back."""

from datetime import date, datetime

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from data_access.engine import reading, writing
from data_access.tables.canteen import MenuPrice
from data_access.tables.meals import Meal
from tests import canteen
from tests.conftest import NOON, make_viewer
from tests.pages.showing import said, show
from ui.till_counter import meal_at
from vocabulary.enums import Feed, MealKind, Role

TILL = make_viewer(Role.FEEDER, feed=Feed.CANTEEN)


@pytest.fixture
def kitchen(sqlite: sa.Engine, noon: datetime) -> sa.Engine:  # noqa: ARG001 (the clock stands)
    canteen.furnish(sqlite)
    with writing(sqlite) as conn:
        conn.execute(sa.insert(MenuPrice).values(canteen_id=1, meal=MealKind.LUNCH, fen=1800, from_on=date(2026, 1, 1)))
    return sqlite


def enter(app: AppTest, card: str | None = None) -> AppTest:
    """The card number is typed, if any, and Enter pressed."""
    if card is not None:
        app.text_input(key="till-card").input(card)
    return next(button for button in app.button if button.label == "确认").click().run()


def meals(engine: sa.Engine) -> list[tuple[int | None, int, bool]]:
    """Diner, price and whether it was taken back, of every sale."""
    with reading(engine) as conn:
        rows = conn.execute(sa.select(Meal.diner_id, Meal.paid_fen, Meal.void_at).order_by(Meal.id))
        return [(row[0], row[1], row[2] is not None) for row in rows]


def test_the_first_enter_shows_the_price_and_the_next_books(
    kitchen: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = enter(show("till", TILL, kitchen, monkeypatch), "C001")
    assert not app.exception
    assert "<b>15.00</b>" in said(app)
    assert "今天还没有用过餐" in said(app)
    assert meals(kitchen) == []
    app = enter(app)
    assert meals(kitchen) == [(1, 1500, False)]
    assert "已登记 20261124-0001：午餐，收 15.00 元" in app.success[0].value
    assert app.text_input(key="till-card").value == ""


def test_nothing_of_the_person_stands_on_the_page(kitchen: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = enter(show("till", TILL, kitchen, monkeypatch), "C007")
    shown = said(app) + str([each.value for each in app.dataframe])
    assert "<b>0.00</b>" in shown
    for told in ("特困", "普惠", "优惠档", "楼", "网格", "岁"):
        assert told not in shown


def test_a_meal_that_was_had_is_refused_until_another_is_meant(
    kitchen: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = enter(enter(show("till", TILL, kitchen, monkeypatch), "C001"))
    app = enter(app, "C001")
    assert "今天已用：午餐 12:00" in said(app)
    assert "<b>18.00</b>" in said(app)
    app = enter(app)
    assert "已用过午餐" in app.error[0].value
    assert app.text_input(key="till-card").value == "C001"
    app.checkbox(key="till-again").check()
    app = enter(app)
    assert meals(kitchen) == [(1, 1500, False), (1, 1800, False)]


def test_an_unknown_card_says_so_and_keeps_what_was_typed(kitchen: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = enter(enter(show("till", TILL, kitchen, monkeypatch), "C999"))
    assert "没有卡号“C999”" in app.error[0].value
    assert app.text_input(key="till-card").value == "C999"
    assert meals(kitchen) == []


def test_enter_without_a_card_books_nothing_the_other_button_does(
    kitchen: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = enter(show("till", TILL, kitchen, monkeypatch), " ")
    assert "请先输入卡号" in app.error[0].value
    assert meals(kitchen) == []
    app.button(key="till-anonymous").click().run()
    assert meals(kitchen) == [(None, 1800, False)]


def test_a_sale_is_taken_back_only_with_a_reason(kitchen: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = enter(enter(show("till", TILL, kitchen, monkeypatch), "C001"))
    app.session_state["till-chosen"] = "20261124-0001"
    app.run()

    def take_back() -> AppTest:
        return next(button for button in app.button if button.label == "作废").click().run()

    app = take_back()
    assert "要写明原因" in app.error[0].value
    app.text_input(key="reason-20261124-0001-1").input("退餐")
    app = take_back()
    assert "已作废 20261124-0001" in app.success[0].value
    assert meals(kitchen) == [(1, 1500, True)]


def test_without_a_canteen_the_page_says_what_to_do_first(sqlite: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("till", TILL, sqlite, monkeypatch)
    assert not app.exception
    assert "还没有食堂" in app.info[0].value


@pytest.mark.parametrize(
    "viewer",
    [*(make_viewer(role) for role in Role if role is not Role.FEEDER), make_viewer(Role.FEEDER, feed=Feed.STALLS)],
)
def test_nobody_else_comes_to_the_till(kitchen: sa.Engine, monkeypatch: pytest.MonkeyPatch, viewer: object) -> None:
    app = show("till", viewer, kitchen, monkeypatch)  # type: ignore[arg-type]
    assert not app.text_input
    assert len(app.warning) == 1


@pytest.mark.parametrize(
    ("hour", "minute", "meal"),
    [
        (6, 30, MealKind.BREAKFAST),
        (10, 29, MealKind.BREAKFAST),
        (10, 30, MealKind.LUNCH),
        (15, 29, MealKind.LUNCH),
        (15, 30, MealKind.SUPPER),
    ],
)
def test_the_meal_goes_with_the_time_of_the_day(hour: int, minute: int, meal: MealKind) -> None:
    assert meal_at(NOON.replace(hour=hour, minute=minute)) is meal
