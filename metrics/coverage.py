"""What may be shown of a coverage: which cells are too small, which stay back for a presenter, which lag behind."""

from enum import StrEnum

import polars as pl

from metrics.meals import SMALL, published

LAGGING = 0.75
EXPECTED = 20
"""Behind is who reaches less than LAGGING of the community's own rate, where that rate would reach EXPECTED people or

more: with fewer the gap may be chance. Being relative, it means the same early in a period and at its end.
"""


class Cell(StrEnum):
    """What a row says of its people."""

    SHOWN = "shown"
    FEW = "few"  # fewer than twenty residents: no rate
    SMALL = "small"  # one to four people behind it
    HIDDEN = "hidden"  # would give a small one away


def marked(coverage: pl.DataFrame, mean: float | None, *, public: bool) -> pl.DataFrame:
    """`coverage_by` with `cell` and `lagging`; in public also without what small cells would tell.

    There `served` and `rate` are null and the row stands at the end, so that its place tells nothing either.
    """
    column = coverage.columns[0]
    told = published(coverage) if public else coverage
    small = coverage["served"].is_between(1, SMALL - 1) & pl.Series([public] * coverage.height, dtype=pl.Boolean)
    cell = (
        pl.when(coverage["rate"].is_null())
        .then(pl.lit(Cell.FEW.value))
        .when(small)
        .then(pl.lit(Cell.SMALL.value))
        .when(told["served"].is_null())
        .then(pl.lit(Cell.HIDDEN.value))
        .otherwise(pl.lit(Cell.SHOWN.value))
    )
    usual = 0.0 if mean is None else mean
    behind = (pl.col("rate") < usual * LAGGING) & (pl.col("residents") * usual >= EXPECTED)
    with_cells = told.with_columns(cell=cell, lagging=behind.fill_null(value=False))
    if public:
        few = pl.col("cell") == Cell.FEW
        with_cells = with_cells.with_columns(
            served=pl.when(~few).then("served"), residents=pl.when(~few).then("residents")
        )
    order = pl.col("cell").replace_strict({"shown": 0, "hidden": 1, "small": 1, "few": 2}, return_dtype=pl.Int8)
    return with_cells.sort(order, pl.col("rate"), column, descending=[False, True, False], nulls_last=True)
