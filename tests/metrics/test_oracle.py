"""Every figure against the oracle's: over several periods, viewers and moments, in plain and in odd data."""

import ast
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

import clock
from access import OPERATOR, allows
from data_access import evidence
from data_access.engine import open_engine, reading, sqlite_url
from jobs import figures
from metrics.catalogue import METRICS
from metrics.figure import Figure, Metric
from tests.conftest import NOON, make_viewer
from tests.metrics import oracle
from tests.metrics.oracle.world import Asked, Told, World
from tests.metrics.shaken import shaken
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
# The product's question beside the oracle's: who looks, what is narrowed.
ASKERS: dict[str, tuple[Viewer, Filters, frozenset[int] | None, tuple[str, ...]]] = {
    "everything": (OPERATOR, Filters(), None, ()),
    "a worker of one grid": (WORKER, Filters(), frozenset({1}), ()),
    "two grids": (OPERATOR, Filters(grids=("1", "3")), None, ("1", "3")),
    "without a grid": (OPERATOR, Filters(grids=("",)), None, ("",)),
}
LATER = NOON + timedelta(10)
MOMENTS = {"plain": NOON, "odd": NOON, "odd, ten days later": LATER}
ASKED = [("plain", "everything"), *(("odd", asker) for asker in ASKERS), ("odd, ten days later", "everything")]
QUESTIONS = [
    (data, asker, key)
    for data, asker in ASKED
    for key, metric in METRICS.items()
    if allows(ASKERS[asker][0], evidence.SUBJECTS[metric.rows.subject].permission)
]


@pytest.fixture(scope="module")
def databases(small_demo: sa.Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, sa.Engine]]:
    """The small demo, and it with what a month without accidents does not have."""
    odd = open_engine(sqlite_url(shaken(_file(small_demo), tmp_path_factory.mktemp("odd") / "odd.db")))
    yield {"plain": small_demo, "odd": odd, "odd, ten days later": odd}
    odd.dispose()


@pytest.fixture(scope="module")
def worlds(databases: dict[str, sa.Engine]) -> Iterator[dict[str, World]]:
    """The same as the oracle reads them."""
    plain, odd = World(_file(databases["plain"])), World(_file(databases["odd"]))
    yield {"plain": plain, "odd": odd, "odd, ten days later": odd}
    plain.close()
    odd.close()


@pytest.mark.parametrize(("data", "asker", "key"), QUESTIONS)
def test_the_oracle_says_the_same(
    databases: dict[str, sa.Engine], worlds: dict[str, World], data: str, asker: str, key: str
) -> None:
    now = MOMENTS[data]
    viewer, filters, grids, narrowed = ASKERS[asker]
    with clock.standing_at(now), reading(databases[data]) as conn:
        for name, period_on in PERIODS.items():
            period = period_on(now.date())
            told = oracle.ORACLES[key](Asked(worlds[data], period.since, period.until, now, grids, narrowed))
            _same(METRICS[key], figures.figure(conn, viewer, key, period, filters), told, name)


def _same(metric: Metric, figure: Figure, told: Told, name: str) -> None:
    said = f"{metric.key}, {name}: {figure} is not {told}"
    assert figure.value == (None if told.value is None else pytest.approx(told.value)), said
    if metric.of is not None:
        assert (figure.numerator or 0) == pytest.approx(told.n or 0), said
        assert (figure.denominator or 0) == pytest.approx(told.of or 0), said
    elif told.of is not None:
        assert figure.denominator == told.of, said


@pytest.mark.parametrize("key", METRICS)
def test_the_odd_data_has_something_to_tell_of_every_metric(worlds: dict[str, World], key: str) -> None:
    """A figure that is nothing in every period proves nothing."""
    asked = [Asked(worlds["odd"], START, now.date(), now) for now in (NOON, LATER)]
    assert any(oracle.ORACLES[key](each).value for each in asked)


def test_the_oracle_knows_nothing_of_the_product() -> None:
    plain = {"calendar", "collections", "dataclasses", "datetime", "functools", "math", "pathlib", "sqlite3"}
    plain |= {"statistics", "typing", "zoneinfo"}
    for file in Path(oracle.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name.startswith("tests.metrics.oracle") or name.split(".")[0] in plain, f"{file.name}: {name}"


def _file(engine: sa.Engine) -> Path:
    assert engine.url.database
    return Path(engine.url.database)
