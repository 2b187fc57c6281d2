"""Reading the canteen's days, diners and rows, selling a meal and taking it back."""

from datetime import date, datetime, timedelta

import polars as pl
import pytest
import sqlalchemy as sa

import clock
from data_access import evidence, meals
from data_access.engine import reading, writing
from data_access.tables.meals import Meal, Tier
from data_access.tables.places import Place
from data_access.tables.records import DataVersion
from jobs import meals as jobs
from jobs import rollup
from tests import canteen
from tests.conftest import NOON, make_viewer
from vocabulary.enums import Feed, MealKind, MealMode, Role
from vocabulary.questions import Filters, Op, Period, Rows, Where
from vocabulary.refusals import NotAllowed, NotPossible

WHOLE = Period(canteen.FIRST, canteen.LAST)
OFFICIAL = make_viewer()
TILL = make_viewer(Role.FEEDER, feed=Feed.CANTEEN)
SOLD = (Where("served_on", Op.IN_PERIOD), Where("void", Op.NULL))


@pytest.fixture
def served(engine: sa.Engine, noon: datetime) -> sa.Engine:  # noqa: ARG001 (the clock stands)
    canteen.furnish(engine)
    canteen.serve(engine)
    rollup.refresh_all(engine)
    return engine


def _rows(engine: sa.Engine, rows: Rows, period: Period = WHOLE) -> pl.DataFrame:
    with reading(engine) as conn:
        return evidence.behind(conn, OFFICIAL, rows, period, Filters())


def test_an_empty_database_gives_frames_with_their_schema(engine: sa.Engine) -> None:
    with reading(engine) as conn:
        assert meals.daily(conn, OFFICIAL, WHOLE.since, WHOLE.until).schema["paid_fen"] == pl.Int64
        assert meals.diner_days(conn, OFFICIAL, WHOLE.since, WHOLE.until).is_empty()
        assert meals.elders(conn, OFFICIAL, WHOLE.until).is_empty()
        assert meals.tiers(conn, OFFICIAL).is_empty()
        assert meals.curve(conn, OFFICIAL, WHOLE.until)["usual"].null_count() == 56


def test_the_daily_rows_say_which_day_still_runs(served: sa.Engine) -> None:
    with reading(served) as conn:
        daily = meals.daily(conn, OFFICIAL, canteen.FIRST, canteen.LAST)
    assert set(daily.filter("running")["served_on"]) == {canteen.LAST}
    assert set(daily["tier"].drop_nulls()) == {"elder", "free"}
    assert set(daily["band"].drop_nulls()) == {"under_60", "60-69", "70-79", "80-89"}
    assert daily["served_on"].n_unique() == 9


def test_the_newest_count_of_elders_up_to_a_day_holds(served: sa.Engine) -> None:
    with reading(served) as conn:
        before = meals.elders(conn, OFFICIAL, date(2026, 11, 19))
        after = meals.elders(conn, OFFICIAL, date(2026, 11, 20))
        none = meals.elders(conn, OFFICIAL, date(2025, 1, 1))
    assert (before["residents"].sum(), after["residents"].sum()) == (87, 91)
    assert before.height == after.height == 4
    assert none.is_empty()


def test_the_curve_counts_each_quarter_and_leaves_the_future_open(served: sa.Engine) -> None:
    with reading(served) as conn:
        today = meals.curve(conn, OFFICIAL, canteen.LAST)
        rows = conn.execute(sa.select(Meal).where(Meal.served_on == canteen.LAST, Meal.void_at.is_(None)))
        came = [row.served_at.astimezone(clock.SHANGHAI) for row in rows]
        past = conn.scalar(
            sa.select(sa.func.count()).where(Meal.served_on == canteen.LAST - timedelta(7), Meal.void_at.is_(None))
        )
    at_eight = today.row(by_predicate=pl.col("quarter") == 8 * 60, named=True)
    assert at_eight["elderly"] + at_eight["others"] == sum(at.hour == 8 and at.minute < 15 for at in came)
    assert int(today["elderly"].sum()) + int(today["others"].sum()) == len(came)
    assert today.filter(pl.col("quarter") > 12 * 60)["others"].null_count() == 31
    assert today["usual"].sum() == past


def test_the_rows_behind_are_the_meals_themselves(served: sa.Engine) -> None:
    rows = _rows(served, Rows("meals", SOLD))
    with reading(served) as conn:
        counted = conn.scalar(sa.select(sa.func.count()).where(Meal.void_at.is_(None)))
        paid = conn.scalar(sa.select(sa.func.sum(Meal.paid_fen)).where(Meal.void_at.is_(None)))
    assert rows.height == counted
    assert rows["paid_yuan"].sum() == pytest.approx((paid or 0) / 100)


def test_the_daily_mean_leaves_today_out_of_its_rows_unless_it_is_all(served: sa.Engine) -> None:
    days = _rows(served, Rows("serving_days"))
    assert days.height == 8
    assert days["meals"].sum() == _rows(served, Rows("meals_of_serving_days")).height
    assert _rows(served, Rows("serving_days"), Period(canteen.LAST, canteen.LAST)).height == 1


def test_elders_served_stand_once_each_with_their_card(served: sa.Engine) -> None:
    rows = _rows(served, Rows("served_elders"))
    with reading(served) as conn:
        elder = Meal.band.in_(["60-69", "70-79", "80-89", "90+"])
        diners = set(conn.scalars(sa.select(Meal.diner_id).where(elder, Meal.void_at.is_(None)).distinct()))
        eaten = conn.scalar(sa.select(sa.func.count()).where(elder, Meal.void_at.is_(None)))
    assert set(rows["card"]) == {f"C{n:03}" for n in diners}
    assert rows["meals"].sum() == eaten
    own = _rows(served, Rows("served_elders", (Where("resident", Op.IN, (True,)),)))
    assert own.height < rows.height
    assert own["building"].null_count() == 0


