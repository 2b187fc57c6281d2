"""Demo cases that belong together: one merged into another that was open then, one that repeats what was finished."""

import random
from datetime import datetime, timedelta

from jobs.demo.concerns import Concern
from jobs.demo.matters import phrases
from jobs.demo.steps import Step
from vocabulary.enums import DONE_STATUSES, CaseStatus, EventKind

S = CaseStatus
Lives = dict[int, list[Step]]
REPEATED_WITHIN = timedelta(30)
LINKED = 0.25
OVER = (*DONE_STATUSES, S.WITHDRAWN, S.REJECTED, S.MERGED)


def join(concerns: list[Concern], lives: Lives, seed: int) -> None:
    """Links the cases; a case that should be merged when nothing else was open is withdrawn instead."""
    finished: dict[tuple[int, int], tuple[int, datetime]] = {}
    for case_id, steps in lives.items():
        concern = concerns[case_id - 1]
        if steps[-1].after is S.MERGED:
            _merge(case_id, concerns, lives, seed)
        if concern.building is None:
            continue
        cell = (concern.matter, concern.building)
        _repeat(concerns, lives, case_id, finished.get(cell), seed)
        if ended := _finished_at(steps):
            finished[cell] = (case_id, ended)


def _merge(case_id: int, concerns: list[Concern], lives: Lives, seed: int) -> None:
    steps = lives[case_id]
    last = steps[-1]
    into = _open_at(case_id, concerns, lives, last.at)
    if into is None:
        note = phrases().one(random.Random(f"{seed} {case_id} withdrawn"), "withdrawn")
        steps[-1] = Step(last.at, last.kind, last.before, S.WITHDRAWN, last.unit_id, note)
        return
    last.sets["parent_id"] = into
    told = Step(last.at, EventKind.MERGED_IN, None, None, None, concerns[case_id - 1].number, {}, {"case": case_id})
    lives[into].append(told)
    lives[into].sort(key=lambda step: step.at)


def _open_at(case_id: int, concerns: list[Concern], lives: Lives, at: datetime) -> int | None:
    """The case before this one that was open then: of the same matter where there is one, else the newest."""
    matter = concerns[case_id - 1].matter
    before = [n for n in range(case_id - 1, max(0, case_id - 40), -1) if _is_open(lives[n], at)]
    return next((n for n in before if concerns[n - 1].matter == matter), before[0] if before else None)


def _is_open(steps: list[Step], at: datetime) -> bool:
    moved = [step.after for step in steps if step.at < at and step.after is not None]
    return bool(moved) and moved[-1] not in OVER


def _repeat(
    concerns: list[Concern], lives: Lives, case_id: int, before: tuple[int, datetime] | None, seed: int
) -> None:
    """Noted when the case is accepted."""
    steps = lives[case_id]
    if before is None or random.Random(f"{seed} {concerns[case_id - 1].number} repeat").random() >= LINKED:
        return
    first_id, finished_at = before
    accepted = next((n for n, step in enumerate(steps) if step.after is S.ACCEPTED), None)
    if accepted is None or not timedelta(0) <= steps[0].at - finished_at <= REPEATED_WITHIN:
        return
    sets, detail = {"repeat_of_id": first_id}, {"case": first_id}
    note = concerns[first_id - 1].number
    steps.insert(accepted + 1, Step(steps[accepted].at, EventKind.REPEATED, None, None, None, note, sets, detail))


def _finished_at(steps: list[Step]) -> datetime | None:
    """When it was finished, as far as it still is."""
    moved = [step for step in steps if step.after is not None]
    ended = [step.at for step in moved if step.after is S.FINISHED]
    return ended[-1] if ended and moved[-1].after in DONE_STATUSES else None
