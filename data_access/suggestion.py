"""What the suggestion of a category learns from, the office's own closed cases, and the one model that is kept."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

import polars as pl
import sqlalchemy as sa

import clock
from access import Permission, allows, check
from data_access import changes, rules
from data_access.frames import Schema, read, same_for_role, stands_on
from data_access.tables.cases import Case, Category
from data_access.tables.suggestion import SuggestionModel
from vocabulary.enums import DONE_STATUSES, Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotAllowed
from vocabulary.rules import Number

NEWEST = 20_000
"""So many of the newest closed cases are learnt from."""
CLOSED: Schema = {
    "title": pl.String,
    "body": pl.String,
    "category_id": pl.Int64,
    "level1": pl.String,
    "level2": pl.String,
    "level3": pl.String,
}


@dataclass(frozen=True)
class Label:
    """What can be suggested: a path of one or two levels, the category a click chooses, and how often it was right.

    `suggested[h]` and `right[h]` count, of cases kept back, those for which it came first with h hundredths.
    """

    path: tuple[str, ...]
    category_id: int
    cases: int
    recognised: int
    suggested: tuple[int, ...]
    right: tuple[int, ...]


@dataclass(frozen=True)
class Standing:
    """The kept model without its counts: when it was learnt, from how many cases, its labels."""

    trained_at: datetime
    cases: int
    labels: tuple[Label, ...]


def closed(conn: sa.Connection, viewer: Viewer) -> pl.DataFrame:
    """The newest closed cases that have a category: their words and its path."""
    check(viewer, Permission.EDIT_RULES)
    statement = (
        sa.select(Case.title, Case.body, Case.category_id, Category.level1, Category.level2, Category.level3)
        .select_from(Case.table().join(Category.table(), Category.id == Case.category_id))
        .where(Case.status.in_([status.value for status in DONE_STATUSES]))
        .order_by(Case.received_at.desc(), Case.id.desc())
        .limit(NEWEST)
    )
    return read(conn, statement, CLOSED)


def keep(conn: sa.Connection, viewer: Viewer, content: bytes, cases: int, labels: Sequence[Label]) -> None:
    """Puts this model in place of the one before. The version is raised first: two servers come one after the other."""
    check(viewer, Permission.EDIT_RULES)
    changes.record(conn, viewer, Subject.SUGGESTION, "suggestion_trained", 1, count=cases)
    said = json.dumps([asdict(label) for label in labels], ensure_ascii=False)
    values = {"content": content, "trained_at": clock.now(), "cases": cases, "labels": said}
    known = sa.update(SuggestionModel).values(**values, version=SuggestionModel.version + 1)
    if not conn.execute(known).rowcount:
        conn.execute(sa.insert(SuggestionModel).values(id=1, **values))


@same_for_role
@stands_on(Subject.SUGGESTION)
def standing(conn: sa.Connection, viewer: Viewer) -> Standing | None:
    """What is known of the kept model; None before the first."""
    if not (allows(viewer, Permission.EDIT_RULES) or allows(viewer, Permission.WORK_CASES)):
        raise NotAllowed("words.not_allowed", what=Permission.EDIT_RULES)
    columns = SuggestionModel.trained_at, SuggestionModel.cases, SuggestionModel.labels
    row = conn.execute(sa.select(*columns)).first()
    return Standing(row.trained_at, row.cases, tuple(map(_label, json.loads(row.labels)))) if row else None


def content(conn: sa.Connection, viewer: Viewer) -> bytes | None:
    """The counts of the kept model; None before the first."""
    check(viewer, Permission.WORK_CASES)
    found: bytes | None = conn.scalar(sa.select(SuggestionModel.content))
    return found


@same_for_role
@stands_on(Subject.RULES)
def threshold(conn: sa.Connection, _viewer: Viewer, day: date) -> float:
    """The least share of certainty with which anything is suggested on a day."""
    return rules.number(conn, Number.SUGGESTION_SHARE, day)


def _label(said: dict[str, object]) -> Label:
    return Label(**{name: tuple(value) if isinstance(value, list) else value for name, value in said.items()})  # type: ignore[arg-type]
