"""The three levels: open cases, proposals and projects together, the late ones, those nobody answers for."""

from datetime import date

from tests.metrics.oracle.cases import is_open, seen
from tests.metrics.oracle.desk import overdue
from tests.metrics.oracle.renewal import approved, open_proposals
from tests.metrics.oracle.world import Asked, Oracle, Row, Told, day_of


def _cases(asked: Asked) -> list[Row]:
    return [case for case in seen(asked) if is_open(asked, case)]


def _projects(asked: Asked) -> list[Row]:
    return [row for row in approved(asked) if not asked.by_end(row["finished_on"])]


def _open_matters(asked: Asked) -> Told:
    return Told(len(_cases(asked)) + len(open_proposals(asked)) + len(_projects(asked)))


def _overdue_matters(asked: Asked) -> Told:
    late = sum(overdue(asked, case) for case in _cases(asked))
    return Told(late + sum(row["plan_to"] < asked.by_now for row in _projects(asked)))


def _unowned_matters(asked: Asked) -> Told:
    cases = [(day_of(case["received_at"]), case["level"], case["lead_unit_id"]) for case in _cases(asked)]
    proposals = [(row["filed_on"], row["level"], row["unit_id"]) for row in open_proposals(asked)]
    projects = [(row["approved_on"], row["level"], row["unit_id"]) for row in _projects(asked)]
    return Told(sum(_unowned(asked, *each) for each in (*cases, *proposals, *projects)))


def _unowned(asked: Asked, came: date, level: str | None, unit: int | None) -> bool:
    return level is None and unit is None and came < asked.by_now


ORACLES: dict[str, Oracle] = {
    "open_matters": _open_matters,
    "overdue_matters": _overdue_matters,
    "unowned_matters": _unowned_matters,
}
