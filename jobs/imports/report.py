"""What an import says of itself: sentences, one JSON object, the sheet of rejected rows to mend."""

import json
from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from jobs.imports.choices import Choice
from jobs.imports.headings import field_name, normal
from jobs.imports.preview import Preview
from jobs.imports.rows import Problem, Rejected
from jobs.imports.settling import PATH_SIGN
from jobs.imports.words import ENUMERATIONS, Unknown
from sheets import writing
from sheets.cells import Cell, ErrorCell, Row
from sheets.cleaning import text
from sheets.tables import Guide, Table
from texts import LANGUAGES, said_in, t
from vocabulary.refusals import word

LISTED = 30
_REASON = "reason"


def reason(row: Rejected) -> str:
    """Why a row is not taken, in the reader's language; each reason with its column when there are several."""
    if len(row.problems) == 1:
        return str(row.problems[0].reason)
    return t("imports.join").join(
        t("imports.named_problem", column=one.column, reason=one.reason) for one in row.problems
    )


def as_json(found: Preview, batch: int | None) -> str:
    """One object: the four counts add up to the rows of the sheet."""
    rejected = [
        {"row": row.row, "column": row.problems[0].column, "value": row.problems[0].value, "reason": reason(row)}
        for row in found.rejected
    ]
    counts = {"new": len(found.new), "changed": len(found.updates), "unchanged": found.unchanged}
    said = {"file": found.file, **counts, "rejected": rejected, "written": batch is not None, "batch": batch}
    return json.dumps(said, ensure_ascii=False)


def refused_json(file: str, refusal: str) -> str:
    """The same object for a file that was refused as a whole, with the sentence that says why."""
    counts = {"new": 0, "changed": 0, "unchanged": 0, "rejected": []}
    return json.dumps({"file": file, **counts, "written": False, "batch": None, "error": refusal}, ensure_ascii=False)


def sentences(found: Preview) -> Iterator[str]:
    """What the import found, for the terminal."""
    counts = {"new": len(found.new), "changed": len(found.updates), "unchanged": found.unchanged}
    yield t("imports.cli.counts", file=found.file, **counts, rejected=len(found.rejected))
    if found.others:
        yield t("imports.cli.other_sheets", sheet=found.sheet, others="、".join(found.others))
    if found.columns.unknown:
        yield t("imports.cli.unknown_headings", headings="、".join(found.columns.unknown))
    if found.unknown:
        yield t("imports.cli.unknown_words")
        yield from (unknown_line(one) for one in found.unknown)
    if found.new_units:
        yield t("imports.cli.new_units", units="、".join(found.new_units))
    if found.new_paths:
        yield t("imports.cli.new_paths", paths="、".join(map(path_words, found.new_paths)))
    for row in found.rejected[:LISTED]:
        first = row.problems[0]
        yield t("imports.cli.rejected_line", row=row.row, column=first.column, value=first.value, reason=reason(row))
    if len(found.rejected) > LISTED:
        yield t("imports.cli.rejected_more", rows=len(found.rejected) - LISTED)


def unknown_line(one: Unknown) -> str:
    """A word that nobody knows, where it stands and what was chosen for it."""
    named = field_name(one.field)
    return t(
        "imports.cli.unknown_line", field=named, word=one.word, rows=one.rows, row=one.row, chosen=meaning_words(one)
    )


def meaning_words(one: Unknown) -> str:
    """What was chosen for a word."""
    if one.chosen is None:
        return t("imports.cli.undecided")
    if one.chosen in set(Choice):
        return t(f"imports.choice.{one.chosen}")
    kind = ENUMERATIONS.get(one.field)
    known = kind is not None and one.chosen in set(kind)
    return t("imports.cli.meant", meaning=word(kind(one.chosen)) if kind and known else one.chosen)


def path_words(path: tuple[str, ...]) -> str:
    return PATH_SIGN.join(level for level in path if level)


def mend_sheet(found: Preview) -> bytes:
    """A workbook of the rejected rows under their own headings, each with its reason; it can be imported again."""
    return to_mend(found.sheet, found.columns.headings, found.rows, found.hindering)


def mendable(rejected: Sequence[Rejected]) -> list[Rejected]:
    """Those that can be mended: a row that repeats a sound one would count as the first when it comes again."""
    there = {row.row for row in rejected}
    return [row for row in rejected if all(_first(one) in there for one in row.problems if _first(one) is not None)]


def to_mend(sheet: str, headings: Sequence[str], rows: Mapping[int, Row], rejected: Sequence[Rejected]) -> bytes:
    """A workbook of the rows that can be mended, each with its reason; the others are named on a sheet of their own."""
    passed_over = {normal(said_in(language, "imports.reason_heading")) for language in LANGUAGES}
    kept = [at for at, heading in enumerate(headings) if normal(heading) not in passed_over]
    some = mendable(rejected)
    cells = [(*(_written(rows[row.row].cells[at]) for at in kept), reason(row)) for row in some]
    names = [str(at) for at in kept] + [_REASON]
    frame = pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String), orient="row")
    named = {str(at): headings[at] for at in kept} | {_REASON: t("imports.reason_heading")}
    others = [t("imports.not_to_mend_row", row=row.row, reason=reason(row)) for row in rejected if row not in some]
    guide = [Guide(t("imports.not_to_mend"), others)] if others else []
    return writing.xlsx([Table(sheet, frame, named, widths={_REASON: 60}), *guide])


def _first(problem: Problem) -> int | None:
    """The row that another repeats; None for any other problem."""
    if problem.reason.key != "imports.repeated":
        return None
    found: int = problem.reason.values["first"]  # type: ignore[assignment]
    return found


def _written(cell: Cell) -> str | None:
    if isinstance(cell, ErrorCell):
        return cell.text
    return cell if isinstance(cell, str) else text(cell)
