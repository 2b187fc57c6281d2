"""The tables, typed; one file a subject. Import this package to have them all on `Base.metadata`."""

from data_access.tables import (
    accounts,
    activities,
    canteen,
    cases,
    claims,
    desk,
    health,
    meals,
    peace_post,
    places,
    records,
    renewal,
    rules,
    stalls,
    suggestion,
    volunteers,
)
from data_access.tables.base import Base

__all__ = [
    "Base",
    "accounts",
    "activities",
    "canteen",
    "cases",
    "claims",
    "desk",
    "health",
    "meals",
    "peace_post",
    "places",
    "records",
    "renewal",
    "rules",
    "stalls",
    "suggestion",
    "volunteers",
]
