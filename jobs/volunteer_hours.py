"""Hours of volunteers, worked out from their verified records when they are read, each hour of a volunteer once.

An evening has a few dozen records, so that nothing is stored that would have to be kept true.
"""

from datetime import date

import polars as pl

from access import Permission
from data_access import evidence, volunteers
from data_access.engine import Connection
from data_access.frames import same_for_role, stands_on
from rollups.volunteers import fresh_minutes
from vocabulary.enums import Subject
from vocabulary.questions import Filters, Period, Viewer


@same_for_role
@stands_on(Subject.VOLUNTEERS)
def hours(conn: Connection, viewer: Viewer, since: date, until: date) -> pl.DataFrame:
    """One row a verified record of service done: volunteer_role, occupation, day, from and to, `served_hours`.

    What an earlier record of the same volunteer covers is not in them again.
    """
    fresh: pl.DataFrame = fresh_minutes(volunteers.verified(conn, viewer, since, until))
    told = fresh.with_columns(served_hours=pl.col("minutes") / 60).drop("volunteer_id", "minutes")
    return told.rename({"role": "volunteer_role"})


def _behind(conn: Connection, viewer: Viewer, period: Period, _filters: Filters) -> pl.DataFrame:
    return hours(conn, viewer, period.since, period.until)


evidence.SUBJECTS["volunteer_hours"] = evidence.Derived(Permission.SEE_VOLUNTEERS, _behind)
