"""Due moments: the calendar, what moves them, who decides, and that they can be worked out again from the events."""

from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa

import clock
from data_access import cases, desk
from data_access.books.book import open_book
from data_access.books.office import WORKDAYS
from data_access.desk import Changed, Given
from data_access.desk.limits import Limit, LimitUnit, end
from data_access.tables.cases import Case
from data_access.tables.desk import CaseExtension
from data_access.workdays import bundled
from tests import desk as made
from tests.case_rows import make_case
from tests.conftest import NOON, make_viewer
from tests.desk import OFFICIAL, UNIT, WORKER, S, at, bring, file, move, row, version
from vocabulary.cases import Order, Show
from vocabulary.desk import Punctuality
from vocabulary.enums import DONE_STATUSES, DROPPED_STATUSES, CaseResult, EventKind, Role, Urgency
from vocabulary.questions import Filters
from vocabulary.refusals import NotAllowed, NotPossible

pytestmark = pytest.mark.usefixtures("noon")
FOUR = (Urgency.EMERGENCY, Urgency.NORMAL, Urgency.NORMAL, Urgency.NORMAL)


def check(conn: sa.Connection, case_id: int) -> dict[str, object]:
    """The case, after its due moments were worked out again from its events alone."""
    found = row(conn, case_id)
    assert desk.expected(conn, case_id) == {"due_at": found["due_at"], "severe_at": found["severe_at"]}
    return found


def test_three_working_days_before_the_spring_festival_end_after_it() -> None:
    limit = Limit(3, LimitUnit.WORKING_DAYS)
    assert end(bundled(), at(13, 10, 2), limit).date() == date(2026, 2, 25)


def test_another_urgency_brings_another_due_moment_with_an_event(conn: sa.Connection) -> None:
    case_id = bring(conn, file(conn, urgency=Urgency.NORMAL), S.HANDLING)
    before = check(conn, case_id)
    desk.reclassify(conn, WORKER, case_id, version(conn, case_id), Changed(urgency=Urgency.EMERGENCY), "漏电")
    found = check(conn, case_id)
    assert found["due_at"] < before["due_at"]  # type: ignore[operator]
    last = made.events(conn, case_id)[-1]
    assert (last["kind"], last["note"]) == (EventKind.CHANGED, "漏电")
    assert found["limit_from"] == before["limit_from"]
    with pytest.raises(NotPossible, match="没有改动"):
        desk.reclassify(conn, WORKER, case_id, version(conn, case_id), Changed(urgency=Urgency.EMERGENCY), "再")
    with pytest.raises(NotPossible, match="写明"):
        desk.reclassify(conn, WORKER, case_id, version(conn, case_id), Changed(urgency=Urgency.URGENT), " ")


def test_a_day_set_later_moves_the_dues_that_reach_it_and_says_so(conn: sa.Connection) -> None:
    admin = make_viewer(Role.ADMIN)
    near, open_case, paused, done = (bring(conn, file(conn, urgency=urgency), S.HANDLING) for urgency in FOUR)
    desk.suspend(conn, WORKER, paused, version(conn, paused), date(2026, 11, 27), "等配件")
    move(conn, UNIT, done, S.FINISHED, made.READY)
    before: dict[int, dict[str, Any]] = {one: check(conn, one) for one in (near, open_case, paused, done)}
    assert desk.set_workday(conn, admin, date(2026, 11, 30), False, "停电") == 2
    found = {case_id: check(conn, case_id) for case_id in (near, open_case, paused)}
    assert found[open_case]["due_at"] == bundled().add_working_days(before[open_case]["due_at"], 1)
    assert found[paused]["due_at"] > before[paused]["due_at"]
    assert found[near]["due_at"] == before[near]["due_at"]
    assert row(conn, done) == before[done]
    last = made.events(conn, open_case)[-1]
    assert (last["kind"], last["note"]) == (EventKind.DUE, "2026-12-01 17:30 → 2026-12-02 17:30")
    assert found[open_case]["version"] == before[open_case]["version"] + 1
    assert desk.set_workday(conn, admin, date(2026, 11, 30), False, "停电检修") == 0
    with pytest.raises(NotAllowed):
        desk.set_workday(conn, WORKER, date(2026, 11, 30), True, "")


