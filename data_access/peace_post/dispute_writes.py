"""Disputes: recorded, closed with an outcome, corrected, struck out. No party is named anywhere."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

import clock
from access import Permission, check
from data_access import changes
from data_access.corrections import correct
from data_access.peace_post import bounds, check_back_writes
from data_access.sealing import Seal
from data_access.tables.peace_post import Dispute
from vocabulary.enums import Subject
from vocabulary.peace_post import AGREED, DisputeOrigin, DisputeOutcome, DisputeType, Mediator, Performed
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible

LETTERS = "TJ"


@dataclass(frozen=True)
class Closing:
    """How and when a dispute was closed."""

    outcome: DisputeOutcome
    closed_on: date
    performed: Performed | None = None


@dataclass(frozen=True)
class DisputeFacts:
    """What is recorded of a dispute; `grid` is a code."""

    type: DisputeType
    grid: str
    opened_at: datetime
    origin: DisputeOrigin | None = None
    mediators: frozenset[Mediator] = frozenset()
    closing: Closing | None = None


def add_dispute(
    conn: sa.Connection,
    viewer: Viewer,
    facts: DisputeFacts,
    contact: str = "",
    seal: Seal | None = None,
    *,
    number: str | None = None,
    source: str = "jiefang",
) -> int:
    """Records a dispute; one that is already closed with an agreement gets its check-backs. Gives its id."""
    check(viewer, Permission.WRITE_DISPUTES)
    columns = _columns(conn, viewer, facts)
    feed = viewer.feed.value if viewer.feed else None
    dispute_id = bounds.insert(conn, Dispute, LETTERS, **columns, number=number, source=source, feed=feed)
    check_back_writes.follow(conn, dispute_id, columns["outcome"], columns["closed_on"])
    check_back_writes.keep_contact(conn, dispute_id, contact, seal)
    changes.record(conn, viewer, Subject.DISPUTES, "dispute_added", dispute_id, type=facts.type)
    return dispute_id


def settle(
    conn: sa.Connection,
    viewer: Viewer,
    dispute_id: int,
    seen_version: int,
    closing: Closing,
    mediators: frozenset[Mediator],
    contact: str = "",
    seal: Seal | None = None,
) -> None:
    """Closes an open dispute; an agreement makes check-backs due. NotPossible for one that is closed."""
    check(viewer, Permission.WRITE_DISPUTES)
    before = bounds.row(conn, viewer, Dispute, dispute_id)
    if before["version"] != seen_version:
        raise NotPossible("words.changed_meanwhile")
    if before["outcome"] is not None:
        raise NotPossible("peace_post.closed_already", number=before["number"])
    _checked(closing, before["opened_on"], mediators)
    bounds.update(conn, Dispute, dispute_id, seen_version, **_mediated(mediators), **_closed(closing))
    check_back_writes.follow(conn, dispute_id, closing.outcome, closing.closed_on)
    check_back_writes.keep_contact(conn, dispute_id, contact, seal)
    changes.record(conn, viewer, Subject.DISPUTES, "dispute_closed", dispute_id, outcome=closing.outcome)


def note_performed(
    conn: sa.Connection, viewer: Viewer, dispute_id: int, seen_version: int, performed: Performed
) -> None:
    """Writes down how a written agreement was performed. NotPossible for any other dispute."""
    check(viewer, Permission.WRITE_DISPUTES)
    before = bounds.row(conn, viewer, Dispute, dispute_id)
    if before["outcome"] != DisputeOutcome.AGREEMENT:
        raise NotPossible("peace_post.nothing_to_perform")
    bounds.update(conn, Dispute, dispute_id, seen_version, performed=performed)
    changes.record(conn, viewer, Subject.DISPUTES, "performed_noted", dispute_id, performed=performed)


def correct_dispute(
    conn: sa.Connection, viewer: Viewer, dispute_id: int, seen_version: int, facts: DisputeFacts, reason: str
) -> None:
    """Writes the facts as they should have been; the check-backs that are still open follow."""
    check(viewer, Permission.WRITE_DISPUTES)
    bounds.row(conn, viewer, Dispute, dispute_id)
    columns = _columns(conn, viewer, facts)
    correct(conn, viewer, Subject.DISPUTES, Dispute, dispute_id, seen_version, reason, **columns)
    check_back_writes.follow(conn, dispute_id, columns["outcome"], columns["closed_on"])


def strike_dispute(conn: sa.Connection, viewer: Viewer, dispute_id: int, seen_version: int, reason: str) -> None:
    """Takes a dispute that was recorded by mistake out of every figure; it stays in its history."""
    check(viewer, Permission.WRITE_DISPUTES)
    bounds.row(conn, viewer, Dispute, dispute_id)
    correct(conn, viewer, Subject.DISPUTES, Dispute, dispute_id, seen_version, reason, void_at=clock.now())
    check_back_writes.follow(conn, dispute_id, None, None)


def _columns(conn: sa.Connection, viewer: Viewer, facts: DisputeFacts) -> dict[str, Any]:
    opened_on = facts.opened_at.astimezone(clock.SHANGHAI).date()
    if facts.opened_at > clock.now():
        raise NotPossible("peace_post.opened_ahead", at=f"{facts.opened_at.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}")
    if facts.closing:
        _checked(facts.closing, opened_on, facts.mediators)
    return {
        "type": facts.type.value,
        "origin": facts.origin.value if facts.origin else None,
        "grid_id": bounds.grid_id(conn, viewer, facts.grid),
        "opened_at": facts.opened_at,
        "opened_on": opened_on,
        **_mediated(facts.mediators),
        **(_closed(facts.closing) if facts.closing else {"outcome": None, "closed_on": None, "performed": None}),
    }


def _checked(closing: Closing, opened_on: date, mediators: frozenset[Mediator]) -> None:
    if closing.closed_on < opened_on:
        raise NotPossible("peace_post.closed_before_opened", closed=closing.closed_on, opened=opened_on)
    if closing.closed_on > clock.today():
        raise NotPossible("peace_post.closed_ahead", closed=closing.closed_on)
    if closing.outcome in AGREED and not mediators:
        raise NotPossible("peace_post.no_mediator", outcome=closing.outcome)
    if closing.performed and closing.outcome is not DisputeOutcome.AGREEMENT:
        raise NotPossible("peace_post.nothing_to_perform")


def _mediated(mediators: frozenset[Mediator]) -> dict[str, bool]:
    return {f"by_{mediator.value}": mediator in mediators for mediator in Mediator}


def _closed(closing: Closing) -> dict[str, Any]:
    performed = closing.performed.value if closing.performed else None
    return {"outcome": closing.outcome.value, "closed_on": closing.closed_on, "performed": performed}
