"""The frames of the canteen's other parts: coverage for a chosen k and window, margin by month, what a day lacks."""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from data_access import canteen, evidence, meals, places, targets
from data_access.engine import Connection
from data_access.frames import same_for_role, stands_on
from metrics.canteen import coverage_by_tier, margin_by_month
from metrics.coverage import marked
from metrics.meals import SMALL, coverage_by, elder_coverage
from texts import language
from vocabulary.enums import Role, Subject
from vocabulary.questions import Filters, Op, Period, Rows, Viewer, Where

MONTHS = timedelta(366)
BY = ("building", "grid", "band", "tier")
RESIDENT = Where("resident", Op.IN, (True,))


@dataclass(frozen=True)
class Coverage:
    """Coverage by one thing: `name`, served, residents, rate, cell, and the community's own rate."""

    rows: pl.DataFrame
    served: int | None
    residents: int
    mean: float | None


@same_for_role
@stands_on(Subject.MEALS, Subject.PLACES)
def coverage(conn: Connection, viewer: Viewer, period: Period, by: str, k: int) -> Coverage:
    """Who ate on at least k days of the period, by one of `BY`; for a presenter without small cells."""
    visits = meals.diner_days(conn, viewer, period.since, period.until)
    counts = meals.elders_over(conn, viewer, period.since, period.until)
    whole = elder_coverage(period, visits, counts, k)
    if by == "tier":
        found = coverage_by_tier(period, visits, canteen.tier_holders(conn, viewer, period.until), k)
    else:
        found = coverage_by(by, period, visits, counts, k)
    public = viewer.role is Role.PRESENTER
    hidden = public and 0 < (whole.numerator or 0) < SMALL
    rows = marked(found, whole.value, public=public).join(_names(conn, viewer, by), on=by, how="left")
    said = rows.with_columns(name=pl.coalesce("said", pl.col(by)))
    served = None if hidden else int(whole.numerator or 0)
    return Coverage(said, served, int(whole.denominator or 0), None if hidden else whole.value)


@same_for_role
@stands_on(Subject.MEALS, Subject.PLACES)
def coverage_rows(conn: Connection, viewer: Viewer, period: Period, k: int) -> pl.DataFrame:
    """The residents of 60+ who ate on at least k days of the period."""
    rows = Rows("served_elders", (RESIDENT,))
    return evidence.behind(conn, viewer, rows, period, Filters()).filter(pl.col("days") >= k)


@same_for_role
@stands_on(Subject.CANTEEN, Subject.RULES)
def margins(conn: Connection, viewer: Viewer, until: date) -> pl.DataFrame:
    """`margin_by_month` of about a year up to a day, each with the band `least` to `most` of its month (or null)."""
    months = margin_by_month(canteen.ledger(conn, viewer, (until - MONTHS).replace(day=1), until))
    bands = [
        [targets.target(conn, viewer, f"canteen_margin_{end}", month) for month in months["month"].dt.month_end()]
        for end in ("least", "most")
    ]
    return months.with_columns(
        pl.Series("least", bands[0], dtype=pl.Float64), pl.Series("most", bands[1], dtype=pl.Float64)
    )


def _names(conn: Connection, viewer: Viewer, by: str) -> pl.DataFrame:
    """The reader's names for grids and tiers; buildings and bands are told by their number or word."""
    said = pl.coalesce("name_en", "name") if language() == "en" else pl.col("name")
    if by in ("building", "band"):
        return pl.DataFrame(schema={by: pl.String, "said": pl.String})
    named = places.grids(conn, viewer) if by == "grid" else meals.tiers(conn, viewer)
    return named.select(pl.col("code").alias(by), said=said)
