"""The limits an office starts from, as rows that it can then change."""

from datetime import date

import sqlalchemy as sa

from data_access.changes import raise_version
from data_access.rules.limits import USUAL
from data_access.tables.rules import SlaRule
from vocabulary.enums import Subject

SINCE = date(2004, 1, 1)


def seed(conn: sa.Connection) -> None:
    """Fills in the usual limits where the office has none at all."""
    if conn.scalar(sa.select(SlaRule.id).limit(1)) is not None:
        return
    rows = [
        {
            "kind": kind.value,
            "type": None,
            "urgency": urgency and urgency.value,
            "amount": limit.amount,
            "unit": limit.unit.value,
            "from_on": SINCE,
        }
        for (kind, urgency), limit in USUAL.items()
    ]
    conn.execute(sa.insert(SlaRule), rows)
    raise_version(conn, Subject.RULES)
