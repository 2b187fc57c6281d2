"""Writing many cases at once: new ones by frames, changed ones by the columns that change."""

import hashlib
import json
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl
import sqlalchemy as sa

import clock
from access import Permission, check
from data_access import bulk, changes, search
from data_access.engine import embedded, writing
from data_access.frames import MOMENT, Schema
from data_access.imports.batches import KIND, Batch
from data_access.imports.known import Path
from data_access.sealing import Seal
from data_access.tables.base import COMMUNITY, Moment
from data_access.tables.cases import Case, CaseContact, CaseEvent, Category
from data_access.tables.places import Unit
from data_access.tables.records import ImportBatch
from vocabulary.enums import EventKind, Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible

PATIENCE_SECONDS = 60
Detail = Mapping[str, datetime]
Event = tuple[datetime, EventKind, str | None, str | None, str | None]
"""When, what, from which status, to which, a note."""


@dataclass(slots=True)
class NewCase:
    """A case to add: its identity, its columns by name, who reported it, its history.

    `limit` is what the event of the import says of its due moment.
    """

    source: str
    number: str
    columns: Mapping[str, Any]
    contact: Mapping[str, str]
    events: Sequence[Event]
    limit: Detail | None = None


@dataclass(slots=True)
class CaseChange:
    """A stored case and the columns that change; `searched` are the searched texts before and now, if they differ."""

    case_id: int
    version: int
    columns: Mapping[str, Any]
    events: Sequence[Event]
    searched: tuple[str, str] | None = None
    contact: tuple[int | None, Mapping[str, str]] | None = None
    limit: Detail | None = None


@contextmanager
def alone(engine: sa.Engine, patience: float = PATIENCE_SECONDS) -> Iterator[sa.Connection]:
    """One transaction in which nobody else writes cases; waits for those who do. NotPossible when they don't end."""
    with ExitStack() as stack:
        conn = begun(engine, stack, time.monotonic() + patience)
        if embedded(conn):
            conn.exec_driver_sql("pragma cache_size = -65536")  # else its pages are written out and read in a few times
        else:
            conn.exec_driver_sql(f"set local lock_timeout = {int(patience * 1000)}")
            try:
                conn.exec_driver_sql('lock table "case" in exclusive mode')
            except sa.exc.OperationalError:
                raise NotPossible("imports.busy") from None
        yield conn


def begun(engine: sa.Engine, stack: ExitStack, until: float) -> sa.Connection:
    """SQLite gives up waiting for its one writer after the busy timeout; here it begins to wait anew."""
    while True:
        try:
            return stack.enter_context(writing(engine))
        except sa.exc.OperationalError as problem:
            if "locked" not in str(problem):
                raise
            if time.monotonic() > until:
                raise NotPossible("imports.busy") from None


def make_paths(conn: sa.Connection, paths: Iterable[Path], source: str) -> dict[Path, int]:
    """Adds these paths to the taxonomy; gives their ids."""
    return {path: _made(conn, Category, source, **dict(zip(_LEVELS, path, strict=True))) for path in paths}


def make_units(conn: sa.Connection, names: Iterable[str], source: str) -> dict[str, int]:
    """Adds these units under codes made of their names; gives their ids."""
    made = {name: _made(conn, Unit, source, code=_unit_code(name), name=name) for name in names}
    if made:
        changes.raise_version(conn, Subject.PLACES)
    return made


def keep_batch(conn: sa.Connection, viewer: Viewer, batch: Batch) -> int:
    """Notes an import with its audit row, which holds counts only; gives its id. Raises what changed."""
    check(viewer, Permission.IMPORT_CASES)
    days = {"since": batch.since, "until": batch.until}
    counts = {name: getattr(batch, name) for name in ("new", "changed", "unchanged", "rejected")}
    who = {"account_id": viewer.account_id or None, "kind": KIND, "file": batch.file, "source": batch.source}
    found = conn.execute(sa.insert(ImportBatch).values(**who, **counts, **days).returning(ImportBatch.id)).scalar_one()
    changes.record(conn, viewer, Subject.IMPORTS, "imported_cases", found, file=batch.file, **counts)
    if batch.new or batch.changed:
        changes.raise_version(conn, Subject.CASES)
    return found


def insert(conn: sa.Connection, viewer: Viewer, cases: Sequence[NewCase], batch_id: int, seal: Seal) -> None:
    """Adds cases with their history, contacts and search index; give some thousands at a time."""
    check(viewer, Permission.IMPORT_CASES)
    first = bulk.next_id(conn, Case.table())
    ids = range(first, first + len(cases))
    bulk.insert(conn, Case.table(), _case_frame(cases, ids, batch_id))
    _add_events(conn, viewer, zip(ids, cases, strict=True))
    _add_contacts(conn, [(i, case.contact) for i, case in zip(ids, cases, strict=True) if case.contact], seal)
    search.add(conn, ((i, _searched(case)) for i, case in zip(ids, cases, strict=True)))


