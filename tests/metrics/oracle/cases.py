"""Cases: what came, what is open, what was finished and how long that took by the office's clock."""

import statistics
from datetime import date, datetime, time, timedelta
from math import ceil

from tests.metrics.oracle.narrowing import kept
from tests.metrics.oracle.world import DONE, DROPPED, SHANGHAI, Asked, Oracle, Row, Told, World, day_of


def seen(asked: Asked) -> list[Row]:
    return [case for case in asked.world["case"] if kept(asked, case)]


def is_open(asked: Asked, case: Row) -> bool:
    """Received by the end of the last day, and neither finished nor dropped by then."""
    over = case["finished_on"] if case["status"] in DONE else case["dropped_on"] if case["status"] in DROPPED else None
    return day_of(case["received_at"]) <= asked.until and not asked.by_end(over)


def finished(asked: Asked) -> list[Row]:
    done = [case for case in seen(asked) if case["status"] in DONE]
    return [case for case in done if asked.inside(day_of(case["finished_at"]))]


def _received(asked: Asked) -> Told:
    return Told(sum(asked.inside(day_of(case["received_at"])) for case in seen(asked)))


def _open(asked: Asked) -> Told:
    return Told(sum(is_open(asked, case) for case in seen(asked)))


def _finished(asked: Asked) -> Told:
    return Told(len(finished(asked)))


def _hours(asked: Asked) -> list[float]:
    return sorted(_worked(asked.world, case["received_at"], case["finished_at"]) / 60 for case in finished(asked))


def _median(asked: Asked) -> Told:
    hours = _hours(asked)
    return Told(statistics.median(hours) if hours else None, None, len(hours))


def _p90(asked: Asked) -> Told:
    hours = _hours(asked)
    return Told(hours[ceil(len(hours) * 9 / 10) - 1] if hours else None, None, len(hours))


def _worked(world: World, since: datetime, until: datetime) -> int:
    """Minutes between two moments in which the office was open; its clock knows no seconds."""
    since, until = (moment.replace(second=0, microsecond=0) for moment in (since, until))
    seconds, day = 0.0, day_of(since)
    while day <= day_of(until):
        for opened, closed in _hours_of(world, day):
            seconds += max(0.0, (min(until, closed) - max(since, opened)).total_seconds())
        day += timedelta(1)
    return int(seconds / 60)


def _hours_of(world: World, day: date) -> list[tuple[datetime, datetime]]:
    told = [row["works"] for row in world["workday"] if row["day"] == day]
    if not (told[0] if told else day.isoweekday() <= 5):
        return []
    midnight = datetime.combine(day, time(), SHANGHAI)
    return [
        (midnight + timedelta(minutes=row["open_minute"]), midnight + timedelta(minutes=row["close_minute"]))
        for row in world["office_hours"]
        if row["weekday"] == day.isoweekday()
        and row["from_on"] <= day
        and (row["to_on"] is None or day <= row["to_on"])
    ]


ORACLES: dict[str, Oracle] = {
    "received": _received,
    "open": _open,
    "finished": _finished,
    "hours_to_finish": _median,
    "hours_to_finish_p90": _p90,
}
