"""The one clock: what moment it is and what day, in Shanghai. A test, a freeze or a replay can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

_set_to: list[datetime] = []


def now() -> datetime:
    """This moment, aware, in Shanghai."""
    return (_set_to[-1] if _set_to else datetime.now(UTC)).astimezone(SHANGHAI)


def today() -> date:
    """The Shanghai day of `now()`."""
    return now().date()


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """The clock stands at an aware `moment` inside, for the whole process."""
    _set_to.append(moment)
    try:
        yield
    finally:
        _set_to.remove(moment)
