"""The canteen 社区食堂: everything the product reads of its meals and writes to them."""

from data_access.meals import behind
from data_access.meals.curve import curve
from data_access.meals.daily import daily, days_with_rows, diner_days, events, hold_roll_ups, replace_days, rolled_up
from data_access.meals.selling import Sold, book, correct, serving, tiers, void
from data_access.places import elders, elders_over

__all__ = [
    "Sold",
    "behind",
    "book",
    "correct",
    "curve",
    "daily",
    "days_with_rows",
    "diner_days",
    "elders",
    "elders_over",
    "events",
    "hold_roll_ups",
    "replace_days",
    "rolled_up",
    "serving",
    "tiers",
    "void",
]
