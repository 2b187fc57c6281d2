"""Cases, their deadlines, follow-ups and whistles, from the rows alone."""

import statistics
from datetime import date, datetime, timedelta

from tests.metrics.oracle.stock import Oracle, Row, Stock, Told, Window, by_now, count, share

DONE = {"finished", "followed_up", "archived"}
DROPPED = {"rejected", "withdrawn", "merged"}
A_DAY = timedelta(hours=24)
FEEL = {"very_satisfied": 1.0, "satisfied": 0.8, "neutral": 0.6, "dissatisfied": 0.3, "very_dissatisfied": 0.0}


def closed(case: Row) -> date | None:
    day: date | None = case["finished_on"] or case["dropped_on"]
    return day


def open_then(stock: Stock, days: Window) -> list[Row]:
    return [c for c in stock["case"] if c["received_on"] <= days.until and not by_now(closed(c), days.until)]


def received(stock: Stock, days: Window) -> list[Row]:
    return [case for case in stock["case"] if case["received_on"] in days]


def finished(stock: Stock, days: Window) -> list[Row]:
    return [case for case in stock["case"] if case["status"] in DONE and case["finished_on"] in days]


def hours(stock: Stock, days: Window) -> list[float]:
    return sorted(c["worked_minutes"] / 60 for c in finished(stock, days) if c["worked_minutes"] is not None)


def hours_to_finish(stock: Stock, days: Window) -> Told:
    taken = hours(stock, days)
    return Told(statistics.median(taken) if taken else None, None, len(taken))


def hours_to_finish_p90(stock: Stock, days: Window) -> Told:
    taken = hours(stock, days)
    reached = (hour for n, hour in enumerate(taken, 1) if n >= 0.9 * len(taken))
    return Told(next(reached, None), None, len(taken))


def gone(moment: datetime | None, stock: Stock, days: Window) -> bool:
    """Has a limit run out, by the end of the period and by now?"""
    return moment is not None and moment < stock.now and moment.date() <= days.until


def on_time(stock: Stock, days: Window) -> Told:
    due = [
        case
        for case in stock["case"]
        if case["status"] not in DROPPED and case["due_at"] and case["due_at"].date() in days
        if case["due_at"] <= stock.now
    ]
    kept = [c for c in due if c["status"] in DONE and c["finished_at"] and c["finished_at"] <= c["due_at"]]
    return share(len(kept), len(due))


def response(stock: Stock, days: Window) -> Told:
    due = [
        case
        for case in stock["case"]
        if case["status"] not in DROPPED and case["contact_due_at"] and case["contact_due_at"].date() in days
        if case["contact_due_at"] <= stock.now
    ]
    kept = [c for c in due if c["first_contact_at"] and c["first_contact_at"] <= c["contact_due_at"]]
    return share(len(kept), len(due))


def closure(stock: Stock, days: Window) -> Told:
    accepted = [c for c in stock["case"] if c["accepted_at"] and c["accepted_at"].date() in days]
    return share(sum(c["status"] in DONE and by_now(c["finished_on"], days.until) for c in accepted), len(accepted))


def due_soon(stock: Stock, days: Window) -> Told:
    soon = [c for c in open_then(stock, days) if c["due_at"] and not gone(c["due_at"], stock, days)]
    return count(c for c in soon if c["due_at"] - A_DAY <= stock.now and (c["due_at"] - A_DAY).date() <= days.until)


def overdue(stock: Stock, days: Window) -> Told:
    return count(case for case in open_then(stock, days) if gone(case["due_at"], stock, days))


def severe(stock: Stock, days: Window) -> Told:
    return count(case for case in open_then(stock, days) if gone(case["severe_at"], stock, days))


def repeats(stock: Stock, days: Window) -> Told:
    came = received(stock, days)
    return share(sum(case["repeat_of_id"] is not None for case in came), len(came))


def whistled(stock: Stock, days: Window) -> Told:
    blown_for = {row["case_id"] for row in stock["whistle_case"]}
    came = received(stock, days)
    return share(sum(case["id"] in blown_for for case in came), len(came))


def calls(stock: Stock, days: Window) -> list[tuple[Row, Row]]:
    """The units called in the period whose time to come is over, or of whom it was noted how they came."""
    whistles = stock.by_id("whistle")
    called = [(whistles[unit["whistle_id"]], unit) for unit in stock["whistle_unit"]]
    return [
        (whistle, unit)
        for whistle, unit in called
        if whistle["blown_on"] in days and (unit["presence"] or whistle["arrive_by"] <= stock.now)
    ]


def came(unit: Row) -> bool:
    return unit["presence"] in {"present", "online"}


def attendance(stock: Stock, days: Window) -> Told:
    called = calls(stock, days)
    return share(sum(came(unit) for _, unit in called), len(called))


def arrival(stock: Stock, days: Window) -> Told:
    called = calls(stock, days)
    in_time = [u for w, u in called if came(u) and u["arrived_at"] and u["arrived_at"] <= w["arrive_by"]]
    return share(len(in_time), len(called))


def resolution(stock: Stock, days: Window) -> Told:
    said = [f for f in stock["follow_up"] if f["called_on"] in days and f["reached"] and f["solved"] is not None]
    return share(sum(follow_up["solved"] == "solved" for follow_up in said), len(said))


def satisfaction(stock: Stock, days: Window) -> Told:
    rated = [f for f in stock["follow_up"] if f["called_on"] in days and f["reached"] and f["satisfaction"]]
    return share(sum(FEEL[follow_up["satisfaction"]] for follow_up in rated), len(rated))


ORACLES: dict[str, Oracle] = {
    "received": lambda stock, days: count(received(stock, days)),
    "open": lambda stock, days: count(open_then(stock, days)),
    "finished": lambda stock, days: count(finished(stock, days)),
    "hours_to_finish": hours_to_finish,
    "hours_to_finish_p90": hours_to_finish_p90,
    "on_time_rate": on_time,
    "response_rate": response,
    "closure_rate": closure,
    "due_soon": due_soon,
    "overdue": overdue,
    "severe": severe,
    "repeat_rate": repeats,
    "whistle_rate": whistled,
    "attendance_rate": attendance,
    "arrival_rate": arrival,
    "resolution_rate": resolution,
    "satisfaction_rate": satisfaction,
}
