"""The limits that the desk would have set for the demo's cases, each rule read once."""

from datetime import datetime

import clock
from data_access import workdays
from data_access.desk import limits
from data_access.engine import Connection
from data_access.workdays import Calendar
from jobs.demo.concerns import Concern
from vocabulary.rules import LimitUnit

A_DAY = 7 * 60
A_UNIT = {LimitUnit.HOURS: 60, LimitUnit.WORKING_HOURS: 60, LimitUnit.WORKING_DAYS: A_DAY}


class Limits:
    """The rules of today, which hold for all of the demo's days, and the office's calendar."""

    def __init__(self, conn: Connection) -> None:
        self.conn = conn
        self.calendar: Calendar = workdays.calendar_in(conn)
        self._today = clock.today()
        self._known: dict[tuple[str, str, str], limits.Limit] = {}

    def rule(self, kind: limits.Kind, concern: Concern) -> limits.Limit:
        key = (kind.value, concern.type.value, concern.urgency.value)
        if key not in self._known:
            found = limits.limit_for(self.conn, kind, concern.type.value, concern.urgency.value, self._today)
            assert found is not None, "the demo seeds a rule of each kind"
            self._known[key] = found
        return self._known[key]

    def after(self, kind: limits.Kind, concern: Concern, since: datetime) -> datetime:
        """When the limit of this kind ends that runs from `since`."""
        return limits.end(self.calendar, since, self.rule(kind, concern))

    def minutes(self, concern: Concern) -> int:
        """How long it may take to finish: working minutes, or minutes round the clock."""
        limit = self.rule(limits.Kind.FINISH, concern)
        return limit.amount * A_UNIT[limit.unit]
