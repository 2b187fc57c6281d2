"""Booking, correcting and voiding meals together with the daily rows of their day, in one transaction."""

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
    list_fen: int | None = None,
    card: str | None = None,
    at: datetime | None = None,
    *,
    again: bool = False,
) -> Sold:
    """Books one meal (see `data_access.meals.book`)."""
    sold = meals.book(conn, viewer, canteen, meal, mode, list_fen, card, at, again=again)
    rollup.refresh(conn, [sold.served_on])
    return sold


def correct(
    conn: Connection,
    viewer: Viewer,
    number: str,
    seen_version: int,
    reason: str,
    *,
    meal: MealKind,
    mode: MealMode,
    card: str | None,
) -> None:
    """Writes a sale as it should have been (see `data_access.meals.correct`)."""
    rollup.refresh(conn, [meals.correct(conn, viewer, number, seen_version, reason, meal=meal, mode=mode, card=card)])


def void(conn: Connection, viewer: Viewer, number: str, reason: str) -> None:
    """Takes a sale back (see `data_access.meals.void`)."""
    rollup.refresh(conn, [meals.void(conn, viewer, number, reason)])
