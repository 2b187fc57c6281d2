"""The craft workshops that stand, with how many stalls each has."""

from datetime import date

import polars as pl
import sqlalchemy as sa

from access import Permission
from data_access import evidence
from data_access.frames import Schema, read, same_for_role, stands_on
from data_access.tables.places import Place
from data_access.tables.stalls import Stall
from texts import language
from vocabulary.enums import PlaceKind, PlaceStatus, Subject
from vocabulary.questions import Filters, Period, Viewer

STANDING: Schema = {"workshop": pl.String, "place_status": pl.String, "stalls": pl.Int64}


@same_for_role
@stands_on(Subject.PLACES, Subject.STALLS)
def standing(conn: sa.Connection, _viewer: Viewer, _since: date, _until: date) -> pl.DataFrame:
    """One row a workshop that is not closed now."""
    name = sa.func.coalesce(Place.name_en, Place.name) if language() == "en" else Place.name
    statement = (
        sa.select(name.label("workshop"), Place.status.label("place_status"), sa.func.count(Stall.id).label("stalls"))
        .outerjoin(Stall, Stall.place_id == Place.id)
        .where(Place.kind == PlaceKind.CRAFT_WORKSHOP, Place.status != PlaceStatus.CLOSED)
        .group_by(Place.id, Place.name, Place.name_en, Place.status)
        .order_by(Place.id)
    )
    return read(conn, statement, STANDING)


def _behind(conn: sa.Connection, viewer: Viewer, period: Period, _filters: Filters) -> pl.DataFrame:
    return standing(conn, viewer, period.since, period.until)


evidence.SUBJECTS["workshops"] = evidence.Derived(Permission.SEE_STALL_ROWS, _behind)
