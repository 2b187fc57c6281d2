"""The due moment of a case, worked out from its events: where its limit runs from, its pauses, its extension."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from clock import SHANGHAI
from data_access.desk.limits import SEVERE, Limit, LimitUnit, end
from data_access.tables.cases import CaseEvent
from data_access.workdays import Calendar
from vocabulary.enums import EventKind

Pause = tuple[datetime, datetime | None]
Detail = Mapping[str, Any]
Told = tuple[str, Detail]


@dataclass(frozen=True)
class Clock:
    """A limit that runs from `since`, or a due moment `given` from elsewhere; pauses and an extension move its end."""

    since: datetime
    limit: Limit | None = None
    given: datetime | None = None
    pauses: tuple[Pause, ...] = ()
    extended_to: datetime | None = None

    def ends(self, calendar: Calendar) -> tuple[datetime | None, datetime | None]:
        """The due moment and the one from which lateness is severe; neither while the clock stands without end."""
        if any(until is None for _, until in self.pauses):
            return None, None
        plain = self._end(calendar, 1), self._end(calendar, SEVERE)
        if plain[0] is None or plain[1] is None:
            return None, None
        due, severe = (self._shifted(calendar, moment) for moment in (plain[0], plain[1]))
        if self.extended_to and self.extended_to > due:
            return self.extended_to, severe + (self.extended_to - due)
        return due, severe

    def _end(self, calendar: Calendar, times: int) -> datetime | None:
        if self.limit:
            return end(calendar, self.since, self.limit, times)
        return self.given and self.since + (self.given - self.since) * times

    def _shifted(self, calendar: Calendar, moment: datetime) -> datetime:
        for begun, until in self.pauses:
            assert until is not None
            moment = _later(calendar, self.limit.unit if self.limit else None, moment, begun, until)
        return moment


def replay(events: Iterable[tuple[str, Detail]]) -> Clock | None:
    """The clock of a case after these events (kind, detail), oldest first; None while it has no limit."""
    clock: Clock | None = None
    for kind, detail in events:
        if "since" in detail:
            begun = Clock(_moment(detail["since"]), _limit(detail), _moment_or_none(detail.get("given")))
            same = clock is not None and clock.since == begun.since and begun.given is None
            clock = replace(begun, pauses=clock.pauses, extended_to=clock.extended_to) if clock and same else begun
        if clock is None:
            continue
        if kind == EventKind.SUSPENDED:
            pause = (_moment(detail["from"]), _moment_or_none(detail.get("until")))
            clock = replace(clock, pauses=(*clock.pauses, pause))
        elif kind == EventKind.RESUMED and clock.pauses:
            begun_at, _ = clock.pauses[-1]
            clock = replace(clock, pauses=(*clock.pauses[:-1], (begun_at, _moment(detail["at"]))))
        elif kind == EventKind.EXTENDED:
            clock = replace(clock, extended_to=_moment(detail["until"]))
    return clock


def told(conn: sa.Connection, case_id: int) -> list[Told]:
    """The events of a case that say something of its limit, oldest first."""
    return told_of(conn, [case_id])[case_id]


def told_of(conn: sa.Connection, cases: Sequence[int] | sa.Select[int]) -> Mapping[int, list[Told]]:
    """The same of many cases, by id."""
    found = defaultdict[int, list[Told]](list)
    statement = sa.select(CaseEvent.case_id, CaseEvent.kind, CaseEvent.detail).where(
        CaseEvent.case_id.in_(cases), CaseEvent.detail.is_not(None)
    )
    for case_id, kind, detail in conn.execute(statement.order_by(CaseEvent.id)):
        found[case_id].append((kind, json.loads(detail or "{}")))
    return found


def timed(conn: sa.Connection, calendar: Calendar, case_id: int, kind: EventKind, detail: Detail) -> dict[str, Any]:
    """The columns due_at and severe_at as they are after one more event."""
    clock = replay([*told(conn, case_id), (kind.value, plain(detail))])
    due, severe = clock.ends(calendar) if clock else (None, None)
    return {"due_at": due, "severe_at": severe}


def plain(detail: Detail) -> Detail:
    """The detail as it is read again from an event."""
    found: Detail = json.loads(json.dumps(detail, default=lambda value: value.isoformat()))
    return found


def limit_detail(since: datetime, limit: Limit | None) -> dict[str, Any]:
    """What an event says of the limit that it sets."""
    return {"since": since, "amount": limit and limit.amount, "unit": limit and limit.unit.value}


def limit_columns(since: datetime, limit: Limit | None) -> dict[str, Any]:
    """The columns of a case that keep its limit."""
    return {
        "limit_from": since if limit else None,
        "limit_amount": limit and limit.amount,
        "limit_unit": limit and limit.unit.value,
    }


def given_detail(received: datetime, due: datetime) -> dict[str, Any]:
    """What an event says of a due moment from elsewhere; earlier pauses and extensions are over with it."""
    return {"since": received, "given": due}


def given_columns(received: datetime, due: datetime) -> dict[str, Any]:
    """The columns of a case whose due moment comes from elsewhere: severe is three times as late, as by a limit."""
    return {**limit_columns(received, None), "due_at": due, "severe_at": received + (due - received) * SEVERE}


def untold(conn: sa.Connection, case: Mapping[str, Any]) -> dict[str, Any]:
    """The detail of a due moment from elsewhere that no event has told yet, said before it moves for the first time."""
    if case["due_at"] is None or any("since" in detail for _, detail in told(conn, case["id"])):
        return {}
    return given_detail(case["received_at"], case["due_at"])


def _later(calendar: Calendar, unit: LimitUnit | None, moment: datetime, begun: datetime, until: datetime) -> datetime:
    if until <= begun:
        return moment
    if unit is LimitUnit.WORKING_HOURS:
        paused = calendar.worked_minutes(begun, until)
        return calendar.add_working_minutes(moment, paused) if paused else moment
    if unit is LimitUnit.WORKING_DAYS:
        first, last = begun.astimezone(SHANGHAI).date(), until.astimezone(SHANGHAI).date()
        days = [first + timedelta(n) for n in range((last - first).days)]
        paused = sum(bool(calendar.windows(day)) for day in days)
        return calendar.add_working_days(moment, paused) if paused else moment
    return moment + (until - begun)


def _limit(detail: Detail) -> Limit | None:
    return Limit(detail["amount"], LimitUnit(detail["unit"])) if detail.get("unit") else None


def _moment(written: str) -> datetime:
    return datetime.fromisoformat(written)


def _moment_or_none(written: str | None) -> datetime | None:
    return _moment(written) if written else None
