"""Naming what activities need: the party branches and the zones of the service centre."""

import sqlalchemy as sa

from access import Permission, check
from data_access import changes
from data_access.tables.activities import Branch, CentreZone
from vocabulary.enums import Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible


def add_branch(conn: sa.Connection, viewer: Viewer, code: str, name: str, name_en: str = "") -> None:
    """Adds a party branch. NotPossible for a code that is taken, or without code or name."""
    _add(conn, viewer, Branch, code, name, name_en)


def add_zone(conn: sa.Connection, viewer: Viewer, code: str, name: str, name_en: str = "") -> None:
    """Adds a zone of the service centre. NotPossible for a code that is taken, or without code or name."""
    _add(conn, viewer, CentreZone, code, name, name_en)


def _add(
    conn: sa.Connection, viewer: Viewer, table: type[Branch | CentreZone], code: str, name: str, name_en: str
) -> None:
    check(viewer, Permission.WRITE_ACTIVITIES)
    changes.raise_version(conn, Subject.ACTIVITIES)
    given, said = code.strip()[:32], name.strip()
    if not given or not said:
        raise NotPossible("activities.refused.unnamed")
    if conn.scalar(sa.select(table.id).where(table.code == given)) is not None:
        raise NotPossible("activities.refused.code_taken", code=given)
    values = {"code": given, "name": said, "name_en": name_en.strip() or None}
    (key,) = conn.execute(sa.insert(table).values(**values)).inserted_primary_key or (0,)
    changes.record(conn, viewer, Subject.ACTIVITIES, f"{table.__tablename__}_added", key, code=given)
