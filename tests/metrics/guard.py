"""What the guard over the catalogue asks of a figure: the rows behind it add up to it, as `domain.md` §4 says."""

import statistics

import polars as pl
import pytest
import sqlalchemy as sa

from data_access import evidence
from jobs import figures
from metrics.figure import Kind, Metric
from vocabulary.questions import Filters, Period, Viewer

FEW = 20
"""No rate of people is told below so many."""


def check(conn: sa.Connection, viewer: Viewer, metric: Metric, period: Period, filters: Filters) -> None:
    """A count has as many rows, a sum is that of a column, a rate has n rows of N, a median is found again."""
    figure = figures.figure(conn, viewer, metric.key, period, filters)
    rows = evidence.behind(conn, viewer, metric.rows, period, filters)
    if metric.kind.placed:
        assert metric.rows.column
        values = sorted(value for value in rows[metric.rows.column].to_list() if value is not None)
        assert figure.denominator == len(values)
        placed = statistics.median if metric.kind is Kind.MEDIAN else _ninetieth
        assert figure.value == (pytest.approx(placed(values)) if values else None)
        return
    counted = _sum(rows, metric.rows.column)
    if metric.of is None:
        assert figure.value == pytest.approx(counted)
        return
    of = _sum(evidence.behind(conn, viewer, metric.of, period, filters), metric.of.column)
    assert (figure.numerator or 0) == pytest.approx(counted)
    assert (figure.denominator or 0) == pytest.approx(of)
    few = metric.of_people and of < FEW
    assert figure.value == (pytest.approx(counted / of) if of and not few else None)


def _ninetieth(ordered: list[float]) -> float:
    """The first that at least nine of ten are not above, counted one by one."""
    return next(value for value in ordered if 10 * sum(other <= value for other in ordered) >= 9 * len(ordered))


def _sum(rows: pl.DataFrame, column: str | None) -> float:
    return float(rows[column].sum()) if column else rows.height
