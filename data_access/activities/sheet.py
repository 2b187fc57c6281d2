"""Many activities or plans at once, as a sheet brings them: all or none, told new from changed."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from data_access.activities import writing
from data_access.activities.facts import ActivityFacts, PartyPlanFacts, activity_values, check_people
from data_access.activities.party import by_import, set_due
from data_access.fates import Fate, Once, Written, corrected, each
from data_access.tables.activities import Activity
from vocabulary.activities import ActivityState
from vocabulary.enums import Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible


def write_activities(conn: sa.Connection, viewer: Viewer, rows: Sequence[tuple[ActivityFacts, int | None]]) -> Written:
    """Each by title and start; with who came it is held. NotPossible names the row; a cancelled one stays so."""
    writing.begin(conn, viewer)
    return each(rows, lambda row, once: _write(conn, viewer, *row, once), "activities.refused.row")


def write_party_plan(conn: sa.Connection, viewer: Viewer, rows: Sequence[PartyPlanFacts]) -> Written:
    """Each by branch, month and kind. NotPossible names the row."""
    writing.begin(conn, viewer)

    def one(facts: PartyPlanFacts, once: Once) -> Fate:
        named = {"branch": facts.branch, "month": f"{facts.month:%Y-%m}", "kind": facts.party_kind}
        once(tuple(named.values()), "activities.refused.plan_twice", **named)
        return set_due(conn, viewer, facts, by_import())

    return each(rows, one, "activities.refused.row")


def _write(conn: sa.Connection, viewer: Viewer, facts: ActivityFacts, actual: int | None, once: Once) -> Fate:
    values: dict[str, Any] = activity_values(conn, facts)
    key = (values["title"], values["starts_at"])
    starts = f"{facts.starts_at:%Y-%m-%d %H:%M}"
    once(key, "activities.refused.twice", title=values["title"], starts=starts)
    if actual is not None:
        check_people(actual)
        writing.check_begun(facts.title, facts.starts_at)
        values |= {"actual": actual, "state": ActivityState.HELD.value}
    now = writing.found(conn, *key)
    if now is None:
        writing.add(conn, viewer, values)
        return Fate.NEW
    if now["state"] == ActivityState.CANCELLED and actual is not None:
        raise NotPossible("activities.refused.no_plan", title=now["title"], state=ActivityState.CANCELLED)
    return corrected(conn, viewer, Subject.ACTIVITIES, Activity, now, values, by_import())
