"""Volunteers: registered, signed up, their evenings logged and verified, their clues made cases, and forgotten."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

import clock
from access import OPERATOR
from data_access import evidence, volunteers
from data_access.engine import reading, writing
from data_access.fates import Written
from data_access.tables.cases import Case
from data_access.tables.records import Audit, Correction
from data_access.tables.volunteers import Clue, ServiceRecord, Shift, SignUp, Volunteer
from data_access.volunteers import ClueFacts, ShiftFacts
from jobs.volunteer_hours import hours
from tests.conftest import NOON, make_viewer
from tests.volunteers import FEEDER, OFFICIAL, PRESENTER, REGISTERED, WORKER, at, begin, evening, person
from texts import speaking
from vocabulary.enums import Feed, Role
from vocabulary.questions import Filters, Period, Rows, Viewer
from vocabulary.refusals import NotAllowed, NotPossible
from vocabulary.volunteers import Occupation, ServiceOutcome, VolunteerRole, VolunteerStatus

pytestmark = pytest.mark.usefixtures("noon")
TODAY = NOON.date()
SHIFT = ShiftFacts(VolunteerRole.CIVILITY, at(26, 18), at(26, 20), 2, title="文明劝导")
CLUE = ClueFacts(VolunteerRole.FEELINGS, "3号楼前路灯不亮", TODAY, grid="G1")


def stands(engine: sa.Engine, column: Any) -> list[Any]:
    with reading(engine) as conn:
        return list(conn.scalars(sa.select(column).order_by(column)))


def refused(engine: sa.Engine, write: Any, viewer: Viewer, *args: Any) -> str:
    """The sentence of a refusal, which is whole in English too."""
    with pytest.raises(NotPossible) as refusal, writing(engine) as conn:
        write(conn, viewer, *args)
    with speaking("en"):
        assert "{" not in str(refusal.value)
    return str(refusal.value)


def test_of_a_name_only_its_first_character_is_kept(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        begin(conn, "V01")
        assert conn.execute(sa.select(Volunteer.number, Volunteer.masked_name)).one() == ("V01", "张**")
        assert "张三" not in str(conn.execute(sa.select(Audit.detail, Audit.actor)).all())


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"number": " "}, "请填编号。"),
        ({"number": "V02", "name": ""}, "编号V02没有填姓名。"),
        ({"number": "V01"}, "编号V01已经有人用了。"),
        ({"number": "V02", "registered_on": date(2026, 11, 25)}, "V02的注册日2026-11-25在今天以后，或早于2000年。"),
    ],
)
def test_a_volunteer_that_cannot_be_is_refused(sqlite: sa.Engine, changed: dict[str, Any], said: str) -> None:
    with writing(sqlite) as conn:
        begin(conn, "V01")
    assert refused(sqlite, volunteers.register, FEEDER, person(**changed)) == said
    assert stands(sqlite, Volunteer.number) == ["V01"]


def test_an_evening_of_several_is_logged_at_once_and_counts_when_another_verified_it(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        begin(conn, "V01", "V02")
        volunteers.log_records(conn, FEEDER, [evening("V01"), evening("V02")])
        assert hours(conn, OFFICIAL, TODAY - timedelta(9), TODAY).is_empty()
        waiting = volunteers.unverified(conn, WORKER, TODAY)
        assert waiting["number"].to_list() == ["V01", "V02"]
        first = waiting.row(0, named=True)
        with pytest.raises(NotPossible, match="须由另一人核实"):
            volunteers.verify(conn, FEEDER, first["id"], first["version"])
        volunteers.verify(conn, WORKER, first["id"], first["version"])
        assert hours(conn, OFFICIAL, TODAY - timedelta(9), TODAY)["served_hours"].to_list() == [2.0]
        with pytest.raises(NotPossible, match="已经核实"):
            volunteers.verify(conn, WORKER, first["id"], first["version"] + 1)
        with pytest.raises(NotPossible, match="刚刚被别人改过"):
            volunteers.verify(conn, WORKER, first["id"], first["version"])


def test_hours_that_overlap_count_once_whatever_their_roles(engine: sa.Engine) -> None:
    later = evening(role=VolunteerRole.POLICY, starts_at=at(23, 19), ends_at=at(23, 21, 30))
    with writing(engine) as conn:
        begin(conn, "V01")
        volunteers.log_records(conn, FEEDER, [evening(), later, evening(starts_at=at(23, 18, 30), ends_at=at(23, 19))])
        for row in volunteers.unverified(conn, WORKER, TODAY).iter_rows(named=True):
            volunteers.verify(conn, WORKER, row["id"], row["version"])
        told = hours(conn, OFFICIAL, TODAY - timedelta(9), TODAY)
    assert sorted(told.select("volunteer_role", "served_hours").iter_rows()) == [
        ("policy", 1.5),
        ("service", 0.0),
        ("service", 2.0),
    ]
    assert told["served_hours"].sum() == 3.5


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"ends_at": at(23, 17)}, "结束2026-11-23 17:00不在开始2026-11-23 18:00之后。"),
        ({"ends_at": at(23, 18)}, "结束2026-11-23 18:00不在开始2026-11-23 18:00之后。"),
        ({"starts_at": at(23, 18, 10)}, "2026-11-23 18:10到2026-11-23 20:00不是整半小时，请按半小时填。"),
        ({"ends_at": at(24, 0, 30)}, "2026-11-23 18:00到2026-11-24 00:30跨过了零点，请分成两条。"),
        (
            {"starts_at": at(24, 11), "ends_at": at(24, 12, 30)},
            "V01的服务到2026-11-24 12:30才结束，结束后再登记。",
        ),
        (
            {"starts_at": at(31, 18, month=8), "ends_at": at(31, 19, month=8)},
            "V01的服务从2026-08-31 18:00开始，早于注册日2026-09-01。",
        ),
        ({"number": "V77"}, "没有编号为V77的志愿者。"),
        ({"number": "V03"}, "志愿者V03的状态是“暂停”，不能登记。"),
        ({"number": "V02"}, "V02在2026-11-23 18:00开始的服务已经登记过。"),
    ],
)
def test_one_wrong_record_leaves_nothing_of_the_evening(sqlite: sa.Engine, changed: dict[str, Any], said: str) -> None:
    with writing(sqlite) as conn:
        begin(conn, "V01", "V02")
        volunteers.register(conn, FEEDER, person("V03", status=VolunteerStatus.PAUSED))
    fine = evening("V02")
    assert refused(sqlite, volunteers.log_records, FEEDER, [fine, evening(**changed)]) == said
    assert stands(sqlite, ServiceRecord.id) == []


def test_service_until_midnight_is_of_its_day(sqlite: sa.Engine) -> None:
    with writing(sqlite) as conn:
        begin(conn, "V01")
        volunteers.log_records(conn, FEEDER, [evening(ends_at=at(24, 0))])
        assert conn.scalar(sa.select(ServiceRecord.day)) == date(2026, 11, 23)
    assert refused(sqlite, volunteers.log_records, FEEDER, []) == "请至少选一位志愿者。"


def test_a_corrected_record_waits_for_another_again_and_keeps_what_it_was(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        begin(conn, "V01")
        volunteers.log_records(conn, FEEDER, [evening()])
        (key,) = conn.scalars(sa.select(ServiceRecord.id)).all()
        volunteers.verify(conn, WORKER, key, 1)
        with pytest.raises(NotPossible, match="请写明原因"):
            volunteers.correct_record(conn, WORKER, key, 2, " ", evening(ends_at=at(23, 19)))
        volunteers.correct_record(conn, WORKER, key, 2, "提前走了", evening(ends_at=at(23, 19)))
        with pytest.raises(NotPossible, match="刚刚被别人改过"):
            volunteers.correct_record(conn, FEEDER, key, 2, "后到", evening(ends_at=at(23, 19, 30)))
        with pytest.raises(NotPossible, match="须由另一人核实"):
            volunteers.verify(conn, WORKER, key, 3)
        volunteers.verify(conn, FEEDER, key, 3)
        assert hours(conn, OFFICIAL, TODAY - timedelta(9), TODAY)["served_hours"].to_list() == [1.0]
        (change,) = volunteers.record_history(conn, OFFICIAL, key)
    assert change["reason"] == "提前走了"
    assert change["before"]["ends_at"].startswith("2026-11-23")


def test_a_record_struck_out_is_in_no_list_and_can_be_entered_again(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        begin(conn, "V01")
        volunteers.log_records(conn, FEEDER, [evening()])
        (key,) = conn.scalars(sa.select(ServiceRecord.id)).all()
        volunteers.strike_record(conn, FEEDER, key, 1, "登记错人")
        assert volunteers.unverified(conn, FEEDER, TODAY).is_empty()
        volunteers.log_records(conn, FEEDER, [evening(role=VolunteerRole.POLICY)])
        (row,) = volunteers.unverified(conn, FEEDER, TODAY).iter_rows(named=True)
    assert (row["id"], row["role"]) == (key, "policy")


def test_a_shift_tells_how_many_are_needed_signed_up_and_came(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        begin(conn, "V01", "V02")
        key = volunteers.open_shift(conn, FEEDER, SHIFT)
        volunteers.sign_up(conn, FEEDER, key, "V01")
        with pytest.raises(NotPossible, match="V01已经报过这个岗位"):
            volunteers.sign_up(conn, FEEDER, key, "V01")
        volunteers.sign_up(conn, FEEDER, key, "V02")
        volunteers.withdraw(conn, FEEDER, key, "V02")
        with pytest.raises(NotPossible, match="V02没有报这个岗位"):
            volunteers.withdraw(conn, FEEDER, key, "V02")
        assert volunteers.signed_up(conn, OFFICIAL, key) == ["V01"]
        volunteers.sign_up(conn, FEEDER, key, "V02")
        assert conn.scalar(sa.select(sa.func.count()).select_from(SignUp)) == 2
    with clock.standing_at(at(26, 21)), writing(engine) as conn:
        volunteers.log_records(conn, FEEDER, [evening(starts_at=at(26, 18), ends_at=at(26, 20), shift_id=key)])
        missed = evening("V02", starts_at=at(26, 18), ends_at=at(26, 20), shift_id=key, outcome=ServiceOutcome.NO_SHOW)
        volunteers.log_records(conn, FEEDER, [missed])
        row = volunteers.shifts(conn, OFFICIAL, TODAY, date(2026, 11, 30)).row(0, named=True)
        assert (row["needed"], row["signed"], row["came"]) == (2, 2, 1)
        with pytest.raises(NotPossible, match="已经开始"):
            volunteers.sign_up(conn, FEEDER, key, "V01")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"needed": 0}, "需要人数应在1到500之间，填的是0。"),
        ({"title": " "}, "2026-11-26 18:00的岗位没有地点，也没有活动名称。"),
        ({"place": "moon"}, "没有代码为moon的服务点。"),
        ({"ends_at": at(26, 17)}, "结束2026-11-26 17:00不在开始2026-11-26 18:00之后。"),
        ({"starts_at": at(24, 9), "ends_at": at(24, 11)}, "岗位在2026-11-24 11:00已经结束，不能再发布。"),
    ],
)
def test_a_shift_that_cannot_be_is_refused(sqlite: sa.Engine, changed: dict[str, Any], said: str) -> None:
    assert refused(sqlite, volunteers.open_shift, FEEDER, replace(SHIFT, **changed)) == said
    assert stands(sqlite, Shift.id) == []


def test_a_clue_becomes_a_case_in_one_act_and_each_knows_the_other(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        begin(conn)
        key = volunteers.record_clue(conn, FEEDER, CLUE)
        with pytest.raises(NotAllowed):
            volunteers.clue_to_case(conn, FEEDER, key, 1)
        case_id = volunteers.clue_to_case(conn, WORKER, key, 1)
        case = conn.execute(sa.select(Case.channel, Case.body, Case.grid_id, Case.status)).one()
        assert tuple(case) == ("volunteer", CLUE.text, 1, "pending")
        assert conn.scalar(sa.select(Clue.case_id)) == case_id
        assert volunteers.clue_of(conn, OFFICIAL, case_id) == TODAY
        with pytest.raises(NotPossible, match="已经有人看过"):
            volunteers.clue_to_case(conn, WORKER, key, 2)
        assert volunteers.clues_waiting(conn, WORKER).is_empty()
        (row,) = volunteers.clues(conn, OFFICIAL, TODAY, TODAY).iter_rows(named=True)
    assert (row["became_on"], row["finished_on"]) == (TODAY, None)


def test_a_clue_set_aside_is_no_case_and_waits_no_more(sqlite: sa.Engine) -> None:
    with writing(sqlite) as conn:
        begin(conn)
        key = volunteers.record_clue(conn, FEEDER, CLUE)
        volunteers.set_aside(conn, FEEDER, key, 1)
        assert volunteers.clues_waiting(conn, WORKER).is_empty()
        assert volunteers.clues(conn, OFFICIAL, TODAY, TODAY)["became_on"].to_list() == [None]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"text": " "}, "请写明是什么事。"),
        ({"text": "字" * 501}, "内容有501个字，最多500个字。"),
        ({"grid": None}, "线索“3号楼前路灯不亮”没有地点，也没有网格。"),
        ({"grid": "G9"}, "没有代码为G9的网格。"),
        ({"reported_on": date(2026, 11, 25)}, "上报日2026-11-25在今天以后，或早于2000年。"),
    ],
)
def test_a_clue_that_cannot_be_is_refused(sqlite: sa.Engine, changed: dict[str, Any], said: str) -> None:
    with writing(sqlite) as conn:
        begin(conn)
    assert refused(sqlite, volunteers.record_clue, FEEDER, replace(CLUE, **changed)) == said
    assert stands(sqlite, Clue.id) == []


def test_number_and_name_are_hidden_six_months_after_the_last_record_and_then_gone(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        begin(conn, "V01", "V02")
        volunteers.log_records(conn, FEEDER, [evening("V02")])
        row = volunteers.volunteers(conn, FEEDER, TODAY).row(0, named=True)
        changed = person("V01", name="章三")
        volunteers.correct_volunteer(conn, FEEDER, row["volunteer_id"], row["version"], "笔误", changed)
        assert volunteers.drop_old_details(conn, OPERATOR) == 0
    later = at(1, 12) + timedelta(days=183 - 61 + 1)
    with clock.standing_at(later), writing(engine) as conn:
        known = volunteers.volunteers(conn, OFFICIAL, later.date())
        assert sorted(known["number"].to_list(), key=str) == [None, "V02"]
        assert conn.scalar(sa.select(sa.func.count()).where(Volunteer.number.is_not(None))) == 2
        assert volunteers.drop_old_details(conn, OPERATOR) == 1
        assert volunteers.drop_old_details(conn, OPERATOR) == 0
        gone = conn.execute(sa.select(Volunteer.masked_name, Volunteer.status).where(Volunteer.number.is_(None))).one()
        assert tuple(gone) == (None, "left")
        kept = conn.execute(sa.select(Correction.before, Correction.after)).one()
    assert "张" not in kept.before + kept.after
    assert "章" not in kept.before + kept.after


def test_a_sheet_tells_new_from_changed_and_again_says_nothing(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        begin(conn, "V01")
        people = [person("V01", occupation=Occupation.RESIDENT), person("V02"), person("V03")]
        assert volunteers.write_volunteers(conn, FEEDER, people) == Written(new=2, changed=1)
        assert volunteers.write_volunteers(conn, FEEDER, people) == Written(unchanged=3)
        volunteers.log_records(conn, FEEDER, [evening("V01")])
        rows = [evening("V01", outcome=ServiceOutcome.MISSED), evening("V02")]
        assert volunteers.write_records(conn, FEEDER, rows) == Written(new=1, changed=1)
        assert volunteers.write_records(conn, FEEDER, rows) == Written(unchanged=2)


def test_one_wrong_row_of_a_sheet_leaves_nothing(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        begin(conn, "V01")
    two = [person("V02"), person("V02")]
    assert refused(engine, volunteers.write_volunteers, FEEDER, two) == "第2行：V02在表里出现了两次。"
    rows = [evening("V01"), evening("V09")]
    assert refused(engine, volunteers.write_records, FEEDER, rows) == "第2行：没有编号为V09的志愿者。"
    assert stands(engine, Volunteer.number) == ["V01"]
    assert stands(engine, ServiceRecord.id) == []


@pytest.mark.parametrize(
    "viewer", [OFFICIAL, PRESENTER, make_viewer(Role.ADMIN), make_viewer(Role.FEEDER, feed=Feed.CANTEEN)]
)
def test_only_worker_and_volunteer_lead_write(sqlite: sa.Engine, viewer: Viewer) -> None:
    writes: list[tuple[Any, object]] = [
        (volunteers.register, person()),
        (volunteers.open_shift, SHIFT),
        (volunteers.log_records, [evening()]),
        (volunteers.record_clue, CLUE),
    ]
    for write, facts in writes:
        with pytest.raises(NotAllowed), writing(sqlite) as conn:
            write(conn, viewer, facts)


def test_a_presenter_has_numbers_without_people(sqlite: sa.Engine) -> None:
    period = Period(REGISTERED, TODAY)
    with writing(sqlite) as conn:
        begin(conn, "V01")
        for subject in ("volunteer_hours", "volunteer_turnout", "volunteers_registered", "volunteer_clues"):
            with pytest.raises(NotAllowed):
                evidence.behind(conn, PRESENTER, Rows(subject), period, Filters())
        with pytest.raises(NotAllowed):
            volunteers.records(conn, PRESENTER, REGISTERED, TODAY)
        assert volunteers.members(conn, PRESENTER, REGISTERED, TODAY).height == 1
