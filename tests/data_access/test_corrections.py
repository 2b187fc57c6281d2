"""A correction keeps the old row, needs a reason, and tells the second of two people."""

from datetime import date, datetime

import pytest
import sqlalchemy as sa

from data_access import changes, corrections
from data_access.tables.rules import Workday
from tests.conftest import make_viewer
from vocabulary.enums import Role, Subject
from vocabulary.refusals import NotPossible

ADMIN = make_viewer(Role.ADMIN)


@pytest.fixture
def holiday(engine: sa.Engine) -> int:
    with engine.begin() as conn:
        row = {"day": date(2026, 10, 1), "works": True, "name": "wrong"}
        return int(conn.execute(sa.insert(Workday).values(**row).returning(Workday.id)).scalar_one())


def test_the_old_values_stay_in_the_history(engine: sa.Engine, holiday: int, noon: datetime) -> None:
    with engine.begin() as conn:
        corrections.correct(conn, ADMIN, Subject.RULES, Workday, holiday, 1, "a holiday", works=False, name="wrong")
    with engine.begin() as conn:
        row = conn.execute(sa.select(Workday.works, Workday.version)).one()
        assert (row.works, row.version) == (False, 2)
        kept = corrections.history(conn, Workday, holiday)
        assert [(k["before"], k["after"], k["reason"]) for k in kept] == [
            ({"works": True}, {"works": False}, "a holiday")
        ]
        assert kept[0]["at"] == noon
        assert changes.versions(conn)[Subject.RULES][0] == 1


def test_the_second_of_two_people_is_told_and_nothing_is_written(engine: sa.Engine, holiday: int) -> None:
    with engine.begin() as conn:
        corrections.correct(conn, ADMIN, Subject.RULES, Workday, holiday, 1, "first", name="one")
    with engine.begin() as conn, pytest.raises(NotPossible, match="别人改过"):
        corrections.correct(conn, ADMIN, Subject.RULES, Workday, holiday, 1, "second", name="two")
    with engine.begin() as conn:
        assert conn.scalar(sa.select(Workday.name)) == "one"


def test_without_a_reason_or_a_row_nothing_happens(engine: sa.Engine, holiday: int) -> None:
    with engine.begin() as conn:
        with pytest.raises(NotPossible, match="原因"):
            corrections.correct(conn, ADMIN, Subject.RULES, Workday, holiday, 1, "  ", name="one")
        with pytest.raises(NotPossible, match="不存在"):
            corrections.correct(conn, ADMIN, Subject.RULES, Workday, 99, 1, "why", name="one")
        assert corrections.history(conn, Workday, holiday) == []
