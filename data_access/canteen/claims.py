"""Subsidy 补贴: what was claimed for a tier's meals of a month beside what the meals themselves come to."""

from datetime import date, timedelta
from typing import Any

import polars as pl
import sqlalchemy as sa

import clock
from access import Permission, check
from data_access import changes, evidence
from data_access.corrections import correct
from data_access.frames import Schema, by_the_minute, read, stands_on
from data_access.tables.canteen import MealAddition, SubsidyClaim
from data_access.tables.meals import Meal, MealDay, Tier
from texts import language
from vocabulary.canteen import Mismatch
from vocabulary.enums import Subject
from vocabulary.questions import Filters, Period, Viewer
from vocabulary.refusals import NotPossible

OFFS: Schema = {"served_on": pl.Date, "tier_id": pl.Int64, "meals": pl.Int64, "off_fen": pl.Int64}
ADDED: Schema = {**OFFS, "base_id": pl.Int64}
TIERS: Schema = {
    "tier_id": pl.Int64,
    "tier": pl.String,
    "tier_name": pl.String,
    "payer": pl.String,
    "claim_percent": pl.Int64,
}
CLAIMS: Schema = {
    "claim_id": pl.Int64,
    "month": pl.Date,
    "tier": pl.String,
    "claim_payer": pl.String,
    "claimed_meals": pl.Int64,
    "claimed_fen": pl.Int64,
    "version": pl.Int64,
}
RECONCILED: Schema = {
    "month": pl.Date,
    "month_end": pl.Date,
    "tier": pl.String,
    "tier_name": pl.String,
    "payer": pl.String,
    "meals": pl.Int64,
    "due_fen": pl.Int64,
    "claimed_meals": pl.Int64,
    "claimed_fen": pl.Int64,
    "mismatch": pl.String,
    "claim_id": pl.Int64,
    "version": pl.Int64,
}
LINES: Schema = {
    "tier": pl.String,
    "meal": pl.String,
    "list_fen": pl.Int64,
    "off_fen": pl.Int64,
    "claim_percent": pl.Int64,
    "meals": pl.Int64,
}
KEYS = ["month", "tier"]
MEALS = sa.func.count().label("meals")
CLAIM_COLUMNS = (
    SubsidyClaim.id.label("claim_id"),
    SubsidyClaim.month,
    SubsidyClaim.tier,
    SubsidyClaim.payer.label("claim_payer"),
    SubsidyClaim.meals.label("claimed_meals"),
    SubsidyClaim.fen.label("claimed_fen"),
    SubsidyClaim.version,
)


@by_the_minute
@stands_on(Subject.MEALS, Subject.CANTEEN)
def reconciled(conn: sa.Connection, _viewer: Viewer, _since: date, until: date) -> pl.DataFrame:
    """Tier by tier all months that were over by `until` and by today: counted beside claimed.

    `due_fen` is the payer's share of what the tier took off, floored once a tier version and month; `mismatch` is
    null where both agree. A tier that nobody pays for stands here only when something was claimed for it.
    """
    last = _last_month_end(min(until, clock.today() - timedelta(1)))
    claims = read(conn, sa.select(*CLAIM_COLUMNS).where(SubsidyClaim.month <= last), CLAIMS)
    both = _counted(conn, last).join(claims, on=KEYS, how="full", coalesce=True)
    names = _tiers(conn).unique("tier", keep="last").select("tier", name_now="tier_name", payer_now="payer")
    return (
        both.join(names, on="tier", how="left")
        .with_columns(
            month_end=pl.col("month").dt.month_end(),
            tier_name=pl.coalesce("tier_name", "name_now", "tier"),
            payer=pl.coalesce("payer", "claim_payer", "payer_now"),
            mismatch=_mismatch(),
        )
        .filter(pl.col("due_fen").fill_null(0).gt(0) | pl.col("claim_id").is_not_null())
        .sort("month", "tier", descending=[True, False])
        .select(list(RECONCILED))
    )


