"""Following up 回访 on finished cases: who was reached, what they said, and the question whether to reopen."""

from dataclasses import dataclass

import sqlalchemy as sa

import clock
from access import Permission, check
from data_access import changes
from data_access.desk import rows
from data_access.desk.effects import Given
from data_access.desk.moving import step
from data_access.desk.rows import Event
from data_access.tables.desk import FollowUp
from vocabulary.desk import UNHAPPY, Need, Satisfaction
from vocabulary.enums import CaseResult, CaseStatus, EventKind, Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible

CONTENT = (Satisfaction.VERY_SATISFIED, Satisfaction.SATISFIED)


@dataclass(frozen=True)
class Answer:
    """What a follow-up brought. What was not answered is None, never satisfied."""

    reached: bool
    solved: CaseResult | None = None
    satisfaction: Satisfaction | None = None
    note: str = ""

    @property
    def is_unhappy(self) -> bool:
        return self.solved is CaseResult.UNSOLVED or self.satisfaction in UNHAPPY


def follow_up(conn: sa.Connection, viewer: Viewer, case_id: int, seen_version: int, answer: Answer) -> bool:
    """Notes a follow-up of a finished case; True when the reporter is unhappy and asks to reopen it.

    Who was not reached leaves the case where it is.
    """
    check(viewer, Permission.WORK_CASES)
    case = rows.fresh(conn, viewer, case_id, seen_version)
    if case["status"] != CaseStatus.FINISHED:
        raise NotPossible("desk.follow_up_unfinished", number=case["number"], status=CaseStatus(case["status"]))
    if not answer.reached and (answer.solved or answer.satisfaction):
        raise NotPossible("desk.answer_unreached", number=case["number"])
    note = rows.clean("note", answer.note)
    now = clock.now()
    kept = sa.insert(FollowUp).values(
        case_id=case_id,
        account_id=viewer.account_id or None,
        called_at=now,
        called_on=now.date(),
        reached=answer.reached,
        solved=answer.solved and answer.solved.value,
        satisfaction=answer.satisfaction and answer.satisfaction.value,
        note=note or None,
    )
    conn.execute(kept)
    if not answer.reached:
        event = Event(EventKind.FOLLOWED_UP, note, detail={"reached": False})
        rows.write(conn, viewer, case, event, "case_followed_up")
        return False
    said = {
        "resident_solved": None if answer.solved is None else answer.solved is not CaseResult.UNSOLVED,
        "resident_satisfied": None if answer.satisfaction is None else answer.satisfaction in CONTENT,
        "unhappy_since": now if answer.is_unhappy else None,
    }
    step(conn, viewer, case, CaseStatus.FOLLOWED_UP, Given(note=note), frozenset({Need.FOLLOW_UP}), **said)
    changes.note(conn, viewer, Subject.CASES, "case_followed_up", case_id)
    return answer.is_unhappy


def reopen(conn: sa.Connection, viewer: Viewer, case_id: int, seen_version: int, reason: str) -> None:
    """The answer "yes" to the question that an unhappy reporter asks: the case is worked again, with a new limit."""
    check(viewer, Permission.WORK_CASES)
    case = rows.fresh(conn, viewer, case_id, seen_version)
    step(conn, viewer, case, CaseStatus.REOPENING, Given(reason=rows.clean("reason", reason)), frozenset())
