"""The food-safety log: morning check, samples, disinfection, goods in, waste; and what a day still lacks."""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl
import sqlalchemy as sa

import clock
from access import Permission, check
from data_access import changes, evidence
from data_access.corrections import correct
from data_access.frames import Schema, by_the_minute, covered, frame, read, stands_on
from data_access.meals.selling import serving
from data_access.tables.canteen import FoodSafety
from data_access.tables.meals import MealDay
from vocabulary.canteen import ONCE_A_DAY, SAMPLE_GRAMS, SAMPLE_HOURS, SafetyCheck
from vocabulary.enums import MealKind, Subject
from vocabulary.questions import Filters, Period, Viewer
from vocabulary.refusals import NotPossible, word

LOG: Schema = {
    "safety_id": pl.Int64,
    "day": pl.Date,
    "safety_kind": pl.String,
    "meal": pl.String,
    "passed": pl.Boolean,
    "grams": pl.Int64,
    "hours": pl.Int64,
    "note": pl.String,
    "version": pl.Int64,
}
DUE: Schema = {
    "day": pl.Date,
    "safety_kind": pl.String,
    "meal": pl.String,
    "logged": pl.Boolean,
    "passed": pl.Boolean,
    "running": pl.Boolean,
}


@dataclass(frozen=True)
class SafetyEntry:
    """One entry; `meal`, `grams` and `hours` are a sample's. One that did not pass says in `note` what was done."""

    day: date
    kind: SafetyCheck
    meal: MealKind | None = None
    passed: bool = True
    grams: int | None = None
    hours: int | None = None
    note: str = ""


@stands_on(Subject.CANTEEN)
def safety_log(conn: sa.Connection, viewer: Viewer, since: date, until: date) -> pl.DataFrame:
    """The entries of these days, the newest first; `meal` is null but for samples."""
    check(viewer, Permission.SEE_CANTEEN)
    columns = (FoodSafety.passed, FoodSafety.grams, FoodSafety.hours, FoodSafety.note, FoodSafety.version)
    statement = (
        sa.select(
            FoodSafety.id.label("safety_id"),
            FoodSafety.day,
            FoodSafety.kind.label("safety_kind"),
            sa.func.nullif(FoodSafety.meal, "").label("meal"),
            *columns,
        )
        .where(FoodSafety.day.between(since, until))
        .order_by(FoodSafety.day.desc(), FoodSafety.id.desc())
    )
    return covered(read(conn, statement, LOG), "note")


@by_the_minute
@stands_on(Subject.CANTEEN, Subject.MEALS)
def safety_due(conn: sa.Connection, _viewer: Viewer, since: date, until: date) -> pl.DataFrame:
    """One row an entry that a serving day must have, and whether it has it: four kinds, and a sample of each meal.

    `passed` is null without an entry; `running` marks today.
    """
    served = sa.select(MealDay.served_on, MealDay.meal).where(MealDay.served_on.between(since, until)).distinct()
    meals = [(day, meal) for day, meal in conn.execute(served.order_by(MealDay.served_on, MealDay.meal))]
    logged = sa.select(FoodSafety.day, FoodSafety.kind, FoodSafety.meal, FoodSafety.passed)
    known = {
        (day, kind, meal): passed
        for day, kind, meal, passed in conn.execute(logged.where(FoodSafety.day.between(since, until)))
    }
    wanted = [(day, kind.value, "") for day in sorted({day for day, _ in meals}) for kind in ONCE_A_DAY]
    wanted += [(day, SafetyCheck.SAMPLE.value, meal) for day, meal in meals]
    today = clock.today()
    rows = [
        (day, kind, meal or None, (day, kind, meal) in known, known.get((day, kind, meal)), day >= today)
        for day, kind, meal in sorted(wanted)
    ]
    return frame(rows, DUE)


def log_entry(conn: sa.Connection, viewer: Viewer, canteen: str, entry: SafetyEntry) -> int:
    """Adds an entry; gives its id.

    NotPossible for a day to come or closed, a sample too light or kept too short, one that failed without a word on
    what was done, or a second entry.
    """
    check(viewer, Permission.WRITE_CANTEEN)
    place_id = serving(conn, canteen, entry.day)
    _plausible(entry)
    key = {"canteen_id": place_id, "day": entry.day, "kind": entry.kind, "meal": entry.meal.value if entry.meal else ""}
    if conn.scalar(sa.select(FoodSafety.id).filter_by(**key)) is not None:
        said = word(entry.kind) + (f"（{word(entry.meal)}）" if entry.meal else "")
        raise NotPossible("canteen.safety_twice", day=entry.day, kind=said)
    added = sa.insert(FoodSafety).values(**key, **_values(entry)).returning(FoodSafety.id)
    safety_id = int(conn.scalar(added) or 0)
    changes.record(conn, viewer, Subject.CANTEEN, "safety_logged", safety_id)
    return safety_id


def correct_entry(
    conn: sa.Connection, viewer: Viewer, safety_id: int, seen_version: int, entry: SafetyEntry, reason: str
) -> None:
    """Writes what an entry should have said; its day and kind stay."""
    check(viewer, Permission.WRITE_CANTEEN)
    _plausible(entry)
    correct(conn, viewer, Subject.CANTEEN, FoodSafety, safety_id, seen_version, reason, **_values(entry))


def _values(entry: SafetyEntry) -> dict[str, object]:
    note = entry.note.strip() or None
    return {"passed": entry.passed, "grams": entry.grams, "hours": entry.hours, "note": note}


def _plausible(entry: SafetyEntry) -> None:
    if entry.day > clock.today():
        raise NotPossible("canteen.day_ahead", day=entry.day)
    if not entry.passed and not entry.note.strip():
        raise NotPossible("canteen.safety_failed", kind=entry.kind, day=entry.day)
    if (entry.kind is SafetyCheck.SAMPLE) != (entry.meal is not None):
        raise NotPossible("canteen.sample_meal", day=entry.day)
    if entry.kind is not SafetyCheck.SAMPLE:
        return
    if (entry.grams or 0) < SAMPLE_GRAMS:
        raise NotPossible("canteen.sample_light", grams=entry.grams or 0, least=SAMPLE_GRAMS)
    if (entry.hours or 0) < SAMPLE_HOURS:
        raise NotPossible("canteen.sample_short", hours=entry.hours or 0, least=SAMPLE_HOURS)


def _behind(conn: sa.Connection, viewer: Viewer, period: Period, _filters: Filters) -> pl.DataFrame:
    """The entries due on days that are over; today's too when it is all that was asked for."""
    until = period.until if period.days == 1 else min(period.until, clock.today() - timedelta(1))
    if until < period.since:
        return frame([], DUE).drop("running")
    return safety_due(conn, viewer, period.since, until).drop("running")


evidence.SUBJECTS["safety_due"] = evidence.Derived(Permission.SEE_CANTEEN, _behind)
