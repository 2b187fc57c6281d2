"""Who answers: every open case, proposal and project once, and none of them lost between the three."""

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from access import OPERATOR
from data_access import responsibility, steward
from data_access.engine import reading, writing
from data_access.tables.renewal import Project, Proposal
from metrics.responsibility import open_matters, overdue_matters, standing, unowned_matters
from tests.case_rows import G1, PROPERTY, make_case, make_neighbourhood
from tests.conftest import NOON, make_viewer
from vocabulary.enums import CaseResult, Field, Level, Role, Urgency
from vocabulary.questions import Filters, Period

TODAY = NOON.date()
DAY = Period(TODAY, TODAY)
pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def office(engine: sa.Engine) -> sa.Engine:
    """Five open matters, two overdue, one without an owner; two that are over."""
    with writing(engine) as conn:
        make_neighbourhood(conn)
        week = TODAY - timedelta(7)
        make_case(conn, "A1", week, grid_id=G1, status="handling", lead_unit_id=PROPERTY, due_at=NOON - timedelta(1))
        make_case(conn, "A2", week, grid_id=G1)  # nobody's, a week old
        make_case(conn, "A3", grid_id=G1)  # nobody's, of today
        make_case(conn, "A4", week, status="finished", closed_on=TODAY)
        proposal = {"title": "加装电梯", "matter": "六栋", "origin": "residents", "opened_on": week, "filed_on": week}
        conn.execute(sa.insert(Proposal).values(number="YT1", level=Level.PARTY_SECRETARY, **proposal))
        project = {
            "name": "雨棚",
            "mode": "improve",
            "function": "living",
            "area_m2": 10,
            "households": 3,
            "budget_fen": 100,
            "approved_on": week,
            "plan_from": week,
            "plan_to": TODAY - timedelta(1),
        }
        conn.execute(sa.insert(Project).values(number="XM1", unit_id=PROPERTY, **project))
        conn.execute(sa.insert(Project).values(number="XM2", finished_on=TODAY - timedelta(2), **project))
    return engine


def test_each_open_matter_is_counted_once_and_ended_ones_are_not(office: sa.Engine) -> None:
    with reading(office) as conn:
        found = responsibility.answered(conn, OPERATOR, TODAY, TODAY, Filters())
    assert sorted(standing(DAY, found)["number"]) == ["A1", "A2", "A3", "XM1", "YT1"]
    assert open_matters(DAY, found).value == 5
    assert overdue_matters(DAY, found).value == 2  # A1 and XM1
    assert unowned_matters(DAY, found).value == 1  # A2; A3 came today


def test_what_was_open_a_week_ago_is_still_known(office: sa.Engine) -> None:
    then = Period(TODAY - timedelta(7), TODAY - timedelta(7))
    with reading(office) as conn:
        found = responsibility.answered(conn, OPERATOR, then.since, TODAY, Filters())
    assert sorted(standing(then, found)["number"]) == ["A1", "A2", "A4", "XM1", "XM2", "YT1"]
    assert overdue_matters(then, found).value == 0


def test_a_worker_sees_the_cases_of_the_own_grids_only(office: sa.Engine) -> None:
    with reading(office) as conn:
        found = responsibility.answered(conn, make_viewer(Role.WORKER, grids=(2,)), TODAY, TODAY, Filters())
    assert not set(found["number"]) & {"A1", "A2", "A3"}


def test_the_fields_count_what_came_and_went_by_who_worked_it(office: sa.Engine) -> None:
    with writing(office) as conn:
        make_case(conn, "F1", field=Field.CARE, lead_unit_id=PROPERTY)
        make_case(
            conn, "F2", date(2026, 10, 1), field=Field.CARE, lead_unit_id=PROPERTY, status="finished", closed_on=TODAY
        )
        make_case(conn, "F3", date(2026, 10, 1), field=Field.CARE, status="finished", closed_on=date(2026, 10, 2))
        found = steward.worked(conn, OPERATOR, TODAY, TODAY)
    assert found.select("field", "unit", "received", "finished").rows() == [("care", "社区物业", 1, 1)]


def test_only_urgent_ones_that_were_solved_count_as_solved(office: sa.Engine) -> None:
    with writing(office) as conn:
        done: dict[str, Any] = {"status": "finished", "closed_on": TODAY}
        make_case(conn, "U1", urgency=Urgency.URGENT, result=CaseResult.SOLVED, **done)
        make_case(conn, "U2", urgency=Urgency.URGENT, result=CaseResult.EXPLAINED, **done)
        make_case(conn, "U3", urgency=Urgency.NORMAL, result=CaseResult.SOLVED, **done)
        assert steward.urgent(conn, OPERATOR, TODAY, TODAY, Filters())["number"].to_list() == ["U1"]
