"""What happens to a demo case while it is handled: notes, a suspension, an extension that is asked for and decided."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import clock
from data_access.desk.limits import Kind, closing
from data_access.tables.desk import CaseExtension
from jobs.demo.life import DAY, Life
from jobs.demo.matters import phrases
from vocabulary.enums import CaseStatus, EventKind, Urgency

NOTE_EVERY, NOTED = 2.2 * DAY, 0.9
SUSPENDED, EXTENDED, GRANTED = 0.04, 0.2, 0.85
LONG = 0.5


def work(life: Life, minutes: float) -> None:
    """So many minutes of work, with what is written down meanwhile."""
    chance = life.chance
    planned: list[tuple[float, Callable[[Life], None]]] = []
    turns = int(minutes // NOTE_EVERY)
    planned += [((n + 1) * NOTE_EVERY - 60, note) for n in range(turns) if chance.random() < NOTED]
    if not turns and chance.random() < 0.3:
        planned.append((minutes * chance.uniform(0.3, 0.7), note))
    calm = life.concern.urgency is not Urgency.EMERGENCY
    if calm and minutes > DAY and chance.random() < SUSPENDED:
        planned.append((minutes * 0.3, pause))
    elif calm and minutes > LONG * life.limit and chance.random() < EXTENDED:
        planned.append((minutes * 0.4, extend))
    done = 0.0
    for at, act in sorted(planned, key=lambda one: one[0]):
        life.wait(at - done)
        act(life)
        done = at
    life.wait(minutes - done)


def note(life: Life) -> None:
    life.tell(EventKind.NOTED, phrases().one(life.chance, life.noted))


def pause(life: Life) -> None:
    """Until the beginning of a day: then it goes on by itself."""
    until = _midnight(life.at.date() + timedelta(life.chance.randint(2, 6)))
    suspend(life, until)
    life.at = until


def suspend(life: Life, until: datetime | None) -> None:
    said = phrases().one(life.chance, "suspended")
    sets = {"suspended_from": life.at, "suspended_until": until, "suspension_reason": said}
    life.tell(EventKind.SUSPENDED, said, {"from": life.at, "until": until}, **sets)


def extend(life: Life) -> None:
    """Asks for some more days, and is answered within hours."""
    said, until = ask(life)
    asked = life.steps[-1].beside[0][1]
    life.wait(life.chance.uniform(30, 240))
    granted = life.chance.random() < GRANTED
    answer = None if granted else phrases().one(life.chance, "refused")
    asked |= {"approved": granted, "decided_at": life.at, "answer": answer}
    if granted:
        life.tell(EventKind.EXTENDED, said, {"until": until}, extended_to=until, extension_reason=said)
    else:
        life.tell(EventKind.EXTENSION_REFUSED, answer)


def ask(life: Life) -> tuple[str, datetime]:
    calendar = life.limits.calendar
    since = next(step.at for step in reversed(life.steps) if step.after in (CaseStatus.PENDING, CaseStatus.REOPENING))
    due = life.limits.after(Kind.FINISH, life.concern, since)
    until = closing(calendar, calendar.add_working_days(max(due, life.at), life.chance.randint(2, 4)).date())
    said = phrases().one(life.chance, "extension")
    step = life.tell(EventKind.EXTENSION_ASKED, said)
    step.beside.append((CaseExtension, {"asked_at": life.at, "until": until, "reason": said}))
    return said, until


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.SHANGHAI)
