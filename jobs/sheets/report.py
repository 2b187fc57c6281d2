"""What an import of a kind says of itself: sentences, one JSON object, the sheet of rejected rows to mend."""

import json
from collections.abc import Iterator

import polars as pl

from jobs.imports.headings import normal
from jobs.imports.report import LISTED, reason, written
from jobs.imports.rows import Rejected
from jobs.sheets.preview import Preview
from sheets import writing
from sheets.tables import Guide, Table
from texts import LANGUAGES, said_in, t

_REASON = "reason"


def as_json(found: Preview, batch: int | None) -> str:
    """One object, as of cases: the four counts add up to the rows of the sheet without its example."""
    rejected = [
        {"row": row.row, "column": row.problems[0].column, "value": row.problems[0].value, "reason": reason(row)}
        for row in found.rejected
    ]
    counts = {"new": len(found.new), "changed": len(found.changed), "unchanged": len(found.unchanged)}
    said = {"file": found.file, **counts, "rejected": rejected, "written": batch is not None, "batch": batch}
    return json.dumps(said, ensure_ascii=False)


def sentences(found: Preview) -> Iterator[str]:
    """What the import found, for the terminal."""
    counts = {"new": len(found.new), "changed": len(found.changed), "unchanged": len(found.unchanged)}
    name = found.kind.name
    yield t("sheet_kinds.cli.counts", kind=name, file=found.file, **counts, rejected=len(found.rejected))
    if found.examples:
        yield t("sheet_kinds.cli.examples")
    if found.sheet.others:
        yield t("imports.cli.other_sheets", sheet=found.sheet.name, others="、".join(found.sheet.others))
    if found.columns.unknown:
        yield t("imports.cli.unknown_headings", headings="、".join(found.columns.unknown))
    for row in found.rejected[:LISTED]:
        first = row.problems[0]
        yield t("imports.cli.rejected_line", row=row.row, column=first.column, value=first.value, reason=reason(row))
    if len(found.rejected) > LISTED:
        yield t("imports.cli.rejected_more", rows=len(found.rejected) - LISTED)


def mendable(found: Preview) -> list[Rejected]:
    """The rejected rows that can be mended and imported again: a repeated one would then count as the first."""
    return [row for row in found.rejected if row.row not in found.repeated]


def mend_sheet(found: Preview) -> bytes:
    """A workbook of the rejected rows under their own headings, each with its reason; repeated ones are only named."""
    passed_over = {normal(said_in(language, "imports.reason_heading")) for language in LANGUAGES}
    kept = [at for at, heading in enumerate(found.columns.headings) if normal(heading) not in passed_over]
    rows = [(*(written(found.rows[row.row].cells[at]) for at in kept), reason(row)) for row in mendable(found)]
    names = [str(at) for at in kept] + [_REASON]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    headings = {str(at): found.columns.headings[at] for at in kept} | {_REASON: t("imports.reason_heading")}
    table = Table(found.sheet.name, frame, headings, widths={_REASON: 60})
    named = [
        t("sheet_kinds.mend.repeated", row=row.row, reason=reason(row))
        for row in found.rejected
        if row.row in found.repeated
    ]
    return writing.xlsx([table, *([Guide(t("sheet_kinds.mend.guide"), named)] if named else [])])
