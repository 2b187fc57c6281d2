"""Correcting a row: with a reason, the old one kept in its history, the second of two people told."""

import json
from typing import Any

import sqlalchemy as sa

import clock
from data_access import changes
from data_access.tables.base import Base
from data_access.tables.records import Correction
from vocabulary.enums import Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible


def correct(
    conn: sa.Connection,
    viewer: Viewer,
    subject: Subject,
    entity: type[Base],
    entity_id: int,
    seen_version: int,
    reason: str,
    **now: Any,
) -> dict[str, Any]:
    """Writes the columns in `now`, raises the row's version, keeps the old values; gives the row as it was.

    The caller has checked the viewer and the values. NotPossible without a reason, for a row that is gone, and when
    somebody else changed it since `seen_version`.
    """
    if not reason.strip():
        raise NotPossible("words.reason_missing")
    table = entity.table()
    before = conn.execute(sa.select(table).where(table.c.id == entity_id)).mappings().one_or_none()
    if before is None:
        raise NotPossible("words.row_gone")
    if before["version"] != seen_version:
        raise NotPossible("words.changed_meanwhile")
    changed = {name: value for name, value in now.items() if before[name] != value}
    written = sa.update(table).where(table.c.id == entity_id, table.c.version == seen_version)
    conn.execute(written.values(**changed, version=seen_version + 1, updated_at=clock.now()))
    conn.execute(
        sa.insert(Correction).values(
            at=clock.now(),
            account_id=viewer.account_id or None,
            entity=table.name,
            entity_id=entity_id,
            before=_kept({name: before[name] for name in changed}),
            after=_kept(changed),
            reason=reason.strip(),
        )
    )
    changes.record(conn, viewer, subject, "corrected", entity_id, fields=sorted(changed))
    return dict(before)


def history(conn: sa.Connection, entity: type[Base], entity_id: int) -> list[dict[str, Any]]:
    """The corrections of a row, newest first: at, account_id, before, after (by column), reason."""
    rows = conn.execute(
        sa.select(Correction)
        .with_only_columns(Correction.at, Correction.account_id, Correction.before, Correction.after, Correction.reason)
        .where(Correction.entity == entity.table().name, Correction.entity_id == entity_id)
        .order_by(Correction.id.desc())
    ).mappings()
    return [{**row, "before": json.loads(row["before"]), "after": json.loads(row["after"])} for row in rows]


def forget(conn: sa.Connection, entity: type[Base], entity_id: int, column: str) -> None:
    """Takes one column out of a row's history, when its time of keeping is over."""
    here = sa.and_(Correction.entity == entity.table().name, Correction.entity_id == entity_id)
    for row in conn.execute(sa.select(Correction.id, Correction.before, Correction.after).where(here)).all():
        cut = {name: _without(getattr(row, name), column) for name in ("before", "after")}
        conn.execute(sa.update(Correction).where(Correction.id == row.id).values(**cut))


def _without(kept: str, column: str) -> str:
    return _kept({name: value for name, value in json.loads(kept).items() if name != column})


def _kept(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, default=str)
