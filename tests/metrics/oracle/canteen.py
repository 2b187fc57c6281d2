"""The canteen: meals, elders and coverage, care, subsidy, margin, food safety; from the rows alone."""

from collections import defaultdict
from datetime import date

from tests.metrics.oracle.stock import Oracle, Row, Stock, Told, Window, by_now, count, share

ELDER = {"60-69", "70-79", "80-89", "90+"}
FEW = 20
DAILY = ("morning", "goods_in", "disinfection", "waste")


def eaten(stock: Stock, days: Window) -> list[Row]:
    return [meal for meal in stock["meal"] if meal["void_at"] is None and meal["served_on"] in days]


def elders(meals: list[Row]) -> list[Row]:
    return [meal for meal in meals if meal["band"] in ELDER]


def over(stock: Stock, days: Window) -> list[Row]:
    """The meals of the days that are over; those of today only when today is all that is asked for."""
    whole = days.since != days.until
    return [meal for meal in eaten(stock, days) if not (whole and meal["served_on"] >= stock.today)]


def a_day(stock: Stock, days: Window) -> Told:
    return share(len(over(stock, days)), len({meal["served_on"] for meal in over(stock, days)}))


def elder_a_day(stock: Stock, days: Window) -> Told:
    return share(len(elders(over(stock, days))), len({meal["served_on"] for meal in over(stock, days)}))


def elder_share(stock: Stock, days: Window) -> Told:
    return share(len(elders(eaten(stock, days))), len(eaten(stock, days)))


def elders_here(stock: Stock, days: Window) -> dict[int, Row]:
    """The last meal of every elder with a card who ate in the period."""
    meals = elders(eaten(stock, days))
    return {meal["diner_id"]: meal for meal in sorted(meals, key=lambda meal: meal["served_at"])}


def coverage(stock: Stock, days: Window) -> Told:
    newest: dict[tuple[int, str], tuple[date, int]] = {}
    for told in stock["building_elders"]:
        place = (told["building_id"], told["band"])
        if told["counted_on"] <= days.until and (place not in newest or newest[place][0] < told["counted_on"]):
            newest[place] = (told["counted_on"], told["residents"])
    reached = sum(bool(meal["resident"]) for meal in elders_here(stock, days).values())
    return share(reached, sum(residents for _, residents in newest.values()), FEW)


def difficult(stock: Stock, days: Window) -> Told:
    diners, in_need = stock.by_id("diner"), {row["enrolment_id"] for row in stock["enrolled_group"]}
    listed = {
        enrolment["diner_id"]
        for enrolment in stock["enrolment"]
        if enrolment["id"] in in_need and enrolment["withdrawn_on"] is None and enrolment["consent_on"] <= days.until
        if diners[enrolment["diner_id"]]["band"] in ELDER
    }
    return share(len(listed & elders_here(stock, days).keys()), len(listed), FEW)


def care_open(stock: Stock, days: Window) -> Told:
    tasks = [task for task in stock["care_task"] if task["made_on"] <= days.until]
    return count(task for task in tasks if not by_now(task["closed_on"], days.until))


def care_answered(stock: Stock, days: Window) -> Told:
    made = [task for task in stock["care_task"] if task["made_on"] in days]
    return share(sum(by_now(task["closed_on"], days.until) for task in made), len(made))


def mismatches(stock: Stock, days: Window) -> Told:
    """Months over: what is owed for a tier, each version's share floored to the fen, against what was claimed."""
    tiers = stock.by_id("tier")
    added: defaultdict[int, int] = defaultdict(int)
    for addition in stock["meal_addition"]:
        added[addition["meal_id"]] += addition["discount_fen"]
    meals: defaultdict[tuple[date, int], list[int]] = defaultdict(list)
    for meal in stock["meal"]:
        if meal["void_at"] is None and meal["tier_id"]:
            meals[meal["served_on"].replace(day=1), meal["tier_id"]].append(meal["discount_fen"] - added[meal["id"]])
    for addition in stock["meal_addition"]:
        raise AssertionError(f"the oracle does not know what to do with {addition}")
    owed: defaultdict[tuple[date, str], list[int]] = defaultdict(lambda: [0, 0])
    for (month, tier_id), taken_off in meals.items():
        tier = tiers[tier_id]
        owed[month, tier["code"]][0] += len(taken_off)
        owed[month, tier["code"]][1] += sum(taken_off) * (tier["claim_percent"] or 0) // 100
    claimed = {(claim["month"], claim["tier"]): [claim["meals"], claim["fen"]] for claim in stock["subsidy_claim"]}
    due = {key: what for key, what in owed.items() if what[1] > 0 or key in claimed}
    wrong = [key for key in {*due, *claimed} if due.get(key) != claimed.get(key)]
    return count(key for key in wrong if _last(key[0]) <= days.until and _last(key[0]) < stock.today)


def _last(month: date) -> date:
    following = month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)
    return date.fromordinal(following.toordinal() - 1)


def margin(stock: Stock, days: Window) -> Told:
    ledger = [day for day in stock["canteen_day"] if day["day"] in days]
    income = sum(day["income_fen"] for day in ledger)
    costs = sum(day["food_fen"] + day["wages_fen"] + day["other_fen"] for day in ledger)
    return share((income + sum(day["subsidy_fen"] for day in ledger) - costs) / 100, income / 100)


def safety(stock: Stock, days: Window) -> Told:
    served = {(meal["served_on"], meal["meal"]) for meal in over(stock, days)}
    due = {(day, kind, "") for day, _ in served for kind in DAILY} | {(day, "sample", meal) for day, meal in served}
    logged = {(entry["day"], entry["kind"], entry["meal"] or "") for entry in stock["food_safety"]}
    return share(len(due & logged), len(due))


ORACLES: dict[str, Oracle] = {
    "meals_a_day": a_day,
    "elder_meals_a_day": elder_a_day,
    "meals_served": lambda stock, days: count(eaten(stock, days)),
    "elder_share": elder_share,
    "elders_served": lambda stock, days: count(elders_here(stock, days)),
    "elder_coverage": coverage,
    "difficult_coverage": difficult,
    "care_open": care_open,
    "care_answered": care_answered,
    "subsidy_mismatches": mismatches,
    "canteen_margin": margin,
    "food_safety_complete": safety,
}
