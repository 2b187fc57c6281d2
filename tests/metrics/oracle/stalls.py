"""The stalls of the craft workshops: days agreed, days opened, customers."""

from datetime import date, timedelta

from tests.metrics.oracle.world import Asked, Oracle, Row, Told, share


def _agreed(asked: Asked, stall: Row) -> list[date]:
    """The days of the period up to today on which a stall had agreed to open."""
    if stall["agreement_from"] is None:
        return []
    last = min(asked.until, asked.today, stall["agreement_to"] or date.max)
    day, days = max(asked.since, stall["agreement_from"]), []
    while day <= last:
        if str(day.isoweekday()) in stall["weekdays"].split(","):
            days.append(day)
        day += timedelta(1)
    return days


def _stalls_open(asked: Asked) -> Told:
    opened = {(row["stall_id"], row["day"]) for row in asked.world["stall_day"]}
    agreed = [(stall["id"], day) for stall in asked.world["stall"] for day in _agreed(asked, stall)]
    agreed = [each for each in agreed if each[1] < asked.today or each in opened]
    return share(sum(each in opened for each in agreed), len(agreed))


def _stall_customers(asked: Asked) -> Told:
    days = [row for row in asked.world["stall_day"] if asked.inside(row["day"]) and row["day"] <= asked.today]
    return Told(sum(row["customers"] or 0 for row in days))


ORACLES: dict[str, Oracle] = {"stalls_open": _stalls_open, "stall_customers": _stall_customers}
