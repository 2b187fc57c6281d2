"""Figures, days and moments as the reader writes them, in the reader's language."""

from datetime import date, datetime

import clock
from clock import SHANGHAI
from metrics.figure import Figure, Kind, Metric
from texts import language, t

NONE = "—"


def day(value: date) -> str:
    """2026年11月24日 / 24 Nov 2026."""
    if language() == "zh":
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {value:%b} {value.year}"


def day_of_week(value: date) -> str:
    return t(f"words.weekday.{value.isoweekday()}")


def moment(value: datetime | None) -> str:
    """11-24 09:40, with the year when it is not this one's; — when there is none."""
    if value is None:
        return NONE
    here = value.astimezone(SHANGHAI)
    return f"{here:%m-%d %H:%M}" if here.year == clock.today().year else f"{here:%Y-%m-%d %H:%M}"


def clock_time(value: datetime) -> str:
    return f"{value.astimezone(SHANGHAI):%H:%M}"


def building(number: str | None) -> str:
    """5栋, or a dash for none."""
    return t("meals.page.building", number=number) if number else NONE


def number(value: float, decimals: int = 0) -> str:
    """1,412 or 11.5."""
    return f"{value:,.{decimals}f}"


def share(value: float | None) -> str:
    """A rate with one decimal, no figure as —."""
    return NONE if value is None else f"{value * 100:.1f}%"


def money(fen: int) -> str:
    """Yuan with two decimals."""
    return f"{fen / 100:,.2f}"


def figure_value(metric: Metric, figure: Figure) -> str:
    """The value without its unit."""
    if figure.value is None:
        return NONE
    if metric.kind is Kind.RATE:
        return f"{figure.value * 100:.1f}"
    return number(figure.value, metric.decimals)


def unit(metric: Metric) -> str:
    return t(f"metrics.unit.{metric.unit.value}")


def short_unit(metric: Metric) -> str:
    """The unit where there is little room; empty where English needs none."""
    return t(f"metrics.short.{metric.unit.value}")
