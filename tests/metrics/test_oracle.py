"""The product's figures against the oracle's: every metric, several periods, viewers and moments, plain and odd data."""

import ast
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
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
DATA = {"plain": NOON, "shaken": NOON, "shaken, ten days later": LATER}


@pytest.fixture(scope="module")
def odd_demo(small_demo: sa.Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Engine]:
    """The small demo with what a month without accidents does not have."""
    engine = open_engine(sqlite_url(shaken(_file(small_demo), tmp_path_factory.mktemp("odd") / "odd.db")))
    yield engine
    engine.dispose()


@pytest.fixture(scope="module", params=DATA)
def asked_of(
    request: pytest.FixtureRequest, small_demo: sa.Engine, odd_demo: sa.Engine
) -> Iterator[tuple[sa.Connection, World, datetime]]:
    """A database as the product reads it and as the oracle does, at a moment."""
    engine, now = (small_demo if request.param == "plain" else odd_demo), DATA[request.param]
    world = World(_file(engine))
    with clock.standing_at(now), reading(engine) as conn:
        yield conn, world, now
    world.close()


@pytest.mark.parametrize("asker", ASKERS)
@pytest.mark.parametrize("key", METRICS)
def test_the_oracle_says_the_same(asked_of: tuple[sa.Connection, World, datetime], key: str, asker: str) -> None:
    conn, world, now = asked_of
    viewer, filters, grids, narrowed = ASKERS[asker]
    if not allows(viewer, evidence.SUBJECTS[METRICS[key].rows.subject].permission):
        pytest.skip("not for this viewer")
    for name, period_on in PERIODS.items():
        period = period_on(now.date())
        told = oracle.ORACLES[key](Asked(world, period.since, period.until, now, grids, narrowed))
        _same(METRICS[key], figures.figure(conn, viewer, key, period, filters), told, name)


def _same(metric: Metric, figure: Figure, told: Told, name: str) -> None:
    said = f"{metric.key}, {name}: {figure} is not {told}"
    assert figure.value == (None if told.value is None else pytest.approx(told.value)), said
    if metric.of is not None:
        assert (figure.numerator or 0) == pytest.approx(told.n or 0), said
        assert (figure.denominator or 0) == pytest.approx(told.of or 0), said
    elif told.of is not None:
        assert figure.denominator == told.of, said


def test_every_metric_has_something_to_be_told_of_in_the_odd_data(odd_demo: sa.Engine) -> None:
    """A figure that is nothing in every period proves nothing."""
    world = World(_file(odd_demo))
    asked = [Asked(world, START, now.date(), now) for now in (NOON, LATER)]
    silent = [key for key in METRICS if not any(oracle.ORACLES[key](each).value for each in asked)]
    world.close()
    assert not silent


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