def change(conn: sa.Connection, viewer: Viewer, cases: Sequence[CaseChange], batch_id: int, seal: Seal) -> None:
    """Writes the columns that change and raises the version. NotPossible when one was changed by somebody else."""
    check(viewer, Permission.IMPORT_CASES)
    alike: defaultdict[tuple[str, ...], list[CaseChange]] = defaultdict(list)
    for case in cases:
        alike[tuple(sorted(case.columns))].append(case)
    for names, group in alike.items():
        _update(conn, names, group, batch_id)
    _add_events(conn, viewer, ((case.case_id, case) for case in cases))
    added = [(c.case_id, c.contact[1]) for c in cases if c.contact and c.contact[0] is None]
    _add_contacts(conn, added, seal)
    for case in cases:
        if case.contact and case.contact[0] is not None:
            sealed = {"sealed": seal.close({**case.contact[1]}), "digest": seal.digest({**case.contact[1]})}
            conn.execute(sa.update(CaseContact).where(CaseContact.id == case.contact[0]).values(**sealed))
    search.replace(conn, [(case.case_id, *case.searched) for case in cases if case.searched])


_LEVELS = ("level1", "level2", "level3")
_TYPES: Mapping[type, Any] = {sa.Integer: pl.Int64, sa.Boolean: pl.Boolean, sa.Date: pl.Date, Moment: MOMENT}
_EVENTS: Schema = {
    "case_id": pl.Int64,
    "at": MOMENT,
    "kind": pl.String,
    "from_status": pl.String,
    "to_status": pl.String,
    "note": pl.String,
    "detail": pl.String,
}
OF_THE_IMPORT = (EventKind.IMPORTED, EventKind.CHANGED)


def _made(conn: sa.Connection, table: Any, source: str, **values: Any) -> int:
    return int(conn.execute(sa.insert(table).values(source=source, **values).returning(table.id)).scalar_one())


def _unit_code(name: str) -> str:
    return name if len(name) <= 32 else f"{name[:23]}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def _searched(case: NewCase) -> str:
    said = case.columns
    return search.searched_text(case.number, said["title"], said.get("body"), said.get("spot"))


def _case_frame(cases: Sequence[NewCase], ids: range, batch_id: int) -> pl.DataFrame:
    names = sorted({name for case in cases for name in case.columns} | {"reopened_count"})
    columns = {name: pl.Series(name, [case.columns.get(name) for case in cases], _type(name)) for name in names}
    now = pl.lit(clock.now()).cast(MOMENT)
    return pl.DataFrame(columns).with_columns(
        pl.col("reopened_count").fill_null(0),
        pl.Series("id", ids, pl.Int64),
        pl.Series("source", [case.source for case in cases], pl.String),
        pl.Series("number", [case.number for case in cases], pl.String),
        pl.lit(COMMUNITY).alias("community_code"),
        now.alias("created_at"),
        now.alias("updated_at"),
        pl.lit(1).alias("version"),
        pl.lit(batch_id).alias("batch_id"),
    )


def _type(column: str) -> Any:
    return _TYPES.get(type(Case.table().c[column].type), pl.String)


def _add_events(conn: sa.Connection, viewer: Viewer, told: Iterable[tuple[int, NewCase | CaseChange]]) -> None:
    rows = [
        (case_id, at, kind.value, before, now, note, _said(case.limit) if kind in OF_THE_IMPORT else None)
        for case_id, case in told
        for at, kind, before, now, note in case.events
    ]
    frame = pl.DataFrame(rows, schema=_EVENTS, orient="row")
    who = pl.lit(viewer.account_id or None, pl.Int64).alias("account_id")
    bulk.insert(conn, CaseEvent.table(), frame.with_columns(who))


def _said(limit: Detail | None) -> str | None:
    return json.dumps({name: moment.isoformat() for name, moment in limit.items()}) if limit else None


def _add_contacts(conn: sa.Connection, contacts: Sequence[tuple[int, Mapping[str, str]]], seal: Seal) -> None:
    if not contacts:
        return
    now = pl.lit(clock.now()).cast(MOMENT)
    frame = pl.DataFrame(
        {
            "case_id": [case_id for case_id, _ in contacts],
            "sealed": [seal.close({**contact}) for _, contact in contacts],
            "digest": [seal.digest({**contact}) for _, contact in contacts],
        }
    ).with_columns(
        pl.lit(COMMUNITY).alias("community_code"),
        pl.lit("import").alias("source"),
        now.alias("created_at"),
        now.alias("updated_at"),
        pl.lit(1).alias("version"),
    )
    bulk.insert(conn, CaseContact.table(), frame)


def _update(conn: sa.Connection, names: tuple[str, ...], cases: Sequence[CaseChange], batch_id: int) -> None:
    table = Case.table()
    values: dict[str, Any] = {name: sa.bindparam(f"now_{name}", type_=table.c[name].type) for name in names}
    statement = (
        sa.update(table)
        .where(table.c.id == sa.bindparam("case"), table.c.version == sa.bindparam("seen"))
        .values(**values, version=table.c.version + 1, batch_id=batch_id, updated_at=clock.now())
    )
    rows = [
        {"case": case.case_id, "seen": case.version, **{f"now_{name}": case.columns[name] for name in names}}
        for case in cases
    ]
    if conn.execute(statement, rows).rowcount != len(rows):
        raise NotPossible("imports.changed_meanwhile")