def test_a_sheet_of_days_moves_each_due_once(conn: sa.Connection) -> None:
    case_id = bring(conn, file(conn), S.HANDLING)
    before = check(conn, case_id)
    writer = open_book(conn, make_viewer(Role.ADMIN), WORKDAYS)
    for day in (date(2026, 11, 26), date(2026, 11, 30)):
        writer.write({"day": day, "works": 0, "name": "停电"}, None)
    writer.finish()
    assert check(conn, case_id)["due_at"] == bundled().add_working_days(before["due_at"], 2)  # type: ignore[arg-type]
    assert [event["kind"] for event in made.events(conn, case_id)].count(EventKind.DUE) == 1


def test_hours_set_later_move_what_is_due_in_working_hours_of_them(conn: sa.Connection) -> None:
    case_id = bring(conn, file(conn), S.HANDLING)
    before = check(conn, case_id)["due_at"]
    for weekday in range(1, 6):
        desk.set_hours(conn, make_viewer(Role.ADMIN), weekday, [(9 * 60, 16 * 60)], date(2026, 11, 26))
    after = check(conn, case_id)["due_at"]
    assert (before, after) == (at(1, 17, 12).replace(minute=30), at(1, 16, 12))


def test_a_suspension_stops_the_clock_until_its_day(conn: sa.Connection) -> None:
    case_id = bring(conn, file(conn), S.HANDLING)
    due = row(conn, case_id)["due_at"]
    desk.suspend(conn, WORKER, case_id, version(conn, case_id), date(2026, 12, 1), "等配件")
    later = check(conn, case_id)["due_at"]
    assert later > due
    working = sum(bundled().is_workday(date(2026, 11, 24) + timedelta(n)) for n in range(7))
    assert later == bundled().add_working_days(due, working)
    with pytest.raises(NotPossible, match="挂账，请先恢复"):
        move(conn, UNIT, case_id, S.FINISHED)
    with pytest.raises(NotPossible, match="已经挂账"):
        desk.suspend(conn, WORKER, case_id, version(conn, case_id), None, "再等")
    with clock.standing_at(NOON + timedelta(1)):
        desk.resume(conn, WORKER, case_id, version(conn, case_id))
    assert due < check(conn, case_id)["due_at"] < later  # type: ignore[operator]
    with pytest.raises(NotPossible, match="没有挂账"):
        desk.resume(conn, WORKER, case_id, version(conn, case_id))


def test_a_suspension_without_a_day_has_no_due_moment_until_it_is_resumed(conn: sa.Connection) -> None:
    case_id = bring(conn, file(conn), S.HANDLING)
    due = row(conn, case_id)["due_at"]
    desk.suspend(conn, WORKER, case_id, version(conn, case_id), None, "等规划")
    assert check(conn, case_id)["due_at"] is None
    assert desk.watched(conn, OFFICIAL)["suspended"] == 1  # type: ignore[index]
    desk.resume(conn, WORKER, case_id, version(conn, case_id))
    assert check(conn, case_id)["due_at"] == due


@pytest.mark.parametrize("day", [date(2026, 11, 24), date(2026, 11, 1)])
def test_a_suspension_until_today_or_before_is_refused(conn: sa.Connection, day: date) -> None:
    case_id = bring(conn, file(conn), S.HANDLING)
    with pytest.raises(NotPossible, match=f"{day} 不行"):
        desk.suspend(conn, WORKER, case_id, version(conn, case_id), day, "等")


