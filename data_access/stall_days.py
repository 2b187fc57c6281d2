"""The day log of the stalls: opening, closing and customers, logged, closed in the evening, corrected with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl
import sqlalchemy as sa

import clock
from access import Permission, check
from data_access import changes, corrections
from data_access.fates import Fate, Once, Written, corrected, each
from data_access.frames import MOMENT, Schema, read, same_for_role, stands_on
from data_access.rules import closed_on
from data_access.tables.places import Place
from data_access.tables.stalls import Stall, StallDay
from texts import t
from vocabulary.enums import PlaceStatus, Subject, Trade
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible, word

LOGGED: Schema = {
    "id": pl.Int64,
    "version": pl.Int64,
    "stall_id": pl.Int64,
    "place": pl.String,
    "stall": pl.String,
    "trade": pl.String,
    "day": pl.Date,
    "opened_at": MOMENT,
    "closed_at": MOMENT,
    "customers": pl.Int64,
}
MOST = 5_000


@dataclass(frozen=True)
class StallDayFacts:
    """A day of a stall, told by the code of its workshop and its number; one still open has no closing yet."""

    place: str
    stall: str
    opened_at: datetime
    closed_at: datetime | None = None
    customers: int | None = None

    @property
    def day(self) -> date:
        """The day of the opening, here."""
        return self.opened_at.astimezone(clock.SHANGHAI).date()


@same_for_role
@stands_on(Subject.STALLS, Subject.PLACES)
def logged(conn: sa.Connection, viewer: Viewer, since: date, until: date) -> pl.DataFrame:
    """The logged days, the newest first. NotAllowed for those who may read no rows of stalls."""
    check(viewer, Permission.SEE_STALL_ROWS)
    own = {name: getattr(StallDay, name) for name in ("id", "version", "stall_id", "day")}
    own |= {name: getattr(StallDay, name) for name in ("opened_at", "closed_at", "customers")}
    own |= {"place": Place.code, "stall": Stall.number, "trade": Stall.trade}
    statement = (
        sa.select(*(own[name].label(name) for name in LOGGED))
        .join(Stall, Stall.id == StallDay.stall_id)
        .join(Place, Place.id == Stall.place_id)
        .where(StallDay.day.between(since, until))
        .order_by(StallDay.day.desc(), Place.id, Stall.number)
    )
    return read(conn, statement, LOGGED)


def log_day(conn: sa.Connection, viewer: Viewer, facts: StallDayFacts) -> int:
    """Logs a day; its id. NotPossible for a stall or workshop that is not open, and a day that cannot be."""
    _begin(conn, viewer)
    stall = _stall(conn, facts)
    values = _values(stall, facts)
    if _found(conn, values) is not None:
        raise NotPossible("service_points.refused.logged", stall=_named(stall), day=facts.day)
    return _add(conn, viewer, stall, values)


def close_day(
    conn: sa.Connection, viewer: Viewer, row_id: int, seen_version: int, closed_at: datetime, customers: int
) -> None:
    """Says when a day that is still open ended, and for how many. NotPossible when it has ended already."""
    _begin(conn, viewer)
    row = _row(conn, row_id)
    if row["closed_at"] is not None:
        raise NotPossible("service_points.refused.ended", ended=_clock(row["closed_at"]))
    _check_times(row["opened_at"], closed_at)
    _check_customers(customers)
    table = StallDay.table()
    mine = sa.update(table).where(table.c.id == row_id, table.c.version == seen_version)
    values = {"closed_at": closed_at, "customers": customers, "version": seen_version + 1, "updated_at": clock.now()}
    if not conn.execute(mine.values(**values)).rowcount:
        raise NotPossible("words.changed_meanwhile")
    changes.record(conn, viewer, Subject.STALLS, "stall_day_closed", row_id, customers=customers)


def correct_day(
    conn: sa.Connection, viewer: Viewer, row_id: int, seen_version: int, reason: str, facts: StallDayFacts
) -> None:
    """Corrects a day with a reason, of a stall that has closed since too. NotPossible as in `log_day`."""
    _begin(conn, viewer)
    row = _row(conn, row_id)
    stall = _stall(conn, facts)
    values = _values(stall, facts, standing=row["stall_id"] == stall["id"])
    other = _found(conn, values)
    if other is not None and other["id"] != row_id:
        raise NotPossible("service_points.refused.logged", stall=_named(stall), day=facts.day)
    corrections.correct(conn, viewer, Subject.STALLS, StallDay, row_id, seen_version, reason, **values)


def write_stall_days(conn: sa.Connection, viewer: Viewer, rows: Sequence[StallDayFacts]) -> Written:
    """Many at once, each by workshop, stall and day: all or none. NotPossible names the row."""
    _begin(conn, viewer)
    return each(rows, lambda facts, once: _write(conn, viewer, facts, once), "service_points.refused.row")


@stands_on(Subject.STALLS)
def history(conn: sa.Connection, viewer: Viewer, row_id: int) -> list[dict[str, Any]]:
    """The corrections of a day, newest first."""
    check(viewer, Permission.SEE_STALL_ROWS)
    return corrections.history(conn, StallDay, row_id)


def _begin(conn: sa.Connection, viewer: Viewer) -> None:
    """Raising the version first lets writers in one by one, so that no day is logged twice."""
    check(viewer, Permission.WRITE_STALLS)
    changes.raise_version(conn, Subject.STALLS)


def _write(conn: sa.Connection, viewer: Viewer, facts: StallDayFacts, once: Once) -> Fate:
    stall = _stall(conn, facts)
    once((stall["id"], facts.day), "service_points.refused.twice", stall=_named(stall), day=facts.day)
    known = _found(conn, {"stall_id": stall["id"], "day": facts.day})
    values = _values(stall, facts, standing=known is not None)
    if known is None:
        _add(conn, viewer, stall, values)
        return Fate.NEW
    return corrected(conn, viewer, Subject.STALLS, StallDay, known, values, t("service_points.by_import"))


def _stall(conn: sa.Connection, facts: StallDayFacts) -> dict[str, Any]:
    columns = (Stall.id, Stall.number, Stall.trade, Stall.status, Stall.agreement_from, Stall.agreement_to)
    here = sa.and_(Place.code == facts.place, Stall.number == facts.stall)
    statement = (
        sa.select(
            *columns, Place.id.label("place_id"), Place.name.label("place_name"), Place.status.label("place_status")
        )
        .join(Place, Place.id == Stall.place_id)
        .where(here)
    )
    row = conn.execute(statement).mappings().one_or_none()
    if row is None:
        raise NotPossible("service_points.refused.no_stall", place=facts.place, stall=facts.stall)
    return dict(row)


def _values(stall: dict[str, Any], facts: StallDayFacts, *, standing: bool = False) -> dict[str, Any]:
    """The columns of the row; one that stands already may be of a stall that has closed since."""
    if not standing:
        _check_open(stall)
    _check_agreed(stall, facts.day)
    _check_times(facts.opened_at, facts.closed_at)
    if facts.customers is not None:
        _check_customers(facts.customers)
    moments = {"opened_at": facts.opened_at, "closed_at": facts.closed_at}
    return {"stall_id": stall["id"], "day": facts.day, **moments, "customers": facts.customers}


def _check_open(stall: dict[str, Any]) -> None:
    for name, status in ((stall["place_name"], stall["place_status"]), (_named(stall), stall["status"])):
        if status != PlaceStatus.OPEN:
            raise NotPossible("service_points.refused.not_open", name=name, status=PlaceStatus(status))


def _check_agreed(stall: dict[str, Any], day: date) -> None:
    begins, ends = stall["agreement_from"], stall["agreement_to"]
    if begins is None:
        raise NotPossible("service_points.refused.no_agreement", stall=_named(stall))
    if day < begins or (ends is not None and day > ends):
        until = ends or t("service_points.no_end")
        raise NotPossible("service_points.refused.outside", stall=_named(stall), day=day, since=begins, until=until)


def _check_times(opened: datetime, closed: datetime | None) -> None:
    for moment in (opened, closed):
        if moment is not None and moment > clock.now():
            raise NotPossible("service_points.refused.future", moment=_clock(moment))
    if closed is not None and closed <= opened:
        raise NotPossible("service_points.refused.ends_first", opened=_clock(opened), ended=_clock(closed))
    if closed is not None and closed.astimezone(clock.SHANGHAI).date() != opened.astimezone(clock.SHANGHAI).date():
        raise NotPossible("service_points.refused.next_day", opened=_clock(opened), ended=_clock(closed))


def _check_customers(count: int) -> None:
    if not 0 <= count <= MOST:
        raise NotPossible("service_points.refused.customers", count=count, most=MOST)


def _add(conn: sa.Connection, viewer: Viewer, stall: dict[str, Any], values: dict[str, Any]) -> int:
    why = closed_on(conn, stall["place_id"], values["day"])
    if why is not None:
        place, day = stall["place_name"], values["day"]
        raise NotPossible("service_points.refused.closed_day", place=place, day=day, why=why)
    (key,) = conn.execute(sa.insert(StallDay).values(**values)).inserted_primary_key or (0,)
    changes.record(conn, viewer, Subject.STALLS, "stall_day_logged", key, day=str(values["day"]))
    return int(key)


def _found(conn: sa.Connection, values: dict[str, Any]) -> dict[str, Any] | None:
    table = StallDay.table()
    same = sa.and_(table.c.stall_id == values["stall_id"], table.c.day == values["day"])
    row = conn.execute(sa.select(table).where(same)).mappings().one_or_none()
    return None if row is None else dict(row)


def _row(conn: sa.Connection, row_id: int) -> dict[str, Any]:
    table = StallDay.table()
    row = conn.execute(sa.select(table).where(table.c.id == row_id)).mappings().one_or_none()
    if row is None:
        raise NotPossible("words.row_gone")
    return dict(row)


def _named(stall: dict[str, Any]) -> str:
    return t(
        "service_points.stall_named",
        place=stall["place_name"],
        number=stall["number"],
        trade=word(Trade(stall["trade"])),
    )


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}"
