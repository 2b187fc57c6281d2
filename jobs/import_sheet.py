"""Importing a sheet of cases: `python -m jobs.import_sheet cases FILE`, and what the exchange page calls."""

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
from jobs.imports.headings import field_named
from jobs.imports.preview import Preview, preview
from jobs.imports.progress import Progress, silent
from jobs.imports.rows import SHORT
from jobs.imports.words import CLOSED, OFFERED, can_mean
from jobs.imports.writing import CHANGED, write
from sheets.cells import Sheet
from sheets.reading import read
from texts import t
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible, Refusal

TRIES = 3
OTHER = "other"
LONG = 5_000
"""From so many rows on, progress is told."""


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
        return _imported(asked, file)
    except Refusal as refusal:
        if asked.json:
            print(report.refused_json(file.name, str(refusal)))
        raise


def _imported(asked: argparse.Namespace, file: Path) -> int:
    choices, say, tell = _choices(asked), sys.stderr if asked.json else sys.stdout, Told()
    engine, seal = installation.opened(), installation.contact_seal()
    sheet = read(_bytes(file), file.name)
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
    if found.hindering:
        mend = _free(file)
        mend.write_bytes(report.mend_sheet(found))
        lines.append(t("imports.cli.mend", rows=len(found.hindering), file=mend))
    return lines


def _free(file: Path) -> Path:
    """A name beside the file that nothing has yet: a sheet somebody is mending is never replaced."""
    wanted, times = file.with_name(f"{file.stem}-rejected.xlsx"), 1
    while wanted.exists():
        times += 1
        wanted = file.with_name(f"{file.stem}-rejected-{times}.xlsx")
    return wanted


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as problem:
        raise NotPossible("imports.cli.no_file", file=file, problem=problem.strerror) from None


class Told:
    """Progress at the terminal, on standard error: one line that is written over, or single lines in a log."""

    def __init__(self) -> None:
        self._over = sys.stderr.isatty()
        self._open = False

    def __call__(self, stage: str, done: int, of: int) -> None:
        if of < LONG:
            return
        line = t("imports.cli.progress", stage=t(f"imports.stage.{stage}"), done=done, of=of)
        print(f"\r{line}" if self._over else line, end="" if self._over else "\n", file=sys.stderr, flush=True)
        self._open = self._over

    def end(self) -> None:
        if self._open:
            print(file=sys.stderr)
            self._open = False


def _choices(asked: argparse.Namespace) -> Choices:
    """NotPossible for a choice that cannot be understood."""
    words = [_word(said) for said in asked.word]
    words += [("village", *_village(said)) for said in asked.village]
    if asked.source and len(asked.source) > SHORT:
        raise NotPossible("imports.cli.source_too_long", value=asked.source, longest=SHORT)
    return Choices(tuple(_column(said) for said in asked.map), tuple(words), asked.source)


def _column(said: str) -> tuple[str, str]:
    heading, field = _pair(said, "heading=field")
    return heading, field_named(field) if field else ""


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
    parser = argparse.ArgumentParser(prog="python -m jobs.import_sheet", description=t("imports.cli.about"))
    parser.add_argument("kind", choices=["cases"], help=t("imports.cli.kind"))
    parser.add_argument("file", metavar="FILE", help=t("imports.cli.file"))
    for flag in ("dry-run", "sound-rows", "json"):
        parser.add_argument(f"--{flag}", action="store_true", help=t(f"imports.cli.{flag.replace('-', '_')}"))
    for name, form in (("map", "HEADING=FIELD"), ("village", "NAME=CHOICE"), ("word", "FIELD:WORD=MEANING")):
        parser.add_argument(f"--{name}", action="append", default=[], metavar=form, help=t(f"imports.cli.{name}"))
    parser.add_argument("--source", metavar="NAME", help=t("imports.cli.source"))
    return parser


if __name__ == "__main__":
    sys.exit(terminal.ended(main))
