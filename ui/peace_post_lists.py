"""The lists of the peace post, one row of which is always chosen."""

from typing import Any

import polars as pl

from texts import t
from ui.choosing import position


def listed(name: str, rows: pl.DataFrame, shown: pl.DataFrame, *, new: str = "", **columns: Any) -> int | None:
    """Draws `shown`, which has a line for each of `rows`; gives the id of the chosen one: the first
    where nothing else was, and again when the form `new` has made a row."""
    at = position(name, rows["id"].to_list(), shown, required=True, new=new, **columns)
    return None if at is None else int(rows["id"][at])


def days_late(late: int) -> str:
    """Overdue by so many days, or due today."""
    return t("peace_post.days_late", days=late) if late > 0 else t("peace_post.due_today")
