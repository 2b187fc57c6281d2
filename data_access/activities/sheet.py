"""Many activities or plans at once, as a sheet brings them: all or none, told new from changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from data_access import corrections
from data_access.activities import writing
from data_access.activities.facts import ActivityFacts, PartyPlanFacts, activity_values, check_people
from data_access.activities.party import by_import, set_due
from data_access.tables.activities import Activity
from vocabulary.activities import ActivityState
from vocabulary.enums import Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible


@dataclass
class Written:
    """How many rows were of each fate."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0


def write_activities(conn: sa.Connection, viewer: Viewer, rows: Sequence[tuple[ActivityFacts, int | None]]) -> Written:
    """Each by title and start; with who came it is held. NotPossible names the row; a cancelled one stays so."""
    writing.begin(conn, viewer)
    fates, seen = Written(), set[tuple[object, object]]()
    for place, (facts, actual) in enumerate(rows, start=1):
        try:
            _write(conn, viewer, facts, actual, seen, fates)
        except NotPossible as refusal:
            raise NotPossible("activities.refused.row", row=place, why=str(refusal)) from refusal
    return fates


def write_party_plan(conn: sa.Connection, viewer: Viewer, rows: Sequence[PartyPlanFacts]) -> Written:
    """Each by branch, month and kind. NotPossible names the row."""
    writing.begin(conn, viewer)
    fates, seen = Written(), set[tuple[object, ...]]()
    for place, facts in enumerate(rows, start=1):
        key = (facts.branch, facts.month.replace(day=1), facts.party_kind)
        try:
            if key in seen:
                month = f"{facts.month:%Y-%m}"
                raise NotPossible(
                    "activities.refused.plan_twice", branch=facts.branch, month=month, kind=facts.party_kind
                )
            fate = set_due(conn, viewer, facts, by_import())
        except NotPossible as refusal:
            raise NotPossible("activities.refused.row", row=place, why=str(refusal)) from refusal
        seen.add(key)
        setattr(fates, fate, getattr(fates, fate) + 1)
    return fates


def _write(
    conn: sa.Connection,
    viewer: Viewer,
    facts: ActivityFacts,
    actual: int | None,
    seen: set[tuple[object, object]],
    fates: Written,
) -> None:
    values: dict[str, Any] = activity_values(conn, facts)
    key = (values["title"], values["starts_at"])
    if key in seen:
        starts = f"{facts.starts_at:%Y-%m-%d %H:%M}"
        raise NotPossible("activities.refused.twice", title=values["title"], starts=starts)
    seen.add(key)
    if actual is not None:
        check_people(actual)
        writing.check_begun(facts.title, facts.starts_at)
        values |= {"actual": actual, "state": ActivityState.HELD.value}
    now = writing.found(conn, *key)
    if now is None:
        writing.add(conn, viewer, values)
        fates.new += 1
        return
    if now["state"] == ActivityState.CANCELLED and actual is not None:
        raise NotPossible("activities.refused.no_plan", title=now["title"], state=ActivityState.CANCELLED)
    if all(now[name] == value for name, value in values.items()):
        fates.unchanged += 1
        return
    subject = Subject.ACTIVITIES
    corrections.correct(conn, viewer, subject, Activity, now["id"], now["version"], by_import(), **values)
    fates.changed += 1