def test_an_extension_needs_a_reason_and_an_officials_approval(conn: sa.Connection) -> None:
    case_id = bring(conn, file(conn), S.HANDLING)
    due = row(conn, case_id)["due_at"]
    with pytest.raises(NotPossible, match="写明"):
        desk.ask_extension(conn, UNIT, case_id, version(conn, case_id), date(2026, 12, 31), "")
    asked = desk.ask_extension(conn, UNIT, case_id, version(conn, case_id), date(2026, 12, 31), "缺配件")
    assert row(conn, case_id)["due_at"] == due
    assert desk.today(conn, OFFICIAL) == {"extensions": 1}
    assert desk.extensions_waiting(conn, OFFICIAL)["id"].to_list() == [asked]
    with pytest.raises(NotPossible, match="等审批"):
        desk.ask_extension(conn, UNIT, case_id, version(conn, case_id), date(2026, 12, 30), "还要")
    with pytest.raises(NotAllowed):
        desk.decide_extension(conn, WORKER, asked, True)
    desk.decide_extension(conn, OFFICIAL, asked, True, "同意")
    found = check(conn, case_id)
    assert found["due_at"] == found["extended_to"] == at(31, 17, 12) + timedelta(minutes=30)
    with pytest.raises(NotPossible, match="已经审批过"):
        desk.decide_extension(conn, OFFICIAL, asked, False, "不同意")


def test_a_refused_extension_changes_nothing_but_the_history(conn: sa.Connection) -> None:
    case_id = bring(conn, file(conn), S.HANDLING)
    due = row(conn, case_id)["due_at"]
    asked = desk.ask_extension(conn, WORKER, case_id, version(conn, case_id), date(2026, 12, 31), "缺人")
    with pytest.raises(NotPossible, match="理由"):
        desk.decide_extension(conn, OFFICIAL, asked, False)
    desk.decide_extension(conn, OFFICIAL, asked, False, "人手够")
    assert check(conn, case_id)["due_at"] == due
    assert made.events(conn, case_id)[-1]["kind"] == EventKind.EXTENSION_REFUSED


@pytest.mark.parametrize(("day", "sentence"), [(date(2026, 11, 20), "早于受理日"), (date(2026, 11, 25), "并不晚于")])
def test_an_extension_before_acceptance_or_before_the_limit_is_refused(
    conn: sa.Connection, day: date, sentence: str
) -> None:
    case_id = bring(conn, file(conn), S.HANDLING)
    with pytest.raises(NotPossible, match=sentence):
        desk.ask_extension(conn, WORKER, case_id, version(conn, case_id), day, "要时间")
    assert conn.scalar(sa.select(sa.func.count()).select_from(CaseExtension)) == 0


def test_reopening_begins_a_new_limit(conn: sa.Connection) -> None:
    case_id = bring(conn, file(conn), S.FINISHED)
    with clock.standing_at(NOON + timedelta(20)):
        move(conn, WORKER, case_id, S.REOPENING)
        found = check(conn, case_id)
        assert found["limit_from"] == NOON + timedelta(20) < found["due_at"]  # type: ignore[operator]


def test_a_due_moment_from_a_file_is_moved_and_worked_out_again_too(conn: sa.Connection) -> None:
    case_id = make_case(conn, "W1", status="handling", grid_id=1, due_at=NOON + timedelta(2))
    desk.suspend(conn, WORKER, case_id, 1, date(2026, 11, 27), "等回音")
    found = check(conn, case_id)
    assert found["due_at"] == NOON + timedelta(2) + (at(27, 0) - NOON)


def test_a_case_from_a_file_without_a_limit_gets_one_when_it_is_accepted(conn: sa.Connection) -> None:
    case_id = make_case(conn, "W2", date(2025, 1, 1), status="pending", grid_id=1)
    move(conn, WORKER, case_id, S.ACCEPTED)
    assert check(conn, case_id)["due_at"] > NOON  # type: ignore[operator]


