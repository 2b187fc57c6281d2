"""Days and moments in the forms that Chinese offices and ISO 8601 write them."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import cast
from zoneinfo import ZoneInfo

from clock import SHANGHAI
from sheets.cells import Cell, from_serial
from vocabulary.refusals import NotPossible

YEARS = range(1900, 2100)
SERIALS = (32_874, 73_051)
"""Plain numbers that count as days since 1900: from 1990 to the end of 2099."""

_DAY = (
    r"(?P<y>\d{1,4})(?:(?P<mark>[-/.])(?P<m>\d{1,2})(?P=mark)(?P<d>\d{1,2})|年(?P<m2>\d{1,2})月(?P<d2>\d{1,2})[日号]?)"
)
_WEEKDAY = r"(?: ?\(?(?:星期|周)[一二三四五六日天]\)?)?"
_BETWEEN = r"(?:[ T]|(?<!\d)|(?=上午|下午))"
_CLOCK = r"(?P<H>\d{1,2}):(?P<M>\d{1,2})(?::(?P<S>\d{1,2})(?:\.\d+)?)?"
_SPOKEN = r"(?P<H2>\d{1,2})[时点](?:(?P<M2>\d{1,2})分?)?(?:(?<=分)(?P<S2>\d{1,2})秒)?"
_HALF, _HALF_AFTER = r"(?:(?P<half>上午|下午|AM|PM) ?)?", r"(?: ?(?P<half2>AM|PM))?"
_ZONE = r"(?: ?(?P<zone>Z|[+-]\d{2}:?\d{2}))?"
_WRITTEN = re.compile(
    f"{_DAY}{_WEEKDAY}(?:{_BETWEEN}{_HALF}(?:{_CLOCK}|{_SPOKEN}){_HALF_AFTER}{_ZONE})?", re.IGNORECASE | re.ASCII
)
_LOOSE = re.compile(r" ?([年月日时点分秒]) ?")
_COMPACT = re.compile(
    r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:[ T]?(?P<H>\d{2})(?P<colon>:?)(?P<M>\d{2})(?:(?P=colon)(?P<S>\d{2}))?)?",
    re.ASCII,
)


def read_moment(value: Cell) -> datetime | None:
    """In Shanghai, whole seconds; None when it is no moment. NotPossible for one that cannot be (30 February)."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _numbered(value)
    if isinstance(value, str):
        found = _COMPACT.fullmatch(value) or _WRITTEN.fullmatch(_LOOSE.sub(r"\1", value))
        return _written(value, found) if found else None
    if isinstance(value, datetime):
        return value.replace(microsecond=0, tzinfo=value.tzinfo or SHANGHAI).astimezone(SHANGHAI)
    return datetime.combine(value, time(), SHANGHAI) if isinstance(value, date) else None


def read_day(value: Cell) -> date | None:
    found = read_moment(value)
    return found.date() if found else None


def _numbered(value: float) -> datetime | None:
    """20190425 and the like as they read, else days since 1900 where that is plausible."""
    if isinstance(value, int) and len(str(value)) in {8, 12, 14}:
        return read_moment(str(value))
    if SERIALS[0] <= value < SERIALS[1]:
        return read_moment(cast("datetime | date", from_serial(value)))
    return None


def _written(value: str, found: re.Match[str]) -> datetime:
    part = found.groupdict()
    year = part["y"]
    if len(year) < 4:
        raise NotPossible("sheets.short_year", value=value)
    if int(year) not in YEARS:
        raise NotPossible("sheets.no_such_moment", value=value)
    month, day, hour, minute, second = (int(part[name] or part.get(f"{name}2") or 0) for name in "mdHMS")
    half = (part.get("half") or part.get("half2") or "").upper()
    try:
        moment = datetime(int(year), month, day, _hour(hour, half), minute, second, tzinfo=_zone(part.get("zone")))
        return moment.astimezone(SHANGHAI)
    except ValueError as impossible:
        raise NotPossible("sheets.no_such_moment", value=value) from impossible


def _hour(hour: int, half: str) -> int:
    """Of 24, from one of 12 with its half of the day; ValueError for 上午 14."""
    if half in {"上午", "AM"}:
        if hour > 12:
            raise ValueError(hour)
        return hour % 12
    return hour + 12 if half and hour < 12 else hour


def _zone(text: str | None) -> ZoneInfo | timezone:
    if not text:
        return SHANGHAI
    if text.upper() == "Z":
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))
