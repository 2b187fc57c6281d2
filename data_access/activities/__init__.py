"""Activities 活动 and organisation life 组织生活: reading, planning, reporting, correcting them."""

from data_access.activities.facts import ActivityFacts, PartyPlanFacts
from data_access.activities.naming import add_branch, add_zone
from data_access.activities.party import party_due, set_due
from data_access.activities.rows import Where, activities, branches, history, wheres
from data_access.activities.sheet import write_activities, write_party_plan
from data_access.activities.writing import cancel, correct, plan, report

__all__ = [
    "ActivityFacts",
    "PartyPlanFacts",
    "Where",
    "activities",
    "add_branch",
    "add_zone",
    "branches",
    "cancel",
    "correct",
    "history",
    "party_due",
    "plan",
    "report",
    "set_due",
    "wheres",
    "write_activities",
    "write_party_plan",
]
