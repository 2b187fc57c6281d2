"""Booking and voiding meals together with the daily rows of their day, in one transaction."""

from datetime import datetime

from data_access import meals
from data_access.engine import Connection
from data_access.meals import Sold
from jobs import rollup
from vocabulary.enums import MealKind, MealMode
from vocabulary.questions import Viewer


def book(
    conn: Connection,
    viewer: Viewer,
    canteen: str,
    meal: MealKind,
    mode: MealMode,
    list_fen: int,
    card: str | None = None,
    at: datetime | None = None,
) -> Sold:
    """Books one meal (see `data_access.meals.book`)."""
    sold = meals.book(conn, viewer, canteen, meal, mode, list_fen, card, at)
    rollup.refresh(conn, [sold.served_on])
    return sold


def void(conn: Connection, viewer: Viewer, number: str, reason: str) -> None:
    """Takes a sale back (see `data_access.meals.void`)."""
    rollup.refresh(conn, [meals.void(conn, viewer, number, reason)])
