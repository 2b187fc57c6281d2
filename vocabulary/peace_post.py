"""Words of the peace post 平安驿站: disputes, their check-backs, and opinions."""

from enum import StrEnum


class DisputeType(StrEnum):
    NEIGHBOUR = "neighbour"
    FAMILY = "family"
    PROPERTY = "property"
    NOISE = "noise"
    PARKING = "parking"
    CONSUMER = "consumer"
    LABOUR = "labour"
    RENEWAL = "renewal"


class DisputeOrigin(StrEnum):
    """How a dispute came to the mediators."""

    WALK_IN = "walk_in"
    POLICE_CALL = "police_call"
    GRID = "grid"
    CASE = "case"
    TRANSFER = "transfer"


class Mediator(StrEnum):
    POLICE = "police"
    COMMUNITY = "community"
    LAWYER = "lawyer"


class DisputeOutcome(StrEnum):
    """How a dispute was closed: a written agreement, an oral one, none, or handed on."""

    AGREEMENT = "agreement"
    ORAL = "oral"
    FAILED = "failed"
    TRANSFERRED = "transferred"


AGREED = (DisputeOutcome.AGREEMENT, DisputeOutcome.ORAL)


class Performed(StrEnum):
    """Whether a written agreement was performed; null while nobody knows yet."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class CheckOutcome(StrEnum):
    """What a check-back found: the agreement holds, it was broken, or nobody could or would say."""

    KEPT = "kept"
    BROKEN = "broken"
    UNREACHABLE = "unreachable"
    DECLINED = "declined"


CHECK_DAYS = (7, 30)


class OpinionOrigin(StrEnum):
    PEACE_POST = "peace_post"
    COURTYARD = "courtyard"
    DISCUSSION = "discussion"
    HOME_VISIT = "home_visit"
    BOX = "box"


class Theme(StrEnum):
    ENVIRONMENT = "environment"
    PARKING = "parking"
    FACILITIES = "facilities"
    SAFETY = "safety"
    PROPERTY = "property"
    RENEWAL = "renewal"
    ELDERLY = "elderly"
    CULTURE = "culture"
    SHOPS = "shops"
    OTHER = "other"


class Decision(StrEnum):
    """What became of an opinion; null while nobody looked at it."""

    ADOPTED = "adopted"
    PARTLY = "partly"
    REJECTED = "rejected"
    STUDYING = "studying"


DECIDED = (Decision.ADOPTED, Decision.PARTLY, Decision.REJECTED)
