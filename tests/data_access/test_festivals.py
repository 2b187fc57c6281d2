"""The named days: the office's own over the bundled ones."""

from datetime import date

import sqlalchemy as sa

from access import OPERATOR
from data_access.engine import reading, writing
from data_access.festivals import named_days
from data_access.tables.rules import Workday


def test_bundled_days_hold_until_the_office_says_otherwise(engine: sa.Engine) -> None:
    own = [
        {"day": date(2026, 10, 1), "works": True, "name": "赶工"},  # a festival that this office works on
        {"day": date(2026, 11, 2), "works": False, "name": None},  # a day off of its own, without a name
        {"day": date(2026, 11, 3), "works": False, "name": "院庆"},  # after the days asked for
    ]
    with writing(engine) as conn:
        conn.execute(sa.insert(Workday), own)
    with reading(engine) as conn:
        found = named_days(conn, OPERATOR, date(2026, 9, 30), date(2026, 11, 2))
    rows = {day: (works, name) for day, works, name in found.iter_rows()}
    assert rows[date(2026, 10, 1)] == (True, "赶工")
    assert rows[date(2026, 10, 2)] == (False, "国庆节")
    assert rows[date(2026, 10, 10)] == (True, "国庆节调休")
    assert rows[date(2026, 11, 2)] == (False, None)
    assert found["day"].to_list() == sorted(rows)
    assert date(2026, 11, 3) not in rows
