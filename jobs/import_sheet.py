"""Importing a sheet: `python -m jobs.import_sheet KIND FILE`; of cases here, also for the exchange page."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from access import OPERATOR
from data_access.engine import Engine, reading
from data_access.sealing import Seal
from jobs import installation, terminal
from jobs.imports import report
from jobs.imports.choices import ANY, Choices
from jobs.imports.files import bytes_of, free_name
from jobs.imports.headings import field_named
from jobs.imports.preview import Preview, preview
from jobs.imports.progress import Progress, Told, silent
from jobs.imports.rows import SHORT
from jobs.imports.words import CLOSED, OFFERED, can_mean
from jobs.imports.writing import CHANGED, write
from jobs.sheets import command
from jobs.sheets.declared import KINDS
from sheets.cells import Sheet
from sheets.reading import read
from texts import t
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible, Refusal

TRIES = 3
CASES, OTHER = "cases", "other"


def previewed(
    engine: Engine, viewer: Viewer, sheet: Sheet, file: str, choices: Choices, seal: Seal, tell: Progress = silent
) -> Preview:
    """What importing this sheet would do."""
    with reading(engine) as conn:
        return preview(conn, viewer, sheet, file, choices, seal, tell)


def main(words: Sequence[str] | None = None) -> int:
    """The command: 1 when the file is refused or rejected rows keep it from being written."""
    asked = _parser().parse_args(words)
    file = Path(asked.file)
    try:
        return _imported(asked, file) if asked.kind == CASES else command.run(asked, _pairs(asked.map))
    except Refusal as refusal:
        if asked.json:
            print(report.refused_json(file.name, str(refusal)))
        raise


def _imported(asked: argparse.Namespace, file: Path) -> int:
    choices, say, tell = _choices(asked), sys.stderr if asked.json else sys.stdout, Told()
    engine, seal = installation.opened(), installation.contact_seal()
    sheet = read(bytes_of(file), file.name)
    found, batch = _tried(engine, sheet, file.name, choices, seal, tell, asked)
    tell.end()
    for line in (*report.sentences(found), *_outcome(asked, file, found, batch)):
        print(line, file=say)
    if asked.json:
        print(report.as_json(found, batch))
    return int(_stopped(asked, found))


def _tried(
    engine: Engine, sheet: Sheet, file: str, choices: Choices, seal: Seal, tell: Progress, asked: argparse.Namespace
) -> tuple[Preview, int | None]:
    """What was found, and the batch when it was written. When somebody else was faster, it is looked at again."""
    for tries_left in reversed(range(TRIES)):
        found = previewed(engine, OPERATOR, sheet, file, choices, seal, tell)
        if asked.dry_run or _stopped(asked, found):
            break
        try:
            return found, write(engine, OPERATOR, found, seal, tell).batch
        except NotPossible as refusal:
            if refusal.key != CHANGED or not tries_left:
                raise
    return found, None


def _stopped(asked: argparse.Namespace, found: Preview) -> bool:
    """Do rejected rows keep this from being written?"""
    return bool(found.hindering) and not (asked.sound_rows and found.sound)


def _outcome(asked: argparse.Namespace, file: Path, found: Preview, batch: int | None) -> list[str]:
    if asked.dry_run:
        return [t("imports.cli.dry")]
    if batch is None:
        return [t("imports.cli.none_sound" if asked.sound_rows else "imports.cli.not_written")]
    lines = [t("imports.cli.written", batch=batch)]
    if rows := report.mendable(found.hindering):
        mend = free_name(file)
        mend.write_bytes(report.mend_sheet(found))
        lines.append(t("imports.cli.mend", rows=len(rows), file=mend))
    return lines


def _choices(asked: argparse.Namespace) -> Choices:
    """NotPossible for a choice that cannot be understood."""
    words = [_word(said) for said in asked.word]
    words += [("village", *_village(said)) for said in asked.village]
    if asked.source and len(asked.source) > SHORT:
        raise NotPossible("imports.cli.source_too_long", value=asked.source, longest=SHORT)
    columns = ((heading, field_named(field) if field else "") for heading, field in _pairs(asked.map))
    return Choices(tuple(columns), tuple(words), asked.source)


def _pairs(mapped: Sequence[str]) -> list[tuple[str, str]]:
    return [_pair(said, "heading=field") for said in mapped]


def _village(said: str) -> tuple[str, str]:
    name, choice = _pair(said, "other=keep|leave")
    if choice not in OFFERED["village"]:
        raise NotPossible("imports.cli.bad_pair", said=said, form="other=keep|leave")
    return ANY if name == OTHER else name, choice


def _word(said: str) -> tuple[str, str, str]:
    named, meaning = _pair(said, "field:word=meaning")
    field, colon, word = named.replace("：", ":").partition(":")
    if not (colon and word.strip()):
        raise NotPossible("imports.cli.bad_pair", said=said, form="field:word=meaning")
    name = field_named(field)
    if name not in (*CLOSED, *OFFERED):
        raise NotPossible("imports.cli.no_words", field=field)
    if not can_mean(name, meaning):
        raise NotPossible("imports.no_such_meaning", value=word.strip(), chosen=meaning)
    return name, word.strip(), meaning


def _pair(said: str, form: str) -> tuple[str, str]:
    left, equals, right = said.rpartition("=")
    if not (equals and left.strip()):
        raise NotPossible("imports.cli.bad_pair", said=said, form=form)
    return left.strip(), right.strip()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m jobs.import_sheet", description=t("sheet_kinds.cli.about"))
    kinds = t("sheet_kinds.cli.kinds", kinds=", ".join(f"{kind.key}（{kind.name}）" for kind in KINDS.values()))
    parser.add_argument("kind", choices=[CASES, *KINDS], metavar="KIND", help=kinds)
    parser.add_argument("file", metavar="FILE", help=t("imports.cli.file"))
    for flag in ("dry-run", "sound-rows", "json"):
        parser.add_argument(f"--{flag}", action="store_true", help=t(f"imports.cli.{flag.replace('-', '_')}"))
    for name, form in (("map", "HEADING=FIELD"), ("village", "NAME=CHOICE"), ("word", "FIELD:WORD=MEANING")):
        parser.add_argument(f"--{name}", action="append", default=[], metavar=form, help=t(f"imports.cli.{name}"))
    parser.add_argument("--source", metavar="NAME", help=t("imports.cli.source"))
    return parser


if __name__ == "__main__":
    sys.exit(terminal.ended(main))
