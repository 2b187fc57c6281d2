"""The list of imports: which file, who, how many rows of each fate, over which days."""

from dataclasses import dataclass
from datetime import date

import polars as pl
import sqlalchemy as sa

from access import Permission, check
from data_access.frames import MOMENT, Schema, read, stands_on
from data_access.tables.accounts import Account
from data_access.tables.records import ImportBatch
from vocabulary.enums import Subject
from vocabulary.questions import Viewer

KIND = "cases"
BATCHES: Schema = {
    "id": pl.Int64,
    "created_at": MOMENT,
    "file": pl.String,
    "actor": pl.String,
    "new": pl.Int64,
    "changed": pl.Int64,
    "unchanged": pl.Int64,
    "rejected": pl.Int64,
    "since": pl.Date,
    "until": pl.Date,
}


@dataclass(frozen=True)
class Batch:
    """One import as it is noted; `since` and `until` are the days its new and changed cases were received on."""

    file: str
    source: str
    new: int
    changed: int
    unchanged: int
    rejected: int
    since: date | None = None
    until: date | None = None


@stands_on(Subject.IMPORTS, Subject.ACCOUNTS)
def batches(conn: sa.Connection, viewer: Viewer, most: int = 50) -> pl.DataFrame:
    """The newest imports of cases, newest first; `actor` is null for the operator at the machine."""
    check(viewer, Permission.IMPORT_CASES)
    columns = [
        ImportBatch.id,
        ImportBatch.created_at,
        ImportBatch.file,
        Account.name.label("actor"),
        ImportBatch.new,
        ImportBatch.changed,
        ImportBatch.unchanged,
        ImportBatch.rejected,
        ImportBatch.since,
        ImportBatch.until,
    ]
    listed = sa.select(*columns).outerjoin(Account, Account.id == ImportBatch.account_id)
    newest = listed.where(ImportBatch.kind == KIND).order_by(ImportBatch.id.desc()).limit(most)
    return read(conn, newest, BATCHES)
