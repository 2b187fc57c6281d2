"""Organisation life 组织生活: what each branch is to hold in a month, and which activity fulfilled it."""

from calendar import monthrange
from collections import defaultdict
from datetime import date

import polars as pl
import sqlalchemy as sa

from access import Permission, check
from data_access import changes, corrections, evidence
from data_access.activities.facts import PartyPlanFacts, plan_values
from data_access.activities.rows import activities
from data_access.fates import Fate
from data_access.frames import Schema, frame, same_for_role, stands_on
from data_access.tables.activities import Branch, PartyPlan
from texts import language, t
from vocabulary.activities import ActivityState
from vocabulary.enums import Subject
from vocabulary.questions import Filters, Period, Viewer

DUE: Schema = {
    "month": pl.Date,
    "branch": pl.String,
    "branch_name": pl.String,
    "party_kind": pl.String,
    "nth": pl.Int64,
    "held_on": pl.Date,
    "planned_on": pl.Date,
    "attended": pl.Int64,
}
Held = dict[tuple[str, str, date], list[tuple[date, int | None]]]


@same_for_role
@stands_on(Subject.ACTIVITIES, Subject.PLACES)
def party_due(conn: sa.Connection, viewer: Viewer, since: date, until: date) -> pl.DataFrame:
    """One row a meeting that is due in a month whose first day is within these days.

    The nth due of a branch, month and kind is fulfilled by the nth held; `held_on` is null until then, and
    `planned_on` is the day planned for it.
    """
    check(viewer, Permission.SEE_ACTIVITIES)
    plans = _plans(conn, since, until)
    if not plans:
        return frame([], DUE)
    last = max(month for month, *_ in plans)
    known = activities(conn, viewer, min(month for month, *_ in plans), _month_end(last)).filter(kind="party")
    held, coming = _by_state(known, ActivityState.HELD), _by_state(known, ActivityState.PLANNED)
    rows = []
    for month, code, name, kind, due in plans:
        key = (code, kind, month)
        for nth in range(due):
            day, attended = _nth(held[key], nth)
            planned, _ = (None, None) if day else _nth(coming[key], nth - len(held[key]))
            rows.append((month, code, name, kind, nth + 1, day, planned, attended))
    return frame(rows, DUE)


def set_due(conn: sa.Connection, viewer: Viewer, facts: PartyPlanFacts, reason: str = "") -> Fate:
    """Says how often. A change needs a reason."""
    check(viewer, Permission.WRITE_ACTIVITIES)
    changes.raise_version(conn, Subject.ACTIVITIES)
    values = plan_values(conn, facts)
    table = PartyPlan.table()
    same = [table.c[name] == values[name] for name in ("branch_id", "month", "party_kind")]
    now = conn.execute(sa.select(table).where(*same)).mappings().one_or_none()
    if now is None:
        (key,) = conn.execute(sa.insert(PartyPlan).values(**values)).inserted_primary_key or (0,)
        month, kind = f"{facts.month:%Y-%m}", facts.party_kind.value
        changes.record(
            conn, viewer, Subject.ACTIVITIES, "party_plan_added", key, month=month, party_kind=kind, due=facts.due
        )
        return Fate.NEW
    if now["due"] == facts.due:
        return Fate.UNCHANGED
    corrections.correct(conn, viewer, Subject.ACTIVITIES, PartyPlan, now["id"], now["version"], reason, due=facts.due)
    return Fate.CHANGED


def by_import() -> str:
    """The reason of what a sheet changes."""
    return t("activities.by_import")


def _plans(conn: sa.Connection, since: date, until: date) -> list[tuple[date, str, str, str, int]]:
    name = sa.func.coalesce(Branch.name_en, Branch.name) if language() == "en" else Branch.name
    statement = (
        sa.select(PartyPlan.month, Branch.code, name, PartyPlan.party_kind, PartyPlan.due)
        .join(Branch, Branch.id == PartyPlan.branch_id)
        .where(PartyPlan.month.between(since, until))
        .order_by(PartyPlan.month, Branch.id, PartyPlan.party_kind)
    )
    return [(month, code, said, kind, due) for month, code, said, kind, due in conn.execute(statement)]


def _by_state(known: pl.DataFrame, state: ActivityState) -> Held:
    found: Held = defaultdict(list)
    for row in known.filter(state=state.value).iter_rows(named=True):
        found[(row["branch"], row["party_kind"], row["day"].replace(day=1))].append((row["day"], row["actual"]))
    return found


def _nth(held: list[tuple[date, int | None]], nth: int) -> tuple[date | None, int | None]:
    return held[nth] if 0 <= nth < len(held) else (None, None)


def _month_end(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


def _behind(conn: sa.Connection, viewer: Viewer, period: Period, _filters: Filters) -> pl.DataFrame:
    return party_due(conn, viewer, period.since, period.until).drop("branch")


evidence.SUBJECTS["party_due"] = evidence.Derived(Permission.SEE_ACTIVITIES, _behind, ("nth",))
