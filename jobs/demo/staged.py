"""What stands on the lists of the demo's last day: a few recent cases are told so that no list is empty."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

import clock
from data_access.workdays import Calendar
from jobs.demo.afterwards import answered
from jobs.demo.concerns import Concern
from jobs.demo.days import Stretch
from jobs.demo.life import DAY, Life
from jobs.demo.lives import accept, assign, finished, send_back
from jobs.demo.matters import phrases
from jobs.demo.neighbourhood import UNITS
from jobs.demo.steps import Step
from jobs.demo.working import ask, note, suspend
from vocabulary.enums import CaseResult, CaseStatus, CaseType, EventKind, Urgency

S = CaseStatus
TALKED = (CaseType.CONSULT, CaseType.PRAISE)


@dataclass(frozen=True)
class Back:
    """The office's working days before the demo's last moment."""

    calendar: Calendar
    cut: datetime

    def at(self, days: int, hour: int = 10) -> datetime:
        day = self.cut.date()
        while days > 0:
            day -= timedelta(1)
            days -= bool(self.calendar.windows(day))
        return datetime.combine(day, time(hour, 20), clock.SHANGHAI)

    def since(self, day: date) -> int:
        """How many working days lie after this day, up to the last one."""
        days = [day + timedelta(n + 1) for n in range((self.cut.date() - day).days)]
        return sum(bool(self.calendar.windows(one)) for one in days)


Act = Callable[[Life, Back], None]


def unsigned(life: Life, _back: Back) -> None:
    accept(life)
    assign(life)


def twice_returned(life: Life, _back: Back) -> None:
    accept(life)
    for code in life.chance.sample([code for code in UNITS if code != life.matter.unit], 2):
        send_back(life, code)


def silent(life: Life, _back: Back) -> None:
    accept(life)
    assign(life)
    life.move(10, S.SIGNED, "signed", by_unit=True)
    life.move(20, S.HANDLING, life.noted, by_unit=True)


def worked(life: Life, back: Back) -> None:
    """Handled, with a note of yesterday: soon due, or overdue already."""
    silent(life, back)
    life.go(back.at(2))
    note(life)
    life.go(back.at(1, 14))
    note(life)


def reminded(life: Life, back: Back) -> None:
    worked(life, back)
    life.wait(60)
    life.tell(EventKind.REMINDED, phrases().one(life.chance, "reminded"))


def waiting(life: Life, back: Back) -> None:
    worked(life, back)
    life.wait(30)
    ask(life)


def extended(life: Life, back: Back) -> None:
    silent(life, back)
    life.go(back.at(2))
    said, until = ask(life)
    life.wait(90)
    life.steps[-1].beside[0][1].update(approved=True, decided_at=life.at)
    life.tell(EventKind.EXTENDED, said, {"until": until}, extended_to=until, extension_reason=said)
    life.go(back.at(1, 15))
    note(life)


def suspended(life: Life, back: Back) -> None:
    worked(life, back)
    suspend(life, None)


def unproved(life: Life, back: Back) -> None:
    silent(life, back)
    life.go(back.at(1, 15))
    said = phrases().one(life.chance, "no_files")
    life.say(1, S.FINISHED, said, True, result=CaseResult.EXPLAINED.value, reply=life.concern.reply)


def unhappy(life: Life, back: Back) -> None:
    silent(life, back)
    life.go(back.at(2))
    finished(life, CaseResult.PARTLY, life.concern.reply)
    life.go(back.at(1, 16))
    answered(life, CaseResult.UNSOLVED)


def reopened(life: Life, back: Back) -> None:
    silent(life, back)
    life.go(back.at(4))
    finished(life, CaseResult.PARTLY, life.concern.reply)
    life.go(back.at(2))
    answered(life, CaseResult.UNSOLVED)
    life.move(DAY / 4, S.REOPENING, "reopened")
    life.move(60, S.HANDLING, life.noted, by_unit=True)


def told(life: Life, act: Act, back: Back) -> list[Step]:
    """The steps of a case that is told so."""
    act(life, back)
    return life.steps


N, C = Urgency.NORMAL, Urgency.COMPLEX
# What is told of a case that came in so many working days before: a normal one is due on the fifth.
STAGES: tuple[tuple[int, Urgency, Act], ...] = (
    *((2, N, unsigned), (2, N, unsigned), (3, N, twice_returned), (5, N, silent), (9, C, silent)),
    *((5, N, waiting), (5, N, waiting), (5, N, worked), (6, N, reminded), (7, N, worked)),
    *((6, N, extended), (7, N, extended), (8, C, suspended), (4, N, unproved), (4, N, unhappy), (7, N, reopened)),
)


def chosen(concerns: list[Concern], days: Stretch, calendar: Calendar) -> dict[int, tuple[Concern, Act]]:
    """For some recent cases, by id, what is told of them and with which urgency; fewer where few came."""
    back = Back(calendar, days.cut)
    rest = not calendar.windows(days.cut.date())
    recent = list(enumerate(concerns, 1))[-120:]
    by_age: dict[int, list[int]] = {}
    for case_id, concern in recent:
        by_age.setdefault(back.since(concern.received_at.date()), []).append(case_id)
    found: dict[int, tuple[Concern, Act]] = {}
    for age, urgency, act in STAGES:
        free = [n for n in by_age.get(age - rest, []) if n not in found]
        if free:
            best = min(free, key=lambda n: _unfit(concerns[n - 1], urgency))
            found[best] = replace(concerns[best - 1], urgency=urgency), act
    return found


def _unfit(concern: Concern, urgency: Urgency) -> tuple[bool, bool, bool]:
    return concern.urgency is Urgency.EMERGENCY, concern.type in TALKED, concern.urgency is not urgency
