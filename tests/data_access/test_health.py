"""The hospital's months: entered, corrected, brought by a sheet; what does not add up is refused by its two numbers."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from access import OPERATOR, Permission
from data_access import evidence, first_days, health
from data_access.engine import reading, writing
from data_access.fates import Written
from data_access.health import HealthFacts
from data_access.tables.accounts import Account
from data_access.tables.health import HealthMonth
from data_access.tables.records import Audit, Correction
from tests.conftest import make_viewer
from texts import speaking
from vocabulary.enums import Feed, Role, Subject
from vocabulary.health import HealthGroup
from vocabulary.questions import Filters, Period, Rows, Viewer
from vocabulary.refusals import NotAllowed, NotPossible

pytestmark = pytest.mark.usefixtures("noon")
FEEDER = make_viewer(Role.FEEDER, feed=Feed.HOSPITAL)
OFFICIAL = make_viewer(Role.OFFICIAL)
OCTOBER = date(2026, 10, 1)
NOVEMBER_24 = date(2026, 11, 24)
FACTS = HealthFacts(OCTOBER, HealthGroup.HYPERTENSION, 1400, 1000, 900, 700, 600, 300, 280, 70, 60)
ELDERS = replace(FACTS, group=HealthGroup.ELDERS, controlled=None)


def facts(**changed: Any) -> HealthFacts:
    return replace(FACTS, **changed)


def make_account(conn: sa.Connection) -> None:
    """The account that make_viewer's viewers have."""
    who = {"id": 1, "login": "hospital", "name": "医院", "role": Role.FEEDER, "password_hash": "-"}
    conn.execute(sa.insert(Account).values(**who))


def rows(engine: sa.Engine) -> list[tuple[Any, ...]]:
    with reading(engine) as conn:
        found = conn.execute(sa.select(HealthMonth.month, HealthMonth.health_group, HealthMonth.managed))
        return sorted(tuple(row) for row in found)


def test_a_month_is_entered_by_any_of_its_days_and_audited(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        make_account(conn)
        health.add_month(conn, FEEDER, facts(month=date(2026, 10, 17)))
    assert rows(engine) == [(OCTOBER, "hypertension", 900)]
    with reading(engine) as conn:
        assert conn.scalar(sa.select(Audit.action)) == "health_month_added"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"contracted": 1401}, "已签约（1401）大于辖区人数（1400），请核对这两个数。"),
        ({"managed": 1500}, "已管理（1500）大于辖区人数（1400），请核对这两个数。"),
        ({"managed_to_norm": 901}, "规范管理（901）大于已管理（900），请核对这两个数。"),
        ({"controlled": 950}, "已控制（950）大于已管理（900），请核对这两个数。"),
        ({"follow_ups_done": 301}, "已随访（301）大于应随访（300），请核对这两个数。"),
        ({"check_ups_done": 71}, "已体检（71）大于应体检（70），请核对这两个数。"),
        ({"residents": -1}, "辖区人数应在0到1000000之间，填的是-1。"),
        ({"residents": 10**10}, "辖区人数应在0到1000000之间，填的是10000000000。"),
        ({"controlled": None}, "2026-10的高血压缺少“最近一次测量达标”的人数。"),
        ({"group": HealthGroup.ELDERS}, "65岁以上没有控制这一项，填的是600，请留空。"),
        ({"month": NOVEMBER_24}, "2026-11到2026-11-30才结束，月末以后再填报。"),
        ({"month": date(2027, 3, 1)}, "2027-03到2027-03-31才结束，月末以后再填报。"),
        ({"month": date(1999, 12, 1)}, "月份1999-12早于2000年。"),
    ],
)
def test_what_does_not_add_up_is_refused_by_its_two_numbers(
    sqlite: sa.Engine, changed: dict[str, Any], said: str
) -> None:
    with pytest.raises(NotPossible) as refusal, writing(sqlite) as conn:
        health.add_month(conn, FEEDER, facts(**changed))
    assert str(refusal.value) == said
    with speaking("en"):
        assert "{" not in str(refusal.value)
    assert rows(sqlite) == []


def test_equal_numbers_add_up_and_nought_does_too(sqlite: sa.Engine) -> None:
    everyone = facts(contracted=1400, managed=1400, managed_to_norm=1400, controlled=1400, follow_ups_done=300)
    with writing(sqlite) as conn:
        health.add_month(conn, OPERATOR, everyone)
        health.add_month(conn, OPERATOR, HealthFacts(OCTOBER, HealthGroup.DIABETES, 0, 0, 0, 0, 0, 0, 0, 0, 0))
    assert len(rows(sqlite)) == 2


