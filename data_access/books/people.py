"""The books of those who help: the hospital's months, volunteers, their records, activities, the branches' plan."""

from typing import Any

import sqlalchemy as sa

from access import Permission
from data_access.activities.facts import ActivityFacts, PartyPlanFacts
from data_access.activities.sheet import write_activities, write_party_plan
from data_access.books.book import Book, Row, one_by_one
from data_access.health import NUMBERS, HealthFacts, write_months
from data_access.tables.activities import Activity, Branch, CentreZone, PartyPlan
from data_access.tables.health import HealthMonth
from data_access.tables.places import Place
from data_access.tables.volunteers import ServiceRecord, Volunteer
from data_access.volunteers.facts import RecordFacts, VolunteerFacts
from data_access.volunteers.sheet import write_records, write_volunteers
from vocabulary.activities import ActivityKind, Audience, PartyKind
from vocabulary.enums import Field, Subject
from vocabulary.health import HealthGroup
from vocabulary.questions import Viewer
from vocabulary.volunteers import Occupation, ServiceOutcome, VolunteerRole, VolunteerStatus

ACTIVITY: dict[str, Any] = {
    name: getattr(Activity, name) for name in ("title", "starts_at", "ends_at", "kind", "audience", "planned", "actual")
}


def _month(conn: sa.Connection, viewer: Viewer, row: Row, _before: Row | None) -> None:
    group = HealthGroup(row["health_group"])
    write_months(conn, viewer, [HealthFacts(row["month"], group, **{name: row[name] for name in NUMBERS})])


def _volunteer(conn: sa.Connection, viewer: Viewer, row: Row, _before: Row | None) -> None:
    status = VolunteerStatus(row["status"]) if row["status"] else VolunteerStatus.ACTIVE
    occupation, team = Occupation(row["occupation"]), row["team"] or ""
    facts = VolunteerFacts(row["number"], row["name"], occupation, row["registered_on"], team, status)
    write_volunteers(conn, viewer, [facts])


def _record(conn: sa.Connection, viewer: Viewer, row: Row, _before: Row | None) -> None:
    outcome = ServiceOutcome(row["outcome"]) if row["outcome"] else ServiceOutcome.DONE
    facts = RecordFacts(row["number"], VolunteerRole(row["role"]), row["starts_at"], row["ends_at"], outcome)
    write_records(conn, viewer, [facts])


def _activity(conn: sa.Connection, viewer: Viewer, row: Row, _before: Row | None) -> None:
    facts = ActivityFacts(
        kind=ActivityKind(row["kind"]),
        title=row["title"],
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        audience=Audience(row["audience"]),
        planned=row["planned"],
        zone=row["zone"],
        place=row["place"],
        party_kind=PartyKind(row["party_kind"]) if row["party_kind"] else None,
        branch=row["branch"],
        topic=row["topic"],
        festival=row["festival"],
        field=Field(row["field"]) if row["field"] else None,
    )
    write_activities(conn, viewer, [(facts, row["actual"])])


def _plan(conn: sa.Connection, viewer: Viewer, row: Row, _before: Row | None) -> None:
    facts = PartyPlanFacts(row["branch"], row["month"], PartyKind(row["party_kind"]), row["due"])
    write_party_plan(conn, viewer, [facts])


HEALTH_MONTHS = Book(
    subject=Subject.HEALTH,
    permission=Permission.WRITE_HEALTH,
    identity=("month", "health_group"),
    columns={
        "id": HealthMonth.id,
        "version": HealthMonth.version,
        "month": HealthMonth.month,
        "health_group": HealthMonth.health_group,
        **{name: getattr(HealthMonth, name) for name in NUMBERS},
    },
    source=HealthMonth.table(),
    writer=one_by_one(_month),
    day=HealthMonth.month,
)
VOLUNTEERS = Book(
    subject=Subject.VOLUNTEERS,
    permission=Permission.WRITE_VOLUNTEERS,
    identity=("number",),
    columns={
        "id": Volunteer.id,
        "version": Volunteer.version,
        "number": Volunteer.number,
        "name": Volunteer.masked_name,
        "occupation": Volunteer.occupation,
        "team": Volunteer.team,
        "registered_on": Volunteer.registered_on,
        "status": Volunteer.status,
    },
    source=Volunteer.table(),
    writer=one_by_one(_volunteer),
    seen=lambda _viewer: [Volunteer.number.is_not(None)],
)
SERVICE_RECORDS = Book(
    subject=Subject.VOLUNTEERS,
    permission=Permission.WRITE_VOLUNTEERS,
    identity=("number", "starts_at"),
    columns={
        "id": ServiceRecord.id,
        "version": ServiceRecord.version,
        "number": Volunteer.number,
        "role": ServiceRecord.role,
        "starts_at": ServiceRecord.starts_at,
        "ends_at": ServiceRecord.ends_at,
        "outcome": ServiceRecord.outcome,
    },
    source=ServiceRecord.table().join(Volunteer.table(), Volunteer.id == ServiceRecord.volunteer_id),
    writer=one_by_one(_record),
    day=ServiceRecord.day,
    seen=lambda _viewer: [ServiceRecord.void_at.is_(None), Volunteer.number.is_not(None)],
)
ACTIVITIES = Book(
    subject=Subject.ACTIVITIES,
    permission=Permission.WRITE_ACTIVITIES,
    identity=("title", "starts_at"),
    columns={
        "id": Activity.id,
        "version": Activity.version,
        **ACTIVITY,
        "zone": CentreZone.code,
        "place": Place.code,
        "party_kind": Activity.party_kind,
        "branch": Branch.code,
        **{name: getattr(Activity, name) for name in ("topic", "festival", "field", "state")},
    },
    source=Activity.table()
    .outerjoin(CentreZone.table(), CentreZone.id == Activity.zone_id)
    .outerjoin(Place.table(), Place.id == Activity.place_id)
    .outerjoin(Branch.table(), Branch.id == Activity.branch_id),
    writer=one_by_one(_activity),
    day=Activity.day,
)
PARTY_PLANS = Book(
    subject=Subject.ACTIVITIES,
    permission=Permission.WRITE_ACTIVITIES,
    identity=("branch", "month", "party_kind"),
    columns={
        "id": PartyPlan.id,
        "version": PartyPlan.version,
        "branch": Branch.code,
        "month": PartyPlan.month,
        "party_kind": PartyPlan.party_kind,
        "due": PartyPlan.due,
    },
    source=PartyPlan.table().join(Branch.table(), Branch.id == PartyPlan.branch_id),
    writer=one_by_one(_plan),
    day=PartyPlan.month,
)
