"""One act on many cases, with a result for each: what one refuses keeps the others from nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from data_access.desk import rows
from vocabulary.questions import Viewer
from vocabulary.refusals import Refusal

Act = Callable[[sa.Connection, Viewer, int, int], object]


@dataclass(frozen=True)
class Result:
    """What became of one case: `refused` says why nothing did."""

    case_id: int
    refused: Refusal | None


def each(conn: sa.Connection, viewer: Viewer, cases: Sequence[tuple[int, int]], act: Act) -> tuple[Result, ...]:
    """`act(conn, viewer, case_id, seen_version)` for each (case_id, seen_version), all in one transaction.

    Every act of the desk refuses before it writes, so a refused one leaves nothing behind.
    """
    rows.hold(conn, *(case_id for case_id, _ in cases))
    return tuple(_one(conn, viewer, case_id, seen_version, act) for case_id, seen_version in cases)


def _one(conn: sa.Connection, viewer: Viewer, case_id: int, seen_version: int, act: Act) -> Result:
    try:
        act(conn, viewer, case_id, seen_version)
    except Refusal as refusal:
        return Result(case_id, refusal)
    return Result(case_id, None)
