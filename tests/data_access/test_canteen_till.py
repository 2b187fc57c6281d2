"""The till: a card's price by its best tier, the meals it had, a second one refused, sales corrected."""

import random
from dataclasses import fields
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from data_access import canteen, meals
from data_access.canteen import CardFacts, Consent, Quote, TierFacts
from data_access.corrections import history
from data_access.engine import reading, writing
from data_access.meals.pricing import discount
from data_access.sealing import Seal
from data_access.tables.canteen import MealAddition, MenuPrice
from data_access.tables.meals import Meal, Tier
from jobs import meals as jobs
from jobs import rollup
from tests import canteen as small
from tests.conftest import NOON, make_viewer
from vocabulary.canteen import DinerGroup
from vocabulary.enums import AgeBand, Feed, MealKind, MealMode, Role, TierKind
from vocabulary.refusals import NotAllowed, NotPossible

TILL = make_viewer(Role.FEEDER, feed=Feed.CANTEEN)
WORKER = make_viewer(Role.WORKER, grids=(1, 2))
ADMIN = make_viewer(Role.ADMIN)
SEAL = Seal(b"tests-only-key-tests-only-key-tests-only-kw=")
TODAY = NOON.date()
FIRST = date(2026, 1, 1)


@pytest.fixture
def kitchen(engine: sa.Engine, noon: datetime) -> sa.Engine:  # noqa: ARG001 (the clock stands)
    small.furnish(engine)
    with writing(engine) as conn:
        for meal, fen in ((MealKind.BREAKFAST, 600), (MealKind.LUNCH, 1800)):
            conn.execute(sa.insert(MenuPrice).values(canteen_id=1, meal=meal, fen=fen, from_on=date(2026, 1, 1)))
    return engine


def ask(engine: sa.Engine, card: str | None, meal: MealKind = MealKind.LUNCH) -> Quote | NotPossible:
    with reading(engine) as conn:
        return canteen.quote(conn, TILL, "canteen", meal, card)


def sell(engine: sa.Engine, card: str | None, meal: MealKind = MealKind.LUNCH, *, again: bool = False) -> meals.Sold:
    with writing(engine) as conn:
        return jobs.book(conn, TILL, "canteen", meal, MealMode.DINE_IN, None, card, again=again)


def test_a_card_is_answered_with_its_price_and_todays_meals_and_nothing_else(kitchen: sa.Engine) -> None:
    sell(kitchen, "C001", MealKind.BREAKFAST)
    asked = ask(kitchen, "C001")
    assert isinstance(asked, Quote)
    assert (asked.list_fen, asked.paid_fen) == (1800, 1500)
    assert [(one.meal, one.at) for one in asked.had] == [(MealKind.BREAKFAST, NOON)]
    assert {field.name for field in fields(Quote)} == {"list_fen", "paid_fen", "had"}
    assert ask(kitchen, None) == Quote(1800, 1800)


@pytest.mark.parametrize(
    ("card", "meal", "said"),
    [
        ("C999", MealKind.LUNCH, "没有卡号“C999”"),
        ("C040", MealKind.LUNCH, "卡号“C040”的有效期到 2026-06-30"),
        ("C001", MealKind.SUPPER, "晚餐在 2026-11-24 还没有标价"),
    ],
)
def test_what_cannot_be_sold_is_answered_with_a_sentence(
    kitchen: sa.Engine, card: str, meal: MealKind, said: str
) -> None:
    answer = ask(kitchen, card, meal)
    assert isinstance(answer, NotPossible)
    assert said in str(answer)


def test_a_meal_is_sold_at_the_menus_price_of_its_day(kitchen: sa.Engine) -> None:
    with writing(kitchen) as conn:
        canteen.set_price(conn, TILL, "canteen", MealKind.LUNCH, 2000, TODAY)
        monday = jobs.book(conn, TILL, "canteen", MealKind.LUNCH, MealMode.DINE_IN, None, "C001", NOON - timedelta(1))
    assert monday.paid_fen == 1500
    assert sell(kitchen, "C001").paid_fen == 1700
    with writing(kitchen) as conn, pytest.raises(NotPossible, match=r"午餐从 2026-11-24 起的价格已定为 20\.00 元"):
        canteen.set_price(conn, TILL, "canteen", MealKind.LUNCH, 2100, TODAY)
    with writing(kitchen) as conn, pytest.raises(NotPossible, match="不能从 2026-11-23 起算"):
        canteen.set_price(conn, TILL, "canteen", MealKind.LUNCH, 2100, TODAY - timedelta(1))


def test_a_second_lunch_on_a_card_is_refused_unless_it_is_meant_and_then_costs_the_full_price(
    kitchen: sa.Engine,
) -> None:
    first = sell(kitchen, "C001")
    with pytest.raises(NotPossible, match="卡号“C001”在 2026-11-24 12:00 已用过午餐"):
        sell(kitchen, "C001")
    asked = ask(kitchen, "C001")
    assert isinstance(asked, Quote)
    assert asked.paid_fen == 1800
    assert sell(kitchen, "C001", again=True).paid_fen == 1800
    with writing(kitchen) as conn:
        jobs.void(conn, TILL, first.number, "刷错卡")
        assert list(rollup.differences(conn)) == []
    with reading(kitchen) as conn:
        assert conn.scalar(sa.select(sa.func.count()).where(Meal.void_at.is_(None))) == 1


