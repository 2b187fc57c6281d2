"""What a volunteer, a shift, a record of service and a clue are told as, and what cannot be."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import clock
from access import masked_name
from vocabulary.refusals import NotPossible
from vocabulary.volunteers import Occupation, ServiceOutcome, VolunteerRole, VolunteerStatus

STEP = 30
LONGEST_NUMBER, LONGEST_TEXT, LONGEST_TEAM, MOST_NEEDED = 64, 500, 64, 500
FIRST_YEAR = 2000


@dataclass(frozen=True)
class VolunteerFacts:
    """A volunteer by number; of the name only its first character is ever kept."""

    number: str
    name: str
    occupation: Occupation
    registered_on: date
    team: str = ""
    status: VolunteerStatus = VolunteerStatus.ACTIVE


@dataclass(frozen=True)
class ShiftFacts:
    """A shift at a place, by its code, or for an activity, by its title."""

    role: VolunteerRole
    starts_at: datetime
    ends_at: datetime
    needed: int
    place: str | None = None
    title: str = ""


@dataclass(frozen=True)
class RecordFacts:
    """A volunteer's service, by the volunteer's number and its start."""

    number: str
    role: VolunteerRole
    starts_at: datetime
    ends_at: datetime
    outcome: ServiceOutcome = ServiceOutcome.DONE
    shift_id: int | None = None


@dataclass(frozen=True)
class ClueFacts:
    """A clue: where (a place or a grid, by code) and what, never who."""

    role: VolunteerRole
    text: str
    reported_on: date
    place: str | None = None
    grid: str | None = None


def volunteer_values(facts: VolunteerFacts) -> dict[str, Any]:
    """The columns of the row, the name masked. NotPossible names what is wrong and its value."""
    number, name = facts.number.strip(), facts.name.strip()
    if not number:
        raise NotPossible("volunteers.refused.no_number")
    if len(number) > LONGEST_NUMBER:
        raise NotPossible("volunteers.refused.number_long", number=number[:20], most=LONGEST_NUMBER)
    if not name:
        raise NotPossible("volunteers.refused.no_name", number=number)
    if not facts.registered_on.year >= FIRST_YEAR or facts.registered_on > clock.today():
        raise NotPossible("volunteers.refused.registered", number=number, day=facts.registered_on)
    return {
        "number": number,
        "masked_name": masked_name(name),
        "occupation": facts.occupation.value,
        "team": facts.team.strip()[:LONGEST_TEAM] or None,
        "registered_on": facts.registered_on,
        "status": facts.status.value,
    }


def check_times(starts: datetime, ends: datetime) -> None:
    """NotPossible for an end before the start, a time across midnight, or one not in half hours."""
    first, last = starts.astimezone(clock.SHANGHAI), ends.astimezone(clock.SHANGHAI)
    said = {"starts": said_at(starts), "ends": said_at(ends)}
    if last <= first:
        raise NotPossible("volunteers.refused.ends_first", **said)
    if any(one.minute % STEP or one.second or one.microsecond for one in (first, last)):
        raise NotPossible("volunteers.refused.steps", **said)
    if (last - timedelta(minutes=1)).date() != first.date():
        raise NotPossible("volunteers.refused.midnight", **said)


def check_record(number: str, starts: datetime, ends: datetime, registered_on: date) -> None:
    """NotPossible as in `check_times`, for a service not over yet, and for one before its volunteer was registered."""
    check_times(starts, ends)
    if ends > clock.now():
        raise NotPossible("volunteers.refused.ahead", number=number, ends=said_at(ends))
    if starts.astimezone(clock.SHANGHAI).date() < registered_on:
        raise NotPossible(
            "volunteers.refused.before_registered", number=number, starts=said_at(starts), day=registered_on
        )


def said_at(moment: datetime) -> str:
    """2026-11-24 19:00, in Shanghai."""
    return f"{moment.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}"
