"""The guard over the whole catalogue: words in both languages, and the rows behind each number add up to it.

It runs over a small demo neighbourhood under several periods, filters and viewers.
"""

import statistics
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa

from access import OPERATOR, allows
from data_access import evidence
from data_access.engine import reading
from jobs import figures, metrics_page
from metrics.catalogue import METRICS
from metrics.figure import Kind, Metric
from tests.conftest import make_viewer
from texts import LANGUAGES, catalogue
from vocabulary.enums import Role
from vocabulary.questions import Filters, Period, Span, Viewer

PARTS = ("name", "definition", "numerator", "denominator", "window", "exclusions")


@pytest.mark.parametrize("key", METRICS)
@pytest.mark.parametrize("spoken", LANGUAGES)
def test_every_metric_is_defined_in_both_languages(key: str, spoken: str) -> None:
    words = catalogue("zh" if spoken == "zh" else "en")
    assert all(words[f"metrics.{key}.{part}"].strip() for part in PARTS)
    assert f"metrics.unit.{METRICS[key].unit.value}" in words


def test_rates_have_a_denominator_and_counts_have_none() -> None:
    for metric in METRICS.values():
        assert (metric.of is not None) == (metric.kind in (Kind.RATE, Kind.MEAN)), metric.key


def test_the_page_of_metrics_is_the_catalogue() -> None:
    written = (Path(__file__).parents[2] / "docs" / "metrics.md").read_text(encoding="utf-8")
    assert written == metrics_page.page(), "run python -m jobs.metrics_page"


PERIODS: dict[str, Callable[[date], Period]] = {
    "today": lambda day: Period.running(Span.TODAY, day),
    "this week": lambda day: Period.running(Span.WEEK, day),
    "this month": lambda day: Period.running(Span.MONTH, day),
    "ten days that ended last week": lambda day: Period(day - timedelta(17), day - timedelta(8)),
    "a time before all rows": lambda _: Period(date(2001, 1, 1), date(2001, 1, 31)),
}
FILTERS = {
    "nothing": Filters(),
    "two channels": Filters(channels=("hotline", "grid")),
    "open statuses": Filters(statuses=("pending", "handling")),
    "a word": Filters(text="电梯"),
    "no grid": Filters(grids=("",)),
    "urgent or not given": Filters(urgencies=("urgent", "")),
}


@pytest.fixture(scope="module")
def demo(small_demo: sa.Engine) -> Iterator[sa.Connection]:
    with reading(small_demo) as conn:
        yield conn


@pytest.fixture(scope="module")
def last_day(demo: sa.Connection) -> date:
    day = demo.scalar(sa.text("select max(served_on) from meal"))
    return date.fromisoformat(day)


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("key", METRICS)
def test_the_rows_behind_add_up_to_the_figure(
    demo: sa.Connection, last_day: date, key: str, period: str, filters: str
) -> None:
    _check(demo, OPERATOR, METRICS[key], PERIODS[period](last_day), FILTERS[filters])


WORKER = make_viewer(Role.WORKER, grids=(1,))
OPENED = [key for key, metric in METRICS.items() if allows(WORKER, evidence.SUBJECTS[metric.rows.subject].permission)]


@pytest.mark.parametrize("key", OPENED)
def test_they_add_up_for_a_worker_of_one_grid_too(demo: sa.Connection, last_day: date, key: str) -> None:
    _check(demo, WORKER, METRICS[key], Period.running(Span.MONTH, last_day), Filters())


def _check(conn: sa.Connection, viewer: Viewer, metric: Metric, period: Period, filters: Filters) -> None:
    figure = figures.figure(conn, viewer, metric.key, period, filters)
    rows = evidence.behind(conn, viewer, metric.rows, period, filters)
    if metric.kind is Kind.MEDIAN:
        assert metric.rows.column
        values = [value for value in rows[metric.rows.column].to_list() if value is not None]
        assert figure.denominator == len(values)
        assert figure.value == (pytest.approx(statistics.median(values)) if values else None)
        return
    counted = _sum(rows, metric.rows.column)
    if metric.of is None:
        assert figure.value == pytest.approx(counted)
        return
    of = _sum(evidence.behind(conn, viewer, metric.of, period, filters), metric.of.column)
    assert (figure.numerator or 0) == pytest.approx(counted)
    assert (figure.denominator or 0) == pytest.approx(of)
    assert figure.value == (pytest.approx(counted / of) if of else None)


def _sum(rows: pl.DataFrame, column: str | None) -> float:
    return float(rows[column].sum()) if column else rows.height
