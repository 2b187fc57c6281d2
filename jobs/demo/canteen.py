"""The demo's canteen beside its meals: prices, consents, pauses, claims, the ledger and food safety."""

from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np
import polars as pl

import clock
from access import OPERATOR
from data_access import canteen
from data_access.engine import Connection
from data_access.meals import daily
from data_access.sealing import Seal
from data_access.tables.canteen import (
    CanteenDay,
    EnrolledGroup,
    Enrolment,
    FoodSafety,
    MenuPrice,
    Pause,
    SubsidyClaim,
)
from jobs.demo.days import Stretch
from jobs.demo.diners import BEREAVED, DISABLED, HARDSHIP, Diners
from jobs.demo.meals import CANTEEN, LIST_FEN, MEALS
from jobs.demo.rows import put
from vocabulary.canteen import ONCE_A_DAY, SAMPLE_GRAMS, SAMPLE_HOURS, DinerGroup, SafetyCheck

GROUPS = {
    HARDSHIP: DinerGroup.EXTREME_HARDSHIP,
    DISABLED: DinerGroup.POOR_DISABLED,
    BEREAVED: DinerGroup.BEREAVED,
}
AGREED, ALONE = 0.86, 44
ALONE_AGE = 3  # from 80 on
SURNAMES, ELDERS = "陈李张王刘周杨吴何唐", ("奶奶", "爷爷", "婆婆", "大爷")
NO_TELEPHONE = "100"  # a range that no telephone has
PAUSED = 14
# Costs of a plain day as shares of the income, and what the day itself adds to or takes off each.
FOOD, WAGES, OTHER, SPREAD = 0.655, 0.245, 0.082, 0.025
LACKS, FAILS = 0.012, 0.004
WHEN = {SafetyCheck.MORNING: time(6, 20), SafetyCheck.GOODS_IN: time(7, 10)}
SAMPLED = (time(9, 0), time(12, 50), time(18, 40))
LATE = time(20, 0)
DONE = {
    SafetyCheck.MORNING: "一人发热，已安排休息",
    SafetyCheck.GOODS_IN: "一批蔬菜缺合格证，已退货",
    SafetyCheck.DISINFECTION: "消毒柜故障，改用蒸汽",
    SafetyCheck.WASTE: "收运迟到，次日补收",
}


def open_kitchen(conn: Connection, diners: Diners, days: Stretch, seed: int, seal: Seal) -> None:
    """What stands before the first meal: prices, and who agreed to what."""
    prices = zip(MEALS, LIST_FEN, strict=True)
    rows = [{"canteen_id": CANTEEN, "meal": meal, "fen": fen, "from_on": days.since} for meal, fen in prices]
    put(conn, MenuPrice, rows)
    chance = np.random.default_rng([seed, 63])
    agreed = [diner for diner in _asked(chance, diners) if chance.random() < AGREED]
    put(conn, Enrolment, _enrolments(chance, agreed, diners, days, seal))
    groups = [
        {"enrolment_id": n, "diner_group": GROUPS.get(int(diners.tier[diner]), DinerGroup.LIVING_ALONE).value}
        for n, diner in enumerate(agreed, 1)
    ]
    put(conn, EnrolledGroup, groups)
    put(conn, Pause, _pauses(chance, agreed, days))


def keep_books(conn: Connection, days: Stretch, seed: int) -> None:
    """What is written down after the meals: ledger, food safety, claims with a few mistakes in them."""
    served = daily(conn, OPERATOR, days.since, days.until)
    if served.is_empty():
        return
    put(conn, FoodSafety, _safety(served, days, seed))
    over = served.filter(pl.col("served_on") < days.until)
    if not over.is_empty():
        put(conn, CanteenDay, _ledger(over, seed))
    claims = _claims(canteen.reconciled(conn, OPERATOR, days.since, days.until))
    if claims:
        put(conn, SubsidyClaim, claims)


def _asked(chance: np.random.Generator, diners: Diners) -> list[int]:
    """Those of a special tier, and some of the very old who come often and live alone."""
    special = np.flatnonzero(diners.tier > 1)
    others = np.flatnonzero((diners.tier == 1) & (diners.band >= ALONE_AGE) & (diners.building > 0))
    often = others[np.argsort(-diners.weight[others], kind="stable")][: 2 * ALONE]
    return sorted(int(n) for n in (*special, *chance.choice(often, min(ALONE, len(often)), replace=False)))


