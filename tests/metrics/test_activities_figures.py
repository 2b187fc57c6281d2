"""The figures of activities and of organisation life, counted again row by row."""

import random
from datetime import date, datetime, time, timedelta

import pytest
import sqlalchemy as sa

import clock
from access import OPERATOR
from data_access import activities
from data_access.activities import ActivityFacts, PartyPlanFacts
from data_access.engine import writing
from data_access.tables.activities import Branch, CentreZone
from metrics import activities as figures
from metrics.catalogue import METRICS
from metrics.figure import Figure
from vocabulary.activities import ActivityKind, Audience, PartyKind
from vocabulary.questions import Period

pytestmark = pytest.mark.usefixtures("noon")
TODAY = date(2026, 11, 24)
AUTUMN = (date(2026, 8, 1), TODAY)
BRANCHES, KINDS = ("east", "west"), (PartyKind.FIRST_TOPIC, PartyKind.THEME_DAY)
Row = tuple[ActivityFacts, int | None]


def told(day: date, actual: int | None, planned: int = 40, title: str = "反诈宣讲") -> Row:
    """A talk of two hours in the morning."""
    starts = datetime.combine(day, time(9), clock.SHANGHAI)
    ends = starts + timedelta(hours=2)
    return ActivityFacts(ActivityKind.TALK, title, starts, ends, Audience.ELDERS, planned, zone="hall"), actual


def party(day: date, actual: int | None, branch: str, kind: PartyKind, nth: int = 0) -> Row:
    """A meeting of a branch in the evening."""
    starts = datetime.combine(day, time(19), clock.SHANGHAI)
    title = f"{branch} {kind} {nth}"
    facts = ActivityFacts(
        *(ActivityKind.PARTY, title, starts, starts + timedelta(hours=1), Audience.PARTY_MEMBERS, 20, "hall"),
        party_kind=kind,
        branch=branch,
    )
    return facts, actual


@pytest.fixture
def centre(sqlite: sa.Engine) -> sa.Engine:
    with writing(sqlite) as conn:
        conn.execute(sa.insert(CentreZone).values(code="hall", name="办事大厅"))
        conn.execute(sa.insert(Branch), [{"code": code, "name": code} for code in BRANCHES])
    return sqlite


def test_any_period_agrees_with_a_slow_count(centre: sa.Engine) -> None:
    chance = random.Random(7)
    rows = [
        told(TODAY - timedelta(n), chance.choice([None, chance.randint(0, 60)]), chance.randint(1, 60), f"第{n}场")
        for n in range(0, 110, 2)
    ]
    with writing(centre) as conn:
        activities.write_activities(conn, OPERATOR, rows)
        known = activities.activities(conn, OPERATOR, *AUTUMN)
    for _ in range(60):
        since = AUTUMN[0] + timedelta(chance.randint(0, 110))
        period = Period(since, since + timedelta(chance.randint(0, 40)))
        here = [(f, n) for f, n in rows if n is not None and period.since <= f.starts_at.date() <= period.until]
        came, planned = sum(n for _, n in here if n is not None), sum(f.planned for f, _ in here)
        assert METRICS["activities_held"].figure(period, known) == Figure(len(here))
        assert METRICS["person_times"].figure(period, known) == Figure(came)
        expected = Figure(came / planned, came, planned) if here else Figure(None, 0, 0)
        assert METRICS["activity_attendance"].figure(period, known) == expected


def test_what_is_planned_cancelled_or_unreported_counts_nowhere(centre: sa.Engine) -> None:
    with writing(centre) as conn:
        activities.write_activities(conn, OPERATOR, [told(TODAY, 30), told(TODAY, None, title="未填报")])
        gone = activities.plan(conn, OPERATOR, told(TODAY, None, title="取消")[0])
        activities.cancel(conn, OPERATOR, gone, 1, "下雨")
        known = activities.activities(conn, OPERATOR, *AUTUMN)
    assert figures.activities_held(Period(TODAY, TODAY), known) == Figure(1)
    assert figures.activity_attendance(Period(TODAY, TODAY), known) == Figure(0.75, 30, 40)
    assert figures.summed(known, "zone").rows() == [("hall", 1, 40, 30)]


def test_organisation_life_agrees_with_a_slow_match(centre: sa.Engine) -> None:
    chance = random.Random(11)
    months = [date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)]
    plan = {(b, m, k): chance.randint(0, 3) for b in BRANCHES for m in months for k in KINDS}
    days = [date(2026, 9, 1) + timedelta(n) for n in range(84)]
    meetings = [
        party(day, chance.choice([None, 15, 18]), chance.choice(BRANCHES), chance.choice(KINDS), nth)
        for nth, day in enumerate(chance.sample(days, 25))
    ]
    with writing(centre) as conn:
        activities.write_party_plan(conn, OPERATOR, [PartyPlanFacts(b, m, k, due) for (b, m, k), due in plan.items()])
        activities.write_activities(conn, OPERATOR, meetings)
        due = activities.party_due(conn, OPERATOR, *AUTUMN)
    for _ in range(40):
        since, until = sorted(chance.sample(days, 2))
        period = Period(since, until)
        inside = [key for key in plan if period.since <= key[1] <= period.until]
        asked = sum(plan[key] for key in inside)
        held = sum(min(plan[key], _held(meetings, key, period.until)) for key in inside)
        figure = METRICS["party_held_rate"].figure(period, due)
        assert figure == (Figure(held / asked, held, asked) if asked else Figure(None, 0, 0))


def _held(meetings: list[Row], key: tuple[str, date, PartyKind], until: date) -> int:
    """Meetings of a branch, month and kind that were held by a day."""
    days = [f.starts_at.date() for f, n in meetings if n is not None and (f.branch, f.party_kind) == (key[0], key[2])]
    return sum(day.replace(day=1) == key[1] and day <= until for day in days)


def test_without_a_plan_there_is_no_rate(centre: sa.Engine) -> None:
    with writing(centre) as conn:
        due = activities.party_due(conn, OPERATOR, *AUTUMN)
    assert figures.party_held_rate(Period(*AUTUMN), due) == Figure(None, 0, 0)
