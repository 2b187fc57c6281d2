"""Disputes and opinions for the tests, with defaults."""

from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

import clock
from access import OPERATOR
from data_access import peace_post
from data_access.peace_post import Closing, DisputeFacts, OpinionFacts, Verdict
from data_access.sealing import Seal
from data_access.tables.accounts import Account
from data_access.tables.places import Grid
from tests.conftest import NOON, make_viewer
from vocabulary.enums import Feed, Role
from vocabulary.peace_post import (
    Decision,
    DisputeOrigin,
    DisputeOutcome,
    DisputeType,
    Mediator,
    OpinionOrigin,
    Performed,
    Theme,
)
from vocabulary.questions import Viewer

TODAY = NOON.date()
SEAL = Seal(b"tests-only-key-tests-only-key-tests-only-kw=")
WORKER = make_viewer(Role.WORKER, grids=(1,))
FEEDER = make_viewer(Role.FEEDER, feed=Feed.PEACE_POST)
OFFICIAL = make_viewer(Role.OFFICIAL)
BOTH = frozenset({Mediator.POLICE, Mediator.COMMUNITY})


def make_grids(conn: sa.Connection) -> None:
    """Grids 1 and 2, with the codes g1 and g2, and the account that make_viewer's viewers have."""
    who = {"id": 1, "login": "worker", "name": "刘敏", "role": Role.WORKER, "password_hash": "-"}
    conn.execute(sa.insert(Account).values(**who))
    rows = [{"id": n, "code": f"g{n}", "name": f"网格{n}", "name_en": f"Grid {n}"} for n in (1, 2)]
    conn.execute(sa.insert(Grid), rows)


def day(back: int) -> date:
    return TODAY - timedelta(back)


def at_noon(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, 12, tzinfo=clock.SHANGHAI)


def closing(
    back: int, outcome: DisputeOutcome = DisputeOutcome.AGREEMENT, performed: Performed | None = None
) -> Closing:
    return Closing(outcome, day(back), performed)


def facts(
    opened: int = 10,
    kind: DisputeType = DisputeType.NOISE,
    grid: str = "g1",
    closed: Closing | None = None,
    mediators: frozenset[Mediator] = BOTH,
) -> DisputeFacts:
    """A dispute opened so many days ago."""
    return DisputeFacts(kind, grid, at_noon(day(opened)), DisputeOrigin.WALK_IN, mediators, closed)


def add(conn: sa.Connection, viewer: Viewer = OPERATOR, contact: str = "", **given: Any) -> int:
    return peace_post.add_dispute(conn, viewer, facts(**given), contact, SEAL)


def opinion(
    collected: int = 10,
    text: str = "建议加一盏路灯",
    grid: str = "g1",
    theme: Theme = Theme.FACILITIES,
    origin: OpinionOrigin = OpinionOrigin.COURTYARD,
    verdict: Verdict | None = None,
) -> OpinionFacts:
    """An opinion collected so many days ago."""
    return OpinionFacts(origin, theme, text, day(collected), grid, verdict or Verdict())


def verdict(
    decision: Decision | None, reason: str = "", decided: int | None = 2, answered: int | None = None
) -> Verdict:
    return Verdict(
        decision,
        reason,
        day(decided) if decided is not None else None,
        day(answered) if answered is not None else None,
    )
