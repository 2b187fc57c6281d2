"""Consent of diners: enrolled with a day and by whom, withdrawn at any time; the register of those in difficulty.

The groups are sensitive: no frame here has them, only a social worker who looks at one diner gets them, logged.
"""

import re
from dataclasses import dataclass
from datetime import date

import polars as pl
import sqlalchemy as sa

import clock
from access import Permission, check
from data_access import changes, evidence
from data_access.canteen.diners import diner_id_of
from data_access.frames import Schema, read, stands_on
from data_access.meals import diner_days
from data_access.sealing import Seal
from data_access.tables.canteen import CareTask, EnrolledGroup, Enrolment
from data_access.tables.meals import Diner
from data_access.tables.places import Building, Grid
from vocabulary.canteen import DinerGroup
from vocabulary.enums import ELDER_BANDS, Role, Subject
from vocabulary.questions import Filters, Period, Viewer
from vocabulary.refusals import NotAllowed, NotPossible

PHONE = re.compile(r"\+?[0-9][0-9 \-]{5,18}[0-9]", re.ASCII)
ENROLLED: Schema = {
    "enrolment_id": pl.Int64,
    "card": pl.String,
    "building": pl.String,
    "grid": pl.String,
    "consent_on": pl.Date,
    "care": pl.Boolean,
    "version": pl.Int64,
}
REGISTER: Schema = {
    "diner_id": pl.Int64,
    "grid": pl.String,
    "band": pl.String,
    "consent_on": pl.Date,
}
DIFFICULT: Schema = {"grid": pl.String, "band": pl.String, "served": pl.Boolean}
HOMES = (
    Diner.table()
    .outerjoin(Building.table(), Building.id == Diner.building_id)
    .outerjoin(Grid.table(), Grid.id == Building.grid_id)
)


@dataclass(frozen=True)
class Consent:
    """What a diner agreed to on a day."""

    card: str
    consent_on: date
    name: str
    phone: str
    groups: frozenset[DinerGroup] = frozenset()
    care: bool = True


@dataclass(frozen=True)
class Person:
    """An enrolled diner as a social worker who calls on them sees them."""

    name: str
    phone: str
    groups: tuple[DinerGroup, ...]


def enrol(conn: sa.Connection, viewer: Viewer, consent: Consent, seal: Seal) -> int:
    """Records a consent; gives its id. NotPossible for one in the future, one that stands, or a number that is none."""
    check_worker(viewer)
    diner_id = diner_id_of(conn, consent.card)
    if consent.consent_on > clock.today():
        raise NotPossible("canteen.consent_ahead", day=consent.consent_on)
    if not consent.name.strip():
        raise NotPossible("canteen.name_missing", card=consent.card)
    if not PHONE.fullmatch(consent.phone.strip()):
        raise NotPossible("canteen.no_phone", phone=consent.phone.strip())
    standing = sa.select(Enrolment.consent_on).where(Enrolment.diner_id == diner_id, Enrolment.withdrawn_on.is_(None))
    if (since := conn.scalar(standing)) is not None:
        raise NotPossible("canteen.enrolled_already", card=consent.card, day=since)
    sealed = seal.close({"name": consent.name.strip(), "phone": consent.phone.strip()})
    values = {"consent_on": consent.consent_on, "taken_by": viewer.account_id or None, "care": consent.care}
    added = sa.insert(Enrolment).values(diner_id=diner_id, **values, sealed=sealed).returning(Enrolment.id)
    enrolment_id = int(conn.scalar(added) or 0)
    if consent.groups:
        rows = [{"enrolment_id": enrolment_id, "diner_group": group} for group in sorted(consent.groups)]
        conn.execute(sa.insert(EnrolledGroup), rows)
    changes.record(conn, viewer, Subject.CARE, "diner_enrolled", enrolment_id)
    return enrolment_id


