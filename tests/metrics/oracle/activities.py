"""Activities held and who came, in person-times; the plan of organisation life against what was held."""

from tests.metrics.oracle.world import Asked, Oracle, Row, Told, share


def _held(asked: Asked) -> list[Row]:
    return [row for row in asked.world["activity"] if row["state"] == "held" and asked.inside(row["day"])]


def _activities_held(asked: Asked) -> Told:
    return Told(len(_held(asked)))


def _person_times(asked: Asked) -> Told:
    return Told(sum(row["actual"] for row in _held(asked)))


def _activity_attendance(asked: Asked) -> Told:
    held = _held(asked)
    return share(sum(row["actual"] for row in held), sum(row["planned"] for row in held))


def _party_held_rate(asked: Asked) -> Told:
    """Branch by branch, month by month, kind by kind: more than the plan asked for makes up for nothing else."""
    held = due = 0
    for plan in asked.world["party_plan"]:
        if asked.inside(plan["month"]):
            due += plan["due"]
            held += min(plan["due"], sum(_meets(asked, plan, row) for row in asked.world["activity"]))
    return share(held, due)


def _meets(asked: Asked, plan: Row, activity: Row) -> bool:
    same = activity["branch_id"] == plan["branch_id"] and activity["party_kind"] == plan["party_kind"]
    in_month = activity["day"].replace(day=1) == plan["month"] and asked.by_end(activity["day"])
    return same and in_month and activity["state"] == "held"


ORACLES: dict[str, Oracle] = {
    "activities_held": _activities_held,
    "person_times": _person_times,
    "activity_attendance": _activity_attendance,
    "party_held_rate": _party_held_rate,
}
