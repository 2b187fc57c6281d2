"""Figures of the three levels of responsibility: what is open, what is overdue, what nobody answers for.

They are computed from `responsibility.answered`; the frame may reach further than the period.
"""

from collections.abc import Callable

import polars as pl

from metrics.figure import Better, Figure, Kind, Metric, Unit
from vocabulary.enums import Subject
from vocabulary.questions import Op, Period, Rows, Where


def open_matters(period: Period, answered: pl.DataFrame) -> Figure:
    """Cases, proposals and projects open when the period's last day is over."""
    return Figure(standing(period, answered).height)


def overdue_matters(period: Period, answered: pl.DataFrame) -> Figure:
    """Of them those past their due moment or planned end."""
    return Figure(standing(period, answered).filter(pl.col("overdue_on") <= period.until).height)


def unowned_matters(period: Period, answered: pl.DataFrame) -> Figure:
    """Of them those with neither level nor unit, older than a day."""
    return Figure(standing(period, answered).filter(pl.col("unowned_on") <= period.until).height)


def standing(period: Period, answered: pl.DataFrame) -> pl.DataFrame:
    """The rows that are open when the period's last day is over."""
    still = pl.col("closed_on").is_null() | (pl.col("closed_on") > period.until)
    return answered.filter(pl.col("since_on") <= period.until, still)


def counted_by(period: Period, answered: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """Open and overdue by these columns, most overdue first: the columns (null is none), open, overdue."""
    late = (pl.col("overdue_on") <= period.until).fill_null(value=False).sum()
    counted = standing(period, answered).group_by(*columns).agg(open=pl.len(), overdue=late)
    falling = [True, True, *(False for _ in columns)]
    return counted.sort("overdue", "open", *columns, descending=falling, nulls_last=True)


def _metric(key: str, figure: Callable[..., Figure], *where: Where) -> Metric:
    return Metric(
        key=key,
        kind=Kind.COUNT,
        unit=Unit.ITEMS,
        better=Better.DOWN,
        subjects=(Subject.CASES, Subject.RENEWAL, Subject.PLACES),
        sources=("responsibility.answered",),
        figure=figure,
        rows=Rows("answered", where),
    )


METRICS = (
    _metric("open_matters", open_matters),
    _metric("overdue_matters", overdue_matters, Where("overdue_on", Op.UNTIL_END)),
    _metric("unowned_matters", unowned_matters, Where("unowned_on", Op.UNTIL_END)),
)
