"""Words of the rules that the office edits: what a limit limits, in which unit, and the single numbers."""

from enum import StrEnum


class LimitKind(StrEnum):
    """What has to happen within a limit; the last three are the same for every type and urgency."""

    FINISH = "finish"
    CONTACT = "contact"
    SIGN = "sign"
    NOTE = "note"


class LimitUnit(StrEnum):
    HOURS = "hours"
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"


class Number(StrEnum):
    """A rule that is one number: days, minutes, 1 for yes and 0 for no, or a share."""

    REPEAT_DAYS = "repeat_days"
    EXTENSION_APPROVAL = "extension_approval"
    ARRIVAL_MINUTES = "arrival_minutes"
    SUGGESTION_SHARE = "suggestion_share"
    WEIGHT_VERY_SATISFIED = "weight_very_satisfied"
    WEIGHT_SATISFIED = "weight_satisfied"
    WEIGHT_NEUTRAL = "weight_neutral"
    WEIGHT_DISSATISFIED = "weight_dissatisfied"
    WEIGHT_VERY_DISSATISFIED = "weight_very_dissatisfied"
