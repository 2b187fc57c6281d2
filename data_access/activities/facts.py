"""What an activity and a branch's plan are told as, and what cannot be."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

import clock
from data_access.tables.activities import Branch, CentreZone
from data_access.tables.places import Place
from vocabulary.activities import ActivityKind, Audience, PartyKind
from vocabulary.enums import Field, PlaceStatus
from vocabulary.refusals import NotPossible

MOST, LONGEST_TITLE, LONGEST_FESTIVAL, MOST_DUE = 100_000, 120, 30, 31
FIRST_YEAR, LAST_YEAR = 2000, 2099
LONGEST = timedelta(hours=24)


@dataclass(frozen=True)
class ActivityFacts:
    """An activity as planned; its zone, place and branch by their codes, one of zone and place given."""

    kind: ActivityKind
    title: str
    starts_at: datetime
    ends_at: datetime
    audience: Audience
    planned: int
    zone: str | None = None
    place: str | None = None
    party_kind: PartyKind | None = None
    branch: str | None = None
    topic: str | None = None
    festival: str | None = None
    field: Field | None = None


@dataclass(frozen=True)
class PartyPlanFacts:
    """How often a branch is to hold a kind of organisation life in the month of a day."""

    branch: str
    month: date
    party_kind: PartyKind
    due: int


def activity_values(conn: sa.Connection, facts: ActivityFacts) -> dict[str, object]:
    """The columns of the row. NotPossible names what is wrong and its value."""
    title = facts.title.strip()
    if not title:
        raise NotPossible("activities.refused.no_title")
    if len(title) > LONGEST_TITLE:
        raise NotPossible("activities.refused.title_long", count=len(title), most=LONGEST_TITLE)
    _check_time(title, facts.starts_at, facts.ends_at)
    _check_party(title, facts)
    if (facts.zone is None) == (facts.place is None):
        raise NotPossible("activities.refused.where", title=title)
    check_people(facts.planned, least=1)
    return {
        "kind": facts.kind.value,
        "party_kind": facts.party_kind.value if facts.party_kind else None,
        "title": title,
        "zone_id": _id(conn, CentreZone, facts.zone, "activities.refused.zone"),
        "place_id": _place(conn, facts.place),
        "branch_id": _id(conn, Branch, facts.branch, "activities.refused.branch"),
        "day": facts.starts_at.astimezone(clock.SHANGHAI).date(),
        "starts_at": facts.starts_at,
        "ends_at": facts.ends_at,
        "audience": facts.audience.value,
        "topic": (facts.topic or "").strip() or None,
        "festival": _festival(facts.festival),
        "field": facts.field.value if facts.field else None,
        "planned": facts.planned,
    }


def plan_values(conn: sa.Connection, facts: PartyPlanFacts) -> dict[str, object]:
    """The columns of a plan's row, by the month's first day. NotPossible for a count out of bounds."""
    if not 0 <= facts.due <= MOST_DUE:
        raise NotPossible("activities.refused.due", due=facts.due, most=MOST_DUE)
    if not FIRST_YEAR <= facts.month.year <= LAST_YEAR:
        raise NotPossible("activities.refused.month", month=f"{facts.month:%Y-%m}")
    return {
        "branch_id": _id(conn, Branch, facts.branch, "activities.refused.branch"),
        "month": facts.month.replace(day=1),
        "party_kind": facts.party_kind.value,
        "due": facts.due,
    }


def _festival(name: str | None) -> str | None:
    said = (name or "").strip()
    if len(said) > LONGEST_FESTIVAL:
        raise NotPossible("activities.refused.festival_long", count=len(said), most=LONGEST_FESTIVAL)
    return said or None


def check_people(count: int, *, least: int = 0) -> None:
    """NotPossible for person-times out of bounds."""
    if not least <= count <= MOST:
        raise NotPossible("activities.refused.people", count=count, least=least, most=MOST)


def _check_time(title: str, starts: datetime, ends: datetime) -> None:
    said = {"title": title, "starts": clock_said(starts), "ends": clock_said(ends)}
    if ends <= starts:
        raise NotPossible("activities.refused.ends_first", **said)
    if ends - starts > LONGEST:
        raise NotPossible("activities.refused.too_long", **said)
    if not FIRST_YEAR <= starts.year <= LAST_YEAR:
        raise NotPossible("activities.refused.year", **said)


def clock_said(moment: datetime) -> str:
    """2026-11-24 19:00, in Shanghai."""
    return f"{moment.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}"


def _check_party(title: str, facts: ActivityFacts) -> None:
    party = facts.kind is ActivityKind.PARTY
    if party and facts.party_kind is None:
        raise NotPossible("activities.refused.party_kind", title=title)
    if party and facts.branch is None:
        raise NotPossible("activities.refused.no_branch", title=title)
    if not party and facts.party_kind is not None:
        raise NotPossible("activities.refused.not_party", title=title, kind=facts.kind, party_kind=facts.party_kind)


def _id(conn: sa.Connection, table: type[Branch | CentreZone], code: str | None, refusal: str) -> int | None:
    if code is None:
        return None
    found = conn.scalar(sa.select(table.id).where(table.code == code))
    if found is None:
        raise NotPossible(refusal, code=code)
    return int(found)


def _place(conn: sa.Connection, code: str | None) -> int | None:
    if code is None:
        return None
    row = conn.execute(sa.select(Place.id, Place.name, Place.status).where(Place.code == code)).one_or_none()
    if row is None:
        raise NotPossible("activities.refused.place", code=code)
    if row.status == PlaceStatus.CLOSED:
        raise NotPossible("activities.refused.place_closed", place=row.name)
    return int(row.id)
