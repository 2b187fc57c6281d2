"""Which status of a case may follow which, by whose hand, and what the move needs: one table."""

from dataclasses import dataclass

from vocabulary.desk import Hand, Need
from vocabulary.enums import OPEN_STATUSES, CaseStatus

S = CaseStatus
_FINISH = frozenset({Need.RESULT, Need.REPLY, Need.EVIDENCE})
_AGAIN = frozenset({Need.UNIT, Need.REASON})


@dataclass(frozen=True)
class Move:
    """A legal move: by whose hand, and what it needs."""

    hand: Hand
    needs: frozenset[Need] = frozenset()


def _needs(*needs: Need) -> frozenset[Need]:
    return frozenset(needs)


CASE_MOVES: dict[tuple[CaseStatus, CaseStatus], Move] = {
    (S.PENDING, S.ACCEPTED): Move(Hand.WORKER),
    (S.PENDING, S.REJECTED): Move(Hand.WORKER, _needs(Need.REASON)),
    (S.ACCEPTED, S.ASSIGNED): Move(Hand.WORKER, _needs(Need.UNIT)),
    (S.ACCEPTED, S.HANDLING): Move(Hand.WORKER, _needs(Need.NOTE)),
    (S.ACCEPTED, S.FINISHED): Move(Hand.WORKER, _FINISH),
    (S.ASSIGNED, S.SIGNED): Move(Hand.LEAD),
    (S.ASSIGNED, S.RETURNED): Move(Hand.LEAD, _needs(Need.REASON)),
    (S.ASSIGNED, S.HANDLING): Move(Hand.WORKER, _needs(Need.NOTE)),
    (S.ASSIGNED, S.ASSIGNED): Move(Hand.WORKER, _AGAIN),
    (S.SIGNED, S.HANDLING): Move(Hand.EITHER, _needs(Need.NOTE)),
    (S.SIGNED, S.RETURNED): Move(Hand.LEAD, _needs(Need.REASON)),
    (S.SIGNED, S.ASSIGNED): Move(Hand.WORKER, _AGAIN),
    (S.HANDLING, S.FINISHED): Move(Hand.EITHER, _FINISH),
    (S.HANDLING, S.ASSIGNED): Move(Hand.WORKER, _AGAIN),
    (S.RETURNED, S.ASSIGNED): Move(Hand.WORKER, _needs(Need.UNIT)),
    (S.RETURNED, S.HANDLING): Move(Hand.WORKER, _needs(Need.NOTE)),
    (S.RETURNED, S.REJECTED): Move(Hand.WORKER, _needs(Need.REASON)),
    (S.FINISHED, S.FOLLOWED_UP): Move(Hand.WORKER, _needs(Need.FOLLOW_UP)),
    (S.FINISHED, S.REOPENING): Move(Hand.WORKER, _needs(Need.REASON)),
    (S.FINISHED, S.ARCHIVED): Move(Hand.WORKER, _needs(Need.REASON)),
    (S.FOLLOWED_UP, S.ARCHIVED): Move(Hand.WORKER),
    (S.FOLLOWED_UP, S.REOPENING): Move(Hand.WORKER, _needs(Need.REASON)),
    (S.REOPENING, S.HANDLING): Move(Hand.EITHER, _needs(Need.NOTE)),
    (S.REOPENING, S.ASSIGNED): Move(Hand.WORKER, _needs(Need.UNIT)),
    **{(start, S.WITHDRAWN): Move(Hand.WORKER, _needs(Need.REASON)) for start in OPEN_STATUSES},
    **{(start, S.MERGED): Move(Hand.WORKER, _needs(Need.REASON, Need.CASE)) for start in OPEN_STATUSES},
}


def following(status: CaseStatus) -> tuple[CaseStatus, ...]:
    """The statuses that may follow this one, in the order of the table."""
    return tuple(to for start, to in CASE_MOVES if start is status)
