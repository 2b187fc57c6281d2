"""Deliberation 五步议事 and renewal 留改拆增: what the product reads and writes of proposals and projects."""

from data_access.renewal import behind
from data_access.renewal.building import correct_milestone, correct_payment, pay, plan_milestones, reach
from data_access.renewal.files import Stored, stored
from data_access.renewal.frames import milestones, payments, projects, steps
from data_access.renewal.given import Examined, Made, Meeting, Planned, Present, Proposed, Stage, Upload, Votes
from data_access.renewal.meetings import correct_meeting, hold
from data_access.renewal.projecting import (
    approve,
    correct_project,
    finish,
    keep_photo,
    rate_risk,
    start,
    state_of,
    stop,
    take_back,
)
from data_access.renewal.proposing import (
    correct_proposal,
    file_proposal,
    give_evidence,
    give_opinion,
    publish,
    remove_evidence,
    withdraw,
)
from data_access.renewal.rows import Story, Work, case_id, choices, project_list, proposal_list, story, work
from data_access.renewal.rules import Rule, change_rule, rules
from data_access.renewal.sheet import write_projects, write_proposals

__all__ = [
    "Examined",
    "Made",
    "Meeting",
    "Planned",
    "Present",
    "Proposed",
    "Rule",
    "Stage",
    "Stored",
    "Story",
    "Upload",
    "Votes",
    "Work",
    "approve",
    "behind",
    "case_id",
    "change_rule",
    "choices",
    "correct_meeting",
    "correct_milestone",
    "correct_payment",
    "correct_project",
    "correct_proposal",
    "file_proposal",
    "finish",
    "give_evidence",
    "give_opinion",
    "hold",
    "keep_photo",
    "milestones",
    "pay",
    "payments",
    "plan_milestones",
    "project_list",
    "projects",
    "proposal_list",
    "publish",
    "rate_risk",
    "reach",
    "remove_evidence",
    "rules",
    "start",
    "state_of",
    "steps",
    "stop",
    "stored",
    "story",
    "take_back",
    "withdraw",
    "work",
    "write_projects",
    "write_proposals",
]
