"""The hospital's monthly figures 健康汇总: reading them, entering a month, correcting it. Aggregates only."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any

import polars as pl
import sqlalchemy as sa

import clock
from access import Permission, check
from data_access import changes, corrections, evidence
from data_access.fates import Fate, Once, Written, corrected, each
from data_access.frames import Schema, frame, read, same_for_role, stands_on
from data_access.tables.health import HealthMonth
from texts import t
from vocabulary.enums import Subject
from vocabulary.health import WITHIN, HealthGroup, HealthNumber
from vocabulary.questions import Filters, Period, Viewer
from vocabulary.refusals import NotPossible

NUMBERS = tuple(number.value for number in HealthNumber)
MONTHS: Schema = {
    "id": pl.Int64,
    "version": pl.Int64,
    "month": pl.Date,
    "health_group": pl.String,
    **dict.fromkeys(NUMBERS, pl.Int64),
}
MISSING: Schema = {"month": pl.Date, "health_group": pl.String}
FIRST_YEAR, LARGEST = 2000, 1_000_000
LOOKED_BACK = 13


@dataclass(frozen=True)
class HealthFacts:
    """A group's numbers of a month, given by any day of it; `controlled` is None for the elders."""

    month: date
    group: HealthGroup
    residents: int
    contracted: int
    managed: int
    managed_to_norm: int
    controlled: int | None
    follow_ups_due: int
    follow_ups_done: int
    check_ups_due: int
    check_ups_done: int


@same_for_role
@stands_on(Subject.HEALTH)
def months(conn: sa.Connection, _viewer: Viewer, _since: date, until: date) -> pl.DataFrame:
    """Every row of a month that was over by `until`, the oldest first, with its last day `month_end`."""
    columns = [getattr(HealthMonth, name) for name in MONTHS]
    statement = sa.select(*columns).order_by(HealthMonth.month, HealthMonth.health_group)
    ended = read(conn, statement, MONTHS).with_columns(month_end=pl.col("month").dt.month_end())
    return ended.filter(pl.col("month_end") <= until)


@same_for_role
@stands_on(Subject.HEALTH)
def missing(conn: sa.Connection, viewer: Viewer, until: date) -> pl.DataFrame:
    """month, health_group of what is not reported, the newest first: the months over by `until`, of 13 at most,

    since the first that was ever reported; of none in an empty database but the last.
    """
    known = months(conn, viewer, until, until)
    reported = set(known.select("month", "health_group").iter_rows())
    last = _first_day_before(until + timedelta(1))
    first = known["month"].min()
    since = first if isinstance(first, date) else last
    due = [month for month in _back_from(last, LOOKED_BACK) if month >= since]
    rows = [(month, group.value) for month in due for group in HealthGroup if (month, group.value) not in reported]
    return frame(rows, MISSING)


def add_month(conn: sa.Connection, viewer: Viewer, facts: HealthFacts) -> int:
    """Enters a group's month; its id. NotPossible when it does not add up or is reported already."""
    _begin(conn, viewer)
    given = checked(facts)
    if _found(conn, given) is not None:
        raise NotPossible("health.refused.reported", month=_named(given.month), group=given.group)
    return _add(conn, viewer, given)


def correct_month(
    conn: sa.Connection, viewer: Viewer, row_id: int, seen_version: int, reason: str, facts: HealthFacts
) -> None:
    """Corrects a month with a reason, its month and group too. NotPossible as in `add_month`, `corrections.correct`."""
    _begin(conn, viewer)
    given = checked(facts)
    other = _found(conn, given)
    if other is not None and other["id"] != row_id:
        raise NotPossible("health.refused.reported", month=_named(given.month), group=given.group)
    corrections.correct(conn, viewer, Subject.HEALTH, HealthMonth, row_id, seen_version, reason, **_values(given))


def write_months(conn: sa.Connection, viewer: Viewer, rows: Sequence[HealthFacts]) -> Written:
    """Many at once, as an import brings them: each by its month and group, all or none. NotPossible names the row."""
    _begin(conn, viewer)
    return each(rows, lambda facts, once: _write(conn, viewer, checked(facts), once), "health.refused.row")


