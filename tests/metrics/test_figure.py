"""What figures are made with: a rate needs something to be a share of, a percentile is one of its values."""

import polars as pl
import pytest

from metrics.figure import Figure, ninetieth, rate


@pytest.mark.parametrize(
    ("values", "found"),
    [([], None), ([None], None), ([7], 7), ([5, 1], 5), (range(1, 11), 9), (range(1, 12), 10), ([3] * 9 + [100], 3)],
)
def test_the_ninetieth_percentile_is_the_value_that_nine_of_ten_are_not_above(
    values: list[int | None], found: float | None
) -> None:
    assert ninetieth(pl.Series(values, dtype=pl.Int64)) == found


def test_no_denominator_no_figure() -> None:
    assert rate(3, 4) == Figure(0.75, 3, 4)
    assert rate(0, 0) == Figure(None, 0, 0)
