"""The lives of the demo's cases: every step from filing to the archive, and what a case is after some of them."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from data_access.workdays import Calendar
from jobs.demo.concerns import Concern, drawn_from
from jobs.demo.matters import Matter, phrases
from jobs.demo.neighbourhood import UNITS
from vocabulary.enums import CaseResult, CaseStatus, CaseType, EventKind, Level, Urgency

S = CaseStatus
UNIT_IDS = {code: n for n, code in enumerate(UNITS, 1)}
FATES: dict[CaseStatus, float] = {S.FINISHED: 92.5, S.WITHDRAWN: 3.5, S.REJECTED: 2.5, S.MERGED: 1.5}
RESULTS: dict[CaseResult, float] = {
    CaseResult.SOLVED: 72,
    CaseResult.EXPLAINED: 15,
    CaseResult.PARTLY: 9,
    CaseResult.UNSOLVED: 4,
}
LEVELS = {
    Urgency.EMERGENCY: Level.PARTY_SECRETARY,
    Urgency.COMPLEX: Level.PARTY_SECRETARY,
    Urgency.URGENT: Level.BRANCH_SECRETARY,
    Urgency.NORMAL: Level.PARTY_MEMBER,
}
SLOWER = {Urgency.EMERGENCY: 0.35, Urgency.URGENT: 0.7, Urgency.NORMAL: 1.0, Urgency.COMPLEX: 1.6}
LONG_TAIL = 0.05
DAY = 7 * 60


@dataclass(frozen=True)
class Step:
    """One row of a case's history, and what it sets in the case."""

    at: datetime
    kind: EventKind
    before: CaseStatus | None
    after: CaseStatus | None
    unit_id: int | None
    note: str | None
    sets: dict[str, Any] = field(default_factory=dict)


class Life:
    """A case on its way: `status` and `at` are where its last step left it."""

    def __init__(self, concern: Concern, matter: Matter, chance: random.Random, calendar: Calendar) -> None:
        self.concern, self.matter, self.chance, self.calendar = concern, matter, chance, calendar
        self.status, self.at = S.PENDING, concern.received_at
        self.unit_id: int | None = None
        note = phrases().received[concern.channel.value]
        self.steps = [Step(self.at, EventKind.FILED, None, S.PENDING, None, note)]

    @property
    def asks(self) -> bool:
        """Is it settled by words alone?"""
        return self.concern.type in (CaseType.CONSULT, CaseType.PRAISE)

    @property
    def noted(self) -> str:
        return "talked" if self.asks else "noted"

    def after(self, minutes: float) -> datetime:
        """Working minutes later; an emergency is worked on round the clock."""
        if self.concern.urgency is Urgency.EMERGENCY:
            return self.at + timedelta(minutes=max(1, round(minutes)))
        start = self.calendar.add_working_minutes(self.at, max(1, round(minutes)))
        return start + timedelta(seconds=self.chance.randrange(60))

    def move(self, minutes: float, status: CaseStatus, occasion: str, by_unit: bool = False, **sets: Any) -> None:
        self.at = self.after(minutes)
        note = phrases().one(self.chance, occasion)
        unit_id = self.unit_id if by_unit else None
        self.steps.append(Step(self.at, EventKind.MOVED, self.status, status, unit_id, note, sets))
        self.status = status

    def tell(self, kind: EventKind, note: str, **sets: Any) -> None:
        """Something written down at this moment that moves nothing."""
        self.steps.append(Step(self.at, kind, None, None, self.unit_id, note, sets))


def lived(concern: Concern, matter: Matter, seed: int, calendar: Calendar) -> list[Step]:
    """Every step of a case in order, as far as they will ever go."""
    chance = random.Random(f"{seed} {concern.number} life")
    life = Life(concern, matter, chance, calendar)
    fate = drawn_from(chance, FATES)
    if life.asks and fate is S.REJECTED:
        fate = S.FINISHED
    if fate is S.REJECTED:
        life.move(chance.expovariate(1 / 60), S.REJECTED, "rejected")
        return life.steps
    for walk in (_accept, _assign, _handle) if fate is S.FINISHED else (_accept, _assign)[: chance.randint(0, 2)]:
        walk(life)
    if fate is S.FINISHED:
        _finish(life)
    else:
        life.move(chance.uniform(20, 400), fate, fate.value)
    return life.steps


