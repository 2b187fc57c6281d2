"""Workdays, targets and counts as a sheet brings them: told apart by identity, refused by row, twice is once."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from data_access import rules, targets, workdays
from data_access.engine import writing
from data_access.fates import Written
from data_access.rules.sheet import (
    CountFacts,
    DayFacts,
    TargetFacts,
    write_counts,
    write_targets,
    write_workdays,
)
from tests.case_rows import make_neighbourhood
from tests.conftest import NOON, make_viewer
from vocabulary.enums import AgeBand, Role
from vocabulary.refusals import NotAllowed, NotPossible

ADMIN = make_viewer(Role.ADMIN)
TODAY = NOON.date()
TOMORROW = TODAY + timedelta(1)
pytestmark = pytest.mark.usefixtures("noon")


def test_a_notice_is_read_as_a_sheet_and_a_second_time_changes_nothing(engine: sa.Engine) -> None:
    notice = [DayFacts(date(2027, 2, 5), False, "春节"), DayFacts(date(2027, 2, 14), True, "春节")]
    with writing(engine) as conn:
        assert write_workdays(conn, ADMIN, notice) == Written(new=2)
        assert write_workdays(conn, ADMIN, notice) == Written(unchanged=2)
        assert write_workdays(conn, ADMIN, [DayFacts(date(2027, 2, 14), False, "春节")]) == Written(changed=1)
        assert not workdays.calendar(conn, ADMIN).is_workday(date(2027, 2, 14))
        with pytest.raises(NotPossible, match=r"2.*2026-11-01"):
            write_workdays(conn, ADMIN, [notice[0], DayFacts(date(2026, 11, 1), True)])


def test_targets_in_any_order_hold_each_from_its_day(engine: sa.Engine) -> None:
    later, now = TargetFacts("elder_coverage", 0.6, TOMORROW), TargetFacts("elder_coverage", 0.5, TODAY)
    with writing(engine) as conn:
        assert write_targets(conn, ADMIN, [later, now]) == Written(new=2)
        assert targets.target(conn, ADMIN, "elder_coverage", TODAY) == 0.5
        assert targets.target(conn, ADMIN, "elder_coverage", TOMORROW) == 0.6
        assert write_targets(conn, ADMIN, [later, now]) == Written(unchanged=2)
        with pytest.raises(NotPossible, match="2"):
            write_targets(conn, ADMIN, [now, now])


def test_a_count_is_taken_once_and_another_of_its_day_is_refused(engine: sa.Engine) -> None:
    count = CountFacts("3", TODAY, {AgeBand.A60: 12})
    with writing(engine) as conn:
        make_neighbourhood(conn)
        assert write_counts(conn, ADMIN, [count]) == Written(new=1)
        assert write_counts(conn, ADMIN, [count]) == Written(unchanged=1)
        with pytest.raises(NotPossible, match=r"1.*2026-11-24"):
            write_counts(conn, ADMIN, [CountFacts("3", TODAY, {AgeBand.A60: 13})])
        with pytest.raises(NotPossible, match="999"):
            write_counts(conn, ADMIN, [CountFacts("999", TODAY, {})])
        assert rules.elder_counts(conn, ADMIN)["elders"].to_list() == [12]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_an_admin_brings_rules_in_a_sheet(sqlite: sa.Engine, role: Role) -> None:
    with writing(sqlite) as conn, pytest.raises(NotAllowed):
        write_workdays(conn, make_viewer(role), [])
