"""Words of the claim ledger: the systems, what a published figure says of its number, and over what it is counted."""

from enum import StrEnum


class System(StrEnum):
    CRAFTS = "S1"
    PEACE_POST = "S2"
    CANTEEN = "S3"
    HOSPITAL = "S4"
    STEWARD = "S5"
    VOLUNTEERS = "S6"
    CENTRE = "S7"
    DELIBERATION = "S8"
    RENEWAL = "S9"
    RESPONSIBILITY = "S10"
    ORGANISATION = "S11"


class Qualifier(StrEnum):
    EXACT = "exact"
    AT_LEAST = "at_least"
    ABOUT = "about"
    BETWEEN = "between"


class ClaimScope(StrEnum):
    """Over what the counted figure beside the claim is taken."""

    SO_FAR = "so_far"
    A_DAY = "a_day"
    STANDING = "standing"


class ClaimUnit(StrEnum):
    PLACES = "places"
    ITEMS = "items"
    PEOPLE = "people"
    VISITS = "visits"
    TIMES = "times"
    SQUARE_METRES = "square_metres"
