"""The audit trail, for those who watch over accounts: who did what to which thing, when."""

from typing import Any

import polars as pl
import sqlalchemy as sa

from access import Permission, check
from data_access.frames import MOMENT, Schema, by_the_minute, read, stands_on
from data_access.tables.accounts import Account
from data_access.tables.records import Audit
from vocabulary.enums import Subject
from vocabulary.questions import Viewer

TRAIL: Schema = {
    "at": MOMENT,
    "actor": pl.String,
    "action": pl.String,
    "subject": pl.String,
    "entity_id": pl.Int64,
    "login": pl.String,
    "detail": pl.String,
}


@by_the_minute
@stands_on(*Subject)
def trail(conn: sa.Connection, viewer: Viewer, most: int = 500) -> pl.DataFrame:
    """The newest `most` entries, newest first; `login` is the account that was acted upon, `detail` is JSON."""
    check(viewer, Permission.MANAGE_ACCOUNTS)
    whose = sa.and_(Audit.subject == Subject.ACCOUNTS.value, Account.id == Audit.entity_id)
    columns: list[Any] = [
        Audit.at,
        Audit.actor,
        Audit.action,
        Audit.subject,
        Audit.entity_id,
        Account.login,
        Audit.detail,
    ]
    entries = sa.select(*columns).outerjoin(Account, whose).order_by(Audit.id.desc()).limit(most)
    return read(conn, entries, TRAIL)
