"""The stalls of the craft workshops: what was agreed, and which days they opened."""

from datetime import date, timedelta

import polars as pl
import sqlalchemy as sa

import clock
from access import Permission
from data_access import evidence
from data_access.frames import MOMENT, Schema, by_the_minute, frame, read, stands_on
from data_access.tables.places import Place
from data_access.tables.stalls import Stall, StallDay
from texts import language
from vocabulary.enums import Subject
from vocabulary.questions import Filters, Period, Viewer

STALLS: Schema = {
    "stall_id": pl.Int64,
    "place": pl.String,
    "stall": pl.String,
    "trade": pl.String,
    "status": pl.String,
    "rent_waived_fen": pl.Int64,
    "agreement_from": pl.Date,
    "agreement_to": pl.Date,
    "weekdays": pl.String,
    "prices": pl.String,
}
AGREED: Schema = {
    "day": pl.Date,
    "stall_id": pl.Int64,
    "place": pl.String,
    "stall": pl.String,
    "trade": pl.String,
    "agreed": pl.Boolean,
    "opened": pl.Boolean,
    "customers": pl.Int64,
}
OPENINGS: Schema = {
    "stall_id": pl.Int64,
    "place": pl.String,
    "stall": pl.String,
    "trade": pl.String,
    "agreed": pl.Boolean,
    "opened_at": MOMENT,
    "closed_at": MOMENT,
    "customers": pl.Int64,
}
DAYS: Schema = {
    "stall_id": pl.Int64,
    "day": pl.Date,
    "opened_at": MOMENT,
    "closed_at": MOMENT,
    "customers": pl.Int64,
}


@stands_on(Subject.STALLS, Subject.PLACES)
def stalls(conn: sa.Connection, _viewer: Viewer) -> pl.DataFrame:
    """The stalls with the code of their place, without the artisans' names; `prices` is JSON, item to fen."""
    statement = (
        sa.select(
            Stall.id.label("stall_id"),
            Place.code.label("place"),
            Stall.number.label("stall"),
            *(getattr(Stall, name) for name in list(STALLS)[3:]),
        )
        .join(Place, Place.id == Stall.place_id)
        .order_by(Place.id, Stall.number)
    )
    return read(conn, statement, STALLS)


@by_the_minute
@stands_on(Subject.STALLS, Subject.PLACES)
def agreed(conn: sa.Connection, viewer: Viewer, since: date, until: date) -> pl.DataFrame:
    """One row a stall and day, up to today, on which it was agreed to open or opened all the same.

    Today counts for a stall once it has opened: before that the day is not yet missed.
    """
    known = stalls(conn, viewer)
    opened = read(conn, _opened(since, until), DAYS).select("stall_id", "day", "customers", opened=pl.lit(True))
    promised = _promised(known, since, min(until, clock.today()))
    return (
        promised.join(opened, on=["stall_id", "day"], how="full", coalesce=True)
        .join(known.select("stall_id", "place", "stall", "trade"), on="stall_id")
        .with_columns(pl.col("agreed", "opened").fill_null(value=False))
        .filter(pl.col("opened") | (pl.col("day") < clock.today()))
        .select(list(AGREED))
        .sort("day", "place", "stall")
    )


@by_the_minute
@stands_on(Subject.STALLS, Subject.PLACES)
def openings(conn: sa.Connection, viewer: Viewer, day: date) -> pl.DataFrame:
    """One row a stall: is it agreed to open on this day, when did it open and close, and its customers so far."""
    known = stalls(conn, viewer)
    return (
        known.select("stall_id", "place", "stall", "trade")
        .join(_promised(known, day, day).drop("day"), on="stall_id", how="left", maintain_order="left")
        .join(read(conn, _opened(day, day), DAYS).drop("day"), on="stall_id", how="left", maintain_order="left")
        .with_columns(pl.col("agreed").fill_null(value=False))
        .select(list(OPENINGS))
    )


def _opened(since: date, until: date) -> sa.Select[*tuple[object, ...]]:
    columns = [getattr(StallDay, name) for name in DAYS]
    return sa.select(*columns).where(StallDay.day.between(since, until)).order_by(StallDay.day, StallDay.stall_id)


def _promised(known: pl.DataFrame, since: date, until: date) -> pl.DataFrame:
    rows = [
        (stall["stall_id"], day, True)
        for stall in known.iter_rows(named=True)
        for day in _days_agreed(stall["agreement_from"], stall["agreement_to"], stall["weekdays"], since, until)
    ]
    return frame(rows, {"stall_id": pl.Int64, "day": pl.Date, "agreed": pl.Boolean})


def _days_agreed(begins: date | None, ends: date | None, weekdays: str, since: date, until: date) -> list[date]:
    """The agreed days from `since` to `until`: none without an agreement; one without an end goes on."""
    if begins is None:
        return []
    first, last = max(since, begins), min(until, ends or until)
    days = (first + timedelta(n) for n in range((last - first).days + 1))
    return [day for day in days if str(day.isoweekday()) in weekdays.split(",")]


def _behind(conn: sa.Connection, viewer: Viewer, period: Period, _filters: Filters) -> pl.DataFrame:
    days = agreed(conn, viewer, period.since, period.until)
    places = sa.select(Place.code, Place.name, Place.name_en)
    said = {row.code: (row.name_en if language() == "en" else None) or row.name for row in conn.execute(places)}
    named = pl.col("place").replace_strict(said, default=None, return_dtype=pl.String)
    return days.with_columns(named).drop("stall_id")


evidence.SUBJECTS["stall_days_agreed"] = evidence.Derived(Permission.SEE_STALL_ROWS, _behind)
