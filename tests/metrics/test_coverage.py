"""What of a coverage may be shown: to those in the house, and in public."""

import polars as pl
import pytest

from metrics.coverage import EXPECTED, LAGGING, Cell, marked

SCHEMA = {"building": pl.String, "served": pl.Int64, "residents": pl.Int64, "rate": pl.Float64}


def make_coverage(*rows: tuple[str, int, int]) -> pl.DataFrame:
    """Building, served, residents; the rate is null below twenty, the best comes first."""
    known = [(name, n, of, n / of if of >= 20 else None) for name, n, of in rows]
    return pl.DataFrame(known, schema=SCHEMA, orient="row").sort("rate", descending=True, nulls_last=True)


def cells(frame: pl.DataFrame) -> dict[str, str]:
    return dict(frame.select("building", "cell").iter_rows())


MIXED = make_coverage(
    ("1", 60, 100),
    ("2", 3, 100),  # small
    ("3", 7, 100),  # the smallest of the others: kept back with it
    ("4", 0, 100),  # nobody: no small cell
    ("5", 9, 12),  # too few residents for a rate
)


def test_in_the_house_every_count_is_shown_and_few_have_no_rate() -> None:
    frame = marked(MIXED, 0.2, public=False)
    assert cells(frame) == {"1": "shown", "2": "shown", "3": "shown", "4": "shown", "5": "few"}
    assert frame.filter(building="2")["served"].to_list() == [3]


def test_in_public_a_small_cell_and_one_that_would_give_it_away_stay_back() -> None:
    frame = marked(MIXED, 0.2, public=True)
    assert cells(frame) == {"1": "shown", "2": "small", "3": "hidden", "4": "shown", "5": "few"}
    kept_back = frame.filter(pl.col("cell") != Cell.SHOWN)
    assert kept_back["served"].to_list() == kept_back["rate"].to_list() == [None, None, None]
    assert not kept_back["lagging"].any()


def test_in_public_the_place_in_the_order_tells_nothing() -> None:
    frame = marked(MIXED, 0.2, public=True)
    assert frame["building"].to_list() == ["1", "4", "2", "3", "5"]


def test_in_public_not_even_the_residents_of_a_few_are_told() -> None:
    frame = marked(MIXED, 0.2, public=True)
    assert frame.filter(cell="few").select("served", "residents").row(0) == (None, None)


def test_two_small_cells_cover_each_other() -> None:
    frame = marked(make_coverage(("1", 60, 100), ("2", 3, 100), ("3", 2, 100)), 0.2, public=True)
    assert cells(frame) == {"1": "shown", "2": "small", "3": "small"}


@pytest.mark.parametrize(
    ("served", "residents", "mean", "lagging"),
    [
        (29, 100, 0.4, True),  # 29 % of 40 % is under three quarters
        (31, 100, 0.4, False),  # just above
        (12, 49, 0.4, False),  # under it, but only 19.6 are expected: may be chance
        (12, 50, 0.4, True),  # 20 are expected
        (0, 100, 0.0, False),  # nobody anywhere
        (1, 15, 0.4, False),  # no rate, no judgement
    ],
)
def test_behind_is_under_three_quarters_of_the_mean_where_enough_are_expected(
    served: int, residents: int, mean: float, *, lagging: bool
) -> None:
    assert (LAGGING, EXPECTED) == (0.75, 20)
    frame = marked(make_coverage(("1", served, residents)), mean, public=False)
    assert frame["lagging"].to_list() == [lagging]


def test_without_a_mean_nobody_is_behind_and_nothing_has_no_rows() -> None:
    assert marked(MIXED, None, public=False)["lagging"].any() is False
    assert marked(MIXED.clear(), None, public=True).is_empty()