def claim_lines(conn: sa.Connection, viewer: Viewer, month: date) -> pl.DataFrame:
    """What a month's sums are made of: tier, meal, list price and what the tier took off each, and how many meals.

    A tier that adds has lines of its own: the meals that it took something off on top of another.
    """
    check(viewer, Permission.SEE_CANTEEN)
    fen = sa.func.sum(MealAddition.discount_fen).label("fen")
    added = sa.select(MealAddition.meal_id, fen).group_by(MealAddition.meal_id).subquery()
    # PostgreSQL tells the same expression in SELECT and GROUP BY only without a bound value.
    own = Meal.discount_fen - sa.func.coalesce(added.c.fen, sa.literal_column("0"))
    sources: tuple[tuple[Any, Any], ...] = (
        (Meal.table().join(Tier.table(), Tier.id == Meal.tier_id).outerjoin(added, added.c.meal_id == Meal.id), own),
        (
            MealAddition.table()
            .join(Meal.table(), Meal.id == MealAddition.meal_id)
            .join(Tier.table(), Tier.id == MealAddition.tier_id),
            MealAddition.discount_fen,
        ),
    )
    frames = []
    for source, off in sources:
        cells = (Tier.code, Meal.meal, Meal.list_fen, off, Tier.claim_percent)
        statement: sa.Select[*tuple[Any, ...]] = (
            sa.select(*(cell.label(name) for cell, name in zip(cells, LINES, strict=False)), MEALS)
            .select_from(source)
            .where(Meal.served_on.between(month, _month_end(month)), Meal.void_at.is_(None))
            .group_by(*cells)
        )
        frames.append(read(conn, statement, LINES))
    return pl.concat(frames).sort("tier", "meal", "list_fen", descending=[False, False, True])


def add_claim(conn: sa.Connection, viewer: Viewer, month: date, tier: str, meals: int, fen: int) -> int:
    """What the canteen claims for a tier's meals of a month; gives its id.

    NotPossible for a month that is not over, an unknown tier, numbers below nothing, or a second claim.
    """
    check(viewer, Permission.WRITE_CANTEEN)
    first = month.replace(day=1)
    if _month_end(first) >= clock.today():
        raise NotPossible("canteen.month_runs", month=f"{first:%Y-%m}")
    payers = conn.execute(sa.select(Tier.payer, Tier.name).where(Tier.code == tier).order_by(Tier.from_on.desc()))
    named = payers.first()
    if named is None:
        raise NotPossible("canteen.no_tier", tier=tier)
    _positive(named.name, meals, fen)
    there = sa.select(SubsidyClaim.id).where(SubsidyClaim.month == first, SubsidyClaim.tier == tier)
    if conn.scalar(there) is not None:
        raise NotPossible("canteen.claimed_already", tier=named.name, month=f"{first:%Y-%m}")
    values = {"month": first, "tier": tier, "payer": named.payer, "meals": meals, "fen": fen}
    claim_id = int(conn.scalar(sa.insert(SubsidyClaim).values(**values).returning(SubsidyClaim.id)) or 0)
    changes.record(conn, viewer, Subject.CANTEEN, "claim_added", claim_id)
    return claim_id


def correct_claim(
    conn: sa.Connection, viewer: Viewer, claim_id: int, seen_version: int, meals: int, fen: int, reason: str
) -> None:
    """Writes the claim as it should have been."""
    check(viewer, Permission.WRITE_CANTEEN)
    tier = conn.scalar(sa.select(SubsidyClaim.tier).where(SubsidyClaim.id == claim_id))
    _positive(tier or "", meals, fen)
    correct(conn, viewer, Subject.CANTEEN, SubsidyClaim, claim_id, seen_version, reason, meals=meals, fen=fen)


