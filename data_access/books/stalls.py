"""The book of the stalls' days."""

from datetime import date, datetime, time

import sqlalchemy as sa

from access import Permission
from clock import SHANGHAI
from data_access.books.book import Book, Row, one_by_one
from data_access.stall_days import StallDayFacts, write_stall_days
from data_access.tables.places import Place
from data_access.tables.stalls import Stall, StallDay
from vocabulary.enums import Subject
from vocabulary.questions import Viewer


def _shaped(row: Row) -> Row:
    """The moments as times of their day."""
    times = {"opens": row["opened_at"], "closes": row["closed_at"]}
    return {**row, **{name: at.astimezone(SHANGHAI).time() if at else None for name, at in times.items()}}


def _write(conn: sa.Connection, viewer: Viewer, row: Row, before: Row | None) -> None:
    opened, closed = (_moment(row, before, *names) for names in (("opens", "opened_at"), ("closes", "closed_at")))
    assert opened is not None
    write_stall_days(conn, viewer, [StallDayFacts(row["workshop"], row["stall"], opened, closed, row["customers"])])


def _moment(row: Row, before: Row | None, name: str, kept: str) -> datetime | None:
    """The time on the row's day; to the fraction of a second as it stands when the sheet says the same."""
    at: time | None = row[name]
    if at is None:
        return None
    if before is not None and before[name] == at:
        moment: datetime = before[kept]
        return moment
    on: date = row["day"]
    return datetime.combine(on, at, SHANGHAI)


STALL_DAYS = Book(
    subject=Subject.STALLS,
    permission=Permission.WRITE_STALLS,
    identity=("workshop", "stall", "day"),
    columns={
        "id": StallDay.id,
        "version": StallDay.version,
        "workshop": Place.code,
        "stall": Stall.number,
        "day": StallDay.day,
        "opened_at": StallDay.opened_at,
        "closed_at": StallDay.closed_at,
        "customers": StallDay.customers,
    },
    source=StallDay.table()
    .join(Stall.table(), Stall.id == StallDay.stall_id)
    .join(Place.table(), Place.id == Stall.place_id),
    writer=one_by_one(_write),
    day=StallDay.day,
    shaped=_shaped,
)
