"""Filing a case 受理登记: checked, numbered by its year, limited, its contact sealed, found by search."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

import clock
from access import Permission, check
from data_access import changes, search, workdays
from data_access.desk import limits, rows
from data_access.desk.effects import started
from data_access.desk.rows import Event
from data_access.frames import by_the_minute, stands_on
from data_access.sealing import Seal
from data_access.tables.cases import Case, CaseContact, Category
from data_access.tables.desk import CaseCounter
from data_access.tables.places import Building, Grid, Place
from vocabulary import enums
from vocabulary.enums import CaseStatus, EventKind, Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible

LETTERS = "SQ"
SOURCE = "jiefang"
LONGEST_TITLE = 60
LONGEST_CONTACT = 120
LEVELS = {
    enums.Urgency.EMERGENCY: enums.Level.PARTY_SECRETARY,
    enums.Urgency.COMPLEX: enums.Level.PARTY_SECRETARY,
    enums.Urgency.URGENT: enums.Level.BRANCH_SECRETARY,
    enums.Urgency.NORMAL: enums.Level.PARTY_MEMBER,
}


@dataclass(frozen=True)
class NewCase:
    """A case as it is filed. Without a title it gets the beginning of its text; a building's grid is the case's.

    `contact` is {name, phone, address} as far as it was given; without `received_at` it came in now.
    """

    text: str
    title: str = ""
    channel: enums.Channel | None = None
    type: enums.CaseType | None = None
    urgency: enums.Urgency = enums.Urgency.NORMAL
    category_id: int | None = None
    board: enums.Board | None = None
    field: enums.Field | None = None
    grid_id: int | None = None
    building_id: int | None = None
    place_id: int | None = None
    lon: float | None = None
    lat: float | None = None
    spot: str = ""
    reporter_kind: enums.ReporterKind | None = None
    contact: Mapping[str, str] = dataclasses.field(default_factory=dict, hash=False)
    level: enums.Level | None = None
    received_at: datetime | None = None


def file_case(conn: sa.Connection, viewer: Viewer, new: NewCase, seal: Seal | None = None) -> int:
    """Files a pending case; gives its id. A contact needs the seal. NotPossible for what does not exist."""
    check(viewer, Permission.WORK_CASES)
    columns = _columns(conn, new)
    calendar = workdays.calendar_in(conn)
    received = columns["received_at"]
    limited, detail = started(conn, calendar, columns, received)
    contact_due = limits.after(conn, calendar, limits.Kind.CONTACT, columns, received)
    number = _number(conn, received.year)
    added = sa.insert(Case).values(
        number=number, source=SOURCE, status=CaseStatus.PENDING.value, contact_due_at=contact_due, **columns, **limited
    )
    case_id = int(conn.execute(added.returning(Case.id)).scalar_one())
    rows.add_event(conn, viewer, case_id, Event(EventKind.FILED, to=CaseStatus.PENDING, detail=detail))
    _keep_contact(conn, case_id, new.contact, seal)
    searched = search.searched_text(number, columns["title"], columns["body"], columns["spot"])
    search.add(conn, [(case_id, searched)])
    changes.record(conn, viewer, Subject.CASES, "case_filed", case_id)
    return case_id


@by_the_minute
@stands_on(Subject.RULES)
def due_if_filed(conn: sa.Connection, _viewer: Viewer, kind: enums.CaseType, urgency: enums.Urgency) -> datetime | None:
    """When a case of this type and urgency would be due, filed now."""
    case = {"type": kind.value, "urgency": urgency.value}
    return limits.after(conn, workdays.calendar_in(conn), limits.Kind.FINISH, case, clock.now())


def _columns(conn: sa.Connection, new: NewCase) -> dict[str, Any]:
    text = rows.clean("text", new.text)
    if not text:
        raise NotPossible("desk.no_text")
    title = rows.clean("title", new.title.replace("\n", " "), LONGEST_TITLE) or text.splitlines()[0][:LONGEST_TITLE]
    now = clock.now()
    received = (new.received_at or now).astimezone(clock.SHANGHAI)
    if received > now:
        raise NotPossible("desk.received_ahead", at=f"{received:%Y-%m-%d %H:%M}")
    words = {name: getattr(new, name) for name in ("channel", "type", "urgency", "board", "field", "reporter_kind")}
    return {
        "title": title,
        "body": text,
        **{name: word and word.value for name, word in words.items()},
        "category_id": _there(conn, Category, "category", new.category_id),
        **_place(conn, new),
        "level": (new.level or LEVELS[new.urgency]).value,
        "received_at": received,
        "received_on": received.date(),
    }


def _place(conn: sa.Connection, new: NewCase) -> dict[str, Any]:
    building_id = _there(conn, Building, "building", new.building_id)
    grid_id = _there(conn, Grid, "grid", new.grid_id)
    if building_id is not None:
        of_building = conn.scalar(sa.select(Building.grid_id).where(Building.id == building_id))
        if grid_id is not None and of_building is not None and grid_id != of_building:
            raise NotPossible("desk.building_elsewhere", building=building_id, grid=grid_id)
        grid_id = of_building or grid_id
    if (new.lon is None) != (new.lat is None):
        raise NotPossible("desk.half_a_point", lon=new.lon, lat=new.lat)
    if new.lon is not None and new.lat is not None and not (-180 <= new.lon <= 180 and -90 <= new.lat <= 90):
        raise NotPossible("desk.no_point", lon=new.lon, lat=new.lat)
    return {
        "building_id": building_id,
        "grid_id": grid_id,
        "place_id": _there(conn, Place, "place", new.place_id),
        "lon": new.lon,
        "lat": new.lat,
        "spot": rows.clean("spot", new.spot, LONGEST_CONTACT) or None,
    }


def _there(conn: sa.Connection, table: Any, what: str, row_id: int | None) -> int | None:
    if row_id is not None and conn.scalar(sa.select(table.id).where(table.id == row_id)) is None:
        raise NotPossible(f"desk.none_such.{what}", id=row_id)
    return row_id


def _number(conn: sa.Connection, year: int) -> str:
    """The next number of the year: SQ2026-00001. Two at once wait for each other."""
    counted = sa.update(CaseCounter).where(CaseCounter.year == year).values(last=CaseCounter.last + 1)
    last = conn.scalar(counted.returning(CaseCounter.last))
    if last is None:
        try:
            with conn.begin_nested():
                conn.execute(sa.insert(CaseCounter).values(year=year, last=1))
            last = 1
        except sa.exc.IntegrityError:
            last = conn.scalar(counted.returning(CaseCounter.last))
    return f"{LETTERS}{year}-{last:05d}"


def _keep_contact(conn: sa.Connection, case_id: int, contact: Mapping[str, str], seal: Seal | None) -> None:
    said = {name: rows.clean("contact", value, LONGEST_CONTACT) for name, value in contact.items() if value.strip()}
    if not said:
        return
    assert seal is not None, "a contact is never kept unsealed"
    sealed = sa.insert(CaseContact).values(case_id=case_id, sealed=seal.close(said), digest=seal.digest(said))
    conn.execute(sealed)
