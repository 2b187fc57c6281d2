"""Words of the volunteers 红心蚂蚁: who they are, what a shift asks of them, and how it went."""

from enum import StrEnum


class Occupation(StrEnum):
    COURIER = "courier"
    FOOD_DELIVERY = "food_delivery"
    RIDE_HAILING = "ride_hailing"
    RESIDENT = "resident"
    PARTY_MEMBER = "party_member"


class VolunteerRole(StrEnum):
    """The four roles: policy 政策宣传员, civility 文明倡导员, feelings 社情收集员, service 志愿服务员."""

    POLICY = "policy"
    CIVILITY = "civility"
    FEELINGS = "feelings"
    SERVICE = "service"


class VolunteerStatus(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    LEFT = "left"


class ServiceOutcome(StrEnum):
    DONE = "done"
    MISSED = "missed"
    NO_SHOW = "no_show"
    LATE_CANCEL = "late_cancel"
