"""What is rolled up is what a slow count of the meals gives, and the check names what is not."""

from collections import Counter
from datetime import date

import pytest
import sqlalchemy as sa

from data_access import meals
from data_access.engine import reading, writing
from data_access.tables.meals import DinerDay, Meal, MealDay
from jobs import installation, rollup
from tests import canteen

ELDER = {"60-69", "70-79", "80-89", "90+"}


@pytest.fixture
def served(engine: sa.Engine, noon: object) -> sa.Engine:  # noqa: ARG001 (the clock stands)
    canteen.furnish(engine)
    canteen.serve(engine)
    rollup.refresh_all(engine)
    return engine


def test_the_daily_rows_are_what_counting_each_meal_gives(served: sa.Engine) -> None:
    by_day: Counter[tuple[object, ...]] = Counter()
    money: Counter[tuple[object, ...]] = Counter()
    diners: Counter[tuple[object, ...]] = Counter()
    with reading(served) as conn:
        for meal in conn.execute(sa.select(Meal.table()).where(Meal.void_at.is_(None))):
            cell = (meal.served_on, meal.canteen_id, meal.meal, meal.tier_id or 0, meal.band or "")
            by_day[cell] += 1
            money[cell] += meal.paid_fen
            if meal.diner_id and meal.band in ELDER:
                diners[(meal.served_on, meal.diner_id, meal.building_id or 0, meal.band, meal.resident)] += 1
        stored = list(conn.execute(sa.select(MealDay.table())))
        visits = list(conn.execute(sa.select(DinerDay.table())))
    assert {row[:5]: row.meals for row in stored} == by_day
    assert {row[:5]: row.paid_fen for row in stored} == money
    assert all(row.elderly == (row.meals if row.band in ELDER else 0) for row in stored)
    assert {tuple(row[:5]): row.meals for row in visits} == diners


def test_nothing_differs_after_rolling_up(served: sa.Engine) -> None:
    with reading(served) as conn:
        assert list(rollup.differences(conn)) == []


def test_planted_differences_are_each_named(served: sa.Engine) -> None:
    with writing(served) as conn:
        gone = conn.execute(sa.select(Meal).where(Meal.void_at.is_(None), Meal.diner_id.is_(None)).limit(1)).one()
        conn.execute(sa.delete(Meal).where(Meal.id == gone.id))
        conn.execute(sa.update(DinerDay).where(DinerDay.served_on == canteen.LAST).values(meals=77))
        conn.execute(
            sa.insert(DinerDay).values(
                served_on=date(2026, 1, 1), diner_id=1, building_id=0, band="60-69", resident=True, meals=1
            )
        )
        visits = conn.scalar(sa.select(sa.func.count()).where(DinerDay.served_on == canteen.LAST))
    with reading(served) as conn:
        found = list(rollup.differences(conn))
    assert len(found) == 1 + (visits or 0) + 1
    assert sum(f"{gone.served_on} meal_day" in sentence for sentence in found) == 1
    assert sum("meals=77" in sentence for sentence in found) == visits
    assert sum("2026-01-01 diner_day" in sentence and "无" in sentence for sentence in found) == 1


def test_a_day_whose_meals_are_gone_keeps_no_row(served: sa.Engine) -> None:
    with writing(served) as conn:
        conn.execute(sa.delete(Meal).where(Meal.served_on == canteen.FIRST))
        rollup.refresh(conn, [canteen.FIRST])
        assert meals.rolled_up(conn, "meal_day", [canteen.FIRST]).is_empty()
        assert list(rollup.differences(conn)) == []


def test_the_command_ends_with_1_on_a_difference(
    sqlite: sa.Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(installation, "opened", lambda: sqlite)
    canteen.furnish(sqlite)
    canteen.serve(sqlite)
    assert rollup.main(["--check"]) == 1
    assert "meal_day" in capsys.readouterr().err
    assert rollup.main([]) == 0
    assert rollup.main(["--check"]) == 0
    assert "9 天" in capsys.readouterr().out
