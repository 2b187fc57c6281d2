"""What a cell of a column says, and what it says when it cannot be: one sentence that names the value."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from typing import Any

from data_access.books import Coded
from jobs.imports.rows import one_line
from jobs.imports.spots import folded
from jobs.imports.words import says_nothing
from jobs.sheets.kinds import Column, Holds
from sheets import cleaning
from sheets.cells import Cell
from texts import LANGUAGES, said_in, t
from vocabulary.refusals import NotPossible, home_of_words

Codes = Mapping[str, Mapping[str, str]]
"""By what a code is of, the code of each folded code and name."""
NAMED = 12
_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?", re.ASCII)
_TIME = re.compile(r"(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?", re.ASCII)
_YUAN = re.compile(r"^[¥￥]|元$")
_PARTS = re.compile(r"[、,，;；/\s]+")


@dataclass(frozen=True)
class Reader:
    """Reads cells; `codes` are the things a sheet may name."""

    codes: Codes

    def value(self, column: Column, cell: Cell) -> Any:
        """None for an empty cell. NotPossible names the value."""
        said = one_line(cell) if column.holds is not Holds.TEXT else cleaning.text(cell)
        if said is None or (column.holds is not Holds.TEXT and says_nothing(said)):
            return None
        match column.holds:
            case Holds.TEXT:
                return _text(column, said)
            case Holds.WORD:
                return _word(column, said)
            case Holds.WORDS:
                found = {_word(column, part) for part in _PARTS.split(said) if part}
                assert column.words is not None
                return tuple(word.value for word in column.words if word.value in found)
            case Holds.CODE:
                return self._code(column, said)
            case Holds.CODES:
                return tuple(dict.fromkeys(self._code(column, part) for part in _PARTS.split(said) if part))
        return PLAIN[column.holds](column, cell)

    def usual(self, column: Column) -> Any:
        """What an empty cell of a new row means."""
        if column.lone and len(there := set(self.codes[column.of].values())) == 1:
            return next(iter(there))
        return column.usual

    def _code(self, column: Column, said: str) -> str:
        known = self.codes[column.of]
        found = known.get(folded(said))
        if found is None:
            some = list(dict.fromkeys(known.values()))
            there = "、".join(some[:NAMED]) + ("……" if len(some) > NAMED else "")
            what = t(f"sheet_kinds.of.{column.of}")
            raise NotPossible("sheet_kinds.refused.no_such", what=what, value=said, there=there or t("words.none"))
        return found


def codes_of(things: Mapping[str, list[Coded]]) -> Codes:
    """A name that two things share means neither; a code always means its own thing."""
    found: dict[str, dict[str, str]] = {}
    for what, some in things.items():
        by_name: dict[str, set[str]] = {}
        for one in some:
            for name in one.names:
                by_name.setdefault(folded(name), set()).add(one.code)
        found[what] = {name: next(iter(codes)) for name, codes in by_name.items() if len(codes) == 1}
        found[what] |= {folded(one.code): one.code for one in some}
    return found


def _text(column: Column, said: str) -> str:
    if len(said) > column.longest:
        raise NotPossible("imports.too_long", value=cleaning.shown(said), longest=column.longest)
    return said


def _word(column: Column, said: str) -> str:
    assert column.words is not None
    found = vocabulary(column.words).get(folded(said))
    if found is None:
        there = "、".join(words_of(column))
        raise NotPossible("sheet_kinds.refused.no_word", value=cleaning.shown(said), there=there)
    return found


def words_of(column: Column) -> list[str]:
    """The reader's words for a column, as a drop-down offers them."""
    assert column.words is not None
    return [t(f"{home_of_words(column.words)}.{member.value}") for member in column.words]


@cache
def vocabulary(words: type[StrEnum]) -> Mapping[str, str]:
    """What each folded word of an enumeration means, in both languages and as it is kept."""
    found: dict[str, str] = {}
    for member in words:
        own = (said_in(language, f"{home_of_words(words)}.{member.value}") for language in LANGUAGES)
        for word in (member.value, *own):
            found.setdefault(folded(word), member.value)
    return found


def _whole(column: Column, cell: Cell) -> int:
    found = cleaning.number(cell)
    if not isinstance(found, int) or not 0 <= found <= column.most:
        raise NotPossible("imports.not_a_count", value=cleaning.shown(cell))
    return found


def _number(_column: Column, cell: Cell) -> float:
    return float(cleaning.number(cell))


def _yuan(column: Column, cell: Cell) -> int:
    """In fen."""
    plain = _YUAN.sub("", cleaning.text(cell) or "").strip() if isinstance(cell, str) else cell
    fen = cleaning.number(plain) * 100
    if abs(fen - round(fen)) > 1e-6 or abs(fen) > column.most:
        raise NotPossible("sheet_kinds.refused.not_yuan", value=cleaning.shown(cell))
    return round(fen)


def _day(_column: Column, cell: Cell) -> date:
    return cleaning.day(cell)


def _month(_column: Column, cell: Cell) -> date:
    """The first day of a month."""
    if isinstance(cell, str) and (found := _MONTH.fullmatch(cell.strip())) and 1 <= int(found[2]) <= 12:
        return date(int(found[1]), int(found[2]), 1)
    try:
        return cleaning.day(cell).replace(day=1)
    except NotPossible:
        raise NotPossible("sheet_kinds.refused.not_a_month", value=cleaning.shown(cell)) from None


def _moment(_column: Column, cell: Cell) -> datetime:
    return cleaning.moment(cell)


def _time(_column: Column, cell: Cell) -> time:
    if isinstance(cell, datetime | time):
        return (cell.time() if isinstance(cell, datetime) else cell).replace(microsecond=0)
    found = _TIME.fullmatch(cell.strip()) if isinstance(cell, str) else None
    if found is None or int(found[1]) > 23 or int(found[2]) > 59 or int(found[3] or 0) > 59:
        raise NotPossible("sheet_kinds.refused.not_a_time", value=cleaning.shown(cell))
    return time(int(found[1]), int(found[2]), int(found[3] or 0))


def _yes_no(_column: Column, cell: Cell) -> bool | None:
    return cleaning.yes_no(cell)


PLAIN: Mapping[Holds, Callable[[Column, Cell], Any]] = {
    Holds.WHOLE: _whole,
    Holds.NUMBER: _number,
    Holds.YUAN: _yuan,
    Holds.DAY: _day,
    Holds.MONTH: _month,
    Holds.MOMENT: _moment,
    Holds.TIME: _time,
    Holds.YES_NO: _yes_no,
}
