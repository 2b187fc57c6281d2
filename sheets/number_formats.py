"""Which number formats show a date, and which a length of time."""

import re
from enum import Enum
from functools import lru_cache


class Shows(Enum):
    NUMBER = "number"
    MOMENT = "moment"
    DURATION = "duration"


_MOMENTS = {*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)}
_DURATION = 46
_LONGEST = 255
_SILENT = re.compile(r'"[^"]*"|\\.|_.|\*.')
_BRACKETS = re.compile(r"\[[^\]]*\]")
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)


@lru_cache(1000)
def shows(number: int, code: str | None = None) -> Shows:
    """By the code when the workbook defines one, else by the built-in number (27–36 and 50–58: Chinese dates)."""
    if code is None:
        return Shows.MOMENT if number in _MOMENTS else Shows.DURATION if number == _DURATION else Shows.NUMBER
    section = _SILENT.sub("", code[:_LONGEST]).split(";")[0]
    if _ELAPSED.search(section):
        return Shows.DURATION
    bare = _BRACKETS.sub("", section).lower().replace("general", "")
    return Shows.MOMENT if re.search(r"[ymdhs年月日]", bare) else Shows.NUMBER
