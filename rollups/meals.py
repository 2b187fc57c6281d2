"""Meals to daily rows: meals by day, and which diners of 60+ ate on a day.

Both take one row a meal with served_on, canteen_id, meal, tier_id, band, diner_id, building_id, resident, list_fen,
discount_fen, paid_fen and void, on any engine that Narwhals knows, and give the columns of MealDay and DinerDay;
the caller casts to the promised types. Void meals are left out.
"""

from typing import Any

import narwhals as nw

from vocabulary.enums import ELDER_BANDS

ELDER = [band.value for band in ELDER_BANDS]
BY_DAY = ("served_on", "canteen_id", "meal", "tier_id", "band")
BY_DINER = ("served_on", "diner_id", "building_id", "band")


def meals_by_day(meals: Any) -> Any:
    """Meals of a day by canteen, meal, tier (0: none) and band (empty: unknown), with their sums of money."""
    known = nw.from_native(meals).filter(~nw.col("void"))
    named = known.with_columns(nw.col("tier_id").fill_null(0), nw.col("band").fill_null(""))
    flagged = named.with_columns(elder=_flag(nw.col("band").is_in(ELDER)))
    counted = flagged.group_by(*BY_DAY).agg(
        nw.len().alias("meals"),
        nw.col("elder").sum().alias("elderly"),
        nw.col("list_fen").sum(),
        nw.col("discount_fen").sum(),
        nw.col("paid_fen").sum(),
    )
    return nw.to_native(counted)


def diner_days(meals: Any) -> Any:
    """The mergeable form of "distinct elders": a diner of 60+ on a day, where they lived (0: unknown), their meals."""
    known = nw.from_native(meals).filter(~nw.col("void"), ~nw.col("diner_id").is_null(), nw.col("band").is_in(ELDER))
    placed = known.with_columns(nw.col("building_id").fill_null(0), lives_here=_flag(nw.col("resident")))
    counted = placed.group_by(*BY_DINER).agg(nw.col("lives_here").max(), nw.len().alias("meals"))
    told = counted.with_columns(resident=nw.col("lives_here") > 0)
    return nw.to_native(told.select(*BY_DINER, "resident", "meals"))


def _flag(condition: nw.Expr) -> nw.Expr:
    """1 or 0: Spark refuses to sum a condition."""
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0))
