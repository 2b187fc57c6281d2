"""Words of the canteen 社区食堂 beside its meals: groups of diners, care, the subsidy's mismatches, food safety."""

from enum import StrEnum

INCOMES = ("income", "subsidy")
COSTS = ("food", "wages", "other")
SUMS = (*INCOMES, *COSTS)
"""The sums of a day of the canteen's ledger; what the costs leave of the incomes is its margin."""


class DinerGroup(StrEnum):
    """Groups of difficulty: sensitive, kept only of diners who agreed to it, shown to no till."""

    EXTREME_HARDSHIP = "extreme_hardship"
    POOR_DISABLED = "poor_disabled"
    BEREAVED = "bereaved"
    LIVING_ALONE = "living_alone"


class CareOutcome(StrEnum):
    """What a missed-meal call found."""

    SAFE = "safe"
    AWAY = "away"
    ILL = "ill"
    HELPED = "helped"
    BACK = "back"
    UNREACHABLE = "unreachable"
    LEFT = "left"


class Mismatch(StrEnum):
    """How a month's subsidy claim of a tier differs from what the meals say."""

    NOT_CLAIMED = "not_claimed"
    NOTHING_SERVED = "nothing_served"
    MEALS_DIFFER = "meals_differ"
    SUM_DIFFERS = "sum_differs"


class SafetyCheck(StrEnum):
    """What the canteen records each serving day: 晨检, 留样, 消毒, 进货查验, 废弃物."""

    MORNING = "morning"
    SAMPLE = "sample"
    DISINFECTION = "disinfection"
    GOODS_IN = "goods_in"
    WASTE = "waste"


ONCE_A_DAY = (SafetyCheck.MORNING, SafetyCheck.GOODS_IN, SafetyCheck.DISINFECTION, SafetyCheck.WASTE)
SAMPLE_GRAMS, SAMPLE_HOURS = 125, 48
