"""The lives of the demo's cases: every step from filing to the archive, each a legal move of the desk."""

import random

from data_access.tables.desk import CaseUnit
from jobs.demo.afterwards import follow_up
from jobs.demo.concerns import Concern, drawn_from
from jobs.demo.life import DAY, UNIT_IDS, Life
from jobs.demo.limits import Limits
from jobs.demo.matters import matters, phrases
from jobs.demo.neighbourhood import UNITS
from jobs.demo.steps import Step
from jobs.demo.working import work
from vocabulary.desk import Part
from vocabulary.enums import CaseResult, CaseStatus, Urgency

__all__ = ["UNIT_IDS", "accept", "archive", "assign", "begun", "finished", "handle", "lived", "send_back", "to_lead"]
S = CaseStatus
FATES: dict[CaseStatus, float] = {S.FINISHED: 92.5, S.WITHDRAWN: 3.5, S.REJECTED: 2.5, S.MERGED: 1.5}
RESULTS: dict[CaseResult, float] = {
    CaseResult.SOLVED: 78,
    CaseResult.EXPLAINED: 12,
    CaseResult.PARTLY: 7,
    CaseResult.UNSOLVED: 3,
}
SLOWER = {Urgency.EMERGENCY: 0.3, Urgency.URGENT: 0.6, Urgency.NORMAL: 0.85, Urgency.COMPLEX: 1.3}
LATE, WRONG_FIRST, WRONG_TWICE, SLOW_CONTACT, HELPED, AGAIN = 0.11, 0.04, 0.2, 0.08, 0.12, 0.6


def begun(concern: Concern, seed: int, limits: Limits) -> Life:
    """A case that has just come in."""
    return Life(concern, matters()[concern.matter], random.Random(f"{seed} {concern.number} life"), limits)


def lived(life: Life) -> list[Step]:
    """Every step of a case in order, as far as they will ever go."""
    chance = life.chance
    fate = drawn_from(chance, FATES)
    if life.asks and fate is S.REJECTED:
        fate = S.FINISHED
    if fate is S.REJECTED:
        life.move(chance.expovariate(1 / 60), S.REJECTED, "rejected")
        return life.steps
    for walk in (accept, assign, handle) if fate is S.FINISHED else (accept, assign)[: chance.randint(0, 2)]:
        walk(life)
    if fate is S.FINISHED:
        _finish(life)
    else:
        life.move(chance.uniform(20, 400), fate, fate.value)
    return life.steps


def accept(life: Life) -> None:
    life.move(life.chance.expovariate(1 / 22), S.ACCEPTED, "accepted")


def assign(life: Life) -> None:
    """To the unit that leads; now and then to a wrong one first, once or twice, which sends it back."""
    wrong = [code for code in UNITS if code != life.matter.unit]
    if life.chance.random() < WRONG_FIRST:
        for code in life.chance.sample(wrong, 1 + (life.chance.random() < WRONG_TWICE)):
            send_back(life, code)
    to_lead(life, UNIT_IDS[life.matter.unit])
    if life.chance.random() < HELPED:
        helping = UNIT_IDS[life.chance.choice(wrong)]
        life.steps[-1].beside.append((CaseUnit, {"unit_id": helping, "part": Part.HELPING.value}))


def send_back(life: Life, code: str) -> None:
    to_lead(life, UNIT_IDS[code])
    life.move(life.chance.uniform(30, 200), S.RETURNED, "returned", by_unit=True)


def to_lead(life: Life, unit_id: int) -> None:
    life.unit_id = unit_id
    life.move(life.chance.expovariate(1 / 25), S.ASSIGNED, "assigned", by_unit=True, lead_unit_id=unit_id)


def handle(life: Life) -> None:
    life.move(life.chance.expovariate(1 / 50), S.SIGNED, "signed", by_unit=True)
    slow = life.chance.random() < SLOW_CONTACT
    delay = life.chance.uniform(1, 2) * DAY if slow else life.chance.expovariate(1 / 60)
    life.move(delay, S.HANDLING, life.noted, by_unit=True)


def _finish(life: Life) -> None:
    chance = life.chance
    result = drawn_from(chance, RESULTS)
    work(life, _minutes(life))
    finished(life, result, life.concern.reply)
    if follow_up(life, result) and chance.random() < AGAIN:
        life.move(chance.uniform(10, 120), S.REOPENING, "reopened")
        life.move(chance.uniform(10, 120), S.HANDLING, life.noted, by_unit=True)
        work(life, chance.uniform(0.3, 0.6) * life.limit)
        finished(life, CaseResult.SOLVED, phrases().one(chance, "again"))
        follow_up(life, CaseResult.SOLVED, content=True)
    archive(life)


def _minutes(life: Life) -> float:
    """What a matter of this kind takes, within its limit; a few are late, none three times."""
    chance = life.chance
    if chance.random() < LATE and not life.asks:
        return life.limit * chance.uniform(1.05, 1.5)
    usual = life.matter.hours * 60 * SLOWER[life.concern.urgency] * chance.lognormvariate(0, 0.6)
    return min(usual, life.limit * chance.uniform(0.45, 0.8))


def finished(life: Life, result: CaseResult, reply: str) -> None:
    """With a picture, or the reason why there is none."""
    said = reply if life.prove() else phrases().one(life.chance, "no_files")
    life.say(1, S.FINISHED, said, by_unit=True, result=result.value, reply=reply)


def archive(life: Life) -> None:
    """After some days; a case whose reporter was not reached, or stays unhappy, goes there for a reason."""
    if life.status is S.FINISHED:
        life.move(life.chance.uniform(20, 200), S.ARCHIVED, "unreached")
    elif life.unhappy:
        life.move(life.chance.uniform(60, 400), S.ARCHIVED, "explained")
    else:
        life.move(life.chance.uniform(2, 5) * DAY, S.ARCHIVED, "archived")
