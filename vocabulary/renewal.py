"""Words of deliberation 五步议事 and renewal 留改拆增: the five steps of a proposal, the projects that come of it."""

from enum import IntEnum, StrEnum


class Step(IntEnum):
    """The five steps of a proposal 议题, in their order."""

    PROPOSE = 1
    DISCUSS = 2
    REVIEW = 3
    EXPERTS = 4
    DECIDE = 5


class ProposalState(StrEnum):
    OPEN = "open"
    DECIDED = "decided"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Origin(StrEnum):
    """What a proposal came from."""

    OPINION = "opinion"
    CASE = "case"
    RESIDENTS = "residents"


class MeetingForm(StrEnum):
    COURTYARD = "courtyard"
    DISCUSSION = "discussion"
    HOME_VISIT = "home_visit"
    MEETING = "meeting"
    REVIEW = "review"


class Side(StrEnum):
    """The sides that come to a meeting; each is a column of its row."""

    RESIDENTS = "residents"
    MERCHANTS = "merchants"
    COMMITTEE = "committee"
    PROPERTY = "property"
    EXPERTS = "experts"
    DEPARTMENTS = "departments"


class Outcome(StrEnum):
    """What a meeting decided: the next step opens, the same step once more, or the proposal ends."""

    PASS = "pass"
    REVISE = "revise"
    REJECT = "reject"


class Profession(StrEnum):
    PLANNER = "planner"
    ARCHITECT = "architect"
    ENGINEER = "engineer"


class Feasible(StrEnum):
    YES = "yes"
    CONDITIONAL = "conditional"
    NO = "no"


class Lack(StrEnum):
    """What a step still needs before it can be passed."""

    EVIDENCE = "evidence"
    OPINIONS = "opinions"
    FEASIBLE = "feasible"
    PUBLICITY = "publicity"
    RUNNING = "running"


class Mode(StrEnum):
    """留改拆增."""

    KEEP = "keep"
    IMPROVE = "improve"
    DEMOLISH = "demolish"
    ADD = "add"


class Function(StrEnum):
    LIVING = "living"
    INDUSTRY = "industry"
    ECOLOGY = "ecology"
    CULTURE = "culture"
    SAFETY = "safety"


class Risk(StrEnum):
    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class ProjectState(StrEnum):
    PLANNED = "planned"
    BUILDING = "building"
    FINISHED = "finished"
    STOPPED = "stopped"


class Photo(StrEnum):
    """Which of a project's two photos."""

    BEFORE = "before"
    AFTER = "after"


LEAST_PUBLICITY = 7
"""Days a proposal must at least be made public before the last step; the office's rule may ask for more, never less."""
WHOLE = 100
"""What the weights of a project's milestones make together."""
