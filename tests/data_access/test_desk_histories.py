"""Random histories of the desk: the backlog adds up, no event is lost, due moments come again from the events."""

import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

import clock
from access import OPERATOR
from data_access import cases, desk, evidence, workdays
from data_access.desk import Answer, Changed, Given
from data_access.engine import open_engine, sqlite_url
from data_access.renewal.given import Upload
from data_access.rules import limit_for
from jobs import figures
from metrics import desk as desk_metrics
from tests import desk as made
from tests.case_rows import PROPERTY, ROADS, make_neighbourhood
from tests.conftest import NOON
from tests.desk import AHEAD, WORKER, S, new_case, row, version
from vocabulary.cases import Show
from vocabulary.desk import Part, Satisfaction
from vocabulary.enums import (
    DONE_STATUSES,
    DROPPED_STATUSES,
    OPEN_STATUSES,
    CaseResult,
    CaseStatus,
    CaseType,
    EventKind,
    Urgency,
)
from vocabulary.moves import CASE_MOVES, following
from vocabulary.questions import Filters, Period
from vocabulary.refusals import Refusal
from vocabulary.rules import LimitKind, LimitUnit

START = NOON - timedelta(30)
READY = Given(reason="理由", note="联系过", reply="办好了", unit_id=PROPERTY, result=CaseResult.SOLVED, contacted=True)
UPLOAD = Upload("a.png", b"\x89PNG\r\n\x1a\n1")
PICK = st.integers(0, 10**6)
BUSY, FEW = 25, 4
"""Acts in a row, on so many cases at least."""
SEEDS, MORE = 8, 0.1


