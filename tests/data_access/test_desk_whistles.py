"""Whistles 吹哨报到: from blowing to the promises kept, who may change them, and how late still counts as in time."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

import clock
from data_access import desk, rules
from data_access.desk import NewWhistle
from tests.case_rows import PROPERTY, ROADS
from tests.conftest import NOON, make_viewer
from tests.desk import OFFICIAL, UNIT, WORKER, S, bring, file
from vocabulary.desk import Presence, WhistleKind
from vocabulary.enums import Role
from vocabulary.questions import Filters
from vocabulary.refusals import NotAllowed, NotPossible
from vocabulary.rules import Number

pytestmark = pytest.mark.usefixtures("noon")
HELPER = make_viewer(Role.UNIT, unit_id=ROADS)


def blown(conn: sa.Connection) -> int:
    case_id = bring(conn, file(conn), S.HANDLING)
    new = NewWhistle(WhistleKind.KEY_ISSUE, (case_id,), (PROPERTY, ROADS), NOON + timedelta(hours=2), "到3栋会商")
    return desk.blow(conn, WORKER, new)


def test_a_whistle_from_blowing_to_the_promises_kept(conn: sa.Connection) -> None:
    whistle = blown(conn)
    assert desk.today(conn, UNIT)["whistles"] == 1  # type: ignore[index]
    desk.respond(conn, UNIT, whistle, PROPERTY)
    with clock.standing_at(NOON + timedelta(hours=3)):
        desk.arrive(conn, UNIT, whistle, PROPERTY, Presence.PRESENT)
        promise = desk.commit(conn, UNIT, whistle, PROPERTY, "换曳引绳", date(2026, 11, 25))
        desk.conclude(conn, WORKER, whistle, "物业三天内换绳")
    calls = desk.calls_of(conn, OFFICIAL, whistle)
    assert calls.select("unit_id", "presence", "minutes_late").rows() == [
        (PROPERTY, "present", 60),
        (ROADS, "absent", None),
    ]
    assert desk.today(conn, WORKER)["commitments"] == desk.today(conn, UNIT)["commitments"] == 1  # type: ignore[index]
    assert "commitments" not in desk.today(conn, HELPER)
    desk.done(conn, UNIT, promise, "已换")
    assert "commitments" not in desk.today(conn, WORKER)
    listed = desk.whistles(conn, WORKER, NOON.date(), NOON.date())
    assert listed.select("cases", "called", "came", "promises", "promises_open").row(0) == (1, 2, 1, 1, 0)
    assert desk.cases_of(conn, UNIT, whistle).height == 1


ADMIN = make_viewer(Role.ADMIN)
SECONDS_LATE = {0: 0, 30: 1, 60: 1, 300: 5, 301: 6}  # the minutes that are begun


@pytest.mark.parametrize("allowed", [0, 5])
def test_how_late_still_counts_as_in_time_is_a_rule_of_the_whistles_day(conn: sa.Connection, allowed: int) -> None:
    before = blown(conn)
    with clock.standing_at(NOON + timedelta(hours=2)):
        desk.arrive(conn, UNIT, before, PROPERTY, Presence.PRESENT)
    for seconds, minutes in SECONDS_LATE.items():
        start = NOON + timedelta(1)
        if seconds == 0:
            rules.set_number(conn, ADMIN, Number.ARRIVAL_MINUTES, allowed, start.date())
        with clock.standing_at(start):
            case_id = bring(conn, file(conn), S.HANDLING)
            new = NewWhistle(WhistleKind.KEY_ISSUE, (case_id,), (PROPERTY,), start + timedelta(hours=1), "来")
            whistle = desk.blow(conn, WORKER, new)
        with clock.standing_at(start + timedelta(hours=1, seconds=seconds)):
            desk.arrive(conn, UNIT, whistle, PROPERTY, Presence.ONLINE)
        one = desk.calls_of(conn, OFFICIAL, whistle).row(0, named=True)
        assert (one["minutes_late"], one["in_time"]) == (minutes, seconds <= allowed * 60)
    with clock.standing_at(NOON + timedelta(2)):
        day = (NOON + timedelta(1)).date()
        calls = desk.whistle_calls(conn, OFFICIAL, day, day, Filters())
        assert calls["in_time"].sum() == sum(seconds <= allowed * 60 for seconds in SECONDS_LATE)


def test_a_later_rule_leaves_the_whistles_before_it_alone(conn: sa.Connection) -> None:
    whistle = blown(conn)
    with clock.standing_at(NOON + timedelta(hours=2, minutes=3)):
        desk.arrive(conn, UNIT, whistle, PROPERTY, Presence.PRESENT)
    with pytest.raises(NotPossible, match="121"):
        rules.set_number(conn, ADMIN, Number.ARRIVAL_MINUTES, 121, NOON.date())
    rules.set_number(conn, ADMIN, Number.ARRIVAL_MINUTES, 10, NOON.date() + timedelta(1))
    assert desk.calls_of(conn, OFFICIAL, whistle).filter(unit_id=PROPERTY)["in_time"].to_list() == [False]
    rules.set_number(conn, ADMIN, Number.ARRIVAL_MINUTES, 10, NOON.date())
    assert desk.calls_of(conn, OFFICIAL, whistle).filter(unit_id=PROPERTY)["in_time"].to_list() == [True]


def test_the_rules_of_whistles_are_refused_with_a_sentence(conn: sa.Connection) -> None:
    case_id = bring(conn, file(conn), S.HANDLING)
    soon = NOON + timedelta(hours=1)
    wrong = {
        "至少一件": NewWhistle(WhistleKind.EMERGENCY, (), (ROADS,), soon, "来"),
        "至少一个单位": NewWhistle(WhistleKind.EMERGENCY, (case_id,), (), soon, "来"),
        "没有序号为 77": NewWhistle(WhistleKind.EMERGENCY, (case_id,), (77,), soon, "来"),
        "已经过去": NewWhistle(WhistleKind.EMERGENCY, (case_id,), (ROADS,), NOON, "来"),
        "写明": NewWhistle(WhistleKind.EMERGENCY, (case_id,), (ROADS,), soon, " "),
    }
    for sentence, new in wrong.items():
        with pytest.raises(NotPossible, match=sentence):
            desk.blow(conn, WORKER, new)
    assert desk.whistles(conn, OFFICIAL, NOON.date(), NOON.date()).is_empty()
    whistle = blown(conn)
    with pytest.raises(NotAllowed, match="不是本单位"):
        desk.respond(conn, HELPER, whistle, PROPERTY)
    with pytest.raises(NotPossible, match="早于吹哨"):
        desk.arrive(conn, UNIT, whistle, PROPERTY, Presence.PRESENT, NOON - timedelta(hours=1))
    desk.arrive(conn, UNIT, whistle, PROPERTY, Presence.ONLINE)
    with pytest.raises(NotPossible, match="已经登记为“线上”"):
        desk.arrive(conn, WORKER, whistle, PROPERTY, Presence.PRESENT)
    with pytest.raises(NotPossible, match="期限 2026-11-23"):
        desk.commit(conn, UNIT, whistle, PROPERTY, "修", date(2026, 11, 23))
    desk.conclude(conn, WORKER, whistle, "会商完")
    with pytest.raises(NotPossible, match="已经办结"):
        desk.respond(conn, HELPER, whistle, ROADS)


def test_a_worker_of_other_grids_changes_no_whistle(conn: sa.Connection) -> None:
    whistle = blown(conn)
    promise = desk.commit(conn, UNIT, whistle, PROPERTY, "换曳引绳", date(2026, 11, 25))
    other = make_viewer(Role.WORKER, grids=(2,))
    with pytest.raises(NotPossible, match="已不存在"):
        desk.arrive(conn, other, whistle, PROPERTY, Presence.PRESENT)
    with pytest.raises(NotPossible, match="已不存在"):
        desk.conclude(conn, other, whistle, "会商完")
    with pytest.raises(NotPossible, match="已不存在"):
        desk.done(conn, other, promise)
