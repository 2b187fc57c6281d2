"""The enumerations of the domain, in its standard terms; the reader's words for them stand in texts/*/words.toml."""

from enum import StrEnum


class Role(StrEnum):
    OFFICIAL = "official"
    WORKER = "worker"
    UNIT = "unit"
    PRESENTER = "presenter"
    FEEDER = "feeder"
    ADMIN = "admin"


class Feed(StrEnum):
    """What a feeder reports: the subject its account may write."""

    CANTEEN = "canteen"
    HOSPITAL = "hospital"
    PEACE_POST = "peace_post"
    VOLUNTEERS = "volunteers"
    STALLS = "stalls"
    ACTIVITIES = "activities"


class PlaceKind(StrEnum):
    CRAFT_WORKSHOP = "craft_workshop"
    PEACE_POST = "peace_post"
    SERVICE_CENTRE = "service_centre"
    HOSPITAL = "hospital"
    CANTEEN = "canteen"
    VOLUNTEER_POST = "volunteer_post"
    COURTYARD = "courtyard"


class PlaceStatus(StrEnum):
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


class Accuracy(StrEnum):
    SURVEYED = "surveyed"
    APPROXIMATE = "approximate"
    SCHEMATIC = "schematic"


class Trade(StrEnum):
    KEY = "key"
    SHOE = "shoe"
    HAIRCUT = "haircut"
    TAILORING = "tailoring"
    REPAIR = "repair"


class AgeBand(StrEnum):
    """Age bands of diners; the residents of 60+ are counted in the last four."""

    UNDER_60 = "under_60"
    A60 = "60-69"
    A70 = "70-79"
    A80 = "80-89"
    A90 = "90+"


ELDER_BANDS = (AgeBand.A60, AgeBand.A70, AgeBand.A80, AgeBand.A90)


class CaseStatus(StrEnum):
    PENDING = "pending"
    ACCEPTED = "accepted"
    ASSIGNED = "assigned"
    SIGNED = "signed"
    HANDLING = "handling"
    FINISHED = "finished"
    FOLLOWED_UP = "followed_up"
    ARCHIVED = "archived"
    RETURNED = "returned"
    REOPENING = "reopening"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


OPEN_STATUSES = (
    CaseStatus.PENDING,
    CaseStatus.ACCEPTED,
    CaseStatus.ASSIGNED,
    CaseStatus.SIGNED,
    CaseStatus.HANDLING,
    CaseStatus.RETURNED,
    CaseStatus.REOPENING,
)
UNDER_WAY = OPEN_STATUSES[1:]
"""Accepted and not yet finished: the clock of such a case runs."""
DONE_STATUSES = (CaseStatus.FINISHED, CaseStatus.FOLLOWED_UP, CaseStatus.ARCHIVED)
DROPPED_STATUSES = (CaseStatus.REJECTED, CaseStatus.WITHDRAWN, CaseStatus.MERGED)


class Channel(StrEnum):
    HOTLINE = "hotline"
    GRID = "grid"
    WALK_IN = "walk_in"
    HOME_VISIT = "home_visit"
    COURTYARD = "courtyard"
    DISCUSSION = "discussion"
    PHONE = "phone"
    MESSAGE = "message"
    PEACE_POST = "peace_post"
    VOLUNTEER = "volunteer"
    TRANSFER = "transfer"


class CaseType(StrEnum):
    CONSULT = "consult"
    HELP = "help"
    COMPLAINT = "complaint"
    REPORT = "report"
    SUGGESTION = "suggestion"
    PRAISE = "praise"


class Board(StrEnum):
    PARTY = "party"
    ECONOMY = "economy"
    LIVELIHOOD = "livelihood"
    SAFETY = "safety"


class Field(StrEnum):
    VOLUNTEERING = "volunteering"
    PROPERTY = "property"
    MEDIATION = "mediation"
    CARE = "care"


class Urgency(StrEnum):
    EMERGENCY = "emergency"
    URGENT = "urgent"
    NORMAL = "normal"
    COMPLEX = "complex"


class ReporterKind(StrEnum):
    RESIDENT = "resident"
    RENTER = "renter"
    MERCHANT = "merchant"
    OTHER = "other"


class CaseResult(StrEnum):
    SOLVED = "solved"
    PARTLY = "partly"
    EXPLAINED = "explained"
    UNSOLVED = "unsolved"


class Level(StrEnum):
    """The three levels of responsibility (S10)."""

    PARTY_SECRETARY = "party_secretary"
    BRANCH_SECRETARY = "branch_secretary"
    PARTY_MEMBER = "party_member"


class EventKind(StrEnum):
    """What one row of a case's history records."""

    FILED = "filed"
    MOVED = "moved"
    REPLIED = "replied"
    NOTED = "noted"
    CHANGED = "changed"
    IMPORTED = "imported"
    FOLLOWED_UP = "followed_up"
    DUE = "due"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    EXTENSION_ASKED = "extension_asked"
    EXTENDED = "extended"
    EXTENSION_REFUSED = "extension_refused"
    UNIT_ADDED = "unit_added"
    UNIT_REMOVED = "unit_removed"
    REMINDED = "reminded"
    EVIDENCE_ADDED = "evidence_added"
    MERGED_IN = "merged_in"
    UNMERGED = "unmerged"
    REPEATED = "repeated"
    WHISTLED = "whistled"


class MealKind(StrEnum):
    BREAKFAST = "breakfast"
    LUNCH = "lunch"
    SUPPER = "supper"


class MealMode(StrEnum):
    DINE_IN = "dine_in"
    TAKEAWAY = "takeaway"
    DELIVERY = "delivery"


class TierKind(StrEnum):
    PERCENT = "percent"
    AMOUNT = "amount"
    FIXED = "fixed"


class Subject(StrEnum):
    """The subjects whose counters say "the data changed"."""

    PLACES = "places"
    STALLS = "stalls"
    CASES = "cases"
    MEALS = "meals"
    CANTEEN = "canteen"
    CARE = "care"
    DISPUTES = "disputes"
    OPINIONS = "opinions"
    RENEWAL = "renewal"
    HEALTH = "health"
    ACTIVITIES = "activities"
    VOLUNTEERS = "volunteers"
    RULES = "rules"
    ACCOUNTS = "accounts"
    IMPORTS = "imports"
    SUGGESTION = "suggestion"
