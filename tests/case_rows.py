"""Cases for tests: one row with defaults, and a small neighbourhood to place them in."""

from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from data_access import changes, search
from data_access.tables.accounts import Account
from data_access.tables.cases import Case, CaseContact, CaseEvent, Category
from data_access.tables.places import Building, Grid, Unit
from tests.conftest import NOON
from vocabulary.enums import DONE_STATUSES, DROPPED_STATUSES, EventKind, Role, Subject

TODAY = NOON.date()
G1, G2 = 1, 2
PROPERTY, ROADS = 1, 2  # units
LIFT, NOISE, ROADWORK = 1, 2, 3  # categories


def make_neighbourhood(conn: sa.Connection) -> None:
    """Two grids, a building in each, two units, three categories, one account."""
    conn.execute(
        sa.insert(Grid),
        [
            {"id": G1, "code": "G1", "name": "一网格", "name_en": "Grid 1"},
            {"id": G2, "code": "G2", "name": "二网格", "name_en": None},
        ],
    )
    conn.execute(
        sa.insert(Building), [{"id": 1, "number": "3", "grid_id": G1}, {"id": 2, "number": "11", "grid_id": G2}]
    )
    conn.execute(
        sa.insert(Unit),
        [{"id": PROPERTY, "code": "U1", "name": "社区物业"}, {"id": ROADS, "code": "U2", "name": "城建办"}],
    )
    levels = [(LIFT, "住房", "物业", "电梯"), (NOISE, "环境", "噪音", ""), (ROADWORK, "住房", "道路", "")]
    conn.execute(sa.insert(Category), [{"id": n, "level1": a, "level2": b, "level3": c} for n, a, b, c in levels])
    conn.execute(sa.insert(Account).values(id=1, login="li", name="李建国", role=Role.WORKER, password_hash="-"))


def make_case(conn: sa.Connection, number: str, on: date = TODAY, **values: Any) -> int:
    """A pending case received at ten that day; `closed_on` finishes or drops it at noon of a day."""
    received = datetime.combine(on, NOON.time(), NOON.tzinfo) - timedelta(hours=2)
    closed: date | None = values.pop("closed_on", None)
    row: dict[str, Any] = {
        "number": number,
        "title": f"诉求{number}",
        "status": "pending",
        "received_at": received,
        "received_on": on,
    } | values
    if closed and row["status"] in DONE_STATUSES:
        finished = datetime.combine(closed, NOON.time(), NOON.tzinfo)
        row |= {"finished_at": finished, "finished_on": closed}
    elif closed and row["status"] in DROPPED_STATUSES:
        row |= {"dropped_on": closed}
    key = conn.execute(sa.insert(Case).values(**row)).inserted_primary_key
    assert key
    case_id = int(key[0])
    search.add(conn, [(case_id, search.searched_text(number, row["title"], row.get("body"), row.get("spot")))])
    changes.raise_version(conn, Subject.CASES)
    return case_id


def make_event(conn: sa.Connection, case_id: int, at: datetime, kind: EventKind, **values: Any) -> None:
    conn.execute(sa.insert(CaseEvent).values(case_id=case_id, at=at, kind=kind, **values))


def make_contact(conn: sa.Connection, case_id: int, sealed: bytes) -> None:
    conn.execute(sa.insert(CaseContact).values(case_id=case_id, sealed=sealed, digest="-"))
