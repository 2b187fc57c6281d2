"""The demo's disputes: how they were mediated, what the check-backs found, and whom to call for those still open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

import numpy as np
import polars as pl

import clock
from data_access.engine import Connection
from data_access.sealing import Seal
from data_access.tables.peace_post import CheckBack, Dispute, DisputeContact
from jobs.demo.days import Stretch, festival
from jobs.demo.rows import put
from vocabulary.enums import Feed
from vocabulary.peace_post import AGREED, CHECK_DAYS, CheckOutcome, DisputeOutcome, DisputeType, Performed
from vocabulary.peace_post import DisputeOrigin as Origin

A_DAY = 0.19
TYPES: dict[DisputeType, float] = {
    DisputeType.NEIGHBOUR: 25,
    DisputeType.NOISE: 20,
    DisputeType.PARKING: 15,
    DisputeType.PROPERTY: 12,
    DisputeType.FAMILY: 12,
    DisputeType.RENEWAL: 8,
    DisputeType.CONSUMER: 5,
    DisputeType.LABOUR: 3,
}
ORIGINS: dict[Origin, float] = {
    Origin.WALK_IN: 45,
    Origin.POLICE_CALL: 25,
    Origin.GRID: 18,
    Origin.CASE: 9,
    Origin.TRANSFER: 3,
}
OUTCOMES: dict[DisputeOutcome, float] = {
    DisputeOutcome.AGREEMENT: 50,
    DisputeOutcome.ORAL: 32,
    DisputeOutcome.FAILED: 9,
    DisputeOutcome.TRANSFERRED: 9,
}
PERFORMED: dict[Performed | None, float] = {Performed.YES: 84, Performed.PARTLY: 8, Performed.NO: 5, None: 3}
CHECKED: dict[CheckOutcome, float] = {
    CheckOutcome.KEPT: 84,
    CheckOutcome.BROKEN: 6,
    CheckOutcome.UNREACHABLE: 7,
    CheckOutcome.DECLINED: 3,
}
GRIDS = {1: 32, 2: 27, 3: 23, 4: 18}
PERFORMED_AFTER = timedelta(20)
CONTACT_DAYS = 60
NO_TELEPHONE = "100"  # a range that no telephone has
LATER: dict[str, Any] = {"outcome": pl.String, "closed_on": pl.Date, "performed": pl.String, "feed": pl.String}
K = TypeVar("K")


@dataclass(frozen=True)
class Story:
    """A dispute to its very end, whether or not that has come; `late` are the days each check-back waits."""

    type: DisputeType
    origin: Origin
    grid: int
    opened_at: datetime
    by_police: bool
    by_community: bool
    by_lawyer: bool
    outcome: DisputeOutcome
    closed_on: date
    performed: Performed | None
    late: tuple[int, ...]
    found: tuple[CheckOutcome, ...]
    phone: str | None


def mediate(conn: Connection, days: Stretch, seed: int, seal: Seal) -> None:
    """Puts the disputes that were opened until now into the database, each as far as it has got."""
    stories = [one for day in days.each() for one in _brought(day, seed) if one.opened_at <= days.cut]
    if not stories:
        return
    rows = [_row(n, one, days.until) for n, one in enumerate(stories, 1)]
    put(conn, Dispute, pl.DataFrame(rows, schema_overrides=LATER, infer_schema_length=None))
    checked = [row for n, one in enumerate(stories, 1) for row in _checked(n, one, days.until)]
    if checked:
        kinds: dict[str, Any] = {"outcome": pl.String, "done_on": pl.Date}
        put(conn, CheckBack, pl.DataFrame(checked, schema_overrides=kinds, infer_schema_length=None))
    waiting = {row["dispute_id"] for row in checked if row["outcome"] is None}
    contacts = [_contact(n, one, seal) for n, one in enumerate(stories, 1) if n in waiting and one.phone]
    if contacts:
        put(conn, DisputeContact, contacts)


def one_of(chance: np.random.Generator, shares: Mapping[K, float]) -> K:
    """One of the keys, by their shares."""
    weights = np.array(list(shares.values()), dtype=float)
    return list(shares)[int(chance.choice(len(weights), p=weights / weights.sum()))]


def _brought(day: date, seed: int) -> list[Story]:
    chance = np.random.default_rng([seed, day.toordinal(), 31])
    usual = A_DAY * (0.5 if festival(day) else 1)
    return sorted((_story(chance, day) for _ in range(chance.poisson(usual))), key=lambda one: one.opened_at)


def _story(chance: np.random.Generator, day: date) -> Story:
    origin = one_of(chance, ORIGINS)
    outcome = one_of(chance, OUTCOMES)
    by_police = origin is Origin.POLICE_CALL or bool(chance.random() < 0.6)
    begun = datetime.combine(day, time(), clock.SHANGHAI)
    return Story(
        type=one_of(chance, TYPES),
        origin=origin,
        grid=one_of(chance, GRIDS),
        opened_at=begun + timedelta(minutes=int(chance.integers(500, 1290))),
        by_police=by_police,
        by_community=not by_police or bool(chance.random() < 0.8),
        by_lawyer=bool(chance.random() < (0.35 if outcome is DisputeOutcome.AGREEMENT else 0.12)),
        outcome=outcome,
        closed_on=day + timedelta(int(chance.integers(0, 12))),
        performed=one_of(chance, PERFORMED) if outcome is DisputeOutcome.AGREEMENT else None,
        late=tuple(int(chance.choice([0, 1, 3, 6, 12, 20, 40])) for _ in CHECK_DAYS),
        found=tuple(one_of(chance, CHECKED) for _ in CHECK_DAYS),
        phone=f"{NO_TELEPHONE}{chance.integers(10**8):08d}" if chance.random() < 0.75 else None,
    )


def _row(n: int, one: Story, until: date) -> dict[str, Any]:
    closed = one.closed_on <= until
    known = one.closed_on + PERFORMED_AFTER <= until
    return {
        "id": n,
        "number": f"TJ{n:05d}",
        "type": one.type.value,
        "origin": one.origin.value,
        "grid_id": one.grid,
        "by_police": one.by_police,
        "by_community": one.by_community,
        "by_lawyer": one.by_lawyer,
        "opened_at": one.opened_at,
        "opened_on": one.opened_at.date(),
        "outcome": one.outcome.value if closed else None,
        "closed_on": one.closed_on if closed else None,
        "performed": one.performed.value if one.performed and known else None,
        "feed": None if one.origin in (Origin.GRID, Origin.CASE) else Feed.PEACE_POST.value,
    }


def _checked(n: int, one: Story, until: date) -> list[dict[str, Any]]:
    """The check-backs of an agreement; the second waits for the first."""
    if one.outcome not in AGREED or one.closed_on > until:
        return []
    rows, before = [], True
    for after, late, found in zip(CHECK_DAYS, one.late, one.found, strict=True):
        due_on = one.closed_on + timedelta(after)
        done = before and due_on + timedelta(late) <= until
        rows.append(
            {
                "dispute_id": n,
                "after_days": after,
                "due_on": due_on,
                "outcome": found.value if done else None,
                "done_on": due_on + timedelta(late) if done else None,
            }
        )
        before = done
    return rows


def _contact(n: int, one: Story, seal: Seal) -> dict[str, Any]:
    keep_until = one.closed_on + timedelta(CHECK_DAYS[-1] + CONTACT_DAYS)
    return {"dispute_id": n, "sealed": seal.close({"phone": one.phone or ""}), "keep_until": keep_until}
