"""The weights of satisfaction, as the office sets them."""

import polars as pl
import sqlalchemy as sa

from data_access.rules import USUAL, numbers
from vocabulary.desk import Satisfaction
from vocabulary.questions import Viewer
from vocabulary.rules import Number


def satisfaction_weight(conn: sa.Connection, viewer: Viewer) -> pl.Expr:
    """What the `satisfaction` of a row counts for in the rate (0-1), by the rule of its `called_on`."""
    versions = numbers(conn, viewer).sort("from_on").to_dicts()
    weight = pl.lit(None, pl.Float64)
    for answer in Satisfaction:
        name = Number(f"weight_{answer.value}")
        held = pl.lit(USUAL[name][0])
        for version in versions:
            if version["name"] == name.value:
                ruled = pl.col("called_on").is_between(version["from_on"], version["to_on"] or pl.col("called_on"))
                held = pl.when(ruled).then(pl.lit(version["value"])).otherwise(held)
        weight = pl.when(pl.col("satisfaction") == answer.value).then(held).otherwise(weight)
    return weight
