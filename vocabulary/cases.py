"""Words of the list of cases: which of them it shows and in what order."""

from enum import StrEnum


class Show(StrEnum):
    """Which cases of a period a list shows; the first three are the rows behind the figures of these names."""

    OPEN = "open"
    RECEIVED = "received"
    FINISHED = "finished"
    ALL = "all"


class Order(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"
    URGENT = "urgent"
    FINISHED = "finished"
    LONGEST = "longest"
    DUE = "due"
