"""Words of the hospital's monthly figures: the groups they are told of, the numbers of a row."""

from enum import StrEnum


class HealthGroup(StrEnum):
    ELDERS = "elders_65"
    HYPERTENSION = "hypertension"
    DIABETES = "diabetes"


class HealthNumber(StrEnum):
    """The numbers of a month's row; `controlled` is told of the two illnesses only."""

    RESIDENTS = "residents"
    CONTRACTED = "contracted"
    MANAGED = "managed"
    MANAGED_TO_NORM = "managed_to_norm"
    CONTROLLED = "controlled"
    FOLLOW_UPS_DUE = "follow_ups_due"
    FOLLOW_UPS_DONE = "follow_ups_done"
    CHECK_UPS_DUE = "check_ups_due"
    CHECK_UPS_DONE = "check_ups_done"


# The first of each pair must not be above the second.
WITHIN: tuple[tuple[HealthNumber, HealthNumber], ...] = (
    (HealthNumber.CONTRACTED, HealthNumber.RESIDENTS),
    (HealthNumber.MANAGED, HealthNumber.RESIDENTS),
    (HealthNumber.MANAGED_TO_NORM, HealthNumber.MANAGED),
    (HealthNumber.CONTROLLED, HealthNumber.MANAGED),
    (HealthNumber.FOLLOW_UPS_DONE, HealthNumber.FOLLOW_UPS_DUE),
    (HealthNumber.CHECK_UPS_DONE, HealthNumber.CHECK_UPS_DUE),
)
