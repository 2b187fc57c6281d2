"""Which rows a viewer sees at all, and the filters a reader adds: `within` narrows a statement over cases."""

from typing import Any, TypeVar

import sqlalchemy as sa

from access import OPERATOR, Permission, allows
from data_access import punctuality, search, worklists
from data_access.tables.cases import Case, Category
from data_access.tables.desk import CaseUnit
from data_access.tables.places import Building, Grid, Unit
from vocabulary.enums import Role
from vocabulary.questions import Filters, Viewer

S = TypeVar("S", bound=sa.Select[*tuple[Any, ...]])


def within(statement: S, viewer: Viewer, filters: Filters, dialect: str) -> S:
    """The statement over Case narrowed to what this viewer sees and these filters keep (by day of receipt).

    Official, presenter and admin count the whole community; a worker has the own grids and the cases without one; a
    unit those it leads, helps with or is informed of. A role that may not read rows is refused by the read, not here:
    figures need the count.
    """
    for condition in (*_seen_by(viewer), *narrowed(filters, viewer, dialect)):
        statement = statement.where(condition)
    return statement


def _seen_by(viewer: Viewer) -> list[sa.ColumnElement[bool]]:
    if viewer == OPERATOR or viewer.role in (Role.OFFICIAL, Role.PRESENTER, Role.ADMIN):
        return []
    if viewer.role is Role.WORKER:
        return [sa.or_(Case.grid_id.is_(None), Case.grid_id.in_(viewer.grids))]
    if viewer.role is Role.UNIT and viewer.unit_id is not None:
        called = sa.select(CaseUnit.case_id).where(CaseUnit.unit_id == viewer.unit_id)
        return [sa.or_(Case.lead_unit_id == viewer.unit_id, Case.id.in_(called))]
    return [sa.false()]


def narrowed(filters: Filters, viewer: Viewer, dialect: str) -> list[sa.ColumnElement[bool]]:
    """The conditions of the filters but the period, which each figure applies to its own day.

    Whoever may never see a contact cannot find one out by searching for it either.
    """
    found: list[sa.ColumnElement[bool]] = []
    for column, values in (
        (Case.status, filters.statuses),
        (Case.channel, filters.channels),
        (Case.urgency, filters.urgencies),
        (Case.type, filters.types),
        (Case.level, filters.levels),
    ):
        if values:
            found.append(_one_of(column, values))
    if filters.grids:
        codes = [code for code in filters.grids if code]
        inside = Case.grid_id.in_(sa.select(Grid.id).where(Grid.code.in_(codes)))
        found.append(sa.or_(inside, Case.grid_id.is_(None)) if "" in filters.grids else inside)
    if filters.buildings:
        found.append(Case.building_id.in_(sa.select(Building.id).where(Building.number.in_(filters.buildings))))
    if filters.categories:
        found.append(_category(filters.categories))
    if filters.units:
        codes = [code for code in filters.units if code]
        leads = Case.lead_unit_id.in_(sa.select(Unit.id).where(Unit.code.in_(codes)))
        found.append(sa.or_(leads, Case.lead_unit_id.is_(None)) if "" in filters.units else leads)
    if filters.punctualities:
        found.append(punctuality.is_one_of(filters.punctualities))
    if filters.listed:
        found.append(worklists.listed(filters.listed, viewer))
    if filters.batch is not None:
        found.append(Case.batch_id == filters.batch)
    if filters.text.strip():
        found.extend(search.matching(filters.text, dialect, contacts=allows(viewer, Permission.REVEAL_CONTACT)))
    return found


def _one_of(column: Any, values: tuple[str, ...]) -> sa.ColumnElement[bool]:
    given = [value for value in values if value]
    inside: sa.ColumnElement[bool] = column.in_(given)
    return sa.or_(inside, column.is_(None)) if "" in values else inside


def _category(paths: tuple[tuple[str, ...], ...]) -> sa.ColumnElement[bool]:
    inside = Case.category_id.in_(sa.select(Category.id).where(sa.or_(*map(_path, paths))))
    return sa.or_(inside, Case.category_id.is_(None)) if ("",) in paths else inside


def _path(path: tuple[str, ...]) -> sa.ColumnElement[bool]:
    return sa.and_(*(level == name for level, name in zip(_LEVELS, path, strict=False)))


_LEVELS = (Category.level1, Category.level2, Category.level3)