def test_of_several_tiers_the_one_that_takes_most_off_holds_and_those_that_add_come_on_top(
    kitchen: sa.Engine,
) -> None:
    with writing(kitchen) as conn:
        canteen.enrol(conn, WORKER, Consent("C001", TODAY, "陈奶奶", "10012345678", _groups("living_alone")), SEAL)
        for facts in (
            _tier("alone", 5, value=500, diner_group=DinerGroup.LIVING_ALONE),
            _tier("birthday", 6, value=200, from_band=AgeBand.A60, adds=True),
            _tier("other", 7, value=900, diner_group=DinerGroup.BEREAVED),  # not this diner's group
            _tier("older", 8, value=900, from_band=AgeBand.A70),  # not this diner's age
            # ended yesterday
            _tier("over", 11, value=900, from_band=AgeBand.A60, from_on=FIRST, to_on=TODAY - timedelta(1)),
        ):
            canteen.add_tier(conn, ADMIN, facts)
    sold = sell(kitchen, "C001")
    assert sold.paid_fen == 1800 - 500 - 200
    with reading(kitchen) as conn:
        row = conn.execute(sa.select(Meal.discount_fen, Tier.code).join(Tier, Tier.id == Meal.tier_id)).one()
        assert tuple(row) == (700, "alone")
        assert conn.scalars(sa.select(MealAddition.discount_fen)).all() == [200]
        (enrolment_id, version) = canteen.enrolled(conn, WORKER).select("enrolment_id", "version").row(0)
    with writing(kitchen) as conn:
        canteen.withdraw(conn, WORKER, enrolment_id, version)
    asked = ask(kitchen, "C001", MealKind.BREAKFAST)
    assert isinstance(asked, Quote)
    assert asked.paid_fen == 600 - 300 - 200


@pytest.mark.parametrize("seed", range(6))
def test_the_price_is_that_of_a_slow_look_at_every_tier(kitchen: sa.Engine, seed: int) -> None:
    chance = random.Random(seed)
    made = []
    for n in range(8):
        kind = chance.choice(list(TierKind))
        value = chance.randint(0, 100) if kind is TierKind.PERCENT else chance.randint(0, 1800)
        facts = _tier(
            f"t{n}",
            20 + n,
            kind=kind,
            value=value,
            from_band=chance.choice([AgeBand.A60, AgeBand.A70]),
            adds=chance.random() < 0.3,
            from_on=TODAY - timedelta(chance.randint(-3, 3)),
        )
        made.append(facts)
        with writing(kitchen) as conn:
            canteen.add_tier(conn, ADMIN, facts)
    asked = ask(kitchen, "C001")
    assert isinstance(asked, Quote)
    own = [tier for tier in made if tier.from_band is AgeBand.A60 and tier.from_on <= TODAY]
    left = 1800 - max([300, *(discount(tier.kind, tier.value, 1800) for tier in own if not tier.adds)])
    for tier in own:
        left -= min(left, discount(tier.kind, tier.value, 1800)) if tier.adds else 0
    assert asked.paid_fen == left


def test_tiers_of_the_same_priority_may_not_overlap_and_a_new_version_ends_the_old_one(kitchen: sa.Engine) -> None:
    with writing(kitchen) as conn:
        with pytest.raises(NotPossible, match="新档的优先级 9 与“普惠”（2026-01-01 起，至 —）相同且日期重叠"):
            canteen.add_tier(conn, ADMIN, _tier("new", 9))
        with pytest.raises(NotPossible, match="新档的数值 101 不对"):
            canteen.add_tier(conn, ADMIN, _tier("new", 3, kind=TierKind.PERCENT, value=101))
        with pytest.raises(NotPossible, match="结束日 2026-11-01 早于开始日 2026-11-24"):
            canteen.add_tier(conn, ADMIN, _tier("new", 3, to_on=date(2026, 11, 1)))
        with pytest.raises(NotAllowed):
            canteen.add_tier(conn, TILL, _tier("new", 3))
        canteen.add_tier(conn, ADMIN, _tier("elder", 9, value=500, from_band=AgeBand.A60))
        versions = canteen.tier_versions(conn, ADMIN).filter(code="elder")
        assert versions["to_on"].to_list() == [TODAY - timedelta(1), None]
        with pytest.raises(NotPossible, match="“新档”从 2026-11-24 起（至 —）已有一版"):
            canteen.add_tier(conn, ADMIN, _tier("elder", 30))
        assert meals.tiers(conn, ADMIN).filter(code="elder")["value"].to_list() == [500]
    assert sell(kitchen, "C001").paid_fen == 1300


