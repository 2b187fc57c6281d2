"""The day curve: meals per quarter of an hour."""

from datetime import date, timedelta

import polars as pl
import sqlalchemy as sa

import clock
from data_access.frames import MOMENT, Schema, by_the_minute, read, same_for_role, stands_on
from data_access.tables.meals import Meal
from vocabulary.enums import ELDER_BANDS, Subject
from vocabulary.questions import Viewer

WEEKS = 4
OPENS, CLOSES = 6 * 60, 20 * 60
SERVED: Schema = {"served_on": pl.Date, "served_at": MOMENT, "band": pl.String}
ELDER = [band.value for band in ELDER_BANDS]


@same_for_role
@by_the_minute
@stands_on(Subject.MEALS)
def curve(conn: sa.Connection, _viewer: Viewer, day: date) -> pl.DataFrame:
    """A row a quarter from 06:00 to 20:00 and wherever a meal was served: the minute of the day it begins at,

    meals of elders and of others on that day (null for quarters still to come), and `usual`, the mean of the same
    weekday over the last four weeks with meals (null without any).
    """
    week = timedelta(7)
    days = [day - week * back for back in range(WEEKS + 1)]
    statement = sa.select(Meal.served_on, Meal.served_at, Meal.band).where(
        Meal.served_on.in_(days), Meal.void_at.is_(None)
    )
    served = read(conn, statement, SERVED).with_columns(
        quarter=pl.col("served_at").dt.hour().cast(pl.Int64) * 60 + pl.col("served_at").dt.minute() // 15 * 15,
        elder=pl.col("band").is_in(ELDER).fill_null(value=False),
    )
    own, past = served.filter(pl.col("served_on") == day), served.filter(pl.col("served_on") != day)
    weeks = past["served_on"].n_unique()
    counted = own.group_by("quarter").agg(elderly=pl.col("elder").sum(), others=(~pl.col("elder")).sum())
    usual = past.group_by("quarter").agg(usual=pl.len() / weeks)
    came = ~((pl.lit(day) == clock.today()) & (pl.col("quarter") > _minute_now()))
    return (
        _quarters(served)
        .join(counted, on="quarter", how="left")
        .join(usual, on="quarter", how="left")
        .sort("quarter")
        .select(
            "quarter",
            *(
                pl.when(came).then(pl.col(name).fill_null(0)).cast(pl.Int64).alias(name)
                for name in ("elderly", "others")
            ),
            pl.when(pl.lit(weeks) > 0).then(pl.col("usual").fill_null(0.0)).cast(pl.Float64).alias("usual"),
        )
    )


def _quarters(served: pl.DataFrame) -> pl.DataFrame:
    usual = pl.DataFrame({"quarter": list(range(OPENS, CLOSES, 15))}, schema={"quarter": pl.Int64})
    return pl.concat([usual, served.select("quarter")]).unique()


def _minute_now() -> int:
    now = clock.now()
    return now.hour * 60 + now.minute
