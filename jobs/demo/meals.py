"""The demo's meals: 1,300 to 1,500 a day, 200 to 260 of them elders'; quieter weekends, festivals and a rest."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from math import pi, sin

import numpy as np
import polars as pl

import clock
from data_access.engine import Connection
from data_access.frames import MOMENT
from data_access.meals.pricing import discount
from data_access.tables.meals import Meal
from jobs.demo.days import DOUBLE_NINTH, Stretch, canteen_closed, festival
from jobs.demo.diners import BANDS, PAYERS, TIERS, Diners, Numbers, known
from jobs.demo.rows import put
from vocabulary.enums import MealKind, MealMode

CANTEEN = 2
AT_ONCE = 40
MEALS = tuple(kind.value for kind in MealKind)
MODES = tuple(mode.value for mode in MealMode)
LIST_FEN = (600, 1800, 1800)
SHARES, ELDER_SHARES = (0.22, 0.53, 0.25), (0.31, 0.50, 0.19)
# Minutes of the day: the middle, the spread, the first and the last moment of each meal.
COMES = ((460, 28, 395, 560), (715, 28, 655, 805), (1070, 30, 1015, 1135))
ELDERS_EARLIER = 24
VOID_SHARE = 0.0015
VOID_REASONS = ("重复刷卡", "刷错卡", "退餐")


def serve(conn: Connection, diners: Diners, days: Stretch, seed: int) -> Iterator[tuple[float, pl.DataFrame]]:
    """Puts the meals of all days into the database, some days at a time; gives the share done and those meals."""
    each = days.each()
    for first in range(0, len(each), AT_ONCE):
        some = each[first : first + AT_ONCE]
        parts = [_day(diners, day, seed) for day in some if not canteen_closed(day)]
        if parts:
            rows = pl.concat(parts).filter(pl.col("served_at") <= days.cut)
            put(conn, Meal, rows)
            yield (first + len(some)) / len(each), rows


def _day(diners: Diners, day: date, seed: int) -> pl.DataFrame:
    """All meals of one whole day in the order they were served: the same for the same seed and day."""
    chance = np.random.default_rng([seed, day.toordinal()])
    total, elderly = _how_many(chance, day)
    old, old_meal = _who_eats(chance, diners.elderly, diners.weight, elderly, ELDER_SHARES)
    young, young_meal = _who_eats(chance, ~diners.elderly, diners.weight, min(60, total - elderly), SHARES)
    unknown = total - len(old) - len(young)
    who = np.concatenate([old, young, np.full(unknown, -1)])
    meal = np.concatenate([old_meal, young_meal, chance.choice(3, unknown, p=SHARES)])
    minutes = _when(chance, meal, np.arange(total) < len(old))
    order = np.argsort(minutes, kind="stable")
    return _frame(chance, diners, day, who[order], meal[order], minutes[order])


def _how_many(chance: np.random.Generator, day: date) -> tuple[int, int]:
    """Meals and elders' meals of a day."""
    season = 1 + 0.012 * sin(2 * pi * day.timetuple().tm_yday / 365)
    middle, elders, low, high = {6: (1372, 222, 1310, 1440), 7: (1342, 214, 1312, 1420)}.get(
        day.isoweekday(), (1434, 236, 1350, 1495)
    )
    if festival(day):
        middle, elders, low, high = 985, 168, 860, 1120
    total = int(np.clip(chance.normal(middle * season, 26), low, high))
    elderly = int(np.clip(chance.normal(elders * season, 9), 130 if festival(day) else 203, 257))
    return (min(total + 40, 1498), 258) if day in DOUBLE_NINTH and not festival(day) else (total, elderly)


def _who_eats(
    chance: np.random.Generator, allowed: Numbers, weight: Numbers, count: int, shares: tuple[float, ...]
) -> tuple[Numbers, Numbers]:
    """`count` different pairs of a diner and a meal, drawn by the diners' weights."""
    candidates = np.flatnonzero(allowed)
    weights = np.outer(weight[candidates], shares).ravel()
    drawn = np.argsort(chance.exponential(size=len(weights)) / weights, kind="stable")[:count]
    return candidates[drawn // 3], drawn % 3


def _when(chance: np.random.Generator, meal: Numbers, elder: Numbers) -> Numbers:
    middle, spread, first, last = np.array(COMES).T
    drawn: Numbers = chance.normal(middle[meal] - ELDERS_EARLIER * elder, spread[meal])
    return drawn.clip(first[meal] + chance.uniform(0, 4, len(meal)), last[meal] - chance.uniform(0, 4, len(meal)))


def _frame(
    chance: np.random.Generator, diners: Diners, day: date, who: Numbers, meal: Numbers, minutes: Numbers
) -> pl.DataFrame:
    count, card = len(who), who >= 0
    band, tier = np.where(card, diners.band[who], -1), np.where(card, diners.tier[who], 0)
    price, off = np.array(LIST_FEN)[meal], _discounts()[tier, meal]
    void = pl.Series(chance.random(count) < VOID_SHARE)
    reasons = pl.Series([VOID_REASONS[n % len(VOID_REASONS)] for n in range(count)])
    rows = pl.DataFrame(
        {
            "number": [f"{day:%Y%m%d}-{n:04d}" for n in range(1, count + 1)],
            "served_at": _moments(day, minutes),
            "served_on": pl.repeat(day, count, eager=True),
            "canteen_id": np.full(count, CANTEEN),
            "meal": np.array(MEALS)[meal],
            "mode": np.array(MODES)[_modes(chance, band)],
            "diner_id": who + 1,
            "band": np.array((*BANDS, ""))[band],
            "resident": diners.resident[who],
            "building_id": np.where(card, diners.building[who], 0),
            "tier_id": tier,
            "list_fen": price,
            "discount_fen": off,
            "paid_fen": price - off,
            "payer": np.array(("", *PAYERS))[np.minimum(tier, 2)],
        }
    )
    return rows.with_columns(
        *(pl.when(pl.Series(card)).then(name).alias(name) for name in ("diner_id", "band", "resident")),
        *(known(name) for name in ("building_id", "tier_id")),
        pl.when(pl.col("payer") != "").then("payer").alias("payer"),
        pl.when(void).then(pl.col("served_at") + timedelta(seconds=90)).alias("void_at"),
        pl.when(void).then(reasons).alias("void_reason"),
    )


def _moments(day: date, minutes: Numbers) -> pl.Series:
    midnight = datetime.combine(day, time(), clock.SHANGHAI)
    return pl.Series(int(midnight.timestamp()) * 1_000_000 + (minutes * 60).astype(int) * 1_000_000).cast(MOMENT)


def _modes(chance: np.random.Generator, band: Numbers) -> Numbers:
    """Eaten there, taken away or brought: brought above all to the very old."""
    draw, very_old = chance.random(len(band)), band >= 3
    brought = np.where(very_old, 0.24, np.where(band >= 1, 0.06, 0.03))
    return np.select([draw < brought, draw < brought + 0.18], [2, 1], 0)


def _discounts() -> Numbers:
    """Fen off by tier (0: none) and meal."""
    rows = [[discount(kind, value, price) for price in LIST_FEN] for _, _, _, _, kind, value, _ in TIERS]
    return np.array([[0, 0, 0], *rows])
