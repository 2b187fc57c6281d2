"""What changed lately, as values that a page turns into sentences: cases by the hour, meals, stalls, imports."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

import clock
from access import Permission, allows, masked
from data_access import scope, stalls
from data_access.frames import by_the_minute, stands_on
from data_access.tables.cases import Case, CaseEvent
from data_access.tables.meals import Meal
from data_access.tables.records import ImportBatch
from vocabulary.enums import (
    DONE_STATUSES,
    DROPPED_STATUSES,
    ELDER_BANDS,
    OPEN_STATUSES,
    CaseStatus,
    EventKind,
    MealKind,
    Subject,
    Trade,
    Urgency,
)
from vocabulary.questions import Filters, Viewer

TITLES = 2
EVENT_COLUMNS: tuple[Any, ...] = (
    CaseEvent.at,
    CaseEvent.kind,
    CaseEvent.from_status,
    CaseEvent.to_status,
    Case.id,
    Case.urgency,
)


class Turn(StrEnum):
    """What happened to cases."""

    FILED = "filed"
    FINISHED = "finished"
    RETURNED = "returned"
    REOPENED = "reopened"
    DROPPED = "dropped"


@dataclass(frozen=True)
class CaseNews:
    """Cases that took the same turn within one hour of the clock; `titles` of the newest, none for who may not read."""

    at: datetime
    turn: Turn
    cases: int
    emergencies: int
    titles: tuple[str, ...]
    case_id: int | None


@dataclass(frozen=True)
class MealNews:
    """Meals of a day so far (of one kind, or of the whole day), and of the same weekday before up to the same time."""

    at: datetime
    meal: MealKind | None
    meals: int
    elderly: int
    before: int


@dataclass(frozen=True)
class StallNews:
    """Stalls opened today of those that should; `missing` are the trades and numbers of the others."""

    at: datetime
    opened: int
    agreed: int
    missing: tuple[tuple[str, Trade], ...]


@dataclass(frozen=True)
class ImportNews:
    """One import; the days its rows reach over."""

    at: datetime
    batch: int
    kind: str
    new: int
    changed: int
    since: date | None
    until: date | None


News = CaseNews | MealNews | StallNews | ImportNews


@by_the_minute
@stands_on(Subject.CASES, Subject.MEALS, Subject.STALLS, Subject.IMPORTS, Subject.PLACES)
def news(conn: sa.Connection, viewer: Viewer) -> list[News]:
    """What changed since yesterday began, newest first."""
    begun = datetime.combine(clock.today() - timedelta(1), time(), clock.SHANGHAI)
    found: list[News] = [
        *_cases(conn, viewer, begun),
        *_meals(conn),
        *_stalls(conn, viewer),
        *_imports(conn, begun),
    ]
    return sorted(found, key=lambda item: item.at, reverse=True)


def _cases(conn: sa.Connection, viewer: Viewer, begun: datetime) -> list[CaseNews]:
    """Imported rows are told by their import, not here."""
    readable = allows(viewer, Permission.SEE_CASES)
    title: Any = Case.title if readable else sa.literal("").label("title")
    statement = (
        sa.select(*EVENT_COLUMNS, title)
        .join(Case, Case.id == CaseEvent.case_id)
        .where(
            CaseEvent.at >= begun,
            CaseEvent.at <= clock.now(),
            CaseEvent.kind.in_([EventKind.FILED.value, EventKind.MOVED.value, EventKind.REPLIED.value]),
        )
        .order_by(CaseEvent.at.desc(), CaseEvent.id.desc())
    )
    grouped: dict[tuple[Turn, datetime], list[Any]] = defaultdict(list)
    for row in conn.execute(scope.within(statement, viewer, Filters(), conn.dialect.name)):
        turn = turn_of(row.kind, row.from_status, row.to_status)
        if turn:
            hour = row.at.astimezone(clock.SHANGHAI).replace(minute=0, second=0, microsecond=0)
            grouped[turn, hour].append(row)
    return [_told(turn, rows, readable=readable) for (turn, _), rows in grouped.items()]


def turn_of(kind: str, from_status: str | None, to_status: str | None) -> Turn | None:
    """The turn that one event of a case's history is; None for what is no news."""
    if kind == EventKind.FILED:
        return Turn.FILED
    if to_status == from_status:
        return None
    if to_status in DONE_STATUSES:
        return Turn.FINISHED if from_status in OPEN_STATUSES else None
    if to_status in DROPPED_STATUSES:
        return Turn.DROPPED
    named = {CaseStatus.RETURNED.value: Turn.RETURNED, CaseStatus.REOPENING.value: Turn.REOPENED}
    return named.get(to_status or "")


