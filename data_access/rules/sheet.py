"""Many workdays, targets or counts at once, as an import brings them: all of them or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from access import Permission, check
from data_access.fates import Fate, Once, Written, each
from data_access.rules.calendar import set_workday
from data_access.rules.neighbourhood import count_elders
from data_access.rules.targets import set_target
from data_access.tables.places import Building, BuildingElders
from data_access.tables.rules import Target, Workday
from vocabulary.enums import ELDER_BANDS, AgeBand
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible


@dataclass(frozen=True)
class DayFacts:
    """A day that is worked, or off, though its weekday says otherwise."""

    day: date
    works: bool
    name: str = ""


@dataclass(frozen=True)
class TargetFacts:
    """What a metric should reach from a day on; rates are fractions."""

    metric: str
    value: float
    from_on: date


@dataclass(frozen=True)
class CountFacts:
    """The residents of 60+ of a building as counted on a day."""

    number: str
    counted_on: date
    counts: Mapping[AgeBand, int]


def write_workdays(conn: sa.Connection, viewer: Viewer, rows: Sequence[DayFacts]) -> Written:
    """Each by its day; one that says what stands is left alone, a past day too. NotPossible names the row."""

    def one(facts: DayFacts, once: Once) -> Fate:
        once(facts.day, "rules.row_twice")
        now = conn.execute(sa.select(Workday.works, Workday.name).where(Workday.day == facts.day)).first()
        if now and now.works == facts.works and (now.name or "") == facts.name.strip():
            return Fate.UNCHANGED
        set_workday(conn, viewer, facts.day, facts.works, facts.name)
        return Fate.NEW if now is None else Fate.CHANGED

    check(viewer, Permission.EDIT_RULES)
    return each(rows, one, "rules.row")


def write_targets(conn: sa.Connection, viewer: Viewer, rows: Sequence[TargetFacts]) -> Written:
    """Each by its metric and first day, in the order of their days. NotPossible names the row."""

    def one(facts: TargetFacts, once: Once) -> Fate:
        once((facts.metric, facts.from_on), "rules.row_twice")
        here = sa.and_(Target.metric == facts.metric, Target.from_on == facts.from_on)
        now = conn.scalar(sa.select(Target.value).where(here))
        if now == facts.value:
            return Fate.UNCHANGED
        set_target(conn, viewer, facts.metric, facts.value, facts.from_on)
        return Fate.NEW if now is None else Fate.CHANGED

    check(viewer, Permission.EDIT_RULES)
    return each(rows, one, "rules.row", lambda facts: facts.from_on)


def write_counts(conn: sa.Connection, viewer: Viewer, rows: Sequence[CountFacts]) -> Written:
    """Each by its building and day; a count that says otherwise is refused, never overwritten."""

    def one(facts: CountFacts, once: Once) -> Fate:
        once((facts.number, facts.counted_on), "rules.row_twice")
        if not conn.scalar(sa.select(Building.id).where(Building.number == facts.number)):
            raise NotPossible("rules.building_unknown", number=facts.number)
        known = sa.select(BuildingElders.band, BuildingElders.residents).select_from(
            BuildingElders.table().join(Building.table(), Building.id == BuildingElders.building_id)
        )
        here = known.where(Building.number == facts.number, BuildingElders.counted_on == facts.counted_on)
        now = {row.band: row.residents for row in conn.execute(here)}
        if now and all(now.get(band.value, 0) == facts.counts.get(band, 0) for band in ELDER_BANDS):
            return Fate.UNCHANGED
        count_elders(conn, viewer, facts.number, facts.counts, facts.counted_on)
        return Fate.NEW

    check(viewer, Permission.EDIT_RULES)
    return each(rows, one, "rules.row")