@pytest.mark.parametrize(
    "subject", ["meals", "served_elders", "serving_days", "resident_elders", "meals_of_serving_days"]
)
def test_a_presenter_gets_no_row(engine: sa.Engine, subject: str) -> None:
    with reading(engine) as conn, pytest.raises(NotAllowed):
        evidence.behind(conn, make_viewer(Role.PRESENTER), Rows(subject), WHOLE, Filters())


def test_a_sale_fixes_its_price_and_is_in_the_daily_rows_at_once(served: sa.Engine) -> None:
    with writing(served) as conn:
        before = meals.daily(conn, OFFICIAL, canteen.LAST, canteen.LAST)
        sold = jobs.book(conn, TILL, "canteen", MealKind.LUNCH, MealMode.DINE_IN, 1800, "C001")
        conn.execute(sa.update(Tier).values(value=900))
    with reading(served) as conn:
        after = meals.daily(conn, OFFICIAL, canteen.LAST, canteen.LAST)
        row = conn.execute(sa.select(Meal.table()).where(Meal.id == sold.meal_id)).one()
        assert list(rollup.differences(conn)) == []
        assert conn.scalar(sa.select(DataVersion.counter).where(DataVersion.subject == "meals")) == 2
    assert after["meals"].sum() == before["meals"].sum() + 1
    assert after["elderly"].sum() == before["elderly"].sum() + 1
    assert (row.paid_fen, row.discount_fen, row.band, row.building_id, row.served_at) == (1500, 300, "60-69", 2, NOON)


def test_numbers_run_on_within_their_day(engine: sa.Engine, noon: datetime) -> None:  # noqa: ARG001
    canteen.furnish(engine)
    with writing(engine) as conn:
        sold = [jobs.book(conn, TILL, "canteen", MealKind.LUNCH, MealMode.TAKEAWAY, 1800) for _ in range(2)]
        monday = jobs.book(conn, TILL, "canteen", MealKind.LUNCH, MealMode.DINE_IN, 1800, at=NOON - timedelta(1))
    assert [one.number for one in sold] == ["20261124-0001", "20261124-0002"]
    assert monday.number == "20261123-0001"
    assert sold[0].paid_fen == 1800


def test_a_void_meal_leaves_the_figures_but_not_the_table(served: sa.Engine) -> None:
    with writing(served) as conn:
        sold = jobs.book(conn, TILL, "canteen", MealKind.LUNCH, MealMode.DINE_IN, 1800, "C007")
        before = meals.daily(conn, OFFICIAL, canteen.LAST, canteen.LAST)["meals"].sum()
        jobs.void(conn, TILL, sold.number, "刷错卡")
        assert meals.daily(conn, OFFICIAL, canteen.LAST, canteen.LAST)["meals"].sum() == before - 1
        assert conn.scalar(sa.select(Meal.void_reason).where(Meal.id == sold.meal_id)) == "刷错卡"
        with pytest.raises(NotPossible, match=f"{sold.number} 已经作废"):
            jobs.void(conn, TILL, sold.number, "再来")
        with pytest.raises(NotPossible, match="没有餐次 20200101-0001"):
            jobs.void(conn, TILL, "20200101-0001", "无")
        with pytest.raises(NotPossible, match="原因"):
            jobs.void(conn, TILL, sold.number, "  ")


@pytest.mark.parametrize(
    ("canteen_code", "list_fen", "card", "at", "said"),
    [
        ("canteen", 1800, None, NOON + timedelta(minutes=1), "2026-11-24 12:01 还没有到"),  # still to come
        ("canteen", 0, None, None, "0.00 元不对"),  # no price
        ("other", 1800, None, None, "没有编码为“other”的食堂"),  # no such canteen
        ("canteen", 1800, None, NOON - timedelta(2), "2026-11-22 不营业"),  # a Sunday: closed by its hours
        ("canteen", 1800, "C999", None, "没有卡号“C999”"),  # nobody's card
        ("canteen", 1800, "C040", None, "有效期到 2026-06-30"),  # expired
    ],
)
def test_a_sale_that_cannot_be_is_refused_with_its_value(
    engine: sa.Engine,
    noon: datetime,  # noqa: ARG001
    canteen_code: str,
    list_fen: int,
    card: str | None,
    at: datetime | None,
    said: str,
) -> None:
    canteen.furnish(engine)
    with writing(engine) as conn:
        with pytest.raises(NotPossible, match=said):
            jobs.book(conn, TILL, canteen_code, MealKind.LUNCH, MealMode.DINE_IN, list_fen, card, at)
        assert conn.scalar(sa.select(sa.func.count()).select_from(Meal)) == 0


def test_a_paused_canteen_sells_nothing(engine: sa.Engine, noon: datetime) -> None:  # noqa: ARG001
    canteen.furnish(engine)
    with writing(engine) as conn:
        conn.execute(sa.update(Place).values(status="paused"))
        with pytest.raises(NotPossible, match="食堂现为暂停"):
            jobs.book(conn, TILL, "canteen", MealKind.LUNCH, MealMode.DINE_IN, 1800)


@pytest.mark.parametrize("viewer", [OFFICIAL, make_viewer(Role.WORKER), make_viewer(Role.FEEDER, feed=Feed.STALLS)])
def test_only_the_canteen_sells(engine: sa.Engine, viewer: object) -> None:
    with writing(engine) as conn, pytest.raises(NotAllowed):
        jobs.book(conn, viewer, "canteen", MealKind.LUNCH, MealMode.DINE_IN, 1800)  # type: ignore[arg-type]
