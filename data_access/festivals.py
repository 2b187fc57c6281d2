"""The named days of the working calendar: festivals and the days worked in exchange."""

from datetime import date

import polars as pl
import sqlalchemy as sa

from data_access.frames import Schema, frame, stands_on
from data_access.tables.rules import Workday
from data_access.workdays import seed_days
from vocabulary.enums import Subject
from vocabulary.questions import Viewer

NAMED: Schema = {"day": pl.Date, "works": pl.Boolean, "name": pl.String}


@stands_on(Subject.RULES)
def named_days(conn: sa.Connection, _viewer: Viewer, since: date, until: date) -> pl.DataFrame:
    """The days that differ from their weekday, each with its name or null: the office's own, else the bundled."""
    own = sa.select(Workday.day, Workday.works, Workday.name).where(Workday.day.between(since, until))
    bundled = {day: (works, name) for day, works, name in seed_days() if since <= day <= until}
    found: dict[date, tuple[bool, str | None]] = {**bundled, **{day: (w, n) for day, w, n in conn.execute(own)}}
    return frame([(day, *found[day]) for day in sorted(found)], NAMED)
