"""The red ants: hours with overlaps once, who is active, who turned up, what became of clues."""

from datetime import datetime, timedelta

from tests.metrics.oracle.world import DONE, Asked, Oracle, Row, Told, day_of, share

ACTIVE_DAYS = 90


def _verified(asked: Asked, *outcomes: str) -> list[Row]:
    sound = [row for row in asked.world["service_record"] if row["void_at"] is None and row["verified_at"] is not None]
    return [row for row in sound if row["outcome"] in outcomes]


def _volunteer_hours(asked: Asked) -> Told:
    """Every half hour of a volunteer once, however many records tell of it."""
    halves: set[tuple[int, datetime]] = set()
    for row in _verified(asked, "done"):
        at = row["starts_at"]
        while at < row["ends_at"] and asked.inside(row["day"]):
            halves.add((row["volunteer_id"], at))
            at += timedelta(minutes=30)
    return Told(len(halves) / 2)


def _active_rate(asked: Asked) -> Told:
    listed = {
        row["id"] for row in asked.world["volunteer"] if row["status"] != "left" and asked.by_end(row["registered_on"])
    }
    first = asked.until - timedelta(ACTIVE_DAYS - 1)
    served = {row["volunteer_id"] for row in _verified(asked, "done") if first <= row["day"] <= asked.until}
    return share(len(listed & served), len(listed), people=True)


def _turnout_rate(asked: Asked) -> Told:
    expected = [row for row in _verified(asked, "done", "missed", "no_show") if asked.inside(row["day"])]
    return share(sum(row["outcome"] == "done" for row in expected), len(expected))


def _clues(asked: Asked) -> list[Row]:
    return [row for row in asked.world["clue"] if row["void_at"] is None and asked.inside(row["reported_on"])]


def _became(asked: Asked) -> list[Row]:
    """The cases that the clues of the period became by its end, as somebody looked at them."""
    cases = asked.world.by_id("case")
    looked = [row for row in _clues(asked) if row["case_id"] is not None and asked.by_end(day_of(row["looked_at"]))]
    return [cases[row["case_id"]] for row in looked]


def _clues_became_cases(asked: Asked) -> Told:
    return share(len(_became(asked)), len(_clues(asked)))


def _clues_resolved(asked: Asked) -> Told:
    became = _became(asked)
    resolved = [case for case in became if case["status"] in DONE and asked.by_end(day_of(case["finished_at"]))]
    return share(len(resolved), len(became))


ORACLES: dict[str, Oracle] = {
    "volunteer_hours": _volunteer_hours,
    "active_rate": _active_rate,
    "turnout_rate": _turnout_rate,
    "clues_became_cases": _clues_became_cases,
    "clues_resolved": _clues_resolved,
}
