"""Punctuality 按时 / 临期 / 超时 / 严重超时 as one predicate, over whatever compares: columns of SQL or of a frame."""

from datetime import timedelta
from typing import Any

from vocabulary.desk import Punctuality

SOON = timedelta(hours=24)


def conditions(due: Any, severe: Any, end: Any, is_open: Any, soon: Any) -> dict[Punctuality, Any]:
    """The condition of each label; exactly one holds for a case that has a due moment.

    `end` is when the case was finished, or now while it is open; `soon` is SOON after now; `severe` is never null.
    """
    late = end > due
    worst = end > severe
    near = is_open & (due <= soon)
    return {
        Punctuality.SEVERE: late & worst,
        Punctuality.OVERDUE: late & ~worst,
        Punctuality.DUE_SOON: near & ~late,
        Punctuality.ON_TIME: ~near & ~late,
    }
