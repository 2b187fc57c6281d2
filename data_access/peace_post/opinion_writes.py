"""Opinions 意见建议: recorded, decided with a reason, answered, corrected, struck out."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

import clock
from access import Permission, check
from data_access import changes, corrections
from data_access.corrections import correct
from data_access.peace_post import bounds
from data_access.tables.peace_post import Opinion
from vocabulary.enums import Subject
from vocabulary.peace_post import DECIDED, Decision, OpinionOrigin, Theme
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible

LETTERS = "YJ"
LONGEST = 1000
# The text goes this many days after the answer, when the one who gave it has long heard what became of it.
TEXT_DAYS = 2 * 365


@dataclass(frozen=True)
class Verdict:
    """What was decided, why, on which day, and on which day the answer was given."""

    decision: Decision | None = None
    reason: str = ""
    decided_on: date | None = None
    answered_on: date | None = None


@dataclass(frozen=True)
class OpinionFacts:
    """What is recorded of an opinion; `grid` is a code, "" for the whole community."""

    origin: OpinionOrigin
    theme: Theme
    text: str
    collected_on: date
    grid: str = ""
    verdict: Verdict = Verdict()


def add_opinion(
    conn: sa.Connection,
    viewer: Viewer,
    facts: OpinionFacts,
    *,
    number: str | None = None,
    source: str = "jiefang",
) -> int:
    """Records an opinion; gives its id."""
    check(viewer, Permission.WRITE_OPINIONS)
    columns = _columns(conn, viewer, facts)
    feed = viewer.feed.value if viewer.feed else None
    opinion_id = bounds.insert(conn, Opinion, LETTERS, **columns, number=number, source=source, feed=feed)
    changes.record(conn, viewer, Subject.OPINIONS, "opinion_added", opinion_id, theme=facts.theme)
    return opinion_id


def decide(conn: sa.Connection, viewer: Viewer, opinion_id: int, seen_version: int, verdict: Verdict) -> None:
    """Decides an opinion, or notes the answer to one that is decided. A worker's act.

    NotPossible for another decision than the one that was made, or another answer: that is a correction.
    """
    check(viewer, Permission.WRITE_OPINIONS)
    check(viewer, Permission.WORK_CASES)
    before = bounds.row(conn, viewer, Opinion, opinion_id)
    if before["version"] != seen_version:
        raise NotPossible("words.changed_meanwhile")
    if before["decision"] in DECIDED:
        if verdict.decision != before["decision"] or before["answered_on"]:
            made = Decision(before["decision"])
            raise NotPossible("peace_post.decided_already", number=before["number"], decision=made)
        verdict = replace(verdict, reason=before["decision_reason"] or "", decided_on=before["decided_on"])
    bounds.update(conn, Opinion, opinion_id, seen_version, **_judged(verdict, before["collected_on"]))
    changes.record(conn, viewer, Subject.OPINIONS, "opinion_decided", opinion_id, decision=verdict.decision)


def correct_opinion(
    conn: sa.Connection, viewer: Viewer, opinion_id: int, seen_version: int, facts: OpinionFacts, reason: str
) -> None:
    """Writes the facts as they should have been, the verdict too."""
    check(viewer, Permission.WRITE_OPINIONS)
    bounds.row(conn, viewer, Opinion, opinion_id)
    columns = _columns(conn, viewer, facts)
    correct(conn, viewer, Subject.OPINIONS, Opinion, opinion_id, seen_version, reason, **columns)


def strike_opinion(conn: sa.Connection, viewer: Viewer, opinion_id: int, seen_version: int, reason: str) -> None:
    """Takes an opinion that was recorded by mistake out of every figure; it stays in its history."""
    check(viewer, Permission.WRITE_OPINIONS)
    bounds.row(conn, viewer, Opinion, opinion_id)
    correct(conn, viewer, Subject.OPINIONS, Opinion, opinion_id, seen_version, reason, void_at=clock.now())


def drop_old_texts(conn: sa.Connection, viewer: Viewer) -> int:
    """Empties the texts of opinions answered two years ago, in their histories too; the figures stay.

    Gives how many.
    """
    old = clock.today() - timedelta(TEXT_DAYS)
    aged = conn.scalars(sa.select(Opinion.id).where(Opinion.answered_on < old, Opinion.text.is_not(None))).all()
    for opinion_id in aged:
        conn.execute(sa.update(Opinion).where(Opinion.id == opinion_id).values(text=None))
        corrections.forget(conn, Opinion, opinion_id, "text")
    if aged:
        changes.record(conn, viewer, Subject.OPINIONS, "texts_expired", count=len(aged))
    return len(aged)


def _columns(conn: sa.Connection, viewer: Viewer, facts: OpinionFacts) -> dict[str, Any]:
    text = facts.text.strip()
    if not text:
        raise NotPossible("peace_post.no_text")
    if len(text) > LONGEST:
        raise NotPossible("peace_post.text_too_long", length=len(text), longest=LONGEST)
    if facts.collected_on > clock.today():
        raise NotPossible("peace_post.collected_ahead", day=facts.collected_on)
    return {
        "origin": facts.origin.value,
        "theme": facts.theme.value,
        "text": text,
        "grid_id": bounds.grid_id(conn, viewer, facts.grid) if facts.grid else None,
        "collected_on": facts.collected_on,
        **_judged(facts.verdict, facts.collected_on),
    }


def _judged(verdict: Verdict, collected_on: date) -> dict[str, Any]:
    reason = verdict.reason.strip()
    if verdict.decision is Decision.REJECTED and not reason:
        raise NotPossible("peace_post.rejected_without_reason")
    if verdict.decision in DECIDED and verdict.decided_on is None:
        raise NotPossible("peace_post.decided_without_day", decision=verdict.decision)
    if verdict.answered_on is not None and verdict.decision is None:
        raise NotPossible("peace_post.answered_undecided", day=verdict.answered_on)
    decided_on = verdict.decided_on if verdict.decision in DECIDED else None
    for name, day in (("decided", decided_on), ("answered", verdict.answered_on)):
        if day is not None and day < collected_on:
            raise NotPossible(f"peace_post.{name}_before_collected", day=day, collected=collected_on)
        if day is not None and day > clock.today():
            raise NotPossible(f"peace_post.{name}_ahead", day=day)
    return {
        "decision": verdict.decision.value if verdict.decision else None,
        "decision_reason": reason or None,
        "decided_on": decided_on,
        "answered_on": verdict.answered_on,
    }
