"""Which diners hold which tier: what coverage by tier is made of."""

from datetime import date

import polars as pl
import sqlalchemy as sa

from data_access.frames import Schema, read, stands_on
from data_access.tables.meals import Diner, Tier
from vocabulary.enums import ELDER_BANDS, Subject
from vocabulary.questions import Viewer

HOLDERS: Schema = {"diner_id": pl.Int64, "tier": pl.String}


@stands_on(Subject.MEALS)
def tier_holders(conn: sa.Connection, _viewer: Viewer, on: date) -> pl.DataFrame:
    """The residents of 60+ with a card that is valid on a day, each with the code of the tier it was given."""
    statement = (
        sa.select(Diner.id.label("diner_id"), Tier.code.label("tier"))
        .join(Tier, Tier.id == Diner.tier_id)
        .where(
            Diner.resident,
            Diner.band.in_([band.value for band in ELDER_BANDS]),
            sa.or_(Diner.valid_to.is_(None), Diner.valid_to >= on),
        )
        .order_by(Diner.id)
    )
    return read(conn, statement, HOLDERS)