def state(steps: list[Step]) -> dict[str, Any]:
    """What the case is after these steps."""
    found: dict[str, Any] = {"status": S.PENDING.value, "reopened_count": 0}
    for step in steps:
        if step.after is not None:
            found["status"] = step.after.value
        found.update(step.sets)
        if step.after in (S.WITHDRAWN, S.REJECTED, S.MERGED):
            found["dropped_on"] = step.at.date()
        if step.after is S.REOPENING:
            found["reopened_count"] += 1
            found.update(finished_at=None, result=None, resident_solved=None, resident_satisfied=None)
        if step.after is S.FINISHED:
            found["finished_at"] = step.at
    return found


def _accept(life: Life) -> None:
    life.move(life.chance.expovariate(1 / 22), S.ACCEPTED, "accepted")
    life.steps[-1].sets["accepted_at"] = life.at


def _assign(life: Life) -> None:
    """To the unit that leads; now and then to a wrong one first, which sends it back."""
    level = LEVELS[life.concern.urgency].value
    if life.chance.random() < 0.04:
        wrong = life.chance.choice([code for code in UNITS if code != life.matter.unit])
        _to(life, UNIT_IDS[wrong], level)
        life.move(life.chance.uniform(30, 240), S.RETURNED, "returned", by_unit=True)
    _to(life, UNIT_IDS[life.matter.unit], level)


def _to(life: Life, unit_id: int, level: str) -> None:
    life.move(life.chance.expovariate(1 / 25), S.ASSIGNED, "assigned", lead_unit_id=unit_id, level=level)
    life.steps[-1].sets["assigned_at"] = life.at
    life.unit_id = unit_id


def _handle(life: Life) -> None:
    life.move(life.chance.expovariate(1 / 50), S.SIGNED, "signed", by_unit=True)
    life.move(life.chance.expovariate(1 / 60), S.HANDLING, life.noted, by_unit=True)
    life.steps[-1].sets["first_contact_at"] = life.at


def _finish(life: Life) -> None:
    chance = life.chance
    usual = life.matter.hours * 60 * SLOWER[life.concern.urgency] * chance.lognormvariate(0, 0.7)
    minutes = usual * (chance.uniform(4, 9) if chance.random() < LONG_TAIL else 1)
    if chance.random() < 0.4:
        life.at = life.after(minutes * chance.uniform(0.2, 0.6))
        life.tell(EventKind.NOTED, phrases().one(chance, life.noted))
    result = drawn_from(chance, RESULTS)
    _done(life, minutes * 0.6, result, life.concern.reply)
    if chance.random() < 0.82:
        _follow_up(life, result)


def _done(life: Life, minutes: float, result: CaseResult, reply: str) -> None:
    life.at = life.after(minutes)
    life.tell(EventKind.REPLIED, reply, reply=reply)
    step = Step(life.at, EventKind.MOVED, S.HANDLING, S.FINISHED, life.unit_id, None, {"result": result.value})
    life.steps.append(step)
    life.status = S.FINISHED


def _follow_up(life: Life, result: CaseResult) -> None:
    chance = life.chance
    unhappy = result is CaseResult.UNSOLVED or chance.random() < 0.05
    satisfied = not unhappy and chance.random() < 0.93
    occasion = "unhappy" if unhappy else "followed_up"
    life.move(
        chance.uniform(1, 3) * DAY, S.FOLLOWED_UP, occasion, resident_solved=not unhappy, resident_satisfied=satisfied
    )
    if unhappy and chance.random() < 0.6:
        life.move(chance.uniform(10, 120), S.REOPENING, "reopened")
        life.move(chance.uniform(10, 120), S.HANDLING, life.noted, by_unit=True)
        _done(life, chance.uniform(1, 4) * DAY, CaseResult.SOLVED, phrases().one(chance, "again"))
    elif chance.random() < 0.9:
        life.move(5 * DAY, S.ARCHIVED, "archived")
