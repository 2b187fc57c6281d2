"""What happened at the peace post: whether anything did, and what was corrected, by whom, why, from what to what."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from access import Permission, allows, check, masked, masked_name
from clock import SHANGHAI
from data_access import corrections
from data_access.frames import stands_on
from data_access.peace_post import bounds
from data_access.tables.accounts import Account
from data_access.tables.peace_post import Dispute, Opinion
from data_access.tables.places import Grid
from vocabulary.enums import Subject
from vocabulary.questions import Viewer

Value = str | bool | None
LEFT_OUT = ("opened_on",)


@dataclass(frozen=True)
class Corrected:
    """One correction; `changed` are column, value before and value after, days and moments as texts."""

    at: datetime
    actor: str | None
    reason: str
    changed: tuple[tuple[str, Value, Value], ...]


@stands_on(Subject.DISPUTES, Subject.ACCOUNTS, Subject.PLACES)
def dispute_history(conn: sa.Connection, viewer: Viewer, dispute_id: int) -> tuple[Corrected, ...]:
    """The corrections of a dispute, newest first; none of one that this viewer does not see."""
    check(viewer, Permission.SEE_DISPUTES)
    return _history(conn, viewer, Dispute, dispute_id, whole=allows(viewer, Permission.WRITE_DISPUTES))


@stands_on(Subject.OPINIONS, Subject.ACCOUNTS, Subject.PLACES)
def opinion_history(conn: sa.Connection, viewer: Viewer, opinion_id: int) -> tuple[Corrected, ...]:
    """The corrections of an opinion, newest first; none of one that this viewer does not see."""
    check(viewer, Permission.SEE_OPINIONS)
    return _history(conn, viewer, Opinion, opinion_id, whole=allows(viewer, Permission.WRITE_OPINIONS))


@stands_on(Subject.DISPUTES, Subject.OPINIONS)
def anything(conn: sa.Connection, viewer: Viewer) -> bool:
    """Is there a dispute or an opinion that this viewer sees?"""
    some = (sa.select(table.id).where(*bounds.seen(table, viewer)).limit(1) for table in (Dispute, Opinion))
    return any(conn.scalar(one) is not None for one in some)


def _history(
    conn: sa.Connection, viewer: Viewer, table: type[Dispute] | type[Opinion], row_id: int, *, whole: bool
) -> tuple[Corrected, ...]:
    if conn.scalar(sa.select(table.id).where(table.id == row_id, *bounds.seen(table, viewer))) is None:
        return ()
    grids = {row.id: row.name for row in conn.execute(sa.select(Grid.id, bounds.grid_name().label("name")))}
    accounts = {row.id: row.name for row in conn.execute(sa.select(Account.id, Account.name))}
    found = []
    for one in corrections.history(conn, table, row_id):
        before, after = one["before"], one["after"]
        changed = tuple(
            (name, _value(name, before[name], grids, whole=whole), _value(name, after[name], grids, whole=whole))
            for name in before
            if name not in LEFT_OUT
        )
        actor = accounts.get(one["account_id"])
        named = actor if actor is None or whole else masked_name(actor)
        reason = one["reason"] if whole else masked(one["reason"])
        found.append(Corrected(one["at"].astimezone(SHANGHAI), named, reason, changed))
    return tuple(found)


def _value(name: str, value: Any, grids: dict[int, str], *, whole: bool) -> Value:
    if name == "grid_id":
        return grids.get(value)
    if name == "opened_at" and value is not None:
        return f"{datetime.fromisoformat(value).astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    if isinstance(value, bool) or value is None:
        return value
    return str(value) if whole else masked(str(value))
