"""What all writes of renewal share: who may, one after the other, codes to ids, days and words that make sense."""

from datetime import date
from secrets import token_hex
from typing import Any

import sqlalchemy as sa

import clock
from access import Permission, check, masked
from data_access import changes
from data_access.tables.base import Base
from data_access.tables.places import Building, Grid, Unit
from texts import t
from vocabulary.enums import Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible

LONGEST = {"title": 80, "name": 80, "venue": 80, "milestone": 40, "matter": 2000, "body": 4000, "reason": 500}


def begin(conn: sa.Connection, viewer: Viewer, permission: Permission = Permission.EDIT_RENEWAL) -> None:
    """The first line of every write: checks the viewer, and lets the writers of renewal in one by one.

    Raising the version holds its row until the transaction ends, so that sums are right on PostgreSQL too.
    """
    check(viewer, permission)
    changes.raise_version(conn, Subject.RENEWAL)


def done(conn: sa.Connection, viewer: Viewer, action: str, entity_id: int, **detail: Any) -> None:
    """The last line of every write."""
    changes.record(conn, viewer, Subject.RENEWAL, action, entity_id, **detail)


def row(conn: sa.Connection, table: type[Base], row_id: int) -> dict[str, Any]:
    """The row as it stands. NotPossible when it is gone."""
    columns = table.table()
    found = conn.execute(sa.select(columns).where(columns.c.id == row_id)).mappings().one_or_none()
    if found is None:
        raise NotPossible("words.row_gone")
    return dict(found)


def insert(conn: sa.Connection, table: type[Base], **values: Any) -> int:
    """Adds a row and gives its id."""
    return int(conn.execute(sa.insert(table).values(**values).returning(table.table().c.id)).scalar_one())


def numbered(conn: sa.Connection, table: type[Base], letters: str, number: str | None, **values: Any) -> int:
    """Adds a row; without a number it gets one from `letters` and its id. NotPossible when the number is taken."""
    columns = table.table().c
    if number and conn.scalar(sa.select(columns.id).where(columns.number == number)):
        raise NotPossible("renewal.refused.number_taken", number=number)
    row_id = insert(conn, table, number=number or token_hex(8), **values)
    if not number:
        conn.execute(sa.update(table).where(columns.id == row_id).values(number=f"{letters}{row_id:04d}"))
    return row_id


def update(conn: sa.Connection, table: type[Base], row_id: int, seen_version: int, **values: Any) -> None:
    """Writes the columns and raises the version. NotPossible when somebody changed the row since `seen_version`."""
    columns = table.table().c
    here = sa.update(table).where(columns.id == row_id, columns.version == seen_version)
    if not conn.execute(here.values(**values, version=seen_version + 1, updated_at=clock.now())).rowcount:
        raise NotPossible("words.changed_meanwhile")


def said(field: str, text: str, limit: str | None = None) -> str:
    """A text as it is kept: without blanks around it, without phone or ID numbers. NotPossible when missing or long."""
    kept = masked(text.strip())
    if not kept:
        raise NotPossible("renewal.refused.missing", what=field_name(field))
    longest = LONGEST[limit or field]
    if len(kept) > longest:
        raise NotPossible("renewal.refused.long", what=field_name(field), length=len(kept), most=longest)
    return kept


def said_or_none(field: str, text: str, limit: str | None = None) -> str | None:
    """The same for a text that may be left out."""
    return said(field, text, limit) if text.strip() else None


def field_name(field: str) -> str:
    """The reader's word for a field of the forms."""
    return t(f"renewal.field.{field}")


def not_ahead(field: str, day: date) -> date:
    """The day. NotPossible when it has not come yet."""
    if day > clock.today():
        raise NotPossible("renewal.refused.ahead", what=field_name(field), day=day, today=clock.today())
    return day


def not_before(field: str, day: date, other: str, earlier: date) -> date:
    """The day. NotPossible when it lies before `earlier`, which is called `other`."""
    if day < earlier:
        raise NotPossible(
            "renewal.refused.backwards", what=field_name(field), day=day, other=field_name(other), earlier=earlier
        )
    return day


def at_least(field: str, value: int, least: int = 0) -> int:
    """The number. NotPossible when it is smaller than `least`."""
    if value < least:
        raise NotPossible("renewal.refused.small", what=field_name(field), value=value, least=least)
    return value


def grid_id(conn: sa.Connection, code: str | None) -> int | None:
    """The grid of this code. NotPossible when there is none."""
    return _of_code(conn, Grid, code, "renewal.refused.no_grid")


def unit_id(conn: sa.Connection, code: str | None) -> int | None:
    """The unit of this code. NotPossible when there is none."""
    return _of_code(conn, Unit, code, "renewal.refused.no_unit")


def _of_code(conn: sa.Connection, table: type[Grid] | type[Unit], code: str | None, refusal: str) -> int | None:
    if not code:
        return None
    found = conn.scalar(sa.select(table.id).where(table.code == code))
    if found is None:
        raise NotPossible(refusal, code=code)
    return int(found)


def known_buildings(conn: sa.Connection, numbers: tuple[str, ...]) -> tuple[str, ...]:
    """The numbers, each once. NotPossible for one that no building has."""
    wanted = tuple(dict.fromkeys(number.strip() for number in numbers if number.strip()))
    there = set(conn.scalars(sa.select(Building.number).where(Building.number.in_(wanted))))
    for number in wanted:
        if number not in there:
            raise NotPossible("renewal.refused.no_building", number=number)
    return wanted
