"""Books: what the sheets of each kind are compared with, and how their rows are written."""

from data_access.books.batches import Counts, batches, keep
from data_access.books.book import Book, Key, Row, Writer, attempt, counted, listed, open_book, same, stored, turn
from data_access.books.canteen import CANTEEN_DAYS, DINERS, FOOD_SAFETY, SUBSIDY_CLAIMS
from data_access.books.coded import Coded, coded
from data_access.books.meals import MEALS, MealWriter
from data_access.books.office import BUILDINGS, ELDER_COUNTS, GRIDS, TARGETS, WORKDAYS
from data_access.books.peace_post import DISPUTES, OPINIONS
from data_access.books.people import ACTIVITIES, HEALTH_MONTHS, PARTY_PLANS, SERVICE_RECORDS, VOLUNTEERS
from data_access.books.renewal import PROJECTS, PROPOSALS
from data_access.books.stalls import STALL_DAYS

__all__ = [
    "ACTIVITIES",
    "BUILDINGS",
    "CANTEEN_DAYS",
    "DINERS",
    "DISPUTES",
    "ELDER_COUNTS",
    "FOOD_SAFETY",
    "GRIDS",
    "HEALTH_MONTHS",
    "MEALS",
    "OPINIONS",
    "PARTY_PLANS",
    "PROJECTS",
    "PROPOSALS",
    "SERVICE_RECORDS",
    "STALL_DAYS",
    "SUBSIDY_CLAIMS",
    "TARGETS",
    "VOLUNTEERS",
    "WORKDAYS",
    "Book",
    "Coded",
    "Counts",
    "Key",
    "MealWriter",
    "Row",
    "Writer",
    "attempt",
    "batches",
    "coded",
    "counted",
    "keep",
    "listed",
    "open_book",
    "same",
    "stored",
    "turn",
]
