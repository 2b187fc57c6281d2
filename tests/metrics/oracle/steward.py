"""The red steward: whistles blown, urgent problems solved."""

from tests.metrics.oracle.cases import finished
from tests.metrics.oracle.world import Asked, Oracle, Told, day_of


def _whistle_meetings(asked: Asked) -> Told:
    cases = {case["id"] for case in asked.world["case"] if asked.seen(case)}
    theirs = {row["whistle_id"] for row in asked.world["whistle_case"] if row["case_id"] in cases}
    return Told(sum(row["id"] in theirs and asked.inside(day_of(row["blown_at"])) for row in asked.world["whistle"]))


def _urgent_solved(asked: Asked) -> Told:
    urgent = [case for case in finished(asked) if case["urgency"] in {"emergency", "urgent"}]
    return Told(sum(case["result"] == "solved" for case in urgent))


ORACLES: dict[str, Oracle] = {"whistle_meetings": _whistle_meetings, "urgent_solved": _urgent_solved}
