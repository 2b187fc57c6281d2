"""Canteen cards, and the pauses 停餐 of those who hold them."""

from dataclasses import dataclass
from datetime import date

import polars as pl
import sqlalchemy as sa

import clock
from access import Permission, check
from data_access import changes
from data_access.corrections import correct
from data_access.frames import Schema, read, stands_on
from data_access.tables.canteen import Pause
from data_access.tables.meals import Diner
from data_access.tables.places import Building
from vocabulary.enums import AgeBand, Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible

PAUSES: Schema = {
    "pause_id": pl.Int64,
    "card": pl.String,
    "from_on": pl.Date,
    "to_on": pl.Date,
    "version": pl.Int64,
}


@dataclass(frozen=True)
class CardFacts:
    """Who holds a card, without a name; `building` is a number, only of residents."""

    card: str
    band: AgeBand
    resident: bool
    building: str | None = None
    valid_to: date | None = None


def issue_card(conn: sa.Connection, viewer: Viewer, facts: CardFacts) -> int:
    """Adds a diner's card; gives its id. NotPossible for a number that is given out, or an unknown building."""
    check(viewer, Permission.WRITE_DINERS)
    card = facts.card.strip()
    if not card or len(card) > 32:
        raise NotPossible("canteen.card_number", card=card)
    if conn.scalar(sa.select(Diner.id).where(Diner.card == card)) is not None:
        raise NotPossible("canteen.card_twice", card=card)
    building_id = _building(conn, facts)
    values = {"card": card, "band": facts.band, "resident": facts.resident, "valid_to": facts.valid_to}
    issued = sa.insert(Diner).values(**values, building_id=building_id).returning(Diner.id)
    diner_id = int(conn.scalar(issued) or 0)
    changes.record(conn, viewer, Subject.MEALS, "card_issued", diner_id)
    return diner_id


def correct_card(conn: sa.Connection, viewer: Viewer, seen_version: int, facts: CardFacts, reason: str) -> None:
    """Changes what is kept of the holder of this card; meals already sold keep theirs."""
    check(viewer, Permission.WRITE_DINERS)
    diner_id = diner_id_of(conn, facts.card)
    now = {"band": facts.band.value, "resident": facts.resident, "valid_to": facts.valid_to}
    building_id = _building(conn, facts)
    correct(conn, viewer, Subject.MEALS, Diner, diner_id, seen_version, reason, **now, building_id=building_id)


def add_pause(conn: sa.Connection, viewer: Viewer, card: str, from_on: date, to_on: date | None) -> int:
    """A pause of a card, without `to_on` until further notice; gives its id.

    NotPossible for days that run backwards or that are paused already.
    """
    check(viewer, Permission.WRITE_DINERS)
    diner_id = diner_id_of(conn, card)
    if to_on is not None and to_on < from_on:
        raise NotPossible("canteen.pause_backwards", card=card, since=from_on, until=to_on)
    begins = sa.true() if to_on is None else Pause.from_on <= to_on
    shared = (Pause.diner_id == diner_id, begins, sa.or_(Pause.to_on.is_(None), Pause.to_on >= from_on))
    other = conn.execute(sa.select(Pause.from_on, Pause.to_on).where(*shared)).first()
    if other is not None:
        raise NotPossible("canteen.pause_twice", card=card, since=other.from_on, until=other.to_on or "—")
    added = sa.insert(Pause).values(diner_id=diner_id, from_on=from_on, to_on=to_on).returning(Pause.id)
    pause_id = int(conn.scalar(added) or 0)
    changes.record(conn, viewer, Subject.CARE, "pause_added", pause_id)
    return pause_id


def end_pause(conn: sa.Connection, viewer: Viewer, pause_id: int, seen_version: int, to_on: date) -> None:
    """The last day of a pause; the day before its first takes it back."""
    check(viewer, Permission.WRITE_DINERS)
    row = conn.execute(sa.select(Pause.from_on, Pause.version).where(Pause.id == pause_id)).first()
    if row is None:
        raise NotPossible("words.row_gone")
    if row.version != seen_version:
        raise NotPossible("words.changed_meanwhile")
    if to_on < row.from_on:
        conn.execute(sa.delete(Pause).where(Pause.id == pause_id))
    else:
        conn.execute(sa.update(Pause).where(Pause.id == pause_id).values(to_on=to_on, version=seen_version + 1))
    changes.record(conn, viewer, Subject.CARE, "pause_ended", pause_id)


@stands_on(Subject.CARE)
def pauses(conn: sa.Connection, viewer: Viewer) -> pl.DataFrame:
    """The pauses that hold today or later, the first to end first."""
    check(viewer, Permission.WRITE_DINERS)
    statement = (
        sa.select(Pause.id.label("pause_id"), Diner.card, Pause.from_on, Pause.to_on, Pause.version)
        .join(Diner, Diner.id == Pause.diner_id)
        .where(sa.or_(Pause.to_on.is_(None), Pause.to_on >= clock.today()))
        .order_by(sa.func.coalesce(Pause.to_on, date.max), Diner.card)
    )
    return read(conn, statement, PAUSES)


def diner_id_of(conn: sa.Connection, card: str) -> int:
    """NotPossible for a card that nobody has."""
    diner_id = conn.scalar(sa.select(Diner.id).where(Diner.card == card.strip()))
    if diner_id is None:
        raise NotPossible("meals.unknown_card", card=card.strip())
    return int(diner_id)


def _building(conn: sa.Connection, facts: CardFacts) -> int | None:
    if facts.building is None:
        return None
    found = conn.scalar(sa.select(Building.id).where(Building.number == facts.building))
    if found is None:
        raise NotPossible("canteen.no_building", number=facts.building)
    return int(found)
