"""What a write leaves behind, in its own transaction: the audit row and the raised data version."""

import json
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa

import clock
from data_access.engine import embedded
from data_access.tables.records import Audit, DataVersion
from vocabulary.enums import Subject
from vocabulary.questions import Viewer

CHANNEL = "jiefang"
_raised: WeakKeyDictionary[sa.RootTransaction, set[Subject]] = WeakKeyDictionary()


def record(
    conn: sa.Connection,
    viewer: Viewer,
    subject: Subject,
    action: str,
    entity_id: int | None = None,
    **detail: Any,
) -> None:
    """Writes who did what, and raises the subject's version once in this transaction.

    `detail` must hold no personal value: field names, counts, statuses, reasons.
    """
    note(conn, viewer, subject, action, entity_id, **detail)
    raise_version(conn, subject)


def note(
    conn: sa.Connection,
    viewer: Viewer,
    subject: Subject,
    action: str,
    entity_id: int | None = None,
    **detail: Any,
) -> None:
    """Writes who did what where no row changed that a page shows (a sign-in, a look at a contact)."""
    conn.execute(
        sa.insert(Audit).values(
            at=clock.now(),
            account_id=viewer.account_id or None,
            actor=viewer.name,
            action=action,
            subject=subject.value,
            entity_id=entity_id,
            detail=json.dumps(detail, ensure_ascii=False, default=str),
        )
    )


def raise_version(conn: sa.Connection, subject: Subject) -> None:
    """Says "the data of this subject changed", once a transaction."""
    transaction = conn.get_transaction()
    assert isinstance(transaction, sa.RootTransaction), "a change needs a transaction"
    done = _raised.setdefault(transaction, set())
    if subject in done:
        return
    done.add(subject)
    raised = sa.update(DataVersion).where(DataVersion.subject == subject.value)
    if not conn.execute(raised.values(counter=DataVersion.counter + 1, changed_at=clock.now())).rowcount:
        conn.execute(sa.insert(DataVersion).values(subject=subject.value, counter=1, changed_at=clock.now()))
    if not embedded(conn):
        conn.execute(sa.select(sa.func.pg_notify(CHANNEL, subject.value)))


def versions(conn: sa.Connection) -> dict[Subject, tuple[int, datetime]]:
    """The counter of every subject that ever changed, and when it last did."""
    rows = conn.execute(sa.select(DataVersion.subject, DataVersion.counter, DataVersion.changed_at))
    return {Subject(subject): (counter, changed_at) for subject, counter, changed_at in rows}