def test_a_month_is_entered_once(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        make_account(conn)
        health.add_month(conn, FEEDER, FACTS)
        health.add_month(conn, FEEDER, ELDERS)
    with pytest.raises(NotPossible, match="2026-10的高血压已经报过"), writing(engine) as conn:
        health.add_month(conn, FEEDER, FACTS)
    assert len(rows(engine)) == 2


def test_a_month_is_corrected_with_a_reason_and_its_old_numbers_stay(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        make_account(conn)
        key = health.add_month(conn, FEEDER, FACTS)
    with pytest.raises(NotPossible, match="请写明原因"), writing(engine) as conn:
        health.correct_month(conn, FEEDER, key, 1, " ", facts(managed=910))
    with pytest.raises(NotPossible, match=r"规范管理（700）大于已管理（600）"), writing(engine) as conn:
        health.correct_month(conn, FEEDER, key, 1, "笔误", facts(managed=600, controlled=500))
    with writing(engine) as conn:
        health.correct_month(conn, FEEDER, key, 1, "笔误", facts(managed=910))
    assert rows(engine) == [(OCTOBER, "hypertension", 910)]
    with reading(engine) as conn:
        (change,) = health.history(conn, OFFICIAL, key)
    assert (change["before"], change["after"], change["reason"]) == ({"managed": 900}, {"managed": 910}, "笔误")


def test_the_second_of_two_writers_is_told(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        make_account(conn)
        key = health.add_month(conn, FEEDER, FACTS)
        health.correct_month(conn, FEEDER, key, 1, "先到", facts(managed=910))
    with pytest.raises(NotPossible, match="刚刚被别人改过"), writing(engine) as conn:
        health.correct_month(conn, FEEDER, key, 1, "后到", facts(managed=920))
    assert rows(engine) == [(OCTOBER, "hypertension", 910)]


def test_a_month_cannot_be_corrected_into_one_that_is_there(sqlite: sa.Engine) -> None:
    with writing(sqlite) as conn:
        health.add_month(conn, OPERATOR, FACTS)
        key = health.add_month(conn, OPERATOR, facts(month=date(2026, 9, 1)))
    with pytest.raises(NotPossible, match="已经报过"), writing(sqlite) as conn:
        health.correct_month(conn, OPERATOR, key, 1, "月份错了", FACTS)


def test_a_sheet_tells_new_from_changed_and_again_says_nothing(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        make_account(conn)
        health.add_month(conn, FEEDER, FACTS)
        wanted = [facts(managed=910), ELDERS, facts(month=date(2026, 9, 1))]
        assert health.write_months(conn, FEEDER, wanted) == Written(new=2, changed=1)
        assert health.write_months(conn, FEEDER, wanted) == Written(unchanged=3)
        assert conn.scalar(sa.select(Correction.reason)) == "导入更正"


def test_one_wrong_row_of_a_sheet_leaves_nothing(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        make_account(conn)
    with pytest.raises(NotPossible, match=r"第2行：已管理（1500）大于辖区人数（1400）"), writing(engine) as conn:
        health.write_months(conn, FEEDER, [ELDERS, facts(managed=1500)])
    with pytest.raises(NotPossible, match="第2行：2026-10的高血压在表里出现了两次"), writing(engine) as conn:
        health.write_months(conn, FEEDER, [FACTS, facts(month=date(2026, 10, 9))])
    assert rows(engine) == []


@pytest.mark.parametrize(
    "viewer",
    [OFFICIAL, make_viewer(Role.WORKER), make_viewer(Role.ADMIN), make_viewer(Role.FEEDER, feed=Feed.CANTEEN)],
)
def test_only_the_hospital_writes(sqlite: sa.Engine, viewer: Viewer) -> None:
    with pytest.raises(NotAllowed), writing(sqlite) as conn:
        health.add_month(conn, viewer, FACTS)
    with pytest.raises(NotAllowed), writing(sqlite) as conn:
        health.write_months(conn, viewer, [FACTS])


def test_what_is_missing_goes_back_to_the_first_month_and_no_further_than_a_year(sqlite: sa.Engine) -> None:
    with writing(sqlite) as conn:
        assert health.missing(conn, FEEDER, NOVEMBER_24)["month"].to_list() == [OCTOBER] * 3
        health.add_month(conn, OPERATOR, facts(month=date(2026, 9, 1)))
        missing = health.missing(conn, FEEDER, NOVEMBER_24)
        assert missing.filter(health_group="hypertension")["month"].to_list() == [OCTOBER]
        assert missing.height == 5
        health.add_month(conn, OPERATOR, facts(month=date(2020, 1, 1)))
        assert health.missing(conn, FEEDER, NOVEMBER_24).height == 13 * 3 - 1


def test_on_its_last_day_a_month_is_due(sqlite: sa.Engine) -> None:
    with reading(sqlite) as conn:
        assert health.missing(conn, FEEDER, date(2026, 10, 30))["month"][0] == date(2026, 9, 1)
        assert health.missing(conn, FEEDER, date(2026, 10, 31))["month"][0] == OCTOBER


def test_the_rows_behind_are_months_of_groups_and_no_person(sqlite: sa.Engine) -> None:
    with writing(sqlite) as conn:
        health.add_month(conn, OPERATOR, FACTS)
        told = evidence.behind(conn, OFFICIAL, Rows("health_months"), Period(OCTOBER, NOVEMBER_24), Filters())
        assert first_days.first_day(conn, (Subject.HEALTH,)) == OCTOBER
        presenter = make_viewer(Role.PRESENTER)
        with pytest.raises(NotAllowed):
            evidence.behind(conn, presenter, Rows("health_months"), Period(OCTOBER, NOVEMBER_24), Filters())
    numbers = {name for name in health.NUMBERS if name != "residents"} | {"group_residents"}
    assert set(told.columns) == {"month", "health_group", *numbers}
    assert evidence.SUBJECTS["health_months"].permission is Permission.SEE_HEALTH
