"""What figures count of volunteers: service, who is registered and served, who came, clues; the rows behind them."""

from datetime import date, timedelta
from typing import Any

import polars as pl
import sqlalchemy as sa

from access import Permission, check
from data_access import evidence
from data_access.frames import MOMENT, Schema, covered, read, same_for_role, stands_on
from data_access.tables.cases import Case
from data_access.tables.volunteers import Clue, ServiceRecord, Volunteer
from data_access.volunteers.lists import HIDDEN, volunteers
from vocabulary.enums import DONE_STATUSES, Subject
from vocabulary.questions import Filters, Period, Viewer
from vocabulary.volunteers import ServiceOutcome, VolunteerStatus

ACTIVE_DAYS = 90
RECORDS: Schema = {
    "volunteer_id": pl.Int64,
    "role": pl.String,
    "occupation": pl.String,
    "day": pl.Date,
    "starts_at": MOMENT,
    "ends_at": MOMENT,
}
MEMBERS: Schema = {"volunteer_id": pl.Int64, "occupation": pl.String, "registered_on": pl.Date}
SERVED: Schema = {"volunteer_id": pl.Int64, "day": pl.Date}
TURNOUT: Schema = {"day": pl.Date, "volunteer_role": pl.String, "service_outcome": pl.String}
CLUES: Schema = {
    "reported_on": pl.Date,
    "volunteer_role": pl.String,
    "became_at": MOMENT,
    "finished_on": pl.Date,
}


@same_for_role
@stands_on(Subject.VOLUNTEERS)
def verified(conn: sa.Connection, _viewer: Viewer, since: date, until: date) -> pl.DataFrame:
    """The verified records of service done in these days, the earliest first, for the hours that they add up to."""
    named: dict[str, Any] = {"occupation": Volunteer.occupation}
    columns = [(named[name] if name in named else getattr(ServiceRecord, name)).label(name) for name in RECORDS]
    statement = (
        sa.select(*columns)
        .join(Volunteer, Volunteer.id == ServiceRecord.volunteer_id)
        .where(*_verified(ServiceOutcome.DONE), ServiceRecord.day.between(since, until))
        .order_by(ServiceRecord.starts_at, ServiceRecord.id)
    )
    return read(conn, statement, RECORDS)


@same_for_role
@stands_on(Subject.VOLUNTEERS)
def members(conn: sa.Connection, _viewer: Viewer, _since: date, until: date) -> pl.DataFrame:
    """One row a volunteer registered by `until` who has not left."""
    columns = (Volunteer.id.label("volunteer_id"), Volunteer.occupation, Volunteer.registered_on)
    there = sa.and_(Volunteer.status != VolunteerStatus.LEFT.value, Volunteer.registered_on <= until)
    return read(conn, sa.select(*columns).where(there).order_by(Volunteer.id), MEMBERS)


@same_for_role
@stands_on(Subject.VOLUNTEERS)
def served_days(conn: sa.Connection, _viewer: Viewer, since: date, until: date) -> pl.DataFrame:
    """Who has a verified record of service done on which day, from ninety days before `since` on."""
    days = ServiceRecord.day.between(since - timedelta(ACTIVE_DAYS - 1), until)
    columns = (ServiceRecord.volunteer_id, ServiceRecord.day)
    return read(conn, sa.select(*columns).where(*_verified(ServiceOutcome.DONE), days).distinct(), SERVED)


@same_for_role
@stands_on(Subject.VOLUNTEERS)
def turnout(conn: sa.Connection, _viewer: Viewer, since: date, until: date) -> pl.DataFrame:
    """How each verified record went."""
    columns = (
        ServiceRecord.day,
        ServiceRecord.role.label("volunteer_role"),
        ServiceRecord.outcome.label("service_outcome"),
    )
    days = ServiceRecord.day.between(since, until)
    return read(conn, sa.select(*columns).where(*_verified(), days).order_by(ServiceRecord.starts_at), TURNOUT)


@same_for_role
@stands_on(Subject.VOLUNTEERS, Subject.CASES)
def clues(conn: sa.Connection, _viewer: Viewer, since: date, until: date) -> pl.DataFrame:
    """Clues reported in these days, when each became a case, and when that was finished; no texts."""
    return _clues(conn, since, until, CLUES).with_columns(_became()).drop("became_at")


def _verified(*outcomes: ServiceOutcome) -> list[sa.ColumnElement[bool]]:
    there: list[sa.ColumnElement[bool]] = [ServiceRecord.void_at.is_(None), ServiceRecord.verified_at.is_not(None)]
    return [*there, ServiceRecord.outcome.in_([one.value for one in outcomes])] if outcomes else there


def _clues(conn: sa.Connection, since: date, until: date, schema: Schema) -> pl.DataFrame:
    finished = Case.status.in_([status.value for status in DONE_STATUSES])
    named: dict[str, Any] = {
        "became_at": sa.case((Clue.case_id.is_not(None), Clue.looked_at)),
        "finished_on": sa.case((finished, Case.finished_on)),
        "case_number": Case.number,
    }
    statement = (
        sa.select(*((named[name] if name in named else getattr(Clue, name)).label(name) for name in schema))
        .select_from(Clue.table().outerjoin(Case.table(), Case.id == Clue.case_id))
        .where(Clue.void_at.is_(None), Clue.reported_on.between(since, until))
        .order_by(Clue.reported_on, Clue.id)
    )
    return read(conn, statement, schema)


def _became() -> pl.Expr:
    return pl.col("became_at").dt.date().alias("became_on")


def _turnout(conn: sa.Connection, viewer: Viewer, period: Period, _filters: Filters) -> pl.DataFrame:
    return turnout(conn, viewer, period.since, period.until)


def _registered(conn: sa.Connection, viewer: Viewer, period: Period, _filters: Filters) -> pl.DataFrame:
    known = volunteers(conn, viewer, period.until).select("volunteer_id", *HIDDEN)
    served = served_days(conn, viewer, period.until, period.until).group_by("volunteer_id").agg(pl.col("day").max())
    found = members(conn, viewer, period.since, period.until).join(known, on="volunteer_id", how="left")
    told = found.join(served, on="volunteer_id", how="left").rename({"day": "served_last_on"})
    return told.select(*HIDDEN, "occupation", "registered_on", "served_last_on")


def _behind_clues(conn: sa.Connection, viewer: Viewer, period: Period, _filters: Filters) -> pl.DataFrame:
    check(viewer, Permission.SEE_VOLUNTEERS)
    told = _clues(conn, period.since, period.until, {**CLUES, "text": pl.String, "case_number": pl.String})
    shown = covered(told.with_columns(_became()), "text")
    return shown.select("reported_on", "volunteer_role", "text", "case_number", "became_on", "finished_on")


evidence.SUBJECTS["volunteer_turnout"] = evidence.Derived(Permission.SEE_VOLUNTEERS, _turnout)
evidence.SUBJECTS["volunteers_registered"] = evidence.Derived(Permission.SEE_VOLUNTEERS, _registered)
evidence.SUBJECTS["volunteer_clues"] = evidence.Derived(Permission.SEE_VOLUNTEERS, _behind_clues)