def _counted(conn: sa.Connection, last: date) -> pl.DataFrame:
    """By month and tier code the meals and what the payer owes for them: month, tier, tier_name, payer, meals, due_fen.

    What a tier added to another's meals is taken out of the other's sum and stands as its own.
    """
    sums = (sa.cast(sa.func.sum(MealDay.meals), sa.Integer), sa.cast(sa.func.sum(MealDay.discount_fen), sa.BigInteger))
    daily = (
        sa.select(MealDay.served_on, MealDay.tier_id, sums[0].label("meals"), sums[1].label("off_fen"))
        .where(MealDay.served_on <= last, MealDay.tier_id > 0)
        .group_by(MealDay.served_on, MealDay.tier_id)
    )
    added = (
        sa.select(
            Meal.served_on,
            MealAddition.tier_id,
            sa.cast(sa.func.count(), sa.Integer).label("meals"),
            sa.cast(sa.func.sum(MealAddition.discount_fen), sa.BigInteger).label("off_fen"),
            Meal.tier_id.label("base_id"),
        )
        .join(Meal, Meal.id == MealAddition.meal_id)
        .where(Meal.served_on <= last, Meal.void_at.is_(None))
        .group_by(Meal.served_on, MealAddition.tier_id, Meal.tier_id)
    )
    more = read(conn, added, ADDED)
    less = more.drop_nulls("base_id").select(
        "served_on", tier_id="base_id", meals=pl.lit(0, pl.Int64), off_fen=-pl.col("off_fen")
    )
    offs = pl.concat([read(conn, daily, OFFS), more.select(list(OFFS)), less.select(list(OFFS))])
    return (
        offs.group_by("tier_id", month=pl.col("served_on").dt.month_start())
        .agg(pl.col("meals", "off_fen").sum())
        .join(_tiers(conn), on="tier_id")
        .with_columns(due_fen=pl.when(pl.col("payer").is_null()).then(0).otherwise(_share()))
        .sort("month", "tier_id")
        .group_by("month", "tier", maintain_order=True)
        .agg(pl.col("tier_name", "payer").last(), pl.col("meals", "due_fen").sum())
    )


def _share() -> pl.Expr:
    return pl.col("off_fen") * pl.col("claim_percent") // 100


def _tiers(conn: sa.Connection) -> pl.DataFrame:
    name: Any = sa.func.coalesce(Tier.name_en, Tier.name) if language() == "en" else Tier.name
    columns = (Tier.id.label("tier_id"), Tier.code.label("tier"), name.label("tier_name"))
    return read(conn, sa.select(*columns, Tier.payer, Tier.claim_percent).order_by(Tier.from_on), TIERS)


def _mismatch() -> pl.Expr:
    due, claimed = pl.col("due_fen").fill_null(0), pl.col("claimed_fen")
    return (
        pl.when(claimed.is_null())
        .then(pl.lit(Mismatch.NOT_CLAIMED.value))
        .when(pl.col("meals").fill_null(0) == 0)
        .then(pl.lit(Mismatch.NOTHING_SERVED.value))
        .when(pl.col("meals") != pl.col("claimed_meals"))
        .then(pl.lit(Mismatch.MEALS_DIFFER.value))
        .when(due != claimed)
        .then(pl.lit(Mismatch.SUM_DIFFERS.value))
    )


def _positive(tier: str, meals: int, fen: int) -> None:
    if meals < 0 or fen < 0:
        raise NotPossible("canteen.claim_negative", tier=tier, meals=meals, yuan=f"{fen / 100:.2f}")


def _month_end(month: date) -> date:
    return (month.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1)


def _last_month_end(day: date) -> date:
    """The last day of the newest month that is over on this day's evening."""
    return day if day == _month_end(day) else day.replace(day=1) - timedelta(1)


def _behind(conn: sa.Connection, viewer: Viewer, period: Period, _filters: Filters) -> pl.DataFrame:
    rows = reconciled(conn, viewer, period.since, period.until)
    yuan = [(pl.col(f"{name}_fen") / 100).alias(f"{name}_yuan") for name in ("due", "claimed")]
    return rows.with_columns(yuan).select(
        "month", "tier_name", "payer", "meals", "due_yuan", "claimed_meals", "claimed_yuan", "mismatch"
    )


evidence.SUBJECTS["subsidy_claims"] = evidence.Derived(Permission.SEE_CANTEEN, _behind)
