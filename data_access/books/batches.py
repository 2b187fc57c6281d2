"""The list of imports of a kind: noted when written, read for the exchange page."""

from dataclasses import asdict, dataclass
from datetime import date

import polars as pl
import sqlalchemy as sa

from access import Permission, check
from data_access import changes
from data_access.frames import read, stands_on
from data_access.imports.batches import BATCHES
from data_access.tables.accounts import Account
from data_access.tables.records import ImportBatch
from vocabulary.enums import Subject
from vocabulary.questions import Viewer

SHEET = "sheet"


@dataclass(frozen=True)
class Counts:
    """How many rows were of each fate, and the days they reach over."""

    new: int
    changed: int
    unchanged: int
    rejected: int
    since: date | None = None
    until: date | None = None


def keep(conn: sa.Connection, viewer: Viewer, permission: Permission, kind: str, file: str, counts: Counts) -> int:
    """Notes an import with its audit row; gives its id."""
    check(viewer, permission)
    said = asdict(counts)
    who = {"account_id": viewer.account_id or None, "kind": kind, "file": file, "source": SHEET}
    found = conn.execute(sa.insert(ImportBatch).values(**who, **said).returning(ImportBatch.id)).scalar_one()
    told = {name: said[name] for name in ("new", "changed", "unchanged", "rejected")}
    changes.record(conn, viewer, Subject.IMPORTS, "imported_sheet", found, sheet_kinds=kind, file=file, **told)
    return int(found)


@stands_on(Subject.IMPORTS, Subject.ACCOUNTS)
def batches(conn: sa.Connection, viewer: Viewer, permission: Permission, kind: str, most: int = 50) -> pl.DataFrame:
    """The newest imports of a kind, newest first; `actor` is null for the operator at the machine."""
    check(viewer, permission)
    columns = [Account.name.label("actor") if name == "actor" else getattr(ImportBatch, name) for name in BATCHES]
    listed = sa.select(*columns).outerjoin(Account, Account.id == ImportBatch.account_id)
    return read(conn, listed.where(ImportBatch.kind == kind).order_by(ImportBatch.id.desc()).limit(most), BATCHES)
