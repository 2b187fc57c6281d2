"""The canteen beside its meals: elders in difficulty, missed-meal care, the subsidy, the margin, food safety."""

from collections import Counter
from datetime import date, timedelta
from functools import cache

from tests.metrics.oracle.meals import last_meals, serving
from tests.metrics.oracle.world import ELDERS, Asked, Oracle, Row, Told, World, share

ONCE_A_DAY = ("morning", "goods_in", "disinfection", "waste")


def _difficult_coverage(asked: Asked) -> Told:
    grouped = {row["enrolment_id"] for row in asked.world["enrolled_group"]}
    diners = asked.world.by_id("diner")
    register = {
        row["diner_id"]
        for row in asked.world["enrolment"]
        if row["id"] in grouped and row["withdrawn_on"] is None and asked.by_end(row["consent_on"])
    }
    elders = {diner for diner in register if diners[diner]["band"] in ELDERS}
    return share(len(elders & last_meals(asked).keys()), len(elders), people=True)


def _tasks(asked: Asked) -> list[Row]:
    return [task for task in asked.world["care_task"] if asked.seen(task)]


def _care_open(asked: Asked) -> Told:
    made = [task for task in _tasks(asked) if asked.by_end(task["made_on"])]
    return Told(sum(not asked.by_end(task["closed_on"]) for task in made))


def _care_answered(asked: Asked) -> Told:
    made = [task for task in _tasks(asked) if asked.inside(task["made_on"])]
    return share(sum(asked.by_end(task["closed_on"]) for task in made), len(made))


def month_end(first: date) -> date:
    return (first + timedelta(31)).replace(day=1) - timedelta(1)


def _subsidy_mismatches(asked: Asked) -> Told:
    """What each tier took off, of which its payer gives a part, against what was claimed; whole fen are paid."""
    meals: Counter[tuple[date, str]] = Counter()
    parts: Counter[tuple[date, str, int]] = Counter()
    for month, tier, hundredths in _taken_off(asked.world):
        meals[month, tier["code"]] += 1
        parts[month, tier["code"], tier["id"]] += hundredths
    due: Counter[tuple[date, str]] = Counter()
    for (month, code, _), hundredths in parts.items():
        due[month, code] += hundredths // 100
    claims = {(row["month"], row["tier"]): (row["meals"], row["fen"]) for row in asked.world["subsidy_claim"]}
    over = [key for key in due.keys() | claims.keys() if month_end(key[0]) <= min(asked.until, asked.yesterday)]
    return Told(sum(_differs(claims.get(key), meals[key], due[key]) for key in over))


def _differs(claim: tuple[int, int] | None, meals: int, fen: int) -> bool:
    return claim != (meals, fen) if claim else fen > 0


@cache
def _taken_off(world: World) -> list[tuple[date, Row, int]]:
    """Month, tier and hundredths of fen due from its payer, of each meal and tier that somebody pays for."""
    tiers = world.by_id("tier")
    meals = {meal["id"]: meal for meal in world["meal"] if meal["void_at"] is None}
    added = [(row["meal_id"], row["tier_id"], row["discount_fen"]) for row in world["meal_addition"]]
    on_top: Counter[int] = Counter()
    for meal_id, _, fen in added:
        on_top[meal_id] += fen
    own = [(key, meal["tier_id"], meal["discount_fen"] - on_top[key]) for key, meal in meals.items()]
    paid = [(meals[key], tiers[tier], fen) for key, tier, fen in (*own, *added) if key in meals and tier is not None]
    return [
        (meal["served_on"].replace(day=1), tier, fen * tier["claim_percent"])
        for meal, tier, fen in paid
        if tier["payer"]
    ]


def _canteen_margin(asked: Asked) -> Told:
    days = [day for day in asked.world["canteen_day"] if asked.inside(day["day"])]
    income = sum(day["income_fen"] for day in days)
    subsidy = sum(day["subsidy_fen"] for day in days)
    costs = sum(day["food_fen"] + day["wages_fen"] + day["other_fen"] for day in days)
    return share((income + subsidy - costs) / 100, income / 100)


def _food_safety_complete(asked: Asked) -> Told:
    due = set()
    for meal in serving(asked):
        where = meal["canteen_id"], meal["served_on"]
        due |= {(*where, kind, "") for kind in ONCE_A_DAY} | {(*where, "sample", meal["meal"])}
    logged = {(row["canteen_id"], row["day"], row["kind"], row["meal"]) for row in asked.world["food_safety"]}
    return share(len(due & logged), len(due))


ORACLES: dict[str, Oracle] = {
    "difficult_coverage": _difficult_coverage,
    "care_open": _care_open,
    "care_answered": _care_answered,
    "subsidy_mismatches": _subsidy_mismatches,
    "canteen_margin": _canteen_margin,
    "food_safety_complete": _food_safety_complete,
}
