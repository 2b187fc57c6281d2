"""What a figure is and how one is declared."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from vocabulary.enums import Subject
from vocabulary.questions import Rows


@dataclass(frozen=True)
class Figure:
    """A number with what it was made of; `value` is None where there is no figure. Rates are fractions (0–1)."""

    value: float | None
    numerator: float | None = None
    denominator: float | None = None


NO_FIGURE = Figure(None)


class Unit(StrEnum):
    CASES = "cases"
    ITEMS = "items"
    PEOPLE = "people"
    VISITS = "visits"
    PLACES = "places"
    SESSIONS = "sessions"
    DAYS = "days"
    HOURS = "hours"
    SERVICE_HOURS = "service_hours"
    YUAN = "yuan"
    SQUARE_METRES = "square_metres"
    PERCENT = "percent"


class Better(StrEnum):
    UP = "up"
    DOWN = "down"
    NONE = "none"


class Kind(StrEnum):
    """How the rows behind add up: counted, n of N, n summed over N rows, median or 90th percentile of a column."""

    COUNT = "count"
    RATE = "rate"
    MEAN = "mean"
    MEDIAN = "median"
    P90 = "p90"

    @property
    def placed(self) -> bool:
        """Is the figure one value out of its rows, by its place among them?"""
        return self in (Kind.MEDIAN, Kind.P90)


@dataclass(frozen=True)
class Metric:
    """A metric, declared once. `figure(period, *frames)` is handed the frames named in `sources`.

    Name, definition, numerator, denominator, window and exclusions in both languages stand in texts/*/metrics.toml
    under its key. `rows` lie behind the count, the numerator, the median or the percentile; `of` behind the
    denominator. A target holds for periods of `target_days` days and more: what a month should reach says nothing of
    two days.
    """

    key: str
    kind: Kind
    unit: Unit
    better: Better
    subjects: tuple[Subject, ...]
    sources: tuple[str, ...]
    figure: Callable[..., Figure]
    rows: Rows
    of: Rows | None = None
    of_people: bool = False
    decimals: int = 0
    target_days: int = 1


def ninetieth(values: pl.Series) -> float | None:
    """The smallest of the values that nine of ten are not above (nearest rank, Hyndman-Fan type 1); None of none."""
    known = values.drop_nulls().sort()
    return float(known[math.ceil(known.len() * 9 / 10) - 1]) if known.len() else None


def rate(numerator: float, denominator: float) -> Figure:
    """n of N; no denominator, no figure."""
    return Figure(numerator / denominator if denominator else None, numerator, denominator)
