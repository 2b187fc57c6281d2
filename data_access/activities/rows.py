"""Activities as rows: those of some days, where they can be, and the rows behind their figures."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
import sqlalchemy as sa

from access import Permission, allows, check
from data_access import corrections, evidence
from data_access.frames import MOMENT, Schema, covered, read, same_for_role, stands_on
from data_access.tables.activities import Activity, Branch, CentreZone
from data_access.tables.places import Place
from texts import language
from vocabulary.enums import PlaceStatus, Subject
from vocabulary.questions import Filters, Period, Viewer

ACTIVITIES: Schema = {
    "id": pl.Int64,
    "version": pl.Int64,
    "day": pl.Date,
    "starts_at": MOMENT,
    "ends_at": MOMENT,
    "title": pl.String,
    "kind": pl.String,
    "party_kind": pl.String,
    "zone": pl.String,
    "zone_name": pl.String,
    "place": pl.String,
    "place_name": pl.String,
    "branch": pl.String,
    "branch_name": pl.String,
    "audience": pl.String,
    "topic": pl.String,
    "festival": pl.String,
    "field": pl.String,
    "planned": pl.Int64,
    "actual": pl.Int64,
    "state": pl.String,
    "reason": pl.String,
}
TEXTS = ("title", "topic", "festival", "reason")
JOINED: dict[str, type[CentreZone | Place | Branch]] = {"zone": CentreZone, "place": Place, "branch": Branch}


@dataclass(frozen=True)
class Where:
    """A zone of the centre, a place or a branch that can be chosen: its code and name."""

    code: str
    name: str
    zone: bool = False


@same_for_role
@stands_on(Subject.ACTIVITIES, Subject.PLACES)
def activities(conn: sa.Connection, viewer: Viewer, since: date, until: date) -> pl.DataFrame:
    """One row an activity whose day is within these, the earliest first; `planned` and `actual` are person-times.

    Contacts in its texts are covered but for those who write activities.
    """
    check(viewer, Permission.SEE_ACTIVITIES)
    found = _all(conn, since, until)
    return found if allows(viewer, Permission.WRITE_ACTIVITIES) else covered(found, *TEXTS)


def _all(conn: sa.Connection, since: date, until: date) -> pl.DataFrame:
    statement = (
        sa.select(*(_column(name).label(name) for name in ACTIVITIES))
        .select_from(
            Activity.table()
            .outerjoin(CentreZone.table(), CentreZone.id == Activity.zone_id)
            .outerjoin(Place.table(), Place.id == Activity.place_id)
            .outerjoin(Branch.table(), Branch.id == Activity.branch_id)
        )
        .where(Activity.day.between(since, until))
        .order_by(Activity.starts_at, Activity.id)
    )
    return read(conn, statement, ACTIVITIES)


@same_for_role
@stands_on(Subject.ACTIVITIES, Subject.PLACES)
def wheres(conn: sa.Connection, viewer: Viewer) -> tuple[Where, ...]:
    """Where an activity can be: the zones of the centre, then the places that are not closed."""
    check(viewer, Permission.SEE_ACTIVITIES)
    zones = conn.execute(sa.select(CentreZone.code, _named(CentreZone)).order_by(CentreZone.id)).all()
    known = sa.select(Place.code, _named(Place)).where(Place.status != PlaceStatus.CLOSED).order_by(Place.id)
    return tuple(Where(code, name, zone=True) for code, name in zones) + tuple(
        Where(code, name) for code, name in conn.execute(known)
    )


@same_for_role
@stands_on(Subject.ACTIVITIES)
def branches(conn: sa.Connection, viewer: Viewer) -> tuple[Where, ...]:
    """The party branches."""
    check(viewer, Permission.SEE_ACTIVITIES)
    return tuple(Where(*row) for row in conn.execute(sa.select(Branch.code, _named(Branch)).order_by(Branch.id)))


@stands_on(Subject.ACTIVITIES)
def history(conn: sa.Connection, viewer: Viewer, row_id: int) -> list[dict[str, Any]]:
    """The corrections of an activity, newest first."""
    check(viewer, Permission.SEE_ACTIVITIES)
    return corrections.history(conn, Activity, row_id)


def _column(name: str) -> sa.ColumnElement[Any]:
    if name in JOINED:
        return sa.type_coerce(JOINED[name].code, sa.String)
    if name.endswith("_name"):
        return _named(JOINED[name.removesuffix("_name")])
    return sa.type_coerce(getattr(Activity, name), getattr(Activity, name).type)


def _named(table: type[CentreZone | Place | Branch]) -> sa.ColumnElement[str]:
    if language() == "en":
        return sa.func.coalesce(table.name_en, table.name)
    return sa.type_coerce(table.name, sa.Text)


def _behind(conn: sa.Connection, _viewer: Viewer, period: Period, _filters: Filters) -> pl.DataFrame:
    found = covered(_all(conn, period.since, period.until), *TEXTS)
    return found.select(
        "day",
        "title",
        activity_kind="kind",
        activity_where=pl.coalesce("zone_name", "place_name"),
        branch_name="branch_name",
        audience="audience",
        planned_times="planned",
        actual_times="actual",
        activity_state="state",
        party_kind="party_kind",
    )


evidence.SUBJECTS["activities"] = evidence.Derived(Permission.SEE_ACTIVITIES, _behind)
