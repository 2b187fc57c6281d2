"""What a figure is and how one is declared."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

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
    """How the rows behind add up: counted, n of N, n summed over N rows, the median of a column."""

    COUNT = "count"
    RATE = "rate"
    MEAN = "mean"
    MEDIAN = "median"


@dataclass(frozen=True)
class Metric:
    """A metric, declared once. `figure(period, *frames)` is handed the frames named in `sources`.

    Name, definition, numerator, denominator, window and exclusions in both languages stand in texts/*/metrics.toml
    under its key. `rows` lie behind the count, the numerator or the median; `of` behind the denominator. A target holds
    for periods of `target_days` days and more: what a month should reach says nothing of two days.
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


def rate(numerator: float, denominator: float) -> Figure:
    """n of N; no denominator, no figure."""
    return Figure(numerator / denominator if denominator else None, numerator, denominator)
