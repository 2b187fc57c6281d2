"""Filters and periods as parameters of the page's address, in no language: a copied address shows the same."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum

from vocabulary.cases import Show
from vocabulary.desk import Punctuality
from vocabulary.enums import CaseStatus, CaseType, Channel, Level, Urgency
from vocabulary.questions import Filters, Period, Span
from vocabulary.refusals import NotPossible

Parameters = dict[str, list[str]]
LEVELS = ">"
EARLIEST = date(1900, 1, 1)  # a period that begins before has none before it that a calendar could tell
MOST_DIGITS = 9  # of a number that every database can hold
NAMES = (
    *("span", "from", "to", "q", "status", "category", "channel", "grid", "urgency", "building", "batch", "show"),
    *("type", "unit", "level", "due", "list"),
)


def written(filters: Filters) -> Parameters:
    """The parameters of these filters; what is "all" is left out."""
    found: Parameters = {}
    if filters.period:
        found["span"] = [filters.period.span.value]
        if filters.period.span is Span.CHOSEN:
            found |= {"from": [filters.period.since.isoformat()], "to": [filters.period.until.isoformat()]}
    if filters.text:
        found["q"] = [filters.text]
    found |= {
        name: list(values)
        for name, values in (
            ("status", filters.statuses),
            ("category", tuple(LEVELS.join(path) for path in filters.categories)),
            ("channel", filters.channels),
            ("grid", filters.grids),
            ("urgency", filters.urgencies),
            ("building", filters.buildings),
            ("type", filters.types),
            ("unit", filters.units),
            ("level", filters.levels),
            ("due", filters.punctualities),
        )
        if values
    }
    if filters.batch is not None:
        found["batch"] = [str(filters.batch)]
    if filters.listed:
        found["list"] = [filters.listed]
    if filters.show is not None:
        found["show"] = [filters.show.value]
    return found


def read(parameters: Mapping[str, list[str]], default: Filters, today: date) -> Filters:
    """The filters that parameters ask for; a value that means nothing is left out, never an error."""
    parameters = {name: [_storable(value) for value in values] for name, values in parameters.items()}
    one = {name: values[-1] for name, values in parameters.items() if values}
    batch = one.get("batch", "")
    return replace(
        default,
        period=_period(one, today) or default.period,
        text=one.get("q", "")[:200],
        statuses=_words(parameters.get("status", []), CaseStatus),
        channels=_words(parameters.get("channel", []), Channel),
        urgencies=_words(parameters.get("urgency", []), Urgency),
        categories=tuple(tuple(path.split(LEVELS)[:3]) for path in parameters.get("category", [])),
        grids=tuple(parameters.get("grid", [])),
        buildings=tuple(parameters.get("building", [])),
        types=_words(parameters.get("type", []), CaseType),
        units=tuple(parameters.get("unit", [])),
        levels=_words(parameters.get("level", []), Level),
        punctualities=_words(parameters.get("due", []), Punctuality),
        listed=one.get("list", "")[:40],
        batch=int(batch) if batch.isdecimal() and len(batch) <= MOST_DIGITS else None,
        show=Show(one["show"]) if one.get("show") in set(Show) else default.show,
    )


def _period(one: Mapping[str, str], today: date) -> Period | None:
    try:
        span = Span(one.get("span", ""))
        if span is not Span.CHOSEN:
            return Period.running(span, today)
        since, until = date.fromisoformat(one.get("from", "")), date.fromisoformat(one.get("to", ""))
        return Period(since, until) if since >= EARLIEST else None
    except (ValueError, NotPossible):
        return None


def _storable(value: str) -> str:
    """Without the sign that no database keeps in a text."""
    return value.replace("\0", "")


def _words(values: list[str], kind: type[StrEnum]) -> tuple[str, ...]:
    known = {member.value for member in kind} | {""}
    return tuple(value for value in values if value in known)
