"""Following up on the demo's finished cases: who was reached, what they said, who stays unhappy."""

from typing import Any

from data_access.desk.following import CONTENT
from data_access.tables.desk import FollowUp
from jobs.demo.concerns import drawn_from
from jobs.demo.life import DAY, Life
from jobs.demo.matters import phrases
from vocabulary.desk import UNHAPPY, Satisfaction
from vocabulary.enums import CaseResult, CaseStatus, EventKind

TRIES, REACHED = 3, 0.85
SAID: dict[CaseResult | None, float] = {
    CaseResult.SOLVED: 92,
    CaseResult.PARTLY: 3,
    CaseResult.EXPLAINED: 1,
    CaseResult.UNSOLVED: 1,
    None: 3,
}
MOODS: dict[Satisfaction | None, float] = {
    Satisfaction.VERY_SATISFIED: 36,
    Satisfaction.SATISFIED: 42,
    Satisfaction.NEUTRAL: 12,
    Satisfaction.DISSATISFIED: 4,
    Satisfaction.VERY_DISSATISFIED: 1,
    None: 5,
}
LOW: dict[Satisfaction | None, float] = {Satisfaction.DISSATISFIED: 7, Satisfaction.VERY_DISSATISFIED: 3}
FAIR: dict[Satisfaction | None, float] = {Satisfaction.VERY_SATISFIED: 3, Satisfaction.SATISFIED: 6, None: 1}


def follow_up(life: Life, result: CaseResult, content: bool = False) -> bool:
    """Calls until somebody answers, thrice at most; True when they are unhappy."""
    for _ in range(TRIES):
        life.wait(life.chance.uniform(0.2, 1.3) * DAY)
        if life.chance.random() < REACHED:
            return answered(life, result, content)
        note = phrases().one(life.chance, "no_answer")
        step = life.tell(EventKind.FOLLOWED_UP, note, {"reached": False})
        step.beside.append((FollowUp, _row(life, False, None, None, note)))
    return False


def answered(life: Life, result: CaseResult, content: bool = False) -> bool:
    """What they said; what was not answered stays unanswered."""
    solved = result if content or result is CaseResult.UNSOLVED else _solved(life, result)
    moods = FAIR if content else LOW if solved is CaseResult.UNSOLVED else MOODS
    mood = drawn_from(life.chance, moods)
    life.unhappy = solved is CaseResult.UNSOLVED or mood in UNHAPPY
    note = phrases().one(life.chance, "unhappy" if life.unhappy else "followed_up")
    sets: dict[str, Any] = {
        "resident_solved": None if solved is None else solved is not CaseResult.UNSOLVED,
        "resident_satisfied": None if mood is None else mood in CONTENT,
    }
    life.say(1, CaseStatus.FOLLOWED_UP, note, **sets)
    step = life.steps[-1]
    step.sets["unhappy_since"] = life.at if life.unhappy else None
    step.beside.append((FollowUp, _row(life, True, solved, mood, note)))
    return life.unhappy


def _solved(life: Life, result: CaseResult) -> CaseResult | None:
    """Residents mostly say what the unit said."""
    return result if result is CaseResult.PARTLY else drawn_from(life.chance, SAID)


def _row(life: Life, reached: bool, solved: CaseResult | None, mood: Satisfaction | None, note: str) -> dict[str, Any]:
    return {
        "called_at": life.at,
        "called_on": life.at.date(),
        "reached": reached,
        "solved": solved and solved.value,
        "satisfaction": mood and mood.value,
        "note": note,
    }
