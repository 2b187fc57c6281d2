"""How a case is said on a page: its marks with their colours, its place, its period, names in the reader's language."""

from typing import Literal

from texts import language, t
from ui import words
from vocabulary.desk import Punctuality
from vocabulary.enums import CaseStatus, Urgency
from vocabulary.questions import Filters, Period, Span
from vocabulary.refusals import word

Colour = Literal["red", "orange", "blue", "green", "violet", "gray"]
SIGNS = {Urgency.EMERGENCY: "◆ ", Urgency.URGENT: "▲ ", Urgency.COMPLEX: "？", Urgency.NORMAL: ""}
URGENCY_COLOURS: dict[Urgency, Colour] = {
    Urgency.EMERGENCY: "red",
    Urgency.URGENT: "orange",
    Urgency.NORMAL: "gray",
    Urgency.COMPLEX: "violet",
}
PUNCTUALITY_COLOURS: dict[Punctuality, Colour] = {
    Punctuality.ON_TIME: "green",
    Punctuality.DUE_SOON: "orange",
    Punctuality.OVERDUE: "red",
    Punctuality.SEVERE: "red",
}
STATUS_COLOURS: dict[CaseStatus, Colour] = {
    CaseStatus.PENDING: "orange",
    CaseStatus.ACCEPTED: "orange",
    CaseStatus.ASSIGNED: "blue",
    CaseStatus.SIGNED: "blue",
    CaseStatus.HANDLING: "blue",
    CaseStatus.FINISHED: "green",
    CaseStatus.FOLLOWED_UP: "green",
    CaseStatus.RETURNED: "red",
    CaseStatus.REOPENING: "red",
    CaseStatus.ARCHIVED: "gray",
    CaseStatus.REJECTED: "gray",
    CaseStatus.WITHDRAWN: "gray",
    CaseStatus.MERGED: "gray",
}


def urgency(value: str | None) -> str:
    """The word with its sign; 未填 where none is given."""
    return f"{SIGNS[Urgency(value)]}{word(Urgency(value))}" if value else t("words.unfilled")


def status(value: str) -> str:
    return word(CaseStatus(value))


def own_name(name: str | None, name_en: str | None) -> str | None:
    """The name in the reader's language, where it has one in English."""
    return (name_en or name) if language() == "en" else name


def place(building: str | None, spot: str | None, grid: str | None, *, with_grid: bool = True) -> str:
    """Where: building, spot and grid, as far as they are known; else 待定网格."""
    parts = [t("cases.building", number=building)] if building and building not in (spot or "") else []
    parts += [spot] if spot else []
    parts += [grid or t("words.waiting_grid")] if with_grid or not parts else []
    return " · ".join(parts)


def days(period: Period) -> str:
    """The word for a running period, first and last day for a chosen one."""
    if period.span is not Span.CHOSEN:
        return t(f"cases.span.{period.span.value}")
    if period.since == period.until:
        return words.day(period.since)
    return t("cases.span_of", since=words.day(period.since), until=words.day(period.until))


def is_narrowed(filters: Filters) -> bool:
    """Is anything but the period and the choice of the list narrowed?"""
    return Filters(period=filters.period, show=filters.show) != filters
