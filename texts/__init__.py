"""Every word a reader sees: one file a subject and language, looked up by `subject.key`."""

import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
FOLDER = Path(__file__).parent

_spoken: ContextVar[Language | None] = ContextVar("spoken", default=None)
_reader: list[Callable[[], Language | None]] = []


def language() -> Language:
    """The language being spoken: set by `speaking`, else the reader's own, else Chinese."""
    return _spoken.get() or (_reader[0]() if _reader else None) or "zh"


def follow_reader(source: Callable[[], Language | None]) -> None:
    """Ask `source` for the language whenever nobody set one (the pages hand in the session's choice)."""
    _reader[:] = [source]


@contextmanager
def speaking(spoken: Language) -> Iterator[None]:
    """Everything inside is said in `spoken`."""
    token = _spoken.set(spoken)
    try:
        yield
    finally:
        _spoken.reset(token)


def t(key: str, /, **values: object) -> str:
    """The sentence for `subject.key` in the language being spoken, with `{names}` filled in.

    A missing key is a bug and raises KeyError.
    """
    return said_in(language(), key, **values)


def said_in(spoken: Language, key: str, /, **values: object) -> str:
    """The sentence in a named language."""
    sentence = catalogue(spoken)[key]
    return sentence.format(**values) if values else sentence


def known(key: str) -> bool:
    """Is there a sentence for this key?"""
    return key in catalogue("zh")


@cache
def catalogue(spoken: Language) -> dict[str, str]:
    """All sentences of a language by dotted key."""
    files = sorted((FOLDER / spoken).glob("*.toml"))
    return {
        f"{file.stem}.{key}": sentence
        for file in files
        for key, sentence in _flat(tomllib.loads(file.read_text(encoding="utf-8")))
    }


def _flat(table: dict[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", str(value)
