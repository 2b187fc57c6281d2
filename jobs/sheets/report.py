"""What an import of a kind says of itself: sentences, one JSON object, the sheet of rejected rows to mend."""

import json
from collections.abc import Iterator

from jobs.imports.report import LISTED, reason, to_mend
from jobs.sheets.preview import Preview
from texts import t


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


def mend_sheet(found: Preview) -> bytes:
    """A workbook of the rejected rows under their own headings, each with its reason."""
    return to_mend(found.sheet.name, found.columns.headings, found.rows, found.rejected)
