"""What has been kept long enough goes, is counted and noted; the figures stay."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

import clock
from data_access import meals
from data_access.engine import reading, writing
from data_access.retention import oldest_with_card
from data_access.tables.accounts import SignInFailure
from data_access.tables.meals import DinerDay, Meal, MealDay
from data_access.tables.records import Audit, Correction
from jobs import daily, retention, rollup
from tests import canteen

LATER = timedelta(days=400)


@pytest.fixture
def aged(engine: sa.Engine, noon: object, monkeypatch: pytest.MonkeyPatch) -> sa.Engine:  # noqa: ARG001
    """A canteen whose first day was 13 months and some days ago, whose last day was not."""
    canteen.furnish(engine)
    canteen.serve(engine)
    rollup.refresh_all(engine)
    first = _served_days(engine)[0]
    later = clock.now().replace(year=first.year, month=first.month, day=first.day) + LATER
    monkeypatch.setattr(clock, "now", lambda: later)
    monkeypatch.setattr(clock, "today", later.date)
    return engine


def test_old_meals_lose_their_card_and_the_daily_counts_stay(aged: sa.Engine) -> None:
    cut, by_day = oldest_with_card(clock.today()), _stored(aged, MealDay)
    with reading(aged) as conn:
        old = conn.scalar(sa.select(sa.func.count()).where(Meal.served_on < cut, Meal.diner_id.is_not(None)))
        kept = conn.scalar(sa.select(sa.func.count()).where(Meal.served_on >= cut, Meal.diner_id.is_not(None)))
    assert old
    assert retention.drop(aged)["cards"] == old
    with reading(aged) as conn:
        assert list(rollup.differences(conn)) == []
        left = sa.select(sa.func.count()).select_from(Meal).where(Meal.diner_id.is_not(None))
        assert conn.scalar(left) == kept
        assert conn.scalar(sa.select(sa.func.count()).where(DinerDay.served_on < cut)) == 0
        noted = conn.scalars(sa.select(Audit.detail).where(Audit.action == "cards_expired")).all()
    assert [json.loads(one) for one in noted] == [{"count": old}]
    assert _stored(aged, MealDay) == by_day
    assert retention.drop(aged)["cards"] == 0


def test_a_corrected_meal_forgets_its_card_in_its_history(aged: sa.Engine) -> None:
    with writing(aged) as conn:
        meal_id = conn.scalar(sa.select(sa.func.min(Meal.id)).where(Meal.served_on < oldest_with_card(clock.today())))
        told = {"before": '{"diner_id": 3, "list_fen": 900}', "after": '{"diner_id": null, "list_fen": 800}'}
        row = {"at": clock.now(), "account_id": None, "entity": "meal", "entity_id": meal_id, "reason": "记错了"}
        conn.execute(sa.insert(Correction).values(**row, **told))
    retention.drop(aged)
    with reading(aged) as conn:
        found = conn.execute(sa.select(Correction.before, Correction.after)).one()
    assert [json.loads(side) for side in found] == [{"list_fen": 900}, {"list_fen": 800}]


def test_a_dry_run_counts_and_deletes_nothing(aged: sa.Engine) -> None:
    before = [_stored(aged, table) for table in (Meal, DinerDay, Audit)]
    assert retention.drop(aged, dry=True)["cards"]
    assert [_stored(aged, table) for table in (Meal, DinerDay, Audit)] == before


@pytest.mark.usefixtures("noon")
def test_attempts_that_lock_nobody_are_deleted(sqlite: sa.Engine) -> None:
    now = clock.now()
    with writing(sqlite) as conn:
        for name, ago in (("a", 5), ("b", 16), ("c", 600)):
            failed_at = now - timedelta(minutes=ago)
            conn.execute(sa.insert(SignInFailure).values(typed_hash=name, failures=1, failed_at=failed_at))
    assert retention.drop(sqlite)["sign_ins"] == 2
    with reading(sqlite) as conn:
        assert conn.scalars(sa.select(SignInFailure.typed_hash)).all() == ["a"]


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 11, 25), date(2025, 10, 25)),
        (date(2026, 1, 31), date(2024, 12, 31)),
        (date(2025, 3, 31), date(2024, 2, 29)),
    ],
)
def test_a_card_is_kept_for_thirteen_months(today: date, first: date) -> None:
    assert oldest_with_card(today) == first


@pytest.mark.usefixtures("noon")
def test_the_command_says_what_it_would_delete(
    sqlite: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JIEFANG_DATA", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", str(sqlite.url))
    assert retention.main(["--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "0 条去除就餐卡" in said
    assert "什么也没有删除" in said


def test_the_server_does_it_by_itself() -> None:
    assert retention.look in daily.DUE


def _served_days(engine: sa.Engine) -> list[date]:
    with reading(engine) as conn:
        return meals.days_with_rows(conn)


def _stored(engine: sa.Engine, table: type[Meal | MealDay | DinerDay | Audit]) -> list[sa.Row[tuple[object, ...]]]:
    kept = table.table()
    with reading(engine) as conn:
        return list(conn.execute(sa.select(kept).order_by(*kept.primary_key)))
