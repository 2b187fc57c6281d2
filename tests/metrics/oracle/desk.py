"""The desk: limits kept or not, contacts, repeats, follow-ups, whistles."""

from datetime import date, datetime, timedelta

from tests.metrics.oracle.cases import is_open, seen
from tests.metrics.oracle.world import DONE, DROPPED, Asked, Oracle, Row, Told, day_of, share

WEIGHTS = {"very_satisfied": 1.0, "satisfied": 0.8, "neutral": 0.6, "dissatisfied": 0.3, "very_dissatisfied": 0.0}


def _due(asked: Asked, moment: datetime | None) -> bool:
    """Due on a day of the period, and by now."""
    return moment is not None and asked.inside(day_of(moment)) and moment <= asked.now


def _on_time_rate(asked: Asked) -> Told:
    due = [case for case in seen(asked) if case["status"] not in DROPPED and _due(asked, case["due_at"])]
    return share(sum(case["status"] in DONE and case["finished_at"] <= case["due_at"] for case in due), len(due))


def _response_rate(asked: Asked) -> Told:
    due = [case for case in seen(asked) if case["status"] not in DROPPED and _due(asked, case["contact_due_at"])]
    kept = [case for case in due if case["first_contact_at"] and case["first_contact_at"] <= case["contact_due_at"]]
    return share(len(kept), len(due))


def _closure_rate(asked: Asked) -> Told:
    accepted = [case for case in seen(asked) if case["accepted_at"] and asked.inside(day_of(case["accepted_at"]))]
    closed = [case for case in accepted if case["status"] in DONE and asked.by_end(day_of(case["finished_at"]))]
    return share(len(closed), len(accepted))


def _standing(asked: Asked, case: Row) -> bool:
    return is_open(asked, case) and case["due_at"] is not None


def _due_soon(asked: Asked) -> Told:
    day = timedelta(hours=24)
    standing = [case for case in seen(asked) if _standing(asked, case)]
    return Told(sum(asked.end <= case["due_at"] <= asked.end + day for case in standing))


def overdue(asked: Asked, case: Row) -> bool:
    return _standing(asked, case) and case["due_at"] < asked.end


def _overdue(asked: Asked) -> Told:
    return Told(sum(overdue(asked, case) for case in seen(asked)))


def _severe(asked: Asked) -> Told:
    late = [case for case in seen(asked) if overdue(asked, case)]
    return Told(sum(case["severe_at"] is not None and case["severe_at"] < asked.end for case in late))


def _received(asked: Asked) -> list[Row]:
    return [case for case in seen(asked) if asked.inside(day_of(case["received_at"]))]


def _repeat_rate(asked: Asked) -> Told:
    received = _received(asked)
    return share(sum(case["repeat_of_id"] is not None for case in received), len(received))


def _follow_ups(asked: Asked) -> list[Row]:
    cases = {case["id"] for case in seen(asked)}
    calls = [call for call in asked.world["follow_up"] if call["case_id"] in cases and call["reached"]]
    return [call for call in calls if asked.inside(day_of(call["called_at"]))]


def _resolution_rate(asked: Asked) -> Told:
    said = [call["solved"] for call in _follow_ups(asked) if call["solved"] is not None]
    return share(said.count("solved"), len(said))


def _satisfaction_rate(asked: Asked) -> Told:
    rated = [call for call in _follow_ups(asked) if call["satisfaction"] is not None]
    return share(sum(_weight(asked, call) for call in rated), len(rated))


def _weight(asked: Asked, call: Row) -> float:
    """The weight that the rules gave an answer on the day it was given."""
    answer = call["satisfaction"]
    return _rule(asked, f"weight_{answer}", day_of(call["called_at"]), WEIGHTS[answer])


def _rule(asked: Asked, name: str, day: date, usual: float) -> float:
    """The number that the office set for a day, else the usual one."""
    ruled = [rule for rule in asked.world["number_rule"] if rule["name"] == name and rule["from_on"] <= day]
    held = [float(rule["value"]) for rule in ruled if rule["to_on"] is None or day <= rule["to_on"]]
    return held[0] if held else usual


def _whistle_rate(asked: Asked) -> Told:
    whistled = {row["case_id"] for row in asked.world["whistle_case"]}
    received = _received(asked)
    return share(sum(case["id"] in whistled for case in received), len(received))


def _called(asked: Asked) -> list[tuple[Row, Row]]:
    """The whistles of the period with each unit they called, once its time is over or it was noted.

    A whistle is about several cases: what a reader narrowed the cases to says nothing of it.
    """
    cases = {case["id"] for case in asked.world["case"] if asked.seen(case)}
    theirs = {row["whistle_id"] for row in asked.world["whistle_case"] if row["case_id"] in cases}
    whistles = {row["id"]: row for row in asked.world["whistle"] if asked.inside(day_of(row["blown_at"]))}
    calls = [
        row for row in asked.world["whistle_unit"] if row["whistle_id"] in whistles and row["whistle_id"] in theirs
    ]
    pairs = [(whistles[call["whistle_id"]], call) for call in calls]
    return [(whistle, call) for whistle, call in pairs if call["presence"] or whistle["arrive_by"] < asked.now]


def _came(call: Row) -> bool:
    return call["presence"] in {"present", "online"}


def _attendance_rate(asked: Asked) -> Told:
    called = _called(asked)
    return share(sum(_came(call) for _, call in called), len(called))


def _arrival_rate(asked: Asked) -> Told:
    called = _called(asked)
    return share(sum(_came(call) and _in_time(asked, whistle, call) for whistle, call in called), len(called))


def _in_time(asked: Asked, whistle: Row, call: Row) -> bool:
    allowed = timedelta(minutes=_rule(asked, "arrival_minutes", day_of(whistle["blown_at"]), 0))
    return call["arrived_at"] is not None and call["arrived_at"] <= whistle["arrive_by"] + allowed


ORACLES: dict[str, Oracle] = {
    "on_time_rate": _on_time_rate,
    "response_rate": _response_rate,
    "closure_rate": _closure_rate,
    "due_soon": _due_soon,
    "overdue": _overdue,
    "severe": _severe,
    "repeat_rate": _repeat_rate,
    "resolution_rate": _resolution_rate,
    "satisfaction_rate": _satisfaction_rate,
    "whistle_rate": _whistle_rate,
    "attendance_rate": _attendance_rate,
    "arrival_rate": _arrival_rate,
}
