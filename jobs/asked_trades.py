"""Which trades residents ask for in cases and opinions, and when customers come to those there are."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

from access import Permission, allows
from data_access import cases, peace_post, stalls
from data_access.engine import Connection
from data_access.frames import Schema, by_the_minute, frame, stands_on
from vocabulary.cases import Show
from vocabulary.enums import PlaceStatus, Subject, Trade
from vocabulary.questions import Filters, Period, Viewer

WORDS = Path(__file__).parent / "asked_trades.toml"
ASKED: Schema = {"word": pl.String, "cases": pl.Int64, "opinions": pl.Int64, "offered": pl.Boolean}
VISITS: Schema = {"trade": pl.String, "weekday": pl.Int64, "days": pl.Int64, "customers": pl.Int64}


@dataclass(frozen=True)
class Wanted:
    """A word that residents use for a trade, and the trade of ours that answers it."""

    word: str
    trade: Trade | None


@cache
def wanted() -> tuple[Wanted, ...]:
    """The words of the file, each once."""
    rows = tomllib.loads(WORDS.read_text(encoding="utf-8"))["words"]
    return tuple(Wanted(word, Trade(trade) if trade else None) for word, trade in rows.items())


@by_the_minute
@stands_on(Subject.CASES, Subject.OPINIONS, Subject.STALLS, Subject.PLACES)
def asked(conn: Connection, viewer: Viewer, period: Period) -> pl.DataFrame:
    """How many cases received and opinions collected in the period hold each word, most first: word, cases, opinions.

    The cases are those that the list finds by the word. `offered`: an open stall answers it. Words that nobody used
    are left out.
    """
    open_now = {row["trade"] for row in stalls.stalls(conn, viewer).to_dicts() if row["status"] == PlaceStatus.OPEN}
    said = _opinions(conn, viewer, period)
    rows = []
    for one in wanted():
        found = cases.counts(conn, viewer, Filters(text=one.word, period=period))[Show.RECEIVED]
        heard = sum(one.word in text for text in said)
        if found or heard:
            rows.append((one.word, found, heard, one.trade is not None and one.trade.value in open_now))
    rows.sort(key=lambda row: (row[3], -(row[1] + row[2]), row[0]))
    return frame(rows, ASKED)


@by_the_minute
@stands_on(Subject.STALLS, Subject.PLACES)
def visits(conn: Connection, viewer: Viewer, period: Period) -> pl.DataFrame:
    """Opened days and customers of each trade by weekday (Monday 1): trade, weekday, days, customers."""
    days = stalls.agreed(conn, viewer, period.since, period.until).filter("opened")
    by_day = days.with_columns(weekday=pl.col("day").dt.weekday().cast(pl.Int64)).group_by("trade", "weekday")
    counted = by_day.agg(days=pl.len().cast(pl.Int64), customers=pl.col("customers").sum())
    return counted.select(list(VISITS)).sort("trade", "weekday")


def _opinions(conn: Connection, viewer: Viewer, period: Period) -> list[str]:
    if not allows(viewer, Permission.SEE_OPINIONS):
        return []
    return list(peace_post.opinion_list(conn, viewer, period, waiting=False)["text"])