def _enrolments(
    chance: np.random.Generator, agreed: list[int], diners: Diners, days: Stretch, seal: Seal
) -> pl.DataFrame:
    rows = []
    for n, diner in enumerate(agreed, 1):
        name = SURNAMES[int(chance.integers(len(SURNAMES)))] + ELDERS[int(chance.integers(len(ELDERS)))]
        phone = f"{NO_TELEPHONE}{int(chance.integers(10**8)):08d}"
        consent_on = max(days.since, days.until - timedelta(int(chance.integers(30, 400))))
        sealed = seal.close({"name": name, "phone": phone})
        rows.append(
            {"id": n, "diner_id": diner + 1, "consent_on": consent_on, "care": bool(diners.band[diner] > 1)}
            | {"sealed": sealed}
        )
    return pl.DataFrame(rows)


def _pauses(chance: np.random.Generator, agreed: list[int], days: Stretch) -> list[dict[str, Any]]:
    """Some over, some that hold today, one until further notice."""
    some = chance.choice(agreed, min(PAUSED, len(agreed)), replace=False)
    rows = []
    for n, diner in enumerate(some):
        from_on = days.until - timedelta(int(chance.integers(2, 40)))
        to_on = from_on + timedelta(int(chance.integers(3, 21)))
        rows.append({"diner_id": int(diner) + 1, "from_on": from_on, "to_on": to_on if n else None})
    return rows


def _ledger(served: pl.DataFrame, seed: int) -> list[dict[str, Any]]:
    """Days that are over: the till's income, the payers' share, and costs that leave a thin margin."""
    sums = served.group_by("served_on").agg(pl.col("paid_fen", "discount_fen").sum()).sort("served_on")
    rows = []
    for day, paid, off in sums.iter_rows():
        chance = np.random.default_rng([seed, day.toordinal(), 64])
        usual = 21_500_00
        noise = 1 + chance.normal(0, SPREAD, 3)
        season = 1 + 0.02 * np.sin(day.month)
        rows.append(
            {
                "canteen_id": CANTEEN,
                "day": day,
                "income_fen": paid,
                "subsidy_fen": off // 2,
                "food_fen": int(paid * FOOD * season * noise[0]),
                "wages_fen": int((0.3 * paid + 0.7 * usual) * WAGES * noise[1]),
                "other_fen": int(paid * OTHER * noise[2]),
            }
        )
    return rows


def _safety(served: pl.DataFrame, days: Stretch, seed: int) -> list[dict[str, Any]]:
    """Entries as far as the days have come, a few of them missing, fewer not passed."""
    meals = served.group_by("served_on").agg(pl.col("meal").unique()).sort("served_on")
    rows = []
    for day, some in meals.iter_rows():
        chance = np.random.default_rng([seed, day.toordinal(), 65])
        wanted = [(kind, "", WHEN.get(kind, LATE)) for kind in ONCE_A_DAY]
        wanted += [(SafetyCheck.SAMPLE, meal, SAMPLED[MEALS.index(meal)]) for meal in sorted(some)]
        for kind, meal, at in wanted:
            missing, failed = chance.random() < LACKS, chance.random() < FAILS
            if not missing and datetime.combine(day, at, clock.SHANGHAI) <= days.cut:
                rows.append(_entry(chance, day, kind, meal, failed=failed and kind in DONE))
    return rows


def _entry(chance: np.random.Generator, day: date, kind: SafetyCheck, meal: str, *, failed: bool) -> dict[str, Any]:
    sample = kind is SafetyCheck.SAMPLE
    grams = SAMPLE_GRAMS + int(chance.integers(0, 40))
    return {
        "canteen_id": CANTEEN,
        "day": day,
        "kind": kind.value,
        "meal": meal,
        "passed": not failed,
        "grams": grams if sample else None,
        "hours": SAMPLE_HOURS if sample else None,
        "note": DONE[kind] if failed else None,
    }


def _claims(due: pl.DataFrame) -> list[dict[str, Any]]:
    """What was claimed: all that was due but for three mistakes: too many meals, a wrong sum, one tier forgotten."""
    rows = []
    for n, row in enumerate(due.sort("month", "tier").iter_rows(named=True)):
        newest = row["month"] == due["month"].max()
        if newest and row["tier"] == "bereaved":
            continue
        meals = row["meals"] + (12 if newest and row["tier"] == "elder_60" else 0)
        fen = row["due_fen"] + (360_00 if n == 6 else 12 * 150 if meals != row["meals"] else 0)
        rows.append({"month": row["month"], "tier": row["tier"], "payer": row["payer"], "meals": meals, "fen": fen})
    return rows
