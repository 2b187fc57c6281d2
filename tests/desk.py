"""Cases on the desk for tests: filed and brought to a status by the acts that the pages use."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from access import OPERATOR
from data_access import desk
from data_access.desk import Answer, Given, NewCase
from data_access.tables.accounts import Account
from data_access.tables.cases import Case, CaseEvent
from tests.case_rows import G1, PROPERTY
from tests.conftest import make_viewer
from vocabulary.desk import Satisfaction
from vocabulary.enums import CaseResult, CaseStatus, CaseType, Role, Urgency
from vocabulary.questions import Viewer

S = CaseStatus
WORKER = make_viewer(Role.WORKER, grids=(G1,))
OFFICIAL = make_viewer()
UNIT = make_viewer(Role.UNIT, unit_id=PROPERTY)
READY = Given(result=CaseResult.SOLVED, reply="已修好。", reason="电话里说清楚了，没有照片")
PATH: dict[S, tuple[S, ...]] = {
    S.PENDING: (),
    S.ACCEPTED: (S.ACCEPTED,),
    S.ASSIGNED: (S.ACCEPTED, S.ASSIGNED),
    S.SIGNED: (S.ACCEPTED, S.ASSIGNED, S.SIGNED),
    S.HANDLING: (S.ACCEPTED, S.ASSIGNED, S.SIGNED, S.HANDLING),
    S.RETURNED: (S.ACCEPTED, S.ASSIGNED, S.RETURNED),
    S.FINISHED: (S.ACCEPTED, S.ASSIGNED, S.SIGNED, S.HANDLING, S.FINISHED),
    S.FOLLOWED_UP: (S.ACCEPTED, S.ASSIGNED, S.SIGNED, S.HANDLING, S.FINISHED, S.FOLLOWED_UP),
    S.ARCHIVED: (S.ACCEPTED, S.ASSIGNED, S.SIGNED, S.HANDLING, S.FINISHED, S.FOLLOWED_UP, S.ARCHIVED),
    S.REOPENING: (S.ACCEPTED, S.ASSIGNED, S.SIGNED, S.HANDLING, S.FINISHED, S.REOPENING),
    S.REJECTED: (S.REJECTED,),
    S.WITHDRAWN: (S.WITHDRAWN,),
    S.MERGED: (S.MERGED,),
}
# The next step of the ordinary way, and back from its end.
AHEAD = {
    S.PENDING: S.ACCEPTED,
    S.ACCEPTED: S.ASSIGNED,
    S.ASSIGNED: S.SIGNED,
    S.SIGNED: S.HANDLING,
    S.RETURNED: S.ASSIGNED,
    S.HANDLING: S.FINISHED,
    S.FINISHED: S.REOPENING,
    S.FOLLOWED_UP: S.REOPENING,
    S.REOPENING: S.HANDLING,
}
GIVEN: dict[S, Given] = {
    S.ASSIGNED: Given(unit_id=PROPERTY, reason="改派"),
    S.HANDLING: Given(note="已联系诉求人", contacted=True),
    S.FINISHED: READY,
    S.RETURNED: Given(reason="不归我们管"),
    S.REJECTED: Given(reason="超出政策"),
    S.WITHDRAWN: Given(reason="诉求人撤回"),
    S.REOPENING: Given(reason="又坏了"),
    S.ARCHIVED: Given(reason="匿名"),
}


def new_case(**given: Any) -> NewCase:
    """A case about a lift at building 3 of grid 1."""
    words: dict[str, Any] = {"text": "3栋电梯停运，老人下不来楼", "type": CaseType.HELP, "urgency": Urgency.NORMAL}
    return NewCase(**(words | {"building_id": 1} | given))


def file(conn: sa.Connection, **given: Any) -> int:
    return desk.file_case(conn, WORKER, new_case(**given))


def row(conn: sa.Connection, case_id: int) -> dict[str, Any]:
    return dict(conn.execute(sa.select(Case.table()).where(Case.id == case_id)).mappings().one())


def version(conn: sa.Connection, case_id: int) -> int:
    return int(row(conn, case_id)["version"])


def move(conn: sa.Connection, viewer: Viewer, case_id: int, to: S, given: Given | None = None) -> None:
    """Moves a case as its newest version stands."""
    desk.move(conn, viewer, case_id, version(conn, case_id), to, GIVEN.get(to, Given()) if given is None else given)


def bring(conn: sa.Connection, case_id: int, to: S) -> int:
    """Takes a pending case to a status by the ordinary way; gives its id."""
    for status in PATH[to]:
        if status is S.FOLLOWED_UP:
            answer = Answer(True, CaseResult.SOLVED, Satisfaction.SATISFIED)
            desk.follow_up(conn, OPERATOR, case_id, version(conn, case_id), answer)
        elif status is S.MERGED:
            desk.merge(conn, OPERATOR, case_id, version(conn, case_id), file(conn), "同一件事")
        else:
            move(conn, OPERATOR, case_id, status)
    return case_id


def events(conn: sa.Connection, case_id: int) -> list[dict[str, Any]]:
    """The events of a case, oldest first."""
    found = sa.select(CaseEvent.table()).where(CaseEvent.case_id == case_id).order_by(CaseEvent.id)
    return [dict(one) for one in conn.execute(found).mappings()]


def make_second_account(conn: sa.Connection) -> Viewer:
    """Another worker of grid 1."""
    conn.execute(sa.insert(Account).values(id=2, login="wang", name="王芳", role=Role.WORKER, password_hash="-"))
    return Viewer(account_id=2, name="王芳", role=Role.WORKER, grids=(G1,))


def at(day: int, hour: int = 12, month: int = 11, year: int = 2026) -> datetime:
    from clock import SHANGHAI  # noqa: PLC0415 (kept beside its only use)

    return datetime(year, month, day, hour, tzinfo=SHANGHAI)
