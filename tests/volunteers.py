"""What the tests of volunteers share: who writes, and an evening's facts."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

import clock
from data_access import volunteers
from data_access.tables.accounts import Account
from data_access.tables.places import Grid
from data_access.volunteers import RecordFacts, VolunteerFacts
from tests.conftest import make_viewer
from vocabulary.enums import Feed, Role
from vocabulary.volunteers import Occupation, VolunteerRole

FEEDER = make_viewer(Role.FEEDER, feed=Feed.VOLUNTEERS)
WORKER = replace(make_viewer(Role.WORKER, grids=(1,)), account_id=2)
OFFICIAL = make_viewer(Role.OFFICIAL)
PRESENTER = make_viewer(Role.PRESENTER)
REGISTERED = date(2026, 9, 1)


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """A moment of 2026 in Shanghai."""
    return datetime(2026, month, day, hour, minute, tzinfo=clock.SHANGHAI)


def person(number: str = "V01", **changed: Any) -> VolunteerFacts:
    """A courier who is registered since September."""
    return replace(VolunteerFacts(number, "张三", Occupation.COURIER, REGISTERED), **changed)


def evening(number: str = "V01", **changed: Any) -> RecordFacts:
    """Two hours of service on the evening of 23 November."""
    return replace(RecordFacts(number, VolunteerRole.SERVICE, at(23, 18), at(23, 20)), **changed)


def make_accounts(conn: sa.Connection) -> None:
    """The accounts of FEEDER and WORKER, and a grid."""
    for key, role in ((1, Role.FEEDER), (2, Role.WORKER)):
        who = {"id": key, "login": f"a{key}", "name": f"a{key}", "role": role, "password_hash": "-"}
        conn.execute(sa.insert(Account).values(**who))
    conn.execute(sa.insert(Grid).values(id=1, code="G1", name="第一网格"))


def begin(conn: sa.Connection, *numbers: str) -> None:
    """The accounts and these volunteers."""
    make_accounts(conn)
    for number in numbers:
        volunteers.register(conn, FEEDER, person(number))
