"""The backlog that adds up: what came onto the desk and what left it, day by day, from the history of cases."""

from datetime import date, datetime, time
from typing import Any

import polars as pl
import sqlalchemy as sa

import clock
from data_access import scope
from data_access.frames import MOMENT, Schema, by_the_minute, read, stands_on
from data_access.punctuality import IS_OPEN
from data_access.tables.cases import Case, CaseEvent
from vocabulary.enums import DONE_STATUSES, DROPPED_STATUSES, OPEN_STATUSES, Subject
from vocabulary.questions import Filters, Viewer

STEPS: Schema = {"at": MOMENT, "from_status": pl.String, "to_status": pl.String}
RECEIVED: Schema = {"on": pl.Date, "received": pl.Int64}
CAME = ("received", "reopened", "restored")
LEFT = ("finished", "dropped")
OPEN = [status.value for status in OPEN_STATUSES]
DONE = [status.value for status in DONE_STATUSES]
DROPPED = [status.value for status in DROPPED_STATUSES]


@by_the_minute
@stands_on(Subject.CASES)
def backlog(conn: sa.Connection, viewer: Viewer, since: date, until: date, filters: Filters) -> pl.DataFrame:
    """One row a day: received, reopened, restored (a merge undone), finished, dropped, and open when it ended.

    Each day's open is that of the day before with what came and without what left.
    """
    today = max(clock.today(), until)
    days = pl.date_range(since, today, "1d", eager=True).alias("on").to_frame()
    for flow in (_received(conn, viewer, since, filters), _moved(conn, viewer, since, filters)):
        days = days.join(flow, on="on", how="left", maintain_order="left")
    days = days.with_columns(pl.col(*CAME, *LEFT).fill_null(0))
    change = pl.sum_horizontal(CAME) - pl.sum_horizontal(LEFT)
    now = _open_now(conn, viewer, filters)
    later = change.reverse().cum_sum().reverse() - change
    return days.with_columns(open=now - later).filter(pl.col("on") <= until)


def _received(conn: sa.Connection, viewer: Viewer, since: date, filters: Filters) -> pl.DataFrame:
    statement = sa.select(Case.received_on.label("on"), sa.func.count().label("received"))
    statement = statement.where(Case.received_on >= since).group_by(Case.received_on)
    return read(conn, scope.within(statement, viewer, filters, conn.dialect.name), RECEIVED)


def _moved(conn: sa.Connection, viewer: Viewer, since: date, filters: Filters) -> pl.DataFrame:
    begun = datetime.combine(since, time(), clock.SHANGHAI)
    statement: Any = (
        sa.select(CaseEvent.at, CaseEvent.from_status, CaseEvent.to_status)
        .select_from(CaseEvent.table().join(Case.table(), Case.id == CaseEvent.case_id))
        .where(CaseEvent.at >= begun, CaseEvent.from_status.is_not(None), CaseEvent.to_status.is_not(None))
    )
    steps = read(conn, scope.within(statement, viewer, filters, conn.dialect.name), STEPS)
    was, now = pl.col("from_status"), pl.col("to_status")
    kinds = {
        "reopened": was.is_in(DONE) & now.is_in(OPEN),
        "restored": was.is_in(DROPPED) & now.is_in(OPEN),
        "finished": was.is_in(OPEN) & now.is_in(DONE),
        "dropped": was.is_in(OPEN) & now.is_in(DROPPED),
    }
    counted = [kind.sum().cast(pl.Int64).alias(name) for name, kind in kinds.items()]
    return steps.group_by(pl.col("at").dt.date().alias("on")).agg(counted)


def _open_now(conn: sa.Connection, viewer: Viewer, filters: Filters) -> int:
    statement = sa.select(sa.func.count(Case.id)).where(IS_OPEN)
    return int(conn.scalar(scope.within(statement, viewer, filters, conn.dialect.name)) or 0)
