"""The calendar the office keeps: days worked or off, opening hours, days on which a place is closed."""

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl
import sqlalchemy as sa

import clock
from access import Permission, check
from data_access import changes, workdays
from data_access.frames import Schema, read, stands_on
from data_access.rules.dated import holds
from data_access.tables.places import Place
from data_access.tables.rules import ClosedDay, OfficeHours, Workday
from data_access.workdays import Hours, Window
from vocabulary.enums import Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible

OWN = "office"
CLOSED: Schema = {"id": pl.Int64, "place": pl.String, "day": pl.Date, "reason": pl.String}


def set_workday(conn: sa.Connection, viewer: Viewer, day: date, works: bool, name: str) -> None:
    """Says that a day is worked, or off, though its weekday says otherwise. NotPossible for a day that is past.

    `desk.set_workday` moves the dues of open cases too.
    """
    check(viewer, Permission.EDIT_RULES)
    if day < clock.today():
        raise NotPossible("rules.past", day=day, today=clock.today())
    values = {"works": works, "name": name.strip() or None, "source": OWN}
    known = sa.update(Workday).where(Workday.day == day).values(**values, version=Workday.version + 1)
    if not conn.execute(known).rowcount:
        conn.execute(sa.insert(Workday).values(day=day, **values))
    workdays.forget_in(conn)
    changes.record(conn, viewer, Subject.RULES, "workday_set", None, day=str(day), works=works)


def set_hours(conn: sa.Connection, viewer: Viewer, weekday: int, windows: Sequence[Window], from_on: date) -> None:
    """Sets the opening hours of a weekday (Monday 1) from a day on; none at all close it.

    Windows are minutes of the day in order. NotPossible where one ends before it begins or they overlap, or where no
    weekday would be left on which the office is open.
    """
    check(viewer, Permission.EDIT_RULES)
    if from_on < clock.today():
        raise NotPossible("rules.past", day=from_on, today=clock.today())
    end = 0
    for opens, closes in windows:
        if not 0 <= opens < closes <= 24 * 60:
            raise NotPossible("rules.hours_backwards", opens=_clock(opens), closes=_clock(closes))
        if opens < end:
            raise NotPossible("rules.hours_overlap", opens=_clock(opens), before=_clock(end))
        end = closes
    if conn.scalar(sa.select(OfficeHours.id).limit(1)) is None:
        workdays.seed(conn)  # the other weekdays and the days before keep what the office worked by until now
    of_day = OfficeHours.weekday == weekday
    others = sa.select(OfficeHours.id).where(sa.not_(of_day), OfficeHours.to_on.is_(None)).limit(1)
    if not windows and conn.scalar(others) is None:
        raise NotPossible("rules.never_open")
    conn.execute(sa.delete(OfficeHours).where(of_day, OfficeHours.from_on >= from_on))
    ended = sa.update(OfficeHours).where(of_day, holds(OfficeHours, from_on))
    conn.execute(ended.values(to_on=from_on - timedelta(1), version=OfficeHours.version + 1))
    for opens, closes in windows:
        hours = Hours(weekday, opens, closes, from_on)
        conn.execute(sa.insert(OfficeHours).values(**vars(hours)))
    workdays.forget_in(conn)
    said = " ".join(f"{_clock(opens)}-{_clock(closes)}" for opens, closes in windows)
    changes.record(conn, viewer, Subject.RULES, "hours_set", None, weekday=weekday, hours=said, from_on=str(from_on))


def set_closed_day(conn: sa.Connection, viewer: Viewer, place_code: str, day: date, reason: str) -> int:
    """Closes the place of this code on a day. NotPossible without a reason, for a past day, or when closed already."""
    check(viewer, Permission.EDIT_RULES)
    place = conn.execute(sa.select(Place.id, Place.name).where(Place.code == place_code)).first()
    if place is None:
        raise NotPossible("words.row_gone")
    if day < clock.today():
        raise NotPossible("rules.past", day=day, today=clock.today())
    if not reason.strip():
        raise NotPossible("words.reason_missing")
    if conn.scalar(sa.select(ClosedDay.id).where(ClosedDay.place_id == place.id, ClosedDay.day == day)):
        raise NotPossible("rules.closed_already", place=place.name, day=day)
    added = sa.insert(ClosedDay).values(place_id=place.id, day=day, reason=reason.strip())
    found = int(conn.execute(added.returning(ClosedDay.id)).scalar_one())
    changes.record(conn, viewer, Subject.RULES, "place_closed", found, day=str(day))
    return found


def drop_closed_day(conn: sa.Connection, viewer: Viewer, closed_id: int) -> None:
    """Opens a place again on a day to come. NotPossible for a day that is past."""
    check(viewer, Permission.EDIT_RULES)
    day = conn.scalar(sa.select(ClosedDay.day).where(ClosedDay.id == closed_id))
    if day is None:
        raise NotPossible("words.row_gone")
    if day < clock.today():
        raise NotPossible("rules.past", day=day, today=clock.today())
    conn.execute(sa.delete(ClosedDay).where(ClosedDay.id == closed_id))
    changes.record(conn, viewer, Subject.RULES, "place_opened", closed_id, day=str(day))


@stands_on(Subject.RULES, Subject.PLACES)
def closed_days(conn: sa.Connection, _viewer: Viewer, since: date) -> pl.DataFrame:
    """The days from `since` on that places are closed, the next first."""
    statement = (
        sa.select(ClosedDay.id, Place.name.label("place"), ClosedDay.day, ClosedDay.reason)
        .select_from(ClosedDay.table().join(Place.table(), Place.id == ClosedDay.place_id))
        .where(ClosedDay.day >= since)
        .order_by(ClosedDay.day, ClosedDay.id)
    )
    return read(conn, statement, CLOSED)


def closed_on(conn: sa.Connection, place_id: int, day: date) -> str | None:
    """Why a place is closed on a day; None when it is not."""
    here = sa.and_(ClosedDay.place_id == place_id, ClosedDay.day == day)
    reason: str | None = conn.scalar(sa.select(ClosedDay.reason).where(here))
    return reason


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
