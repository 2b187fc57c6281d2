"""The canteen's books on both databases: claims beside a slow recount, ledger, food safety, coverage by tier."""

import random
from collections import Counter
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from data_access import canteen, evidence
from data_access.canteen import LedgerDay, SafetyEntry
from data_access.corrections import history
from data_access.engine import reading, writing
from data_access.tables.canteen import CanteenDay, FoodSafety, MealAddition, SubsidyClaim
from data_access.tables.meals import Meal, Tier
from jobs import rollup
from metrics.canteen import canteen_margin, food_safety_complete, margin_by_month
from tests import canteen as small
from tests.conftest import NOON, make_viewer
from vocabulary.canteen import SafetyCheck
from vocabulary.enums import Feed, MealKind, MealMode, Role
from vocabulary.questions import Filters, Period, Rows
from vocabulary.refusals import NotAllowed, NotPossible

TODAY = NOON.date()
TILL = make_viewer(Role.FEEDER, feed=Feed.CANTEEN)
OFFICIAL = make_viewer()
SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)


@pytest.fixture
def books(engine: sa.Engine, noon: datetime) -> sa.Engine:  # noqa: ARG001 (the clock stands)
    """Tiers of which the payer gives back half and all; a third that nobody pays for."""
    small.furnish(engine)
    with writing(engine) as conn:
        conn.execute(sa.update(Tier).where(Tier.id == 1).values(payer="区民政局", claim_percent=50))
        conn.execute(sa.update(Tier).where(Tier.id == 2).values(payer="区民政局"))
        own = {"code": "own", "name": "自家优惠", "kind": "amount", "value": 100, "priority": 50}
        adds = {"code": "adds", "name": "生日加餐", "kind": "amount", "value": 70, "priority": 60, "adds": True}
        for n, tier in enumerate((own, adds | {"payer": "街道"}), 3):
            conn.execute(sa.insert(Tier).values(id=n, from_on=date(2026, 1, 1), **tier))
    return engine


def serve(engine: sa.Engine, seed: int, count: int = 300) -> None:
    """Random meals from September to November, with tiers, additions and a few void."""
    chance = random.Random(seed)
    with writing(engine) as conn:
        for n in range(1, count + 1):
            day = SEPTEMBER + timedelta(chance.randrange(80))
            tier = chance.choice([None, 1, 1, 2, 3])
            off = {None: 0, 1: chance.choice([300, 305]), 2: 1800, 3: 100}[tier]
            more = 70 if tier == 1 and chance.random() < 0.3 else 0
            meal = {
                "id": n,
                "number": f"{n}",
                "served_at": NOON - (TODAY - day),
                "served_on": day,
                "canteen_id": 1,
                "meal": chance.choice([MealKind.LUNCH, MealKind.SUPPER]),
                "mode": MealMode.DINE_IN,
                "diner_id": 1 if tier else None,
                "tier_id": tier,
                "list_fen": 1800,
                "discount_fen": off + more,
                "paid_fen": 1800 - off - more,
                "void_at": NOON if chance.random() < 0.05 else None,
            }
            conn.execute(sa.insert(Meal).values(**meal))
            if more:
                conn.execute(sa.insert(MealAddition).values(meal_id=n, tier_id=4, discount_fen=more))
    rollup.refresh_all(engine)


