"""What metrics should reach: set from a day on, the earlier ones kept for the figures of their days."""

from datetime import date
from math import isfinite

import polars as pl
import sqlalchemy as sa

from data_access.frames import Schema, read, stands_on
from data_access.rules import dated
from data_access.tables.rules import Target
from vocabulary.enums import Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible

VERSIONS: Schema = {"metric": pl.String, "value": pl.Float64, "from_on": pl.Date, "to_on": pl.Date}


@stands_on(Subject.RULES)
def target_versions(conn: sa.Connection, _viewer: Viewer) -> pl.DataFrame:
    """Every target that was ever set, by metric, the newest first."""
    columns = [getattr(Target, column) for column in VERSIONS]
    return read(conn, sa.select(*columns).order_by(Target.metric, Target.from_on.desc()), VERSIONS)


def set_target(conn: sa.Connection, viewer: Viewer, metric: str, value: float, from_on: date) -> int:
    """Sets what a metric should reach from a day on; rates are fractions (0-1)."""
    if not isfinite(value):
        raise NotPossible("rules.no_number", value=value)
    return dated.change(conn, viewer, Target, {"metric": metric}, from_on, {"value": value})
