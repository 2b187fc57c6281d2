"""Every figure against the oracle's: over several periods, viewers and moments, in plain and in odd data."""

import ast
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

import clock
from access import OPERATOR, allows
from data_access import evidence
from data_access.engine import reading
from jobs import figures
from metrics.catalogue import METRICS
from tests.conftest import NOON, make_viewer
from tests.metrics import oracle
from tests.metrics.asking import asked, same
from tests.metrics.oracle.world import Asked, World
from vocabulary.enums import Role
from vocabulary.questions import Filters, Period, Span, Viewer

START = date(2004, 1, 1)
PERIODS: dict[str, Callable[[date], Period]] = {
    "today": lambda day: Period.running(Span.TODAY, day),
    "this week": lambda day: Period.running(Span.WEEK, day),
    "this month": lambda day: Period.running(Span.MONTH, day),
    "this quarter": lambda day: Period.running(Span.QUARTER, day),
    "ten days that ended last week": lambda day: Period(day - timedelta(17), day - timedelta(8)),
    "since the start": lambda day: Period.running(Span.ALL, day, START),
    "a time before all rows": lambda _: Period(date(2001, 1, 1), date(2001, 1, 31)),
    "days that are still to come": lambda day: Period(day - timedelta(3), day + timedelta(30)),
}
WORKER = make_viewer(Role.WORKER, grids=(1,))
ASKERS: dict[str, tuple[Viewer, Filters]] = {
    "everything": (OPERATOR, Filters()),
    "a worker of one grid": (WORKER, Filters()),
    "two grids": (OPERATOR, Filters(grids=("1", "3"))),
    "without a grid": (OPERATOR, Filters(grids=("",))),
}
MONTH_END, LATER = NOON + timedelta(6), NOON + timedelta(10)
ASKED = [*(("plain", now, "everything") for now in (NOON, MONTH_END)), ("odd", LATER, "everything")]
ASKED += [("odd", NOON, asker) for asker in ASKERS]
QUESTIONS = [
    pytest.param(data, now, asker, key, id=f"{key}-{data}-{now:%d}-{asker}")
    for data, now, asker in ASKED
    for key, metric in METRICS.items()
    if allows(ASKERS[asker][0], evidence.SUBJECTS[metric.rows.subject].permission)
    and (ASKERS[asker][1] == Filters() or any(figures.SOURCES[name].filtered for name in metric.sources))
]


@pytest.mark.parametrize(("data", "now", "asker", "key"), QUESTIONS)
def test_the_oracle_says_the_same(
    databases: dict[str, sa.Engine], worlds: dict[str, World], data: str, now: datetime, asker: str, key: str
) -> None:
    viewer, filters = ASKERS[asker]
    with clock.standing_at(now), reading(databases[data]) as conn:
        for name, period_on in PERIODS.items():
            period = period_on(now.date())
            told = oracle.ORACLES[key](asked(worlds[data], viewer, period, now, filters))
            same(METRICS[key], figures.figure(conn, viewer, key, period, filters), told, name)


def test_every_metric_is_counted_again() -> None:
    assert not METRICS.keys() - oracle.ORACLES.keys()


@pytest.mark.parametrize("key", METRICS)
def test_the_odd_data_has_something_to_tell_of_every_metric(worlds: dict[str, World], key: str) -> None:
    """A figure that is nothing in every period proves nothing."""
    questions = [Asked(worlds["odd"], START, now.date(), now) for now in (NOON, LATER)]
    assert any(oracle.ORACLES[key](question).value for question in questions)


def test_the_oracle_knows_nothing_of_the_product() -> None:
    plain = {"calendar", "collections", "dataclasses", "datetime", "functools", "math", "pathlib", "sqlite3"}
    plain |= {"statistics", "typing", "zoneinfo"}
    for file in Path(oracle.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name.startswith("tests.metrics.oracle") or name.split(".")[0] in plain, f"{file.name}: {name}"
