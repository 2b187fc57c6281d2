"""The command's part for every kind but cases: the same choices, the same JSON, the same sheet to mend."""

import sys
from argparse import Namespace
from pathlib import Path

from access import OPERATOR
from data_access.engine import Engine
from jobs import installation
from jobs.imports.files import bytes_of, free_name
from jobs.imports.progress import Told
from jobs.imports.report import mendable
from jobs.sheets import report
from jobs.sheets.columns import Mapped, field_named
from jobs.sheets.declared import KINDS
from jobs.sheets.kinds import Kind
from jobs.sheets.preview import CHANGED, Preview, previewed, write
from sheets.cells import Sheet
from sheets.reading import read
from texts import t
from vocabulary.refusals import NotPossible

TRIES = 3
OF_CASES = ("word", "village", "source")


def run(asked: Namespace, mapped: list[tuple[str, str]]) -> int:
    """Imports the file; 1 when rejected rows keep it from being written."""
    kind = KINDS[asked.kind]
    if given := [f"--{name}" for name in OF_CASES if getattr(asked, name)]:
        raise NotPossible("sheet_kinds.cli.not_here", kind=kind.name, flags="、".join(given))
    fields = tuple((heading, field_named(kind, said) if said else "") for heading, said in mapped)
    file, say, tell = Path(asked.file), sys.stderr if asked.json else sys.stdout, Told()
    engine, sheet = installation.opened(), read(bytes_of(file), file.name)
    found, batch = _done(engine, kind, sheet, file.name, fields, tell, asked)
    tell.end()
    for line in (*report.sentences(found), *_outcome(asked, file, found, batch)):
        print(line, file=say)
    if asked.json:
        print(report.as_json(found, batch))
    return int(_stopped(asked, found))


def _done(
    engine: Engine, kind: Kind, sheet: Sheet, file: str, mapped: Mapped, tell: Told, asked: Namespace
) -> tuple[Preview, int | None]:
    """What was found, and the batch when it was written. When somebody else was faster, it is looked at again."""
    for tries_left in reversed(range(TRIES)):
        found = previewed(engine, OPERATOR, kind, sheet, file, mapped, tell)
        if asked.dry_run or _stopped(asked, found):
            break
        try:
            return found, write(engine, OPERATOR, found, tell)
        except NotPossible as refusal:
            if refusal.key != CHANGED or not tries_left:
                raise
    return found, None


def _stopped(asked: Namespace, found: Preview) -> bool:
    return bool(found.rejected) and not (asked.sound_rows and found.sound)


def _outcome(asked: Namespace, file: Path, found: Preview, batch: int | None) -> list[str]:
    if asked.dry_run:
        return [t("imports.cli.dry")]
    if batch is None:
        return [t("imports.cli.none_sound" if asked.sound_rows else "imports.cli.not_written")]
    lines = [t("imports.cli.written", batch=batch)]
    if rows := mendable(found.rejected):
        mend = free_name(file)
        mend.write_bytes(report.mend_sheet(found))
        lines.append(t("imports.cli.mend", rows=len(rows), file=mend))
    return lines