def recounted(engine: sa.Engine, month: date) -> dict[str, tuple[int, int]]:
    """By tier the meals and what the payer owes, meal by meal in a plain loop."""
    found: dict[str, list[int]] = {}
    with reading(engine) as conn:
        tiers = {row.id: row for row in conn.execute(sa.select(Tier.table()))}
        added = {row.meal_id: row for row in conn.execute(sa.select(MealAddition.table()))}
        for meal in conn.execute(sa.select(Meal.table())):
            if meal.void_at is not None or meal.tier_id is None or meal.served_on.replace(day=1) != month:
                continue
            more = added[meal.id].discount_fen if meal.id in added else 0
            for tier, off in (
                (meal.tier_id, meal.discount_fen - more),
                (added[meal.id].tier_id, more) if more else (0, 0),
            ):
                if tier and tiers[tier].payer:
                    sums = found.setdefault(tiers[tier].code, [0, 0, tiers[tier].claim_percent])
                    sums[0] += 1
                    sums[1] += off
    return {code: (meals, off * percent // 100) for code, (meals, off, percent) in found.items()}


@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_due_is_a_slow_recount_of_every_meal(books: sa.Engine, seed: int) -> None:
    serve(books, seed)
    with reading(books) as conn:
        rows = canteen.reconciled(conn, OFFICIAL, TODAY, TODAY)
    assert set(rows["month"]) == {SEPTEMBER, OCTOBER}
    for month in (SEPTEMBER, OCTOBER):
        counted = {
            row["tier"]: (row["meals"], row["due_fen"]) for row in rows.filter(month=month).iter_rows(named=True)
        }
        assert counted == recounted(books, month)
        assert counted.keys() == {"elder", "free", "adds"}
    assert set(rows["mismatch"]) == {"not_claimed"}


def test_the_lines_of_a_month_are_its_meals_by_tier_and_price(books: sa.Engine) -> None:
    serve(books, 1)
    with reading(books) as conn:
        lines = canteen.claim_lines(conn, OFFICIAL, OCTOBER)
        more = {row.meal_id: (row.tier_id, row.discount_fen) for row in conn.execute(sa.select(MealAddition.table()))}
        tiers = {row.id: row.code for row in conn.execute(sa.select(Tier.id, Tier.code))}
        expected: Counter[tuple[str, str, int, int]] = Counter()
        for meal in conn.execute(sa.select(Meal.table())):
            if meal.void_at is None and meal.tier_id and meal.served_on.month == 10:
                adding, fen = more.get(meal.id, (0, 0))
                expected[(tiers[meal.tier_id], meal.meal, meal.list_fen, meal.discount_fen - fen)] += 1
                if adding:
                    expected[(tiers[adding], meal.meal, meal.list_fen, fen)] += 1
    assert {tier for tier, *_ in expected} >= {"own", "adds"}
    assert {row[:4]: row[5] for row in lines.iter_rows()} == expected


def test_every_kind_of_mismatch_is_a_row_and_what_agrees_is_none(books: sa.Engine) -> None:
    serve(books, 1)
    due = recounted(books, OCTOBER)
    with writing(books) as conn:
        canteen.add_claim(conn, TILL, OCTOBER, "elder", *due["elder"])
        canteen.add_claim(conn, TILL, OCTOBER, "free", due["free"][0] + 1, due["free"][1])
        canteen.add_claim(conn, TILL, OCTOBER, "adds", due["adds"][0], due["adds"][1] + 5)
        canteen.add_claim(conn, TILL, OCTOBER, "own", 3, 300)  # nobody pays for it
        canteen.add_claim(conn, TILL, date(2026, 3, 5), "elder", 10, 1500)  # nothing was served in March
    with reading(books) as conn:
        rows = canteen.reconciled(conn, OFFICIAL, TODAY, TODAY)
        found = {(row["month"].month, row["tier"]): row["mismatch"] for row in rows.iter_rows(named=True)}
        behind = evidence.behind(conn, TILL, Rows("subsidy_claims"), Period(TODAY, TODAY), Filters())
    assert found == {
        (10, "elder"): None,
        (10, "free"): "meals_differ",
        (10, "adds"): "sum_differs",
        (10, "own"): "meals_differ",
        (9, "elder"): "not_claimed",
        (9, "free"): "not_claimed",
        (9, "adds"): "not_claimed",
        (3, "elder"): "nothing_served",
    }
    assert behind.height == len(found)
    assert set(behind["tier_name"]) == {"普惠", "特困", "生日加餐", "自家优惠"}


def test_a_claim_that_cannot_be_is_refused_and_one_is_corrected_with_a_reason(books: sa.Engine) -> None:
    serve(books, 1, 40)
    with writing(books) as conn:
        claim = canteen.add_claim(conn, TILL, OCTOBER, "elder", 5, 750)
        for month, tier, meals, said in (
            (TODAY, "elder", 5, "2026-11 还没有过完"),
            (OCTOBER, "nothing", 5, "没有优惠档“nothing”"),
            (OCTOBER, "free", -1, "-1 餐次"),
            (date(2026, 10, 9), "elder", 5, "“普惠”在 2026-10 已经申报过"),
        ):
            with pytest.raises(NotPossible, match=said):
                canteen.add_claim(conn, TILL, month, tier, meals, 100)
        canteen.correct_claim(conn, TILL, claim, 1, 6, 900, "少算一餐")
        assert conn.execute(sa.select(SubsidyClaim.meals, SubsidyClaim.fen)).one() == (6, 900)
        assert history(conn, SubsidyClaim, claim)[0]["before"] == {"meals": 5, "fen": 750}
        with pytest.raises(NotAllowed):
            canteen.add_claim(conn, OFFICIAL, OCTOBER, "free", 1, 100)


def test_the_margin_is_income_and_subsidy_less_costs_over_income(books: sa.Engine) -> None:
    monday, tuesday = date(2026, 11, 16), date(2026, 11, 17)
    with writing(books) as conn:
        canteen.add_day(conn, TILL, "canteen", LedgerDay(monday, 1000_00, 50_00, 700_00, 200_00, 100_00))
        second = canteen.add_day(conn, TILL, "canteen", LedgerDay(tuesday, 500_00, 0, 400_00, 100_00, 50_00))
    with reading(books) as conn:
        ledger = canteen.ledger(conn, OFFICIAL, monday, TODAY)
        whole = canteen_margin(Period(monday, tuesday), ledger)
        assert (whole.numerator, whole.denominator) == (0, 1500)
        assert canteen_margin(Period(monday, monday), ledger).value == 0.05
        assert canteen_margin(Period(TODAY, TODAY), ledger).value is None
        assert margin_by_month(ledger).rows() == [(date(2026, 11, 1), 1500_00, 0, 2, 0.0)]
    with writing(books) as conn:
        canteen.correct_day(conn, TILL, second, 1, LedgerDay(tuesday, 500_00, 0, 380_00, 100_00, 50_00), "食材多记")
        assert canteen_margin(Period(monday, tuesday), canteen.ledger(conn, OFFICIAL, monday, TODAY)).numerator == 20


@pytest.mark.parametrize(
    ("day", "food", "said"),
    [
        (date(2026, 11, 22), 1, "2026-11-22 不营业"),  # a Sunday
        (date(2026, 11, 25), 1, "2026-11-25 还没有到"),
        (date(2026, 11, 23), -100, "食材 -1.00 元不对"),
        (date(2026, 11, 16), 1, "2026-11-16 的日账已经登记"),
    ],
)
def test_a_ledger_day_that_cannot_be_is_refused(books: sa.Engine, day: date, food: int, said: str) -> None:
    with writing(books) as conn:
        canteen.add_day(conn, TILL, "canteen", LedgerDay(date(2026, 11, 16), 1, 1, 1, 1, 1))
        with pytest.raises(NotPossible, match=said):
            canteen.add_day(conn, TILL, "canteen", LedgerDay(day, 1, 1, food, 1, 1))
        assert conn.scalar(sa.select(sa.func.count()).select_from(CanteenDay)) == 1


def test_a_serving_day_lacks_what_is_not_logged(books: sa.Engine) -> None:
    serve(books, 1)
    monday = date(2026, 11, 16)
    with writing(books) as conn:
        conn.execute(sa.update(Meal).values(served_on=monday))
    rollup.refresh_all(books)
    with writing(books) as conn:
        canteen.log_entry(conn, TILL, "canteen", SafetyEntry(monday, SafetyCheck.MORNING))
        sample = SafetyEntry(monday, SafetyCheck.SAMPLE, MealKind.LUNCH, grams=130, hours=48)
        canteen.log_entry(conn, TILL, "canteen", sample)
        canteen.log_entry(
            conn, TILL, "canteen", SafetyEntry(monday, SafetyCheck.WASTE, passed=False, note="收运迟到13812345678")
        )
        due = canteen.safety_due(conn, OFFICIAL, monday, TODAY)
        lacking = due.filter(~due["logged"]).select("safety_kind", "meal").rows()
        assert sorted(lacking, key=str) == [("disinfection", None), ("goods_in", None), ("sample", "supper")]
        figure = food_safety_complete(Period(monday, TODAY), due)
        assert (figure.numerator, figure.denominator) == (3, 6)
        log = canteen.safety_log(conn, OFFICIAL, monday, TODAY)
        assert log["note"].drop_nulls().to_list() == ["收运迟到138******78"]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (SafetyEntry(TODAY + timedelta(1), SafetyCheck.WASTE), "2026-11-25 还没有到"),
        (SafetyEntry(date(2026, 11, 22), SafetyCheck.WASTE), "2026-11-22 不营业"),
        (SafetyEntry(TODAY, SafetyCheck.SAMPLE, MealKind.LUNCH, grams=100, hours=48), "留样 100 克不够"),
        (SafetyEntry(TODAY, SafetyCheck.SAMPLE, MealKind.LUNCH, grams=125, hours=24), "留样保存 24 小时不够"),
        (SafetyEntry(TODAY, SafetyCheck.SAMPLE, grams=125, hours=48), "2026-11-24 的留样要选餐别"),
        (SafetyEntry(TODAY, SafetyCheck.MORNING, passed=False), "2026-11-24 的晨检不合格，请写明"),
        (SafetyEntry(TODAY, SafetyCheck.DISINFECTION), "2026-11-24 的消毒已经登记"),
    ],
)
def test_a_safety_entry_that_cannot_be_is_refused(books: sa.Engine, entry: SafetyEntry, said: str) -> None:
    with writing(books) as conn:
        canteen.log_entry(conn, TILL, "canteen", SafetyEntry(TODAY, SafetyCheck.DISINFECTION))
        with pytest.raises(NotPossible, match=said):
            canteen.log_entry(conn, TILL, "canteen", entry)
        assert conn.scalar(sa.select(sa.func.count()).select_from(FoodSafety)) == 1


def test_a_presenter_reads_no_row_of_the_books(books: sa.Engine) -> None:
    with reading(books) as conn:
        for subject in ("canteen_days", "subsidy_claims", "safety_due"):
            with pytest.raises(NotAllowed):
                evidence.behind(conn, make_viewer(Role.PRESENTER), Rows(subject), Period(TODAY, TODAY), Filters())
