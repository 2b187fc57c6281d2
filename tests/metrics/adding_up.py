"""Whether the rows behind a figure are there and add up to it, as its kind says."""

import statistics
from collections.abc import Callable
from math import ceil

import polars as pl
import pytest
import sqlalchemy as sa

from data_access import evidence
from jobs import figures
from metrics.figure import Metric
from metrics.meals import FEW
from vocabulary.questions import Filters, Period, Viewer

PLACED: dict[str, Callable[[list[float]], float]] = {
    "median": statistics.median,
    "p90": lambda ordered: ordered[ceil(len(ordered) * 9 / 10) - 1],
}


def check(conn: sa.Connection, viewer: Viewer, metric: Metric, period: Period, filters: Filters) -> None:
    figure = figures.figure(conn, viewer, metric.key, period, filters)
    rows = evidence.behind(conn, viewer, metric.rows, period, filters)
    if metric.kind in PLACED:
        assert metric.rows.column
        values = sorted(value for value in rows[metric.rows.column].to_list() if value is not None)
        assert figure.denominator == len(values)
        assert figure.value == (pytest.approx(PLACED[metric.kind](values)) if values else None)
        return
    counted = _sum(rows, metric.rows.column)
    if metric.of is None:
        assert figure.value == pytest.approx(counted)
        return
    of = _sum(evidence.behind(conn, viewer, metric.of, period, filters), metric.of.column)
    assert (figure.numerator or 0) == pytest.approx(counted)
    assert (figure.denominator or 0) == pytest.approx(of)
    told = of and not (metric.of_people and of < FEW)
    assert figure.value == (pytest.approx(counted / of) if told else None)


def _sum(rows: pl.DataFrame, column: str | None) -> float:
    return float(rows[column].sum()) if column else rows.height
