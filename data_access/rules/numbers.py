"""Rules that are one number: days of a repeat, minutes of an arrival, weights of satisfaction, and the like."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl
import sqlalchemy as sa

from data_access.frames import Schema, read, stands_on
from data_access.rules import dated
from data_access.tables.rules import NumberRule
from vocabulary.enums import Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible
from vocabulary.rules import Number

VERSIONS: Schema = {"name": pl.String, "value": pl.Float64, "from_on": pl.Date, "to_on": pl.Date}
# What holds until the office says otherwise, with the least and the most that it may say.
USUAL: Mapping[Number, tuple[float, float, float]] = {
    Number.REPEAT_DAYS: (30, 1, 366),
    Number.EXTENSION_APPROVAL: (1, 0, 1),
    Number.ARRIVAL_MINUTES: (0, 0, 120),
    Number.SUGGESTION_SHARE: (0.6, 0, 1),
    Number.WEIGHT_VERY_SATISFIED: (1.0, 0, 1),
    Number.WEIGHT_SATISFIED: (0.8, 0, 1),
    Number.WEIGHT_NEUTRAL: (0.6, 0, 1),
    Number.WEIGHT_DISSATISFIED: (0.3, 0, 1),
    Number.WEIGHT_VERY_DISSATISFIED: (0.0, 0, 1),
}


def number(conn: sa.Connection, name: Number, day: date) -> float:
    """What the rule says on this day: the office's number, else the usual one."""
    newest = sa.select(NumberRule.value).where(NumberRule.name == name.value, dated.holds(NumberRule, day))
    found: float | None = conn.scalar(newest.order_by(NumberRule.from_on.desc()).limit(1))
    return USUAL[name][0] if found is None else found


def number_on(name: Number, day: sa.ColumnElement[date] | Any) -> sa.ColumnElement[float]:
    """The same for each row of a statement, on the day that this column of it holds."""
    newest = sa.select(NumberRule.value).where(NumberRule.name == name.value, dated.holds(NumberRule, day))
    return sa.func.coalesce(newest.order_by(NumberRule.from_on.desc()).limit(1).scalar_subquery(), USUAL[name][0])


@stands_on(Subject.RULES)
def numbers(conn: sa.Connection, _viewer: Viewer) -> pl.DataFrame:
    """Every number the office has set, by name, the newest first."""
    columns = [getattr(NumberRule, column) for column in VERSIONS]
    return read(conn, sa.select(*columns).order_by(NumberRule.name, NumberRule.from_on.desc()), VERSIONS)


def set_number(conn: sa.Connection, viewer: Viewer, name: Number, value: float, from_on: date) -> int:
    """Sets a number from a day on. NotPossible for one beyond its bounds."""
    _, least, most = USUAL[name]
    if not least <= value <= most:
        raise NotPossible("rules.beyond", what=name, value=f"{value:g}", least=f"{least:g}", most=f"{most:g}")
    return dated.change(conn, viewer, NumberRule, {"name": name.value}, from_on, {"value": value})