def checked(facts: HealthFacts) -> HealthFacts:
    """The facts by the first day of their month. NotPossible, with the two numbers that disagree, if they do."""
    given = replace(facts, month=facts.month.replace(day=1))
    _check_month(given.month)
    numbers = {number: getattr(given, number.value) for number in HealthNumber}
    _check_controlled(given)
    for number, value in numbers.items():
        if value is not None and not 0 <= value <= LARGEST:
            raise NotPossible("health.refused.number", name=number, value=value, most=LARGEST)
    for small, large in WITHIN:
        if numbers[small] is not None and numbers[small] > numbers[large]:
            raise NotPossible(
                "health.refused.above", small=small, value=numbers[small], large=large, most=numbers[large]
            )
    return given


@stands_on(Subject.HEALTH)
def history(conn: sa.Connection, viewer: Viewer, row_id: int) -> list[dict[str, Any]]:
    """The corrections of a month, newest first."""
    check(viewer, Permission.SEE_HEALTH)
    return corrections.history(conn, HealthMonth, row_id)


def _begin(conn: sa.Connection, viewer: Viewer) -> None:
    """Raising the version first lets writers in one by one, so that no month is entered twice."""
    check(viewer, Permission.WRITE_HEALTH)
    changes.raise_version(conn, Subject.HEALTH)


def _check_month(month: date) -> None:
    if month.year < FIRST_YEAR:
        raise NotPossible("health.refused.early", month=_named(month), first=FIRST_YEAR)
    last = month.replace(day=monthrange(month.year, month.month)[1])
    if last > clock.today():
        raise NotPossible("health.refused.not_over", month=_named(month), last=last)


def _check_controlled(given: HealthFacts) -> None:
    if given.group is HealthGroup.ELDERS and given.controlled is not None:
        raise NotPossible("health.refused.no_control", group=given.group, value=given.controlled)
    if given.group is not HealthGroup.ELDERS and given.controlled is None:
        raise NotPossible("health.refused.control_missing", group=given.group, month=_named(given.month))


def _write(conn: sa.Connection, viewer: Viewer, given: HealthFacts, once: Once) -> Fate:
    once((given.month, given.group), "health.refused.twice", month=_named(given.month), group=given.group)
    now, values = _found(conn, given), _values(given)
    if now is None:
        _add(conn, viewer, given)
        return Fate.NEW
    return corrected(conn, viewer, Subject.HEALTH, HealthMonth, now, values, t("health.by_import"))


def _add(conn: sa.Connection, viewer: Viewer, given: HealthFacts) -> int:
    (key,) = conn.execute(sa.insert(HealthMonth).values(**_values(given))).inserted_primary_key or (0,)
    month, group = _named(given.month), given.group.value
    changes.record(conn, viewer, Subject.HEALTH, "health_month_added", key, month=month, group=group)
    return int(key)


def _found(conn: sa.Connection, given: HealthFacts) -> dict[str, Any] | None:
    table = HealthMonth.table()
    same = sa.and_(table.c.month == given.month, table.c.health_group == given.group.value)
    row = conn.execute(sa.select(table).where(same)).mappings().one_or_none()
    return None if row is None else dict(row)


def _values(given: HealthFacts) -> dict[str, Any]:
    values = asdict(given)
    group = values.pop("group")
    return {**values, "health_group": group.value}


def _named(month: date) -> str:
    return f"{month:%Y-%m}"


def _first_day_before(day: date) -> date:
    """The first day of the last month that was over before this day."""
    return (day.replace(day=1) - timedelta(1)).replace(day=1)


def _back_from(month: date, count: int) -> list[date]:
    found = [month]
    while len(found) < count:
        found.append(_first_day_before(found[-1]))
    return found


def _told(conn: sa.Connection, viewer: Viewer, period: Period, _filters: Filters) -> pl.DataFrame:
    told = months(conn, viewer, period.since, period.until)
    return told.drop("id", "version").rename({"residents": "group_residents"})


def _newest(conn: sa.Connection, viewer: Viewer, period: Period, filters: Filters) -> pl.DataFrame:
    told = _told(conn, viewer, period, filters)
    return told.sort("month").unique("health_group", keep="last", maintain_order=True)


evidence.SUBJECTS["health_months"] = evidence.Derived(Permission.SEE_HEALTH, _told, ("month_end",))
evidence.SUBJECTS["health_newest"] = evidence.Derived(Permission.SEE_HEALTH, _newest, ("month_end",))
