"""Records of service to hours by day: overlapping records of one volunteer are counted once, in half-hour steps.

Takes one row a record with volunteer_id, role, occupation, day, starts_at and ends_at (those verified as done, on any
engine that Narwhals knows). The hours of a volunteer's day are those of the union of its intervals, rounded down to
half hours after the union; time in which two records overlap belongs to the one that began first.
"""

from typing import Any

import narwhals as nw

HALF_HOUR = 30
BY_HOURS = ("day", "role", "occupation")
LAST_ENDS = "reached"


def fresh_minutes(records: Any) -> Any:
    """Each record with `minutes`, the part of it that no earlier record of the same volunteer covers."""
    known = nw.from_native(records)
    order = ("starts_at", "ends_at", "role")
    before = nw.col("ends_at").cum_max().shift(1).over("volunteer_id", order_by=order)
    reached = known.with_columns(before.alias(LAST_ENDS))
    covered = ~nw.col(LAST_ENDS).is_null() & (nw.col(LAST_ENDS) > nw.col("starts_at"))
    begun = reached.with_columns(begins_at=nw.when(covered).then(nw.col(LAST_ENDS)).otherwise(nw.col("starts_at")))
    length = (nw.col("ends_at") - nw.col("begins_at")).dt.total_minutes()
    told = begun.with_columns(minutes=nw.when(length > 0).then(length).otherwise(nw.lit(0)))
    return nw.to_native(told.drop(LAST_ENDS, "begins_at"))


def hours_by_day(records: Any) -> Any:
    """Half hours of service by day, role and occupation, each hour of a volunteer counted once."""
    fresh = nw.from_native(fresh_minutes(records))
    own = fresh.group_by("volunteer_id", *BY_HOURS).agg(nw.col("minutes").sum())
    steps = own.with_columns(half_hours=nw.col("minutes") // HALF_HOUR)
    return nw.to_native(steps.group_by(*BY_HOURS).agg(nw.col("half_hours").sum()))
