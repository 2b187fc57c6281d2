"""What the declarations of kinds share: the days, moments and numbers of examples, columns that name a thing."""

from datetime import date, datetime

from clock import SHANGHAI
from jobs.sheets.kinds import Column, Holds
from vocabulary.enums import Level

DAY, NEXT = date(2000, 1, 3), date(2000, 1, 4)
AT, LATER = (datetime(2000, 1, 3, hour, 30, tzinfo=SHANGHAI) for hour in (12, 14))
NUMBER = "示例-0001"
"""Examples are of a number or a day that no real row has: a row that says only what the example says is passed over."""


def code(field: str, example: str, *, needed: bool = False, lone: bool = False, of: str = "") -> Column:
    """A column that names a thing by its code or name."""
    return Column(field, Holds.CODE, example, needed, of=of or field, lone=lone)


GRID = code("grid", "1")
UNIT = code("unit", "1")
LEVEL = Column("level", Holds.WORD, None, words=Level)
