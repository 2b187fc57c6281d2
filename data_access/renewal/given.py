"""What a form or a sheet hands in: a proposal, a meeting, an expert's opinion, a project with its milestones."""

from dataclasses import asdict, dataclass, field
from datetime import date

from vocabulary.enums import Level
from vocabulary.renewal import Feasible, Function, MeetingForm, Mode, Origin, Outcome, Profession, Step


@dataclass(frozen=True)
class Proposed:
    """A proposal as it is filed. `grid` and `unit` are codes; without a number it gets one."""

    title: str
    matter: str
    filed_on: date
    origin: Origin = Origin.RESIDENTS
    opinion_id: int | None = None
    case_id: int | None = None
    grid: str | None = None
    unit: str | None = None
    level: Level | None = None
    number: str | None = None


@dataclass(frozen=True)
class Present:
    """People present by side; the names are those of vocabulary.renewal.Side."""

    residents: int = 0
    merchants: int = 0
    committee: int = 0
    property: int = 0
    experts: int = 0
    departments: int = 0

    def total(self) -> int:
        return sum(asdict(self).values())


@dataclass(frozen=True)
class Votes:
    given_for: int
    against: int
    abstain: int

    def total(self) -> int:
        return self.given_for + self.against + self.abstain


@dataclass(frozen=True)
class Meeting:
    """A meeting of one step and what came of it; `votes` only where the step asks for them."""

    step: Step
    held_on: date
    form: MeetingForm
    venue: str
    present: Present
    outcome: Outcome
    votes: Votes | None = None
    note: str = ""


@dataclass(frozen=True)
class Upload:
    """A file as it comes from the reader's machine."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Examined:
    """What an expert says; a reason is needed where it is not feasible."""

    profession: Profession
    feasible: Feasible
    body: str
    given_on: date
    reason: str = ""


@dataclass(frozen=True)
class Made:
    """A proposal made public from a day to a day, both included."""

    from_on: date
    to_on: date
    venue: str
    replies: str = ""


@dataclass(frozen=True)
class Planned:
    """A project as it is approved. `buildings` are numbers, `grid` and `unit` codes, money is in fen."""

    name: str
    mode: Mode
    function: Function
    area_m2: int
    households: int
    budget_fen: int
    approved_on: date
    plan_from: date
    plan_to: date
    proposal_id: int | None = None
    buildings: tuple[str, ...] = ()
    grid: str | None = None
    unit: str | None = None
    level: Level | None = None
    lon: float | None = None
    lat: float | None = None
    number: str | None = None


@dataclass(frozen=True)
class Stage:
    """A milestone as it is planned; `id` is that of the milestone it replaces."""

    name: str
    weight: int
    planned_on: date
    id: int | None = field(default=None)
