"""Rules hold from a day on: what was computed before keeps the rule of its day."""

import json
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from data_access import rules, targets, workdays
from data_access.engine import reading, writing
from data_access.meals.selling import serving
from data_access.rules import Limit
from data_access.tables.rules import OfficeHours, SlaRule, Target
from data_access.workdays import Calendar
from tests.case_rows import make_neighbourhood
from tests.conftest import NOON, make_viewer
from vocabulary.enums import AgeBand, CaseType, Role, Urgency
from vocabulary.questions import Viewer
from vocabulary.refusals import NotAllowed, NotPossible
from vocabulary.rules import LimitKind, LimitUnit, Number

ADMIN = make_viewer(Role.ADMIN)
TODAY = NOON.date()
TOMORROW = TODAY + timedelta(1)
pytestmark = pytest.mark.usefixtures("noon")


def test_the_most_particular_limit_holds_and_the_usual_one_where_none_is_set(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        three, one = Limit(3, LimitUnit.WORKING_DAYS), Limit(1, LimitUnit.WORKING_DAYS)
        rules.set_limit(conn, ADMIN, LimitKind.FINISH, None, Urgency.NORMAL, three, TODAY)
        rules.set_limit(conn, ADMIN, LimitKind.FINISH, CaseType.CONSULT, Urgency.NORMAL, one, TODAY)

        def found(case_type: str | None, urgency: str | None) -> Limit | None:
            return rules.limit_for(conn, LimitKind.FINISH, case_type, urgency, TODAY)

        assert found("consult", "normal") == one
        assert found("help", "normal") == three
        assert found("help", "urgent") == Limit(3, LimitUnit.WORKING_DAYS)  # the usual one
        assert found(None, None) == Limit(5, LimitUnit.WORKING_DAYS)


def test_a_changed_limit_leaves_the_days_before_alone(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        rules.seed(conn)
        one = Limit(1, LimitUnit.WORKING_DAYS)
        rules.set_limit(conn, ADMIN, LimitKind.FINISH, None, None, one, TOMORROW)
        assert rules.limit_for(conn, LimitKind.FINISH, None, None, TODAY) == Limit(5, LimitUnit.WORKING_DAYS)
        assert rules.limit_for(conn, LimitKind.FINISH, None, None, TOMORROW) == one
        spans = conn.execute(
            sa.select(SlaRule.from_on, SlaRule.to_on)
            .where(SlaRule.kind == "finish", SlaRule.urgency.is_(None))
            .order_by(SlaRule.from_on)
        ).all()
        assert [tuple(span) for span in spans] == [(date(2004, 1, 1), TODAY), (TOMORROW, None)]


def test_a_planned_rule_gives_way_to_a_newer_plan(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        rules.set_number(conn, ADMIN, Number.REPEAT_DAYS, 60, TOMORROW)
        rules.set_number(conn, ADMIN, Number.REPEAT_DAYS, 20, TOMORROW)
        assert rules.number(conn, Number.REPEAT_DAYS, TODAY) == 30
        assert rules.number(conn, Number.REPEAT_DAYS, TOMORROW) == 20
        assert rules.numbers(conn, ADMIN).height == 1


def test_a_past_figure_keeps_the_target_of_its_day(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        conn.execute(sa.insert(Target).values(metric="elder_coverage", value=0.4, from_on=date(2026, 1, 1)))
        rules.set_target(conn, ADMIN, "elder_coverage", 0.5, TODAY)
        assert targets.target(conn, ADMIN, "elder_coverage", TODAY - timedelta(1)) == 0.4
        assert targets.target(conn, ADMIN, "elder_coverage", TODAY) == 0.5


@pytest.mark.parametrize("viewer", [make_viewer(role) for role in Role if role is not Role.ADMIN])
def test_only_an_admin_changes_rules(engine: sa.Engine, viewer: Viewer) -> None:
    with writing(engine) as conn, pytest.raises(NotAllowed):
        rules.set_number(conn, viewer, Number.REPEAT_DAYS, 60, TODAY)


def test_what_cannot_be_is_refused_by_its_value(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        rules.seed(conn)
        make_neighbourhood(conn)
        with pytest.raises(NotPossible, match="1001"):
            rules.set_limit(conn, ADMIN, LimitKind.SIGN, None, None, Limit(1001, LimitUnit.HOURS), TODAY)
        one = Limit(1, LimitUnit.WORKING_DAYS)
        with pytest.raises(NotPossible, match=r"2026-11-01.*2026-11-24"):
            rules.set_limit(conn, ADMIN, LimitKind.FINISH, None, None, one, date(2026, 11, 1))
        with pytest.raises(NotPossible, match=r"1\.5"):
            rules.set_number(conn, ADMIN, Number.WEIGHT_NEUTRAL, 1.5, TODAY)
        with pytest.raises(NotPossible, match=r"12:00.*09:00"):
            rules.set_hours(conn, ADMIN, 1, [(720, 540)], TODAY)
        with pytest.raises(NotPossible, match=r"11:00.*12:00"):
            rules.set_hours(conn, ADMIN, 1, [(540, 720), (660, 800)], TODAY)
        for weekday in range(2, 6):
            rules.set_hours(conn, ADMIN, weekday, [], TODAY)
        with pytest.raises(NotPossible, match="至少保留一天"):
            rules.set_hours(conn, ADMIN, 1, [], TODAY)
        with pytest.raises(NotPossible, match="2026-11-25"):
            rules.count_elders(conn, ADMIN, "3", {AgeBand.A60: 3}, TOMORROW)
        with pytest.raises(NotPossible, match="-1"):
            rules.count_elders(conn, ADMIN, "3", {AgeBand.A60: -1}, TODAY)
        with pytest.raises(NotPossible, match="G1"):
            rules.add_grid(conn, ADMIN, "G1", "又一个")


def test_a_count_is_a_new_row_and_the_same_day_is_refused(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        make_neighbourhood(conn)
        rules.count_elders(conn, ADMIN, "3", {AgeBand.A60: 30, AgeBand.A70: 20}, TODAY - timedelta(30))
        rules.count_elders(conn, ADMIN, "3", {AgeBand.A60: 31}, TODAY)
        assert rules.elder_counts(conn, ADMIN)["elders"].to_list() == [31, 50]
        with pytest.raises(NotPossible, match="2026-11-24"):
            rules.count_elders(conn, ADMIN, "3", {AgeBand.A60: 31}, TODAY)


def test_hours_change_from_a_day_on_and_work_done_before_keeps_its_minutes(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        workdays.seed(conn)
        before = workdays.calendar(conn, ADMIN)
        rules.set_hours(conn, ADMIN, 3, [(600, 720)], TOMORROW)  # a Wednesday
    with reading(engine) as conn:
        after: Calendar = workdays.calendar(conn, ADMIN)
        assert conn.scalar(sa.select(sa.func.count()).where(OfficeHours.to_on == TODAY)) == 2
    assert after.windows(TOMORROW) == [(600, 720)]
    week_ago = TOMORROW - timedelta(7)
    assert after.windows(week_ago) == before.windows(week_ago) == [(540, 720), (810, 1050)]


def test_2027_has_the_festivals_of_the_law_and_says_that_its_notice_is_missing(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        workdays.seed(conn)
        found = workdays.calendar(conn, ADMIN)
        assert not found.is_workday(date(2027, 2, 5))  # 除夕, a Friday
        assert not found.is_workday(date(2027, 10, 1))
        assert found.announced(2026)
        assert not found.announced(2027)
        rules.set_workday(conn, ADMIN, date(2027, 2, 14), True, "春节调休")
        assert workdays.calendar(conn, ADMIN).announced(2027)


def test_a_closed_day_is_noted_once_and_can_be_taken_back(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        conn.execute(sa.text(PLACE))
        closed = rules.set_closed_day(conn, ADMIN, "canteen", TOMORROW, "停水")
        assert rules.closed_on(conn, 9, TOMORROW) == "停水"
        with pytest.raises(NotPossible, match="2026-11-25"):
            rules.set_closed_day(conn, ADMIN, "canteen", TOMORROW, "停电")
        rules.drop_closed_day(conn, ADMIN, closed)
        assert rules.closed_on(conn, 9, TOMORROW) is None


def test_a_meal_on_a_closed_day_is_refused_with_the_reason(engine: sa.Engine) -> None:
    week = json.dumps({str(weekday): [["11:00", "13:00"]] for weekday in range(1, 8)})
    with writing(engine) as conn:
        conn.execute(sa.text(PLACE))
        conn.execute(sa.text("update place set hours = :hours").bindparams(hours=week))
        assert serving(conn, "canteen", TOMORROW) == 9
        rules.set_closed_day(conn, ADMIN, "canteen", TOMORROW, "停水")
        with pytest.raises(NotPossible, match=r"2026-11-25.*停水"):
            serving(conn, "canteen", TOMORROW)


PLACE = (
    "insert into place (id, code, kind, name, lon, lat, accuracy, hours, status, community_code, created_at,"
    " updated_at, source, version) values (9, 'canteen', 'canteen', '社区食堂', 106.5, 29.5, 'schematic', '{}', 'open',"
    " 'x', '2026-01-01', '2026-01-01', 'test', 1)"
)
