"""The limits of cases 时限 by type and urgency: the most particular rule of a day holds."""

from dataclasses import dataclass
from datetime import date

import polars as pl
import sqlalchemy as sa

from data_access.frames import Schema, read, stands_on
from data_access.rules import dated
from data_access.tables.rules import SlaRule
from vocabulary.enums import CaseType, Subject, Urgency
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible
from vocabulary.rules import LimitKind, LimitUnit

LONGEST = 1000
VERSIONS: Schema = {
    "kind": pl.String,
    "type": pl.String,
    "urgency": pl.String,
    "amount": pl.Int64,
    "unit": pl.String,
    "from_on": pl.Date,
    "to_on": pl.Date,
}


@dataclass(frozen=True)
class Limit:
    """So many hours or working days."""

    amount: int
    unit: LimitUnit


# What holds until the office says otherwise, by kind and urgency.
USUAL: dict[tuple[LimitKind, Urgency | None], Limit] = {
    (LimitKind.FINISH, Urgency.EMERGENCY): Limit(24, LimitUnit.HOURS),
    (LimitKind.FINISH, Urgency.URGENT): Limit(3, LimitUnit.WORKING_DAYS),
    (LimitKind.FINISH, Urgency.COMPLEX): Limit(15, LimitUnit.WORKING_DAYS),
    (LimitKind.FINISH, None): Limit(5, LimitUnit.WORKING_DAYS),
    (LimitKind.CONTACT, None): Limit(1, LimitUnit.WORKING_DAYS),
    (LimitKind.SIGN, None): Limit(4, LimitUnit.WORKING_HOURS),
    (LimitKind.NOTE, None): Limit(3, LimitUnit.WORKING_DAYS),
}


def limit_for(
    conn: sa.Connection, kind: LimitKind, case_type: str | None, urgency: str | None, day: date
) -> Limit | None:
    """The limit of this kind on a day: of type and urgency, else of the urgency, else of the type, else of all.

    Where the office has set none for any of them, the usual one.
    """
    fits = sa.and_(
        SlaRule.kind == kind.value,
        sa.or_(SlaRule.type.is_(None), SlaRule.type == case_type),
        sa.or_(SlaRule.urgency.is_(None), SlaRule.urgency == urgency),
        dated.holds(SlaRule, day),
    )
    particular = (SlaRule.urgency.is_(None), SlaRule.type.is_(None), SlaRule.from_on.desc())
    row = conn.execute(sa.select(SlaRule.amount, SlaRule.unit).where(fits).order_by(*particular).limit(1)).first()
    if row:
        return Limit(row.amount, LimitUnit(row.unit))
    own = USUAL.get((kind, Urgency(urgency))) if urgency else None
    return own or USUAL.get((kind, None))


@stands_on(Subject.RULES)
def limits(conn: sa.Connection, _viewer: Viewer) -> pl.DataFrame:
    """Every limit the office has set, by kind, urgency and type, the newest first."""
    columns = [getattr(SlaRule, column) for column in VERSIONS]
    order = (SlaRule.kind, SlaRule.urgency, SlaRule.type, SlaRule.from_on.desc())
    return read(conn, sa.select(*columns).order_by(*order), VERSIONS)


def set_limit(
    conn: sa.Connection,
    viewer: Viewer,
    kind: LimitKind,
    case_type: CaseType | None,
    urgency: Urgency | None,
    limit: Limit,
    from_on: date,
) -> int:
    """Sets a limit from a day on; a due moment that stands in a case already is not touched. NotPossible for none."""
    if not 1 <= limit.amount <= LONGEST:
        raise NotPossible("rules.limit_beyond", value=limit.amount, most=LONGEST)
    same = {"kind": kind.value, "type": case_type and case_type.value, "urgency": urgency and urgency.value}
    return dated.change(conn, viewer, SlaRule, same, from_on, {"amount": limit.amount, "unit": limit.unit.value})
