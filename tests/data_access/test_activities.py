"""Activities: planned, reported, cancelled, corrected, brought by a sheet; what cannot be is refused by its value."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

import clock
from data_access import activities, evidence
from data_access.activities import ActivityFacts, PartyPlanFacts
from data_access.engine import reading, writing
from data_access.tables.accounts import Account
from data_access.tables.activities import Activity, Branch, CentreZone
from jobs.export_sheet import Form
from jobs.sheets import filling
from jobs.sheets.declared import KINDS
from tests.conftest import NOON, make_viewer
from vocabulary.activities import ActivityKind, Audience, PartyKind
from vocabulary.enums import Feed, Role
from vocabulary.questions import Filters, Period, Rows
from vocabulary.refusals import NotAllowed, NotPossible

pytestmark = pytest.mark.usefixtures("noon")
FEEDER = make_viewer(Role.FEEDER, feed=Feed.ACTIVITIES)
MORNING = datetime(2026, 11, 24, 9, 0, tzinfo=clock.SHANGHAI)
TALK = ActivityFacts(
    ActivityKind.TALK, "反诈宣讲", MORNING, MORNING + timedelta(hours=2), Audience.ELDERS, 40, zone="hall"
)
PARTY = replace(
    TALK, kind=ActivityKind.PARTY, title="主题党日", party_kind=PartyKind.THEME_DAY, branch="first", planned=30
)
PLAN = PartyPlanFacts("first", date(2026, 11, 9), PartyKind.THEME_DAY, 2)


@pytest.fixture
def centre(engine: sa.Engine) -> sa.Engine:
    with writing(engine) as conn:
        who = {"id": 1, "login": "centre", "name": "中心", "role": Role.FEEDER, "password_hash": "-"}
        conn.execute(sa.insert(Account).values(**who))
        conn.execute(sa.insert(CentreZone).values(code="hall", name="办事大厅"))
        conn.execute(sa.insert(Branch).values(code="first", name="第一党支部"))
    return engine


def rows(engine: sa.Engine) -> list[tuple[Any, ...]]:
    with reading(engine) as conn:
        found = conn.execute(sa.select(Activity.title, Activity.state, Activity.actual, Activity.version))
        return sorted(tuple(row) for row in found)


def test_one_is_planned_reported_and_corrected_with_a_reason(centre: sa.Engine) -> None:
    with writing(centre) as conn:
        key = activities.plan(conn, FEEDER, TALK)
        activities.report(conn, FEEDER, key, 1, 35)
        activities.correct(conn, FEEDER, key, 2, "漏计两人次", TALK, 37)
    assert rows(centre) == [("反诈宣讲", "held", 37, 3)]
    with reading(centre) as conn:
        (change,) = activities.history(conn, FEEDER, key)
        assert (change["before"], change["after"], change["reason"]) == ({"actual": 35}, {"actual": 37}, "漏计两人次")


def test_a_number_in_a_title_is_covered_but_for_those_who_write(centre: sa.Engine) -> None:
    told = replace(TALK, title="联系13812345678的聚会")
    with writing(centre) as conn:
        activities.plan(conn, FEEDER, told)
    official, day = make_viewer(Role.OFFICIAL), MORNING.date()
    with reading(centre) as conn:
        assert activities.activities(conn, FEEDER, day, day)["title"].to_list() == [told.title]
        (seen,) = activities.activities(conn, official, day, day)["title"]
        for viewer in (official, FEEDER):
            behind = evidence.behind(conn, viewer, Rows("activities"), Period(day, day), Filters())
            assert behind["title"].to_list() == [seen]
        kind = KINDS["activities"]
        for viewer, there in ((FEEDER, True), (official, False)):
            made = filling.exported(conn, viewer, kind, Period(day, day), Form.CSV).data.decode("utf-8-sig")
            assert (told.title in made) is there
    assert "13812345678" not in seen


def test_the_second_of_two_is_told(centre: sa.Engine) -> None:
    with writing(centre) as conn:
        key = activities.plan(conn, FEEDER, TALK)
        activities.correct(conn, FEEDER, key, 1, "改名", replace(TALK, title="反诈课"))
    with pytest.raises(NotPossible), writing(centre) as conn:
        activities.report(conn, FEEDER, key, 1, 35)
    assert rows(centre) == [("反诈课", "planned", None, 2)]


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"title": " "}, "没有名称"),
        ({"ends_at": MORNING}, "2026-11-24 09:00"),
        ({"ends_at": MORNING + timedelta(hours=25)}, "24小时"),
        ({"zone": None}, "反诈宣讲"),
        ({"zone": "roof"}, "roof"),
        ({"zone": None, "place": "moon"}, "moon"),
        ({"planned": 0}, "填的是0"),
        ({"party_kind": PartyKind.THEME_DAY}, "主题党日"),
        ({"kind": ActivityKind.PARTY}, "第一议题"),
        ({"kind": ActivityKind.PARTY, "party_kind": PartyKind.THEME_DAY}, "党支部"),
        ({"branch": "ninth"}, "ninth"),
    ],
)
def test_what_cannot_be_is_refused_by_its_value(centre: sa.Engine, changed: dict[str, Any], named: str) -> None:
    with pytest.raises(NotPossible) as refusal, writing(centre) as conn:
        activities.plan(conn, FEEDER, replace(TALK, **changed))
    assert named in str(refusal.value)
    assert rows(centre) == []


def test_attendance_before_the_start_is_refused(centre: sa.Engine) -> None:
    evening = replace(TALK, starts_at=NOON + timedelta(hours=7), ends_at=NOON + timedelta(hours=8))
    with writing(centre) as conn:
        key = activities.plan(conn, FEEDER, evening)
    with pytest.raises(NotPossible, match="2026-11-24 19:00"), writing(centre) as conn:
        activities.report(conn, FEEDER, key, 1, 5)


def test_a_cancelled_one_has_a_reason_and_no_attendance(centre: sa.Engine) -> None:
    with writing(centre) as conn:
        key = activities.plan(conn, FEEDER, TALK)
    with pytest.raises(NotPossible), writing(centre) as conn:
        activities.cancel(conn, FEEDER, key, 1, " ")
    with writing(centre) as conn:
        activities.cancel(conn, FEEDER, key, 1, "下雨")
    with pytest.raises(NotPossible, match="已取消"), writing(centre) as conn:
        activities.report(conn, FEEDER, key, 2, 5)


def test_others_do_not_write(centre: sa.Engine) -> None:
    with pytest.raises(NotAllowed), writing(centre) as conn:
        activities.plan(conn, make_viewer(Role.OFFICIAL), TALK)


def test_the_nth_due_is_fulfilled_by_the_nth_held(centre: sa.Engine) -> None:
    with writing(centre) as conn:
        activities.set_due(conn, FEEDER, PLAN)
        activities.write_activities(conn, FEEDER, [(PARTY, 28)])
        later = replace(PARTY, starts_at=NOON + timedelta(days=2), ends_at=NOON + timedelta(days=2, hours=1))
        activities.plan(conn, FEEDER, later)
    with reading(centre) as conn:
        due = activities.party_due(conn, FEEDER, date(2026, 11, 1), date(2026, 11, 30))
    said = due.select("nth", "held_on", "planned_on", "attended").rows()
    assert said == [(1, date(2026, 11, 24), None, 28), (2, None, date(2026, 11, 26), None)]


def test_a_sheet_tells_new_from_changed_and_is_written_whole_or_not(centre: sa.Engine) -> None:
    with writing(centre) as conn:
        assert activities.write_activities(conn, FEEDER, [(TALK, None), (PARTY, 20)]).new == 2
    with writing(centre) as conn:
        again = activities.write_activities(conn, FEEDER, [(TALK, 33), (PARTY, 20)])
        assert (again.new, again.changed, again.unchanged) == (0, 1, 1)
    with pytest.raises(NotPossible, match="第2行"), writing(centre) as conn:
        activities.write_activities(
            conn, FEEDER, [(replace(TALK, title="新"), None), (replace(TALK, planned=-1), None)]
        )
    assert [row[0] for row in rows(centre)] == ["主题党日", "反诈宣讲"]


def test_a_plan_of_a_sheet_is_known_by_branch_month_and_kind(centre: sa.Engine) -> None:
    with writing(centre) as conn:
        assert activities.write_party_plan(conn, FEEDER, [PLAN]).new == 1
    with writing(centre) as conn:
        assert activities.write_party_plan(conn, FEEDER, [replace(PLAN, due=1)]).changed == 1
        assert activities.write_party_plan(conn, FEEDER, [replace(PLAN, due=1)]).unchanged == 1
    with pytest.raises(NotPossible, match="两次"), writing(centre) as conn:
        activities.write_party_plan(conn, FEEDER, [PLAN, PLAN])
