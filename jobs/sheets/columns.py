"""Which column of a sheet is which field of a kind: by its heading in either language, or mapped by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jobs.imports.headings import PASSED_OVER, normal
from jobs.sheets.kinds import Column, Kind
from texts import LANGUAGES, said_in
from vocabulary.refusals import NotPossible

Mapped = tuple[tuple[str, str], ...]
"""Heading to field, "" leaves a column out."""


@dataclass(frozen=True)
class Columns:
    """`places` gives each field's column; `unknown` headings are neither known nor mapped by hand."""

    headings: tuple[str, ...]
    places: Mapping[str, int]
    unknown: tuple[str, ...]

    def heading(self, kind: Kind, column: Column) -> str:
        """The heading under which the file has this field; our own where it has none."""
        return self.headings[self.places[column.field]] if column.field in self.places else kind.heading(column)


def recognise(kind: Kind, headings: tuple[str, ...], mapped: Mapped = ()) -> Columns:
    """NotPossible for a mapping of a heading that is not there, and for two headings mapped to one field."""
    by_hand = dict(mapped)
    for heading in by_hand:
        if heading not in headings:
            raise NotPossible("imports.no_such_heading", heading=heading)
    places: dict[str, int] = {}
    for heading, field in by_hand.items():
        if field and field in places:
            raise NotPossible("imports.mapped_twice", field=kind.heading(kind.fields[field]))
        if field:
            places[field] = headings.index(heading)
    free = {normal(heading): at for at, heading in enumerate(headings) if heading not in by_hand}
    for column in kind.columns:
        if column.field not in places and (at := _found(kind, column, free)) is not None:
            places[column.field] = at
    taken = {*places.values(), *(headings.index(heading) for heading in by_hand)}
    passed = {*PASSED_OVER, *(normal(said_in(language, "imports.reason_heading")) for language in LANGUAGES)}
    unknown = tuple(headings[at] for name, at in free.items() if at not in taken and name not in passed)
    return Columns(headings, places, unknown)


def check_identity(kind: Kind, columns: Columns) -> None:
    """NotPossible for a sheet without what tells its rows apart."""
    lacking = [one for one in kind.identity if one.needed and not one.lone and one.field not in columns.places]
    if lacking:
        missing = "、".join(kind.heading(column) for column in lacking)
        raise NotPossible("imports.missing_heading", missing=missing, headings="、".join(columns.headings))


def field_named(kind: Kind, said: str) -> str:
    """The field of a key or a heading in either language. NotPossible for any other word."""
    for column in kind.columns:
        if normal(said) in (normal(column.field), *map(normal, kind.headings(column))):
            return column.field
    known = "、".join(kind.heading(column) for column in kind.columns)
    raise NotPossible("imports.no_such_field", said=said, known=known)


def _found(kind: Kind, column: Column, free: Mapping[str, int]) -> int | None:
    names: Sequence[str] = [normal(heading) for heading in kind.headings(column)]
    return next((free[name] for name in names if name in free), None)
