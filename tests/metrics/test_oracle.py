"""Every figure of the catalogue against the oracle: a slow, independent count of the raw rows."""

import ast
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

import clock
from access import OPERATOR
from data_access import migrate
from data_access.engine import open_engine, reading, sqlite_url
from jobs import demo_data, figures
from metrics.catalogue import METRICS
from tests.conftest import NOON
from tests.metrics.oracle import ORACLES, Stock, Window
from vocabulary.questions import Filters, Period, Span

PERIODS: dict[str, Callable[[date], Period]] = {
    "today": lambda day: Period.running(Span.TODAY, day),
    "this month": lambda day: Period.running(Span.MONTH, day),
    "this quarter": lambda day: Period.running(Span.QUARTER, day),
    "ten days that ended last week": lambda day: Period(day - timedelta(17), day - timedelta(8)),
    "one day of last week": lambda day: Period(day - timedelta(6), day - timedelta(6)),
    "a time before all rows": lambda _: Period(date(2001, 1, 1), date(2001, 1, 31)),
}


OWN = "tests.metrics.oracle"
SELDOM = {"severe", "unowned_matters"}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Engine]:
    """Seventy days of the demo: long enough for claims, check-backs and what comes again."""
    engine = open_engine(sqlite_url(tmp_path_factory.mktemp("town") / "demo.db"))
    migrate.upgrade(engine)
    with clock.standing_at(NOON):
        demo_data.load(engine, days=70, seed=1)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def stock(town: sa.Engine) -> Stock:
    return Stock(Path(str(town.url.database)), NOON)


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("key", METRICS)
def test_the_oracle_agrees(town: sa.Engine, stock: Stock, key: str, period: str) -> None:
    days = PERIODS[period](NOON.date())
    told = ORACLES[key](stock, Window(days.since, days.until))
    with clock.standing_at(NOON), reading(town) as conn:
        figure = figures.figure(conn, OPERATOR, key, days, Filters())
    assert figure.value == (told.value if told.value is None else pytest.approx(told.value))
    if told.of is not None:
        assert figure.denominator == pytest.approx(told.of)
    if told.n is not None:
        assert figure.numerator == pytest.approx(told.n)


def test_every_metric_has_its_oracle() -> None:
    assert ORACLES.keys() == METRICS.keys()


def test_the_demo_gives_nearly_every_figure_something_to_count(stock: Stock) -> None:
    """Where nothing is found twice, agreement proves little."""
    whole = Window(NOON.date() - timedelta(120), NOON.date())
    assert {key for key, oracle in ORACLES.items() if not oracle(stock, whole).value} <= SELDOM


def test_nothing_of_the_product_stands_behind_the_oracle() -> None:
    for file in sorted((Path(__file__).parent / "oracle").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [node.module] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            top = {(name or "").partition(".")[0] for name in names if not (name or "").startswith(OWN)}
            assert top <= sys.stdlib_module_names, file.name
