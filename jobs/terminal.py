"""What a job says at the terminal and is told there: in the operator's language, aligned, a refusal in one sentence."""

import getpass
import io
import os
import sys
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from data_access.engine import unreachable
from texts import Language, speaking, t
from vocabulary.refusals import Refusal


def operator_language(environment: Mapping[str, str] = os.environ) -> Language:
    """JIEFANG_LANG when it is zh or en, else English for an English machine, else Chinese."""
    chosen = environment.get("JIEFANG_LANG", "").lower()
    if chosen in ("zh", "en"):
        return "zh" if chosen == "zh" else "en"
    machine = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG") or ""
    return "en" if machine.lower().startswith("en") else "zh"


def ended(job: Callable[[], int]) -> int:
    """The exit code of a job, said in the operator's language; a refusal is one sentence on standard error and 1."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a code page without Chinese
    with speaking(operator_language()):
        try:
            return job()
        except Refusal as refusal:
            print(refusal, file=sys.stderr)
        except KeyboardInterrupt:
            return 130
        except Exception as problem:
            if not unreachable(problem):
                raise
            print(
                t("installation.unreachable", problem=" ".join(str(problem).split("\n[")[0].split())), file=sys.stderr
            )
    return 1


def password_given(question: str) -> str | None:
    """A password: asked for at a terminal, else the first line of standard input; None when left empty."""
    typed = getpass.getpass(question) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    return typed or None


def answer(question: str, given: str | None) -> str:
    """What was given, else what the operator types at a terminal, else nothing."""
    if given is not None or not sys.stdin.isatty():
        return given or ""
    return input(question).strip()


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """The rows with their columns under one another; a Chinese character is two columns wide."""
    widths = [max(_width(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell + " " * (w - _width(cell)) for cell, w in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def command(module: str) -> str:
    """How the operator starts a module of ours: with the Python that runs now, as short as it can be written."""
    python = os.path.relpath(sys.executable)
    return f"{sys.executable if python.startswith('..') else python} -m {module}"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
