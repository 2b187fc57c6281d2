"""A proposal on its way through the five steps and a project that comes of it, for tests."""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from data_access import renewal
from data_access.renewal import Examined, Made, Meeting, Planned, Present, Proposed, Stage, Upload, Votes
from data_access.tables.places import Building, Grid
from data_access.tables.renewal import Proposal
from tests.conftest import NOON, make_viewer
from vocabulary.renewal import Feasible, Function, MeetingForm, Mode, Outcome, Profession, Step

TODAY = NOON.date()
OFFICIAL = make_viewer()
FIRST = TODAY - timedelta(60)
PDF = Upload("会议记录.pdf", b"%PDF-1.7 minutes")
PHOTO = Upload("before.jpg", b"\xff\xd8\xff\xe0 photo")


def make_neighbourhood(conn: sa.Connection) -> None:
    """One grid with buildings 1 and 2."""
    conn.execute(sa.insert(Grid).values(id=1, code="1", name="网格一", name_en="Grid 1"))
    conn.execute(sa.insert(Building), [{"number": number, "grid_id": 1} for number in ("1", "2")])


def make_proposal(conn: sa.Connection, filed_on: date = FIRST, **given: Any) -> int:
    """A proposal that waits at the first step."""
    named: dict[str, Any] = {"title": "给二栋加装电梯", "matter": "二栋没有电梯，老人下楼不便。", "grid": None} | given
    return renewal.file_proposal(conn, OFFICIAL, Proposed(filed_on=filed_on, **named))


def make_meeting(step: Step, held_on: date, **given: Any) -> Meeting:
    """A meeting of 20 that passes its step: 12 for, 5 against, 3 abstaining where there is a vote."""
    votes = Votes(12, 5, 3) if step in (Step.DISCUSS, Step.REVIEW, Step.DECIDE) else None
    named: dict[str, Any] = {
        "form": MeetingForm.COURTYARD,
        "venue": "二栋院坝",
        "present": Present(residents=14, committee=4, experts=2),
        "outcome": Outcome.PASS,
        "votes": votes,
    }
    return Meeting(step=step, held_on=held_on, **(named | given))


def version_of(conn: sa.Connection, proposal_id: int) -> int:
    return int(conn.scalar(sa.select(Proposal.version).where(Proposal.id == proposal_id)) or 0)


def prepare(conn: sa.Connection, proposal_id: int, step: Step, on: date) -> None:
    """Gives a step what it asks for."""
    renewal.give_evidence(conn, OFFICIAL, proposal_id, step, "会议记录", "到场的人都签了到。", None, on)
    if step is Step.EXPERTS:
        examined = Examined(Profession.ENGINEER, Feasible.YES, "地基可以承受。", on)
        renewal.give_opinion(conn, OFFICIAL, proposal_id, examined)
    if step is Step.DECIDE:
        renewal.publish(conn, OFFICIAL, proposal_id, Made(on, on + timedelta(6), "二栋公告栏"))


def hold(conn: sa.Connection, proposal_id: int, step: Step, held_on: date, **given: Any) -> int:
    """Holds a meeting of this step as nobody else did meanwhile."""
    seen = version_of(conn, proposal_id)
    return renewal.hold(conn, OFFICIAL, proposal_id, seen, make_meeting(step, held_on, **given))


def walk(conn: sa.Connection, proposal_id: int, to: Step, first: date = FIRST) -> date:
    """Passes every step before `to`, five days apart (eight before the last); gives the day the last was passed."""
    day = first
    for step in Step:
        if step == to:
            return day
        prepare(conn, proposal_id, step, day)
        day += timedelta(8 if step is Step.DECIDE else 5)
        hold(conn, proposal_id, step, day)
    return day


def decided(conn: sa.Connection, first: date = FIRST) -> int:
    """A proposal that passed all five steps; decided 28 days after it was filed."""
    proposal_id = make_proposal(conn, first)
    day = walk(conn, proposal_id, Step.DECIDE, first)
    prepare(conn, proposal_id, Step.DECIDE, day)
    hold(conn, proposal_id, Step.DECIDE, day + timedelta(8))
    return proposal_id


def make_planned(**given: Any) -> Planned:
    """A project of 1,000 m² and 20,000 yuan, planned for ten weeks around today."""
    named: dict[str, Any] = {
        "name": "二栋加装电梯",
        "mode": Mode.ADD,
        "function": Function.LIVING,
        "area_m2": 1000,
        "households": 24,
        "budget_fen": 2_000_000,
        "approved_on": TODAY - timedelta(30),
        "plan_from": TODAY - timedelta(28),
        "plan_to": TODAY + timedelta(42),
    }
    return Planned(**(named | given))


STAGES = (
    Stage("施工图审查", 20, TODAY - timedelta(20)),
    Stage("基础完工", 30, TODAY - timedelta(5)),
    Stage("电梯安装", 50, TODAY + timedelta(30)),
)
