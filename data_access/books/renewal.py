"""The books of renewal: proposals and projects."""

import json
from typing import Any

import sqlalchemy as sa

from access import Permission
from data_access.books.book import Book, Row, one_by_one
from data_access.renewal.given import Planned, Proposed
from data_access.renewal.sheet import write_projects, write_proposals
from data_access.tables.cases import Case
from data_access.tables.peace_post import Opinion
from data_access.tables.places import Grid, Unit
from data_access.tables.renewal import Project, Proposal
from vocabulary.enums import Level, Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible
from vocabulary.renewal import Function, Mode, Origin


def _buildings(row: Row) -> Row:
    return {**row, "buildings": tuple(json.loads(row["buildings"]))}


def _proposal(conn: sa.Connection, viewer: Viewer, row: Row, before: Row | None) -> None:
    opinion_id, case_id = (_from(conn, row, before, *of) for of in (("opinion", Opinion), ("case", Case)))
    proposed = Proposed(
        title=row["title"],
        matter=row["matter"],
        filed_on=row["filed_on"],
        origin=Origin(row["origin"]) if row["origin"] else Origin.RESIDENTS,
        opinion_id=opinion_id,
        case_id=case_id,
        grid=row["grid"],
        unit=row["unit"],
        level=Level(row["level"]) if row["level"] else None,
        number=row["number"],
    )
    write_proposals(conn, viewer, [proposed])


def _from(conn: sa.Connection, row: Row, before: Row | None, name: str, table: Any) -> int | None:
    """What a proposal came from, by its number. NotPossible for a number that none or several have."""
    if row[name] is None:
        return None
    if before is not None and before[name] == row[name]:
        kept: int = before[f"{name}_id"]
        return kept
    found = conn.scalars(sa.select(table.id).where(table.number == row[name]).limit(2)).all()
    if len(found) != 1:
        raise NotPossible(f"sheet_kinds.refused.{'many' if found else f'no_{name}'}", value=row[name])
    return int(found[0])


def _project(conn: sa.Connection, viewer: Viewer, row: Row, before: Row | None) -> None:
    planned = Planned(
        name=row["name"],
        mode=Mode(row["mode"]),
        function=Function(row["function"]),
        area_m2=row["area_m2"],
        households=row["households"],
        budget_fen=row["budget_fen"],
        approved_on=row["approved_on"],
        plan_from=row["plan_from"],
        plan_to=row["plan_to"],
        proposal_id=_from(conn, row, before, "proposal", Proposal),
        buildings=row["buildings"] or (),
        grid=row["grid"],
        unit=row["unit"],
        level=Level(row["level"]) if row["level"] else None,
        lon=before["lon"] if before else None,
        lat=before["lat"] if before else None,
        number=row["number"],
    )
    write_projects(conn, viewer, [planned])


PROPOSALS = Book(
    subject=Subject.RENEWAL,
    permission=Permission.EDIT_RENEWAL,
    identity=("number",),
    columns={
        "id": Proposal.id,
        "version": Proposal.version,
        "number": Proposal.number,
        "title": Proposal.title,
        "matter": Proposal.matter,
        "filed_on": Proposal.filed_on,
        "origin": Proposal.origin,
        "opinion": Opinion.number,
        "opinion_id": Proposal.opinion_id,
        "case": Case.number,
        "case_id": Proposal.case_id,
        "grid": Grid.code,
        "unit": Unit.code,
        "level": Proposal.level,
    },
    source=Proposal.table()
    .outerjoin(Opinion.table(), Opinion.id == Proposal.opinion_id)
    .outerjoin(Case.table(), Case.id == Proposal.case_id)
    .outerjoin(Grid.table(), Grid.id == Proposal.grid_id)
    .outerjoin(Unit.table(), Unit.id == Proposal.unit_id),
    writer=one_by_one(_proposal),
    day=Proposal.filed_on,
)
PROJECTS = Book(
    subject=Subject.RENEWAL,
    permission=Permission.EDIT_RENEWAL,
    identity=("number",),
    columns={
        "id": Project.id,
        "version": Project.version,
        **{name: getattr(Project, name) for name in ("number", "name", "mode", "function", "area_m2", "households")},
        **{name: getattr(Project, name) for name in ("budget_fen", "approved_on", "plan_from", "plan_to")},
        "proposal": Proposal.number,
        "proposal_id": Project.proposal_id,
        "buildings": Project.buildings,
        "grid": Grid.code,
        "unit": Unit.code,
        "level": Project.level,
        "lon": Project.lon,
        "lat": Project.lat,
    },
    source=Project.table()
    .outerjoin(Proposal.table(), Proposal.id == Project.proposal_id)
    .outerjoin(Grid.table(), Grid.id == Project.grid_id)
    .outerjoin(Unit.table(), Unit.id == Project.unit_id),
    writer=one_by_one(_project),
    day=Project.approved_on,
    shaped=_buildings,
)
