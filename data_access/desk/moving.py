"""Moving a case from status to status: legal moves only, by the right hand, with what the move needs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

import clock
from access import OPERATOR, Permission, allows
from data_access.desk import rows
from data_access.desk.effects import Given, effects
from data_access.desk.rows import Event, Row
from data_access.frames import stands_on
from data_access.tables.desk import CaseFile, CaseUnit
from vocabulary.desk import Hand, Need, Part
from vocabulary.enums import CaseStatus, EventKind, Role, Subject
from vocabulary.moves import CASE_MOVES, Move, following
from vocabulary.questions import Viewer
from vocabulary.refusals import NotAllowed, NotPossible, Refusal


@dataclass(frozen=True)
class Choice:
    """A status that may follow, what the move needs, and the sentence why this viewer cannot make it (None: can)."""

    to: CaseStatus
    needs: frozenset[Need]
    refused: Refusal | None


def move(
    conn: sa.Connection, viewer: Viewer, case_id: int, seen_version: int, to: CaseStatus, given: Given | None = None
) -> None:
    """Moves a case. NotPossible for an illegal move, when something is missing, when another was faster.

    Merging and following up need more than `given` can say: `merge` and `follow_up` make those moves.
    """
    case = rows.fresh(conn, viewer, case_id, seen_version)
    step(conn, viewer, case, to, _cleaned(given or Given()), frozenset())


def step(
    conn: sa.Connection,
    viewer: Viewer,
    case: Row,
    to: CaseStatus,
    given: Given,
    provided: frozenset[Need],
    **values: Any,
) -> None:
    """One move of a case that was read in this transaction; `provided` needs are the caller's, with their `values`."""
    start = CaseStatus(case["status"])
    found = _legal(case, start, to)
    if refused := _hindered(viewer, case, found):
        raise refused
    asked = _asked(case, to, found)
    for need in Need:  # in one order, so that the same slip is told in the same words
        if need in asked and need not in provided and _lacks(conn, case, need, given):
            raise NotPossible(f"desk.missing.{need.value}", number=case["number"], to=to)
    set_to, detail = effects(conn, viewer, case, to, given)
    note = given.reason or given.note or (given.reply if to is CaseStatus.FINISHED else "")
    event = Event(EventKind.MOVED, note, to, given.unit_id or _lead(case, to), detail)
    rows.write(conn, viewer, case, event, "case_moved", **(set_to | values))
    _call_in(conn, case["id"], given)


@stands_on(Subject.CASES, Subject.RULES)
def moves_for(conn: sa.Connection, viewer: Viewer, case_id: int) -> tuple[Choice, ...]:
    """Every status that may follow, with what is missing for those this viewer cannot choose; none once it is over."""
    case = rows.seen(conn, viewer, case_id)
    start = CaseStatus(case["status"])
    return tuple(
        Choice(to, _asked(case, to, CASE_MOVES[start, to]), _hindered(viewer, case, CASE_MOVES[start, to]))
        for to in following(start)
    )


def is_suspended(case: Row, at: datetime | None = None) -> bool:
    """Does the clock of this case stand?"""
    until = case["suspended_until"]
    return case["suspended_from"] is not None and (until is None or until > (at or clock.now()))


def _legal(case: Row, start: CaseStatus, to: CaseStatus) -> Move:
    found = CASE_MOVES.get((start, to))
    if found is None:
        key = "desk.no_move" if following(start) else "desk.no_move_at_all"
        raise NotPossible(key, number=case["number"], start=start, to=to)
    return found


def _hindered(viewer: Viewer, case: Row, found: Move) -> Refusal | None:
    """Why this viewer cannot make this move of this case now; None when they can."""
    if not _is_hand(viewer, case, found.hand):
        return NotAllowed(f"desk.hand.{found.hand.value}", number=case["number"])
    if is_suspended(case) and Need.RESULT in found.needs:
        return NotPossible("desk.suspended_now", number=case["number"])
    return None


def _is_hand(viewer: Viewer, case: Row, hand: Hand) -> bool:
    leads = viewer.role is Role.UNIT and viewer.unit_id is not None and case["lead_unit_id"] == viewer.unit_id
    works = allows(viewer, Permission.WORK_CASES)
    if viewer == OPERATOR:
        return True
    return works if hand is Hand.WORKER else leads if hand is Hand.LEAD else works or leads


def _asked(case: Row, to: CaseStatus, found: Move) -> frozenset[Need]:
    """What the move needs of this case: to archive one whose reporter is unhappy needs a reason too."""
    if to is CaseStatus.ARCHIVED and case["unhappy_since"] is not None:
        return found.needs | {Need.REASON}
    return found.needs


def _lacks(conn: sa.Connection, case: Row, need: Need, given: Given) -> bool:
    match need:
        case Need.REASON:
            return not given.reason
        case Need.NOTE:
            return not given.note
        case Need.UNIT:
            return given.unit_id is None
        case Need.RESULT:
            return given.result is None
        case Need.REPLY:
            return not given.reply
        case Need.EVIDENCE:
            held = sa.select(CaseFile.id).where(CaseFile.case_id == case["id"]).limit(1)
            return not given.reason and conn.scalar(held) is None
        case Need.FOLLOW_UP | Need.CASE:
            return True


def _lead(case: Row, to: CaseStatus) -> int | None:
    handed_back = to in (CaseStatus.RETURNED, CaseStatus.SIGNED)
    return case["lead_unit_id"] if handed_back else None


def _call_in(conn: sa.Connection, case_id: int, given: Given) -> None:
    """Adds the units that were named with an assignment; the new lead is none of them any more."""
    if given.unit_id is not None:
        conn.execute(sa.delete(CaseUnit).where(CaseUnit.case_id == case_id, CaseUnit.unit_id == given.unit_id))
    named: Iterable[tuple[int, Part]] = (
        *((unit_id, Part.HELPING) for unit_id in given.helping),
        *((unit_id, Part.INFORMED) for unit_id in given.informed),
    )
    for unit_id, part in named:
        here = sa.and_(CaseUnit.case_id == case_id, CaseUnit.unit_id == unit_id)
        if not conn.execute(sa.update(CaseUnit).where(here).values(part=part.value)).rowcount:
            conn.execute(sa.insert(CaseUnit).values(case_id=case_id, unit_id=unit_id, part=part.value))


def _cleaned(given: Given) -> Given:
    said = {name: rows.clean(name, getattr(given, name)) for name in ("reason", "note", "reply")}
    return given.with_texts(**said)
