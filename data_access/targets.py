"""What a metric should reach on a day."""

from datetime import date

import sqlalchemy as sa

from data_access.frames import stands_on
from data_access.tables.rules import Target
from vocabulary.enums import Subject
from vocabulary.questions import Viewer


@stands_on(Subject.RULES)
def target(conn: sa.Connection, _viewer: Viewer, metric: str, on: date) -> float | None:
    """The target of this metric on this day; None when none is set."""
    holds = sa.and_(Target.from_on <= on, sa.or_(Target.to_on.is_(None), Target.to_on >= on))
    newest = sa.select(Target.value).where(Target.metric == metric, holds).order_by(Target.from_on.desc()).limit(1)
    value: float | None = conn.scalar(newest)
    return value