def _told(turn: Turn, rows: list[Any], *, readable: bool) -> CaseNews:
    cases = {row.id: row for row in reversed(rows)}
    titles = [masked(row.title) for row in reversed(cases.values())] if readable else []
    return CaseNews(
        at=rows[0].at.astimezone(clock.SHANGHAI),
        turn=turn,
        cases=len(cases),
        emergencies=sum(row.urgency == Urgency.EMERGENCY for row in cases.values()),
        titles=tuple(title for title in titles if title)[:TITLES],
        case_id=next(iter(cases)) if readable and len(cases) == 1 else None,
    )


def _meals(conn: sa.Connection) -> list[MealNews]:
    """Today's meals by kind and yesterday's as a whole, beside those of a week earlier."""
    today, yesterday, week = clock.today(), clock.today() - timedelta(1), timedelta(7)
    sums = _meal_sums(conn, (today, yesterday, today - week, yesterday - week))
    kinds = [meal for meal in MealKind if meal in sums[today]]
    told = [_meal_news(sums[today], sums[today - week], meal, meal) for meal in kinds]
    return [*told, _meal_news(sums[yesterday], sums[yesterday - week], None, *MealKind)] if sums[yesterday] else told


@dataclass(frozen=True)
class _Sum:
    meals: int
    elderly: int
    at: datetime


def _meal_sums(conn: sa.Connection, days: tuple[date, ...]) -> dict[date, dict[str, _Sum]]:
    """By day and kind of meal; the days a week before today end at this time of day."""
    now = clock.now()
    so_far = sa.or_(Meal.served_on != now.date() - timedelta(7), Meal.served_at <= now - timedelta(7))
    elderly = sa.case((Meal.band.in_([band.value for band in ELDER_BANDS]), 1), else_=0)
    statement = (
        sa.select(Meal.served_on, Meal.meal, sa.func.count(), sa.func.sum(elderly), sa.func.max(Meal.served_at))
        .where(Meal.served_on.in_(days), Meal.void_at.is_(None), Meal.served_at <= now, so_far)
        .group_by(Meal.served_on, Meal.meal)
    )
    sums: dict[date, dict[str, _Sum]] = {day: {} for day in days}
    for day, meal, meals, elders, at in conn.execute(statement):
        sums[day][meal] = _Sum(meals, elders, at.astimezone(clock.SHANGHAI))
    return sums


def _meal_news(now: dict[str, _Sum], before: dict[str, _Sum], said: MealKind | None, *kinds: MealKind) -> MealNews:
    here = [now[kind] for kind in kinds if kind in now]
    return MealNews(
        at=max(each.at for each in here),
        meal=said,
        meals=sum(each.meals for each in here),
        elderly=sum(each.elderly for each in here),
        before=sum(before[kind].meals for kind in kinds if kind in before),
    )


def _stalls(conn: sa.Connection, viewer: Viewer) -> list[StallNews]:
    """Today's opening of the stalls that agreed to open; nothing before the first one has."""
    agreed = [row for row in stalls.openings(conn, viewer, clock.today()).iter_rows(named=True) if row["agreed"]]
    opened = [row for row in agreed if row["opened_at"] is not None and row["opened_at"] <= clock.now()]
    if not opened:
        return []
    missing = tuple((row["stall"], Trade(row["trade"])) for row in agreed if row not in opened)
    return [StallNews(max(row["opened_at"] for row in opened), len(opened), len(agreed), missing)]


def _imports(conn: sa.Connection, begun: datetime) -> list[ImportNews]:
    rows = conn.execute(
        sa.select(ImportBatch).where(ImportBatch.created_at >= begun, ImportBatch.new + ImportBatch.changed > 0)
    )
    return [
        ImportNews(
            at=row.created_at.astimezone(clock.SHANGHAI),
            batch=row.id,
            kind=row.kind,
            new=row.new,
            changed=row.changed,
            since=row.since,
            until=row.until,
        )
        for row in rows
    ]
