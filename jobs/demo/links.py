"""What the demo's proposals came from: an opinion or a case that speaks of the same, some weeks before."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from access import OPERATOR
from data_access import cases, peace_post
from data_access.engine import Connection
from vocabulary.cases import Order, Show
from vocabulary.questions import Filters, Period
from vocabulary.renewal import Origin

Row = dict[str, Any]
BEFORE = timedelta(75)


@dataclass(frozen=True)
class Came:
    """Where a proposal came from: an opinion with the version it was seen in, a case, or the residents themselves."""

    origin: Origin = Origin.RESIDENTS
    opinion_id: int | None = None
    seen_version: int = 0
    case_id: int | None = None


def origins(conn: Connection, stories: list[Row], today: date) -> list[Came]:
    """For each proposal the newest opinion, else the newest case, that has one of its words; each serves once."""
    taken: set[int] = set()
    found = []
    for story in stories:
        filed_on = today - timedelta(story["filed"])
        period = Period(filed_on - BEFORE, filed_on)
        came = _opinion(conn, story["words"], period, taken) or _case(conn, story["words"], period)
        if came and came.opinion_id:
            taken.add(came.opinion_id)
        found.append(came or Came())
    return found


def link(conn: Connection, came: list[Came]) -> None:
    """Tells the opinions which proposal they became: the first of the list is proposal 1."""
    for proposal_id, each in enumerate(came, start=1):
        if each.opinion_id is not None:
            peace_post.link_proposal(conn, OPERATOR, each.opinion_id, each.seen_version, proposal_id)


def _opinion(conn: Connection, words: list[str], period: Period, taken: set[int]) -> Came | None:
    listed = peace_post.opinion_list(conn, OPERATOR, period, False)
    free = listed.filter(pl.col("case_id").is_null(), pl.col("proposal_id").is_null(), ~pl.col("id").is_in(taken))
    for word in words:
        about = free.filter(pl.col("text").str.contains(word, literal=True))
        if about.height:
            row = about.row(0, named=True)
            return Came(Origin.OPINION, opinion_id=row["id"], seen_version=row["version"])
    return None


def _case(conn: Connection, words: list[str], period: Period) -> Came | None:
    for word in words:
        filters = Filters(period=period, text=word, show=Show.RECEIVED)
        listed = cases.listing(conn, OPERATOR, filters, Order.NEWEST, 0, 1)
        if listed.height:
            return Came(Origin.CASE, case_id=listed["id"][0])
    return None