def test_punctuality_is_the_same_in_filter_list_and_by_hand(conn: sa.Connection) -> None:
    """Every combination of end, due and severe moment around now, with each kind of status."""
    moments = [NOON + timedelta(hours=h) for h in (-60, -30, -1, 0, 1, 23, 24, 25, 60)]
    number, labels = count(), {}
    for status in (S.HANDLING, S.FINISHED, S.ARCHIVED, S.WITHDRAWN):
        for due in (*moments, None):
            for severe in (due and due + timedelta(hours=20), due and due + timedelta(hours=200), None):
                finished = NOON - timedelta(hours=1) if status in DONE_STATUSES else None
                day = finished and finished.date()
                values: dict[str, Any] = {
                    "due_at": due,
                    "severe_at": severe,
                    "finished_at": finished,
                    "finished_on": day,
                }
                case_id = make_case(conn, f"P{next(number)}", status=status, **values)
                labels[case_id] = by_hand(status, finished, due, severe)
    listed = cases.listing(conn, OFFICIAL, Filters(show=Show.ALL), Order.DUE, 0, 999)
    assert dict(zip(listed["id"], listed["punctuality"], strict=True)) == labels
    for label in (*Punctuality, ""):
        filters = Filters(show=Show.ALL, punctualities=(label,))
        found = cases.listing(conn, OFFICIAL, filters, Order.NEWEST, 0, 999)["id"].to_list()
        wanted = [case_id for case_id, said in labels.items() if (said or "") == label]
        assert sorted(found) == sorted(wanted)
        assert cases.counts(conn, OFFICIAL, filters)[Show.ALL] == len(wanted)


def by_hand(status: S, finished: object, due: object, severe: object) -> str | None:
    """The label by the words of the domain, the slow way."""
    if due is None or status in DROPPED_STATUSES:
        return None
    end = finished or NOON
    if end > due:  # type: ignore[operator]
        return "severe" if severe is not None and end > severe else "overdue"  # type: ignore[operator]
    if status not in DONE_STATUSES and due <= NOON + timedelta(hours=24):  # type: ignore[operator]
        return "due_soon"
    return "on_time"


def test_the_lists_of_the_day_hold_as_many_cases_as_they_count(conn: sa.Connection) -> None:
    for status in (S.PENDING, S.ASSIGNED, S.SIGNED, S.HANDLING, S.RETURNED, S.FINISHED, S.REOPENING):
        bring(conn, file(conn), status)
    unhappy = bring(conn, file(conn), S.FINISHED)
    answer = desk.Answer(True, CaseResult.UNSOLVED)
    assert desk.follow_up(conn, WORKER, unhappy, version(conn, unhappy), answer)
    reminded = bring(conn, file(conn), S.HANDLING)
    desk.remind(conn, OFFICIAL, reminded, version(conn, reminded), "请抓紧")
    with clock.standing_at(NOON + timedelta(12)):
        for viewer in (WORKER, UNIT, OFFICIAL):
            for name, counted in desk.today(conn, viewer).items():
                filters = Filters(show=Show.ALL, listed=f"today.{name.value}")
                assert cases.listing(conn, viewer, filters, Order.DUE, 0, 99).height == counted > 0
        worker, unit = desk.today(conn, WORKER), desk.today(conn, UNIT)
        assert {"overdue", "to_accept", "returned", "unsigned", "silent", "unhappy", "to_follow_up", "reminded"} == {
            *worker
        }
        assert {"overdue", "to_sign", "silent", "to_handle", "reminded"} == {*unit}
        for watch, counted in desk.watched(conn, OFFICIAL).items():
            filters = Filters(show=Show.ALL, listed=f"watch.{watch.value}")
            assert cases.counts(conn, OFFICIAL, filters)[Show.ALL] == counted
            assert desk.watched_by(conn, OFFICIAL, watch)["cases"].sum() == counted
        desk.note(conn, UNIT, reminded, version(conn, reminded), "今天去")
        assert "reminded" not in desk.today(conn, WORKER)
    assert cases.counts(conn, WORKER, Filters(listed="today.nonsense"))[Show.ALL] == 0


def test_an_empty_desk_has_no_lists(conn: sa.Connection) -> None:
    assert desk.today(conn, WORKER) == {}
    assert conn.scalar(sa.select(sa.func.count()).select_from(Case)) == 0


def test_a_move_tells_what_is_missing_for_a_suspended_case(conn: sa.Connection) -> None:
    case_id = bring(conn, file(conn), S.HANDLING)
    desk.suspend(conn, WORKER, case_id, version(conn, case_id), date(2026, 12, 1), "等")
    choices = {one.to: one.refused for one in desk.moves_for(conn, WORKER, case_id)}
    assert choices[S.WITHDRAWN] is None
    assert "挂账" in str(choices[S.FINISHED])
    with pytest.raises(NotPossible):
        move(conn, WORKER, case_id, S.FINISHED, Given())