def withdraw(conn: sa.Connection, viewer: Viewer, enrolment_id: int, seen_version: int) -> None:
    """The diner takes the consent back today: name, number, groups and open care tasks are deleted at once."""
    check_worker(viewer)
    row = conn.execute(sa.select(Enrolment.table()).where(Enrolment.id == enrolment_id)).first()
    if row is None:
        raise NotPossible("words.row_gone")
    if row.version != seen_version or row.withdrawn_on is not None:
        raise NotPossible("words.changed_meanwhile")
    conn.execute(sa.delete(EnrolledGroup).where(EnrolledGroup.enrolment_id == enrolment_id))
    conn.execute(sa.delete(CareTask).where(CareTask.diner_id == row.diner_id, CareTask.outcome.is_(None)))
    gone = {"withdrawn_on": clock.today(), "sealed": None, "version": seen_version + 1}
    conn.execute(sa.update(Enrolment).where(Enrolment.id == enrolment_id).values(**gone))
    changes.record(conn, viewer, Subject.CARE, "consent_withdrawn", enrolment_id)


@stands_on(Subject.CARE, Subject.MEALS, Subject.PLACES)
def enrolled(conn: sa.Connection, viewer: Viewer) -> pl.DataFrame:
    """The consents that stand in the worker's grids, without name, number or group."""
    check_worker(viewer)
    statement = (
        sa.select(
            Enrolment.id.label("enrolment_id"),
            Diner.card,
            Building.number.label("building"),
            Grid.code.label("grid"),
            Enrolment.consent_on,
            Enrolment.care,
            Enrolment.version,
        )
        .select_from(HOMES.join(Enrolment.table(), Enrolment.diner_id == Diner.id))
        .where(Enrolment.withdrawn_on.is_(None), sa.or_(Grid.id.is_(None), Grid.id.in_(viewer.grids)))
        .order_by(Grid.code, Building.id, Diner.card)
    )
    return read(conn, statement, ENROLLED)


def opened(conn: sa.Connection, enrolment_id: int, seal: Seal) -> Person:
    """Name, number and groups of a consent that stands; the caller checks and logs the look."""
    sealed = conn.scalar(sa.select(Enrolment.sealed).where(Enrolment.id == enrolment_id))
    if sealed is None:
        raise NotPossible("words.row_gone")
    groups = conn.scalars(
        sa.select(EnrolledGroup.diner_group).where(EnrolledGroup.enrolment_id == enrolment_id).order_by("diner_group")
    )
    contact = seal.open(sealed)
    return Person(contact["name"], contact["phone"], tuple(DinerGroup(group) for group in groups))


def check_worker(viewer: Viewer) -> None:
    """Only a social worker: neither a till nor an operator of the machine comes near a group."""
    check(viewer, Permission.WRITE_CARE)
    if viewer.role is not Role.WORKER:
        raise NotAllowed("words.not_allowed", what=Permission.WRITE_CARE)


@stands_on(Subject.CARE, Subject.MEALS, Subject.PLACES)
def register(conn: sa.Connection, _viewer: Viewer, _since: date, until: date) -> pl.DataFrame:
    """The elders in difficulty whose consent stands, given up to `until`: an id, the grid and the band, no group."""
    difficult = sa.select(EnrolledGroup.enrolment_id)
    statement = (
        sa.select(Enrolment.diner_id, Grid.code.label("grid"), Diner.band, Enrolment.consent_on)
        .select_from(HOMES.join(Enrolment.table(), Enrolment.diner_id == Diner.id))
        .where(
            Enrolment.id.in_(difficult),
            Enrolment.withdrawn_on.is_(None),
            Enrolment.consent_on <= until,
            Diner.band.in_([band.value for band in ELDER_BANDS]),
        )
        .order_by(Enrolment.diner_id)
    )
    return read(conn, statement, REGISTER)


def _difficult(conn: sa.Connection, viewer: Viewer, period: Period, _filters: Filters) -> pl.DataFrame:
    """One row an elder of the register at the period's end: grid, band, came or not; nothing that names anyone."""
    visits = diner_days(conn, viewer, period.since, period.until).select("diner_id", served=pl.lit(value=True)).unique()
    known = register(conn, viewer, period.since, period.until)
    rows = known.join(visits, on="diner_id", how="left").with_columns(pl.col("served").fill_null(value=False))
    return rows.select(list(DIFFICULT)).sort("grid", "band", "served", nulls_last=True)


evidence.SUBJECTS["difficult_elders"] = evidence.Derived(Permission.SEE_CARE, _difficult)