def test_a_correction_keeps_the_price_until_card_or_meal_change_and_the_old_row_in_its_history(
    kitchen: sa.Engine,
) -> None:
    sold = sell(kitchen, "C001")
    lunch, breakfast, taken = MealKind.LUNCH, MealKind.BREAKFAST, MealMode.TAKEAWAY
    with writing(kitchen) as conn:
        conn.execute(sa.update(Tier).values(value=900))
        jobs.correct(conn, TILL, sold.number, 1, "外带", meal=lunch, mode=taken, card="C001")
        assert conn.execute(sa.select(Meal.mode, Meal.paid_fen, Meal.version)).one() == ("takeaway", 1500, 2)
        jobs.correct(conn, TILL, sold.number, 2, "不是午餐", meal=breakfast, mode=taken, card="C001")
        assert conn.execute(sa.select(Meal.list_fen, Meal.paid_fen)).one() == (600, 0)
        jobs.correct(conn, TILL, sold.number, 3, "没有刷卡", meal=breakfast, mode=taken, card=None)
        assert conn.execute(sa.select(Meal.diner_id, Meal.band, Meal.paid_fen)).one() == (None, None, 600)
        assert list(rollup.differences(conn)) == []
        kept = history(conn, Meal, sold.meal_id)
        assert [row["reason"] for row in kept] == ["没有刷卡", "不是午餐", "外带"]
        assert kept[1]["before"]["paid_fen"] == 1500


def test_a_correction_is_refused_as_a_sale_would_be(kitchen: sa.Engine) -> None:
    sold, other = sell(kitchen, "C001"), sell(kitchen, "C002")
    lunch, here = MealKind.LUNCH, MealMode.DINE_IN

    def refused(version: int, reason: str, card: str, said: str, number: str = sold.number) -> None:
        with writing(kitchen) as conn, pytest.raises(NotPossible, match=said):
            jobs.correct(conn, TILL, number, version, reason, meal=lunch, mode=here, card=card)

    refused(1, " ", "C003", "请写明原因")
    refused(1, "错", "C002", "卡号“C002”在 2026-11-24 12:00 已用过午餐")
    refused(1, "错", "C999", "没有卡号“C999”")
    refused(7, "错", "C003", "刚刚被别人改过")
    refused(1, "错", "C003", "没有餐次 20200101-0001", "20200101-0001")
    with writing(kitchen) as conn:
        jobs.void(conn, TILL, other.number, "退餐")
    refused(2, "错", "C003", "已经作废", other.number)
    with reading(kitchen) as conn:
        assert conn.scalar(sa.select(Meal.version).where(Meal.id == sold.meal_id)) == 1


def test_the_till_lists_todays_sales_and_adds_them_up(kitchen: sa.Engine) -> None:
    sold = [sell(kitchen, card) for card in ("C001", None, "C002")]
    with writing(kitchen) as conn:
        jobs.void(conn, TILL, sold[1].number, "退餐")
    with reading(kitchen) as conn:
        listed = canteen.newest_sales(conn, TILL, "canteen")
        sums = canteen.takings(conn, TILL, "canteen")
        with pytest.raises(NotAllowed):
            canteen.newest_sales(conn, WORKER, "canteen")
    assert listed["number"].to_list() == [one.number for one in reversed(sold)]
    assert listed["void"].to_list() == [False, True, False]
    assert sums.rows() == [("lunch", 2, sold[0].paid_fen + sold[2].paid_fen)]


def test_a_card_number_is_given_out_once(kitchen: sa.Engine) -> None:
    with writing(kitchen) as conn:
        canteen.issue_card(conn, TILL, CardFacts("N1", AgeBand.A70, resident=True, building="1"))
        with pytest.raises(NotPossible, match="卡号“N1”已经发过"):
            canteen.issue_card(conn, TILL, CardFacts(" N1 ", AgeBand.A70, resident=True))
        with pytest.raises(NotPossible, match="没有楼栋“99”"):
            canteen.issue_card(conn, TILL, CardFacts("N2", AgeBand.A70, resident=True, building="99"))
        with pytest.raises(NotPossible, match="卡号“”不对"):
            canteen.issue_card(conn, TILL, CardFacts(" ", AgeBand.A70, resident=True))
        canteen.correct_card(conn, TILL, 1, CardFacts("N1", AgeBand.A80, resident=True, building="2"), "年龄登错")
    assert isinstance(ask(kitchen, "N1"), Quote)


def _groups(*names: str) -> frozenset[DinerGroup]:
    return frozenset(DinerGroup(name) for name in names)


def _tier(
    code: str,
    priority: int,
    *,
    kind: TierKind = TierKind.AMOUNT,
    value: int = 100,
    from_on: date = TODAY,
    to_on: date | None = None,
    diner_group: DinerGroup | None = None,
    from_band: AgeBand | None = None,
    adds: bool = False,
) -> TierFacts:
    return TierFacts(
        code, "新档", kind, value, from_on, priority, to_on, diner_group=diner_group, from_band=from_band, adds=adds
    )
