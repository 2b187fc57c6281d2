"""Words of the case desk: parts of units, moves and what they need, punctuality, lists, follow-up, whistles."""

from enum import StrEnum


class Part(StrEnum):
    """What a unit besides the lead has to do with a case."""

    HELPING = "helping"
    INFORMED = "informed"


class Hand(StrEnum):
    """Whose hand makes a move."""

    WORKER = "worker"
    LEAD = "lead"
    EITHER = "either"


class Need(StrEnum):
    """What a move cannot do without; evidence is a file of the case, or a reason why there is none."""

    REASON = "reason"
    NOTE = "note"
    UNIT = "unit"
    RESULT = "result"
    REPLY = "reply"
    EVIDENCE = "evidence"
    FOLLOW_UP = "follow_up"
    CASE = "case"


class Punctuality(StrEnum):
    ON_TIME = "on_time"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    SEVERE = "severe"


class Satisfaction(StrEnum):
    VERY_SATISFIED = "very_satisfied"
    SATISFIED = "satisfied"
    NEUTRAL = "neutral"
    DISSATISFIED = "dissatisfied"
    VERY_DISSATISFIED = "very_dissatisfied"


UNHAPPY = (Satisfaction.DISSATISFIED, Satisfaction.VERY_DISSATISFIED)


class WhistleKind(StrEnum):
    KEY_ISSUE = "key_issue"
    ENFORCEMENT = "enforcement"
    EMERGENCY = "emergency"


class Presence(StrEnum):
    PRESENT = "present"
    ONLINE = "online"
    ABSENT = "absent"


class Today(StrEnum):
    """The lists of a first screen 今日该办, in the order they are shown."""

    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    TO_ACCEPT = "to_accept"
    TO_SIGN = "to_sign"
    RETURNED = "returned"
    UNSIGNED = "unsigned"
    REMINDED = "reminded"
    SILENT = "silent"
    TO_HANDLE = "to_handle"
    UNHAPPY = "unhappy"
    TO_FOLLOW_UP = "to_follow_up"
    EXTENSIONS = "extensions"
    COMMITMENTS = "commitments"
    WHISTLES = "whistles"
    CHECK_BACKS = "check_backs"
    MISSED_MEALS = "missed_meals"
    CLUES = "clues"


class Watch(StrEnum):
    """The lists of supervision."""

    UNSIGNED = "unsigned"
    SILENT = "silent"
    RETURNED_TWICE = "returned_twice"
    EXTENDED = "extended"
    SUSPENDED = "suspended"
    NO_EVIDENCE = "no_evidence"
    REOPENED = "reopened"
