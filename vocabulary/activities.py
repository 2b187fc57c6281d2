"""Words of the activities: their kinds, those of organisation life, for whom they are, and what became of them."""

from enum import StrEnum


class ActivityKind(StrEnum):
    WARM_HEART = "warm_heart"
    FESTIVAL = "festival"
    ARTS = "arts"
    CIVIC = "civic"
    TALK = "talk"
    LEGAL = "legal"
    HEALTH = "health"
    PARTY = "party"
    COURTYARD = "courtyard"


class PartyKind(StrEnum):
    """The kinds of organisation life 组织生活 (S11)."""

    FIRST_TOPIC = "first_topic"
    THREE_MEETINGS = "three_meetings"
    ORGANISATION_LIFE = "organisation_life"
    THEME_DAY = "theme_day"


class ActivityState(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class Audience(StrEnum):
    """For whom an activity is 分众."""

    EVERYONE = "everyone"
    ELDERS = "elders"
    CHILDREN = "children"
    NEW_WORKERS = "new_workers"
    PARTY_MEMBERS = "party_members"
    MERCHANTS = "merchants"
    RENTERS = "renters"