class Desk(RuleBasedStateMachine):
    """What people do on the desk over some weeks, with the open cases of every day counted beside it."""

    template: ClassVar[Path]
    reached: ClassVar[Counter[str]] = Counter()
    """Statuses and kinds of events that all these histories came to."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        file = Path(self.folder.name) / "desk.db"
        shutil.copy(self.template, file)
        self.engine = open_engine(sqlite_url(file))
        self.conn = self.engine.connect()
        self.transaction = self.conn.begin()
        make_neighbourhood(self.conn)
        self.now = START
        self.ids: list[int] = []
        self.open_on: dict[date, int] = {}
        self.same = True
        self.told = Counter[int]()
        """How often each case was changed, as seen from outside."""

    def act(self, verb: Any, *given: Any) -> None:
        """Does it, or is refused and finds nothing changed."""
        before = [row(self.conn, case_id) for case_id in self.ids]
        with clock.standing_at(self.now):
            try:
                found = verb(self.conn, OPERATOR, *given)
            except Refusal:
                found = None
                self.same = [row(self.conn, case_id) for case_id in self.ids] == before
        assert self.same, f"{verb.__name__} was refused and wrote all the same"
        if verb is desk.file_case:
            self.ids.append(found)
        after = {case_id: row(self.conn, case_id) for case_id in self.ids}
        self.told.update(case_id for case_id in self.ids if after[case_id] not in before)
        self.now += timedelta(minutes=7)

    def picked(self, pick: int) -> tuple[int, int]:
        case_id = self.ids[pick % len(self.ids)]
        return case_id, version(self.conn, case_id)

    @rule(urgency=st.sampled_from(Urgency), kind=st.sampled_from(CaseType))
    def file(self, urgency: Urgency, kind: CaseType) -> None:
        self.act(desk.file_case, new_case(urgency=urgency, type=kind))

    @rule(hours=st.sampled_from([1, 5, 18, 24, 60]))
    def wait(self, hours: int) -> None:
        later = self.now + timedelta(hours=hours)
        while self.now.date() < later.date() and later < NOON:
            self.open_on[self.now.date()] = self.count_open()
            self.now += timedelta(1)
        self.now = max(self.now, later) if later < NOON else self.now

    def count_open(self) -> int:
        return sum(row(self.conn, case_id)["status"] in OPEN_STATUSES for case_id in self.ids)

    @precondition(lambda self: self.ids)
    @rule(pick=PICK, to=PICK)
    def move_on(self, pick: int, to: int) -> None:
        case_id, seen = self.picked(pick)
        legal = following(CaseStatus(row(self.conn, case_id)["status"]))
        if legal:
            self.act(desk.move, case_id, seen, legal[to % len(legal)], READY)

    @rule(seed=st.integers(0, 2**32 - 1))
    def busy_days(self, seed: int) -> None:
        """Many acts in a row: single ones alone seldom bring a case to its end, and rarely back from there."""
        chance = random.Random(seed)
        for _ in range(BUSY):
            self.something(chance)

    def something(self, chance: random.Random) -> None:
        pick, other = chance.randrange(10**6), chance.randrange(10**6)
        if len(self.ids) < FEW or chance.random() < MORE:
            self.file(chance.choice([*Urgency]), chance.choice([*CaseType]))
        acts: list[Callable[[], object]] = [
            *[lambda: self.go_on(pick)] * 8,
            *[lambda: self.move_on(pick, other)] * 3,
            lambda: self.move_anywhere(pick, chance.choice([*CaseStatus])),
            *[lambda: self.follow_up(pick, chance.choice([*CaseResult]), chance.choice([*Satisfaction]))] * 2,
            lambda: self.merge(pick, other),
            lambda: self.unmerge(pick),
            lambda: self.suspend(pick, chance.choice([None, 1, 6])),
            lambda: self.resume(pick),
            lambda: self.extend(pick, chance.randrange(40), approved=chance.random() < 0.5),
            lambda: self.reclassify(pick, chance.choice([*Urgency]), chance.choice([*CaseType])),
            lambda: self.note_and_attach(pick),
            lambda: self.set_a_day(chance.randrange(1, 40), works=chance.random() < 0.5),
            lambda: self.wait(chance.choice([1, 5, 18, 24])),
        ]
        chance.choice(acts)()

    def go_on(self, pick: int) -> None:
        """One step of the ordinary way."""
        case_id, seen = self.picked(pick)
        if to := AHEAD.get(CaseStatus(row(self.conn, case_id)["status"])):
            self.act(desk.move, case_id, seen, to, READY)

    @precondition(lambda self: self.ids)
    @rule(pick=PICK, to=st.sampled_from(CaseStatus))
    def move_anywhere(self, pick: int, to: CaseStatus) -> None:
        self.act(desk.move, *self.picked(pick), to, READY)

    @precondition(lambda self: self.ids)
    @rule(pick=PICK, solved=st.sampled_from([None, *CaseResult]), rated=st.sampled_from([None, *Satisfaction]))
    def follow_up(self, pick: int, solved: CaseResult | None, rated: Satisfaction | None) -> None:
        self.act(desk.follow_up, *self.picked(pick), Answer(True, solved, rated))

    @precondition(lambda self: len(self.ids) > 1)
    @rule(pick=PICK, into=PICK)
    def merge(self, pick: int, into: int) -> None:
        self.act(desk.merge, *self.picked(pick), self.picked(into)[0], "同一件")

    @precondition(lambda self: self.ids)
    @rule(pick=PICK)
    def unmerge(self, pick: int) -> None:
        self.act(desk.unmerge, *self.picked(pick), "两件事")

    @precondition(lambda self: self.ids)
    @rule(pick=PICK, days=st.sampled_from([None, 0, 1, 6]))
    def suspend(self, pick: int, days: int | None) -> None:
        until = None if days is None else self.now.date() + timedelta(days)
        self.act(desk.suspend, *self.picked(pick), until, "等配件")

    @precondition(lambda self: self.ids)
    @rule(pick=PICK)
    def resume(self, pick: int) -> None:
        self.act(desk.resume, *self.picked(pick))

    @precondition(lambda self: self.ids)
    @rule(pick=PICK, days=st.integers(0, 40), approved=st.booleans())
    def extend(self, pick: int, days: int, approved: bool) -> None:
        self.act(desk.ask_extension, *self.picked(pick), self.now.date() + timedelta(days), "缺人")
        for extension in desk.extensions_waiting(self.conn, OPERATOR)["id"]:
            self.act(desk.decide_extension, extension, approved, "理由")

    @precondition(lambda self: self.ids)
    @rule(pick=PICK, urgency=st.sampled_from(Urgency), kind=st.sampled_from(CaseType))
    def reclassify(self, pick: int, urgency: Urgency, kind: CaseType) -> None:
        self.act(desk.reclassify, *self.picked(pick), Changed(kind, urgency), "重新判断")

    @precondition(lambda self: self.ids)
    @rule(pick=PICK)
    def note_and_attach(self, pick: int) -> None:
        self.act(desk.note, *self.picked(pick), "去看过")
        self.act(desk.attach, *self.picked(pick), UPLOAD)
        self.act(desk.add_unit, *self.picked(pick), ROADS, list(Part)[pick % 2])

    @rule(days=st.integers(1, 40), works=st.booleans())
    def set_a_day(self, days: int, works: bool) -> None:
        self.act(desk.set_workday, self.now.astimezone(clock.SHANGHAI).date() + timedelta(days), works, "通知")

    def teardown(self) -> None:
        with clock.standing_at(self.now):
            self.check_events()
            self.check_backlog()
            self.check_figures()
        self.transaction.rollback()
        self.conn.close()
        self.engine.dispose()
        self.folder.cleanup()

    def check_events(self) -> None:
        for case_id in self.ids:
            case, told = row(self.conn, case_id), made.events(self.conn, case_id)
            self.reached.update(word for one in told for word in (one["kind"], one["to_status"]) if word)
            statuses = [(one["from_status"], one["to_status"]) for one in told if one["to_status"]]
            assert all(left[1] == right[0] for left, right in pairwise(statuses))
            assert statuses[-1][1] == case["status"]
            merged = [(a, b) for a, b in statuses[1:] if a != S.MERGED]
            assert all((CaseStatus(a), CaseStatus(b)) in CASE_MOVES for a, b in merged)
            assert case["version"] == 1 + sum(one["kind"] != "filed" for one in told)
            assert len(told) == self.told[case_id], "a change without an event, or an event without a change"
            self.check_moments(case, told)
            if case["status"] in OPEN_STATUSES:  # one that is over keeps what stood when it ended
                assert desk.expected(self.conn, case_id) == {name: case[name] for name in ("due_at", "severe_at")}

    def check_moments(self, case: dict[str, Any], told: list[dict[str, Any]]) -> None:
        """Counts and days of a case once more, from its events; the due moment of one whose clock never stood."""
        moves = [one for one in told if one["kind"] == EventKind.MOVED]  # an undone merge brings a status back, no more
        into = {status: [one["at"] for one in moves if one["to_status"] == status] for status in CaseStatus}
        assert (case["reopened_count"], case["returned_count"]) == (len(into[S.REOPENING]), len(into[S.RETURNED]))
        done, dropped = case["status"] in DONE_STATUSES, case["status"] in DROPPED_STATUSES
        finished = into[S.FINISHED][-1] if done else None
        assert (case["finished_at"], case["finished_on"]) == (finished, finished and day_of(finished))
        ends = [at for status in DROPPED_STATUSES for at in into[status]]
        assert case["dropped_on"] == (day_of(max(ends)) if dropped else None)
        calendar = workdays.calendar_in(self.conn)
        assert case["worked_minutes"] == (calendar.worked_minutes(case["received_at"], finished) if finished else None)
        if case["status"] not in OPEN_STATUSES or {"suspended", "extended"} & {one["kind"] for one in told}:
            return
        since = max([case["received_at"], *into[S.REOPENING]])
        limit = limit_for(self.conn, LimitKind.FINISH, case["type"], case["urgency"], day_of(since))
        assert limit
        by_hours, by_days = since + timedelta(hours=limit.amount), calendar.add_working_days(since, limit.amount)
        assert case["due_at"] == (by_hours if limit.unit is LimitUnit.HOURS else by_days)

    def check_backlog(self) -> None:
        found = desk.backlog(self.conn, OPERATOR, START.date(), self.now.date(), Filters())
        self.open_on[self.now.date()] = self.count_open()
        before = 0
        for day in found.iter_rows(named=True):
            came = day["received"] + day["reopened"] + day["restored"]
            assert day["open"] == before + came - day["finished"] - day["dropped"]
            assert day["open"] == self.open_on.get(day["on"], day["open"])
            before = day["open"]
        assert before == cases.counts(self.conn, WORKER, Filters())[Show.OPEN] == self.count_open()

    def check_figures(self) -> None:
        period = Period(START.date(), self.now.date())
        for metric in desk_metrics.METRICS:
            figure = figures.figure(self.conn, OPERATOR, metric.key, period, Filters())
            rows = evidence.behind(self.conn, OPERATOR, metric.rows, period, Filters())
            counted = rows[metric.rows.column].sum() if metric.rows.column else rows.height
            assert (figure.value if metric.of is None else figure.numerator) == pytest.approx(counted)


def day_of(at: datetime) -> date:
    return at.astimezone(clock.SHANGHAI).date()


def test_random_histories_keep_what_the_desk_promises(sqlite_template: Path) -> None:
    Desk.template = sqlite_template
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            phases=[Phase.generate],  # whole days shrink for minutes and end as long as before
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_long_histories_of_fixed_seeds_come_to_every_status_and_keep_it_too(sqlite_template: Path) -> None:
    Desk.template = sqlite_template
    Desk.reached.clear()
    for seed in range(SEEDS):
        history = Desk()
        for days in range(4):
            history.busy_days(seed * 1000 + days)
        history.teardown()
    assert {*CaseStatus} <= {*Desk.reached}, "histories that never come to a status prove nothing of it"
    assert {"suspended", "resumed", "extended", "extension_refused", "changed", "unmerged"} <= {*Desk.reached}
