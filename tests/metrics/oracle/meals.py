"""Meals at the canteen, meal by meal: how many, how many of elders, which elders, of how many."""

from datetime import date

from tests.metrics.oracle.world import ELDERS, Asked, Oracle, Row, Told, share


def sold(asked: Asked) -> list[Row]:
    days = asked.world.by_day("meal", "served_on")
    return [meal for day, meals in days.items() if asked.inside(day) for meal in meals if meal["void_at"] is None]


def serving(asked: Asked) -> list[Row]:
    """The meals of the days that are over; today's only when nothing else is asked for."""
    alone = asked.since == asked.until
    return [meal for meal in sold(asked) if alone or meal["served_on"] < asked.today]


def _of_elders(meals: list[Row]) -> list[Row]:
    return [meal for meal in meals if meal["band"] in ELDERS]


def _meals_a_day(asked: Asked) -> Told:
    meals = serving(asked)
    return share(len(meals), len({meal["served_on"] for meal in meals}))


def _elder_meals_a_day(asked: Asked) -> Told:
    meals = serving(asked)
    return share(len(_of_elders(meals)), len({meal["served_on"] for meal in meals}))


def _meals_served(asked: Asked) -> Told:
    return Told(len(sold(asked)))


def _elder_share(asked: Asked) -> Told:
    meals = sold(asked)
    return share(len(_of_elders(meals)), len(meals))


def last_meals(asked: Asked) -> dict[int, Row]:
    """By card holder of 60+ the last meal of the period."""
    meals = sorted(_of_elders(sold(asked)), key=lambda meal: meal["served_at"])
    return {meal["diner_id"]: meal for meal in meals if meal["diner_id"] is not None}


def _elders_served(asked: Asked) -> Told:
    return Told(len(last_meals(asked)))


def _elder_coverage(asked: Asked) -> Told:
    reached = sum(bool(meal["resident"]) for meal in last_meals(asked).values())
    return share(reached, _residents(asked), people=True)


def _residents(asked: Asked) -> int:
    newest: dict[tuple[int, str], tuple[date, int]] = {}
    for count in asked.world["building_elders"]:
        where = count["building_id"], count["band"]
        if asked.by_end(count["counted_on"]) and (where not in newest or newest[where][0] < count["counted_on"]):
            newest[where] = count["counted_on"], count["residents"]
    return sum(residents for _, residents in newest.values())


ORACLES: dict[str, Oracle] = {
    "meals_a_day": _meals_a_day,
    "elder_meals_a_day": _elder_meals_a_day,
    "meals_served": _meals_served,
    "elder_share": _elder_share,
    "elders_served": _elders_served,
    "elder_coverage": _elder_coverage,
}
