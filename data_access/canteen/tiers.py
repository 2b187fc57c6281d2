"""Price tiers 优惠档: a new one, or a new version of one; ended, never overwritten."""

from dataclasses import dataclass
from datetime import date

import polars as pl
import sqlalchemy as sa

from access import Permission, check
from data_access import changes
from data_access.frames import Schema, read, stands_on
from data_access.tables.meals import Tier
from vocabulary.canteen import DinerGroup
from vocabulary.enums import AgeBand, Subject, TierKind
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible

VERSIONS: Schema = {
    "id": pl.Int64,
    "code": pl.String,
    "name": pl.String,
    "name_en": pl.String,
    "kind": pl.String,
    "value": pl.Int64,
    "from_on": pl.Date,
    "to_on": pl.Date,
    "priority": pl.Int64,
    "diner_group": pl.String,
    "from_band": pl.String,
    "adds": pl.Boolean,
    "payer": pl.String,
    "claim_percent": pl.Int64,
    "version": pl.Int64,
}


@dataclass(frozen=True)
class TierFacts:
    """What a tier is; `value` is percent off, fen off or a price in fen."""

    code: str
    name: str
    kind: TierKind
    value: int
    from_on: date
    priority: int
    to_on: date | None = None
    name_en: str | None = None
    diner_group: DinerGroup | None = None
    from_band: AgeBand | None = None
    adds: bool = False
    payer: str | None = None
    claim_percent: int = 100


@stands_on(Subject.MEALS)
def tier_versions(conn: sa.Connection, _viewer: Viewer) -> pl.DataFrame:
    """Every version of every tier, by code and first day."""
    columns = [getattr(Tier, name) for name in VERSIONS]
    return read(conn, sa.select(*columns).order_by(Tier.code, Tier.from_on), VERSIONS)


def add_tier(conn: sa.Connection, viewer: Viewer, facts: TierFacts) -> int:
    """Adds a tier, or a version of the one with this code, which ends the day before; gives its id.

    NotPossible for a value that is none of its kind, days that run backwards, or days shared with another tier of
    the same priority.
    """
    check(viewer, Permission.EDIT_RULES)
    _plausible(facts)
    before = (Tier.code == facts.code, Tier.from_on < facts.from_on, Tier.to_on.is_(None))
    conn.execute(sa.update(Tier).where(*before).values(to_on=_day_before(facts.from_on), version=Tier.version + 1))
    _refuse_overlap(conn, facts)
    columns = {name: getattr(facts, name) for name in VERSIONS if name not in ("id", "version")}
    tier_id = int(conn.scalar(sa.insert(Tier).values(**columns).returning(Tier.id)) or 0)
    changes.record(conn, viewer, Subject.MEALS, "tier_added", tier_id)
    return tier_id


def end_tier(conn: sa.Connection, viewer: Viewer, tier_id: int, seen_version: int, to_on: date) -> None:
    """The last day of a tier. NotPossible before its first, and when somebody else changed it."""
    check(viewer, Permission.EDIT_RULES)
    row = conn.execute(sa.select(Tier.name, Tier.from_on, Tier.version).where(Tier.id == tier_id)).first()
    if row is None:
        raise NotPossible("words.row_gone")
    if row.version != seen_version:
        raise NotPossible("words.changed_meanwhile")
    if to_on < row.from_on:
        raise NotPossible("canteen.backwards", name=row.name, since=row.from_on, until=to_on)
    conn.execute(sa.update(Tier).where(Tier.id == tier_id).values(to_on=to_on, version=seen_version + 1))
    changes.record(conn, viewer, Subject.MEALS, "tier_ended", tier_id)


def _plausible(facts: TierFacts) -> None:
    if not facts.code.strip() or not facts.name.strip():
        raise NotPossible("canteen.tier_unnamed")
    if facts.to_on is not None and facts.to_on < facts.from_on:
        raise NotPossible("canteen.backwards", name=facts.name, since=facts.from_on, until=facts.to_on)
    if facts.value < 0 or (facts.kind is TierKind.PERCENT and facts.value > 100):
        raise NotPossible("canteen.tier_value", name=facts.name, kind=facts.kind, value=facts.value)
    if not 0 <= facts.claim_percent <= 100:
        raise NotPossible("canteen.claim_percent", name=facts.name, value=facts.claim_percent)


def _refuse_overlap(conn: sa.Connection, facts: TierFacts) -> None:
    begins = sa.true() if facts.to_on is None else Tier.from_on <= facts.to_on
    shared = sa.and_(begins, sa.or_(Tier.to_on.is_(None), Tier.to_on >= facts.from_on))
    same = sa.or_(Tier.priority == facts.priority, Tier.code == facts.code)
    other = conn.execute(sa.select(Tier.name, Tier.code, Tier.from_on, Tier.to_on).where(shared, same)).first()
    if other is not None:
        key = "canteen.tier_twice" if other.code == facts.code else "canteen.tier_overlaps"
        until = other.to_on or "—"
        raise NotPossible(
            key, name=facts.name, priority=facts.priority, other=other.name, since=other.from_on, until=until
        )


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)
