"""What stands beside a case: its other units, its files, the cases it is tied to, an extension that waits."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from access import OPERATOR, Permission, check, masked
from data_access import scope
from data_access.desk import rows
from data_access.frames import stands_on
from data_access.tables.cases import Case
from data_access.tables.desk import CaseExtension, CaseFile, CaseUnit
from data_access.tables.places import Unit
from vocabulary.desk import Part
from vocabulary.enums import Role, Subject
from vocabulary.questions import Filters, Viewer
from vocabulary.refusals import NotPossible


@dataclass(frozen=True)
class UnitPart:
    unit_id: int
    name: str
    name_en: str | None
    part: str


@dataclass(frozen=True)
class FileMark:
    """A file without its content."""

    id: int
    name: str
    media: str
    size: int


@dataclass(frozen=True)
class Tied:
    """A case tied to this one: `merged` into it, the `parent` it was merged into, the `first` that it repeats."""

    how: str
    id: int
    number: str
    title: str


@dataclass(frozen=True)
class Beside:
    """`leads`: this viewer answers for the case, its unit if it is one; `helps`: leads it or helps with it."""

    units: tuple[UnitPart, ...]
    files: tuple[FileMark, ...]
    tied: tuple[Tied, ...]
    extension_until: datetime | None
    unhappy_since: datetime | None
    leads: bool
    helps: bool


@stands_on(Subject.CASES, Subject.PLACES)
def beside(conn: sa.Connection, viewer: Viewer, case_id: int) -> Beside:
    """NotPossible for a case that this viewer does not see."""
    check(viewer, Permission.SEE_CASES)
    statement = sa.select(Case.parent_id, Case.repeat_of_id, Case.unhappy_since, Case.lead_unit_id).where(
        Case.id == case_id
    )
    case = conn.execute(scope.within(statement, viewer, Filters(), conn.dialect.name)).one_or_none()
    if case is None:
        raise NotPossible("cases.not_there", case=case_id)
    units = sa.select(CaseUnit.unit_id, Unit.name, Unit.name_en, CaseUnit.part).select_from(
        CaseUnit.table().join(Unit.table(), Unit.id == CaseUnit.unit_id)
    )
    files = sa.select(CaseFile.id, CaseFile.name, CaseFile.media, CaseFile.size).where(CaseFile.case_id == case_id)
    waiting = sa.and_(CaseExtension.case_id == case_id, CaseExtension.approved.is_(None))
    tied = {
        "merged": Case.parent_id == case_id,
        "parent": Case.id == case.parent_id,
        "first": Case.id == case.repeat_of_id,
    }
    found = units.where(CaseUnit.case_id == case_id).order_by(CaseUnit.part, Unit.code)
    parts = tuple(UnitPart(*row) for row in conn.execute(found))
    leads = viewer.role is not Role.UNIT or viewer == OPERATOR or case.lead_unit_id == viewer.unit_id
    return Beside(
        units=parts,
        files=tuple(FileMark(*row) for row in conn.execute(files.order_by(CaseFile.id))),
        tied=tuple(found for how, condition in tied.items() for found in _tied(conn, viewer, how, condition)),
        extension_until=conn.scalar(sa.select(CaseExtension.until).where(waiting)),
        unhappy_since=case.unhappy_since,
        leads=leads,
        helps=leads or any((one.unit_id, one.part) == (viewer.unit_id, Part.HELPING) for one in parts),
    )


def content(conn: sa.Connection, viewer: Viewer, case_id: int, file_id: int) -> bytes:
    """What is in a file of a case that this viewer sees."""
    rows.seen(conn, viewer, case_id)
    found: bytes | None = conn.scalar(
        sa.select(CaseFile.content).where(CaseFile.id == file_id, CaseFile.case_id == case_id)
    )
    if found is None:
        raise NotPossible("words.row_gone")
    return found


def _tied(conn: sa.Connection, viewer: Viewer, how: str, condition: Any) -> list[Tied]:
    statement = sa.select(Case.id, Case.number, Case.title).where(condition).order_by(Case.id)
    found = conn.execute(scope.within(statement, viewer, Filters(), conn.dialect.name))
    return [Tied(how, row.id, row.number, masked(row.title)) for row in found]
