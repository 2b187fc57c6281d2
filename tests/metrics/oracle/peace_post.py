"""The peace post: disputes, what came of agreements, check-backs, opinions."""

from datetime import date

from tests.metrics.oracle.world import Asked, Oracle, Row, Told, share


def _sound(asked: Asked, table: str) -> list[Row]:
    return [row for row in asked.world[table] if row["void_at"] is None and asked.here(row)]


def _opened(asked: Asked) -> list[Row]:
    return [row for row in _sound(asked, "dispute") if asked.inside(row["opened_on"])]


def _closed(asked: Asked, *outcomes: str) -> list[Row]:
    closed = [row for row in _sound(asked, "dispute") if asked.inside(row["closed_on"])]
    return [row for row in closed if row["outcome"] in outcomes]


def _disputes_opened(asked: Asked) -> Told:
    return Told(len(_opened(asked)))


def _disputes_settled(asked: Asked) -> Told:
    return Told(len(_closed(asked, "agreement", "oral")))


def _mediation_success(asked: Asked) -> Told:
    return share(len(_closed(asked, "agreement", "oral")), len(_closed(asked, "agreement", "oral", "failed")))


def _agreements_performed(asked: Asked) -> Told:
    written = _closed(asked, "agreement")
    return share(sum(row["performed"] == "yes" for row in written), len(written))


def _dispute_recurrence(asked: Asked) -> Told:
    opened = _opened(asked)
    return share(sum(_again(asked, row) for row in opened), len(opened))


def _again(asked: Asked, dispute: Row) -> bool:
    """Whether its grid had one of its type before it, within a year."""
    earliest = _a_year_before(dispute["opened_on"])
    return any(
        other["void_at"] is None
        and (other["grid_id"], other["type"]) == (dispute["grid_id"], dispute["type"])
        and earliest <= other["opened_on"]
        and (other["opened_at"], other["id"]) < (dispute["opened_at"], dispute["id"])
        for other in asked.world["dispute"]
    )


def _a_year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _check_backs_due(asked: Asked) -> Told:
    sound = {row["id"] for row in _sound(asked, "dispute")}
    due = [row for row in asked.world["check_back"] if row["dispute_id"] in sound and asked.by_end(row["due_on"])]
    return Told(sum(not asked.by_end(row["done_on"]) for row in due))


def _collected(asked: Asked) -> list[Row]:
    return [row for row in _sound(asked, "opinion") if asked.inside(row["collected_on"])]


def _opinions_collected(asked: Asked) -> Told:
    return Told(len(_collected(asked)))


def _opinions_adopted(asked: Asked) -> Told:
    decided = [row for row in _sound(asked, "opinion") if asked.inside(row["decided_on"])]
    final = [row["decision"] for row in decided if row["decision"] in {"adopted", "partly", "rejected"}]
    return share(len(final) - final.count("rejected"), len(final))


def _opinions_answered(asked: Asked) -> Told:
    collected = _collected(asked)
    return share(sum(asked.by_end(row["answered_on"]) for row in collected), len(collected))


ORACLES: dict[str, Oracle] = {
    "disputes_opened": _disputes_opened,
    "disputes_settled": _disputes_settled,
    "mediation_success": _mediation_success,
    "agreements_performed": _agreements_performed,
    "dispute_recurrence": _dispute_recurrence,
    "check_backs_due": _check_backs_due,
    "opinions_collected": _opinions_collected,
    "opinions_adopted": _opinions_adopted,
    "opinions_answered": _opinions_answered,
}
