"""Expressions over the table of cases that several reads share."""

from typing import Any

import sqlalchemy as sa

from data_access.tables.cases import Case, Category
from data_access.tables.places import Building, Grid
from vocabulary.enums import DONE_STATUSES

LEVEL_SIGN = " › "

# The day a case left the desk: finished, or dropped (rejected, withdrawn, merged); null while it is open.
CLOSED_ON: sa.ColumnElement[Any] = sa.case(
    (Case.status.in_([status.value for status in DONE_STATUSES]), Case.finished_on), else_=Case.dropped_on
)
# Its path in the taxonomy as one text; null without one.
CATEGORY: sa.ColumnElement[Any] = (
    Category.level1
    + sa.case((Category.level2 != "", LEVEL_SIGN + Category.level2), else_="")
    + sa.case((Category.level3 != "", LEVEL_SIGN + Category.level3), else_="")
)
WITH_NAMES = (
    Case.table()
    .outerjoin(Category.table(), Category.id == Case.category_id)
    .outerjoin(Grid.table(), Grid.id == Case.grid_id)
    .outerjoin(Building.table(), Building.id == Case.building_id)
)
