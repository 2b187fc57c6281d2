"""The volunteers' figures, counted again record by record and half hour by half hour."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import polars as pl
import pytest
import sqlalchemy as sa

from access import OPERATOR
from data_access import evidence, volunteers
from data_access.engine import reading, writing
from data_access.tables.cases import Case
from data_access.volunteers import ClueFacts, RecordFacts
from data_access.volunteers.facts import check_record
from jobs import figures
from jobs.volunteer_hours import hours
from metrics import volunteers as counted
from metrics.catalogue import METRICS
from metrics.figure import Figure
from tests.conftest import NOON
from tests.volunteers import FEEDER, WORKER, at, begin, evening, person
from vocabulary.enums import CaseStatus
from vocabulary.questions import Filters, Period
from vocabulary.volunteers import Occupation, ServiceOutcome, VolunteerRole, VolunteerStatus

pytestmark = pytest.mark.usefixtures("noon")
TODAY = NOON.date()
NOVEMBER = Period(date(2026, 11, 1), TODAY)
HALF = timedelta(minutes=30)


@pytest.fixture
def conn(sqlite: sa.Engine) -> Iterator[sa.Connection]:
    with writing(sqlite) as connection:
        yield connection


def figure(conn: sa.Connection, key: str, period: Period = NOVEMBER) -> Figure:
    return figures.figure(conn, WORKER, key, period, Filters())


def verify_all(conn: sa.Connection) -> None:
    for row in volunteers.unverified(conn, WORKER, TODAY).iter_rows(named=True):
        volunteers.verify(conn, WORKER, row["id"], row["version"])


def halves(record: RecordFacts) -> set[tuple[str, datetime]]:
    """Each half hour that a record covers, as it would be ticked off on a sheet of paper."""
    found, begins = set[tuple[str, datetime]](), record.starts_at
    while begins < record.ends_at:
        found.add((record.number, begins))
        begins += HALF
    return found


def drawn(chance: random.Random) -> list[RecordFacts]:
    """Records of three volunteers on ten days, many of which overlap; none begins when another does."""
    found: dict[tuple[str, datetime], RecordFacts] = {}
    for _ in range(60):
        number = f"V0{chance.randint(1, 3)}"
        starts = at(chance.randint(10, 19), 8) + HALF * chance.randint(0, 20)
        ends = starts + HALF * chance.randint(1, 8)
        outcome = chance.choice([ServiceOutcome.DONE, *ServiceOutcome])
        record = RecordFacts(number, chance.choice(list(VolunteerRole)), starts, ends, outcome)
        found[number, starts] = record
    return list(found.values())


@pytest.mark.parametrize("seed", range(4))
def test_hours_and_turnout_agree_with_a_sheet_of_half_hours(conn: sa.Connection, seed: int) -> None:
    chance = random.Random(seed)
    begin(conn, "V01", "V02", "V03")
    records = drawn(chance)
    volunteers.log_records(conn, FEEDER, records)
    assert figure(conn, "volunteer_hours") == Figure(0.0)
    assert figure(conn, "turnout_rate") == Figure(None, 0, 0)
    verify_all(conn)
    for _ in range(15):
        since = date(2026, 11, chance.randint(8, 19))
        period = Period(since, since + timedelta(chance.randint(0, 5)))
        inside = [one for one in records if period.since <= one.starts_at.date() <= period.until]
        done = [one for one in inside if one.outcome is ServiceOutcome.DONE]
        ticked = set[tuple[str, datetime]]().union(*(halves(one) for one in done))
        assert figure(conn, "volunteer_hours", period).value == pytest.approx(len(ticked) / 2)
        expected = len([one for one in inside if one.outcome is not ServiceOutcome.LATE_CANCEL])
        told = figure(conn, "turnout_rate", period)
        assert (told.numerator, told.denominator) == (len(done), expected)


def test_hours_by_month_role_and_occupation_sum_to_the_hours(conn: sa.Connection) -> None:
    begin(conn, "V01")
    volunteers.register(conn, FEEDER, person("V02", occupation=Occupation.RESIDENT))
    october = evening("V02", starts_at=at(3, 18, month=10), ends_at=at(3, 19, month=10))
    policy = evening(starts_at=at(22, 9), ends_at=at(22, 12), role=VolunteerRole.POLICY)
    volunteers.log_records(conn, FEEDER, [evening("V01"), evening("V02"), october, policy])
    verify_all(conn)
    since = Period(date(2026, 9, 1), TODAY)
    known = hours(conn, WORKER, since.since, since.until)
    assert counted.hours_by_month(since, known)["served_hours"].to_list() == [0.0, 1.0, 7.0]
    assert counted.hours_by("volunteer_role", since, known).rows() == [("service", 5.0), ("policy", 3.0)]
    assert counted.hours_by("occupation", NOVEMBER, known).rows() == [("courier", 5.0), ("resident", 2.0)]
    assert figure(conn, "volunteer_hours", since).value == 8.0


def test_active_are_those_of_the_last_ninety_days_and_below_twenty_there_is_no_rate(conn: sa.Connection) -> None:
    begin(conn)
    for n in range(1, 20):
        volunteers.register(conn, FEEDER, person(f"V{n:02d}", registered_on=date(2026, 1, 1)))
    just = at(27, 18, month=8)  # the ninetieth day up to 24 November
    volunteers.log_records(
        conn,
        FEEDER,
        [
            evening("V01"),
            evening("V01", starts_at=at(22, 18), ends_at=at(22, 19)),
            evening("V02", starts_at=just, ends_at=just + HALF),
            evening("V03", starts_at=just - timedelta(1), ends_at=just - timedelta(1) + HALF),
            evening("V04", outcome=ServiceOutcome.NO_SHOW),
        ],
    )
    verify_all(conn)
    assert figure(conn, "active_rate") == Figure(None, 2, 19)
    volunteers.register(conn, FEEDER, person("V20", status=VolunteerStatus.PAUSED))
    volunteers.register(conn, FEEDER, person("V21", status=VolunteerStatus.LEFT))
    assert figure(conn, "active_rate") == Figure(0.1, 2, 20)
    assert figure(conn, "active_rate", Period(date(2026, 8, 26), date(2026, 8, 26))).numerator == 1
    assert figure(conn, "active_rate", Period(date(2025, 1, 1), date(2025, 12, 31))) == Figure(None, 0, 0)
    rows = evidence.behind(conn, WORKER, METRICS["active_rate"].rows, NOVEMBER, Filters())
    assert sorted(rows["number"].to_list()) == ["V01", "V02"]


def test_clues_count_as_cases_and_as_resolved_by_the_end_of_the_period(conn: sa.Connection) -> None:
    begin(conn)
    assert figure(conn, "clues_became_cases") == Figure(None, 0, 0)
    facts = ClueFacts(VolunteerRole.FEELINGS, "井盖松动", TODAY - timedelta(3), grid="G1")
    roles = [VolunteerRole.FEELINGS, VolunteerRole.FEELINGS, VolunteerRole.POLICY, VolunteerRole.SERVICE]
    keys = [volunteers.record_clue(conn, FEEDER, replace(facts, role=role)) for role in roles]
    finished, opened = (volunteers.clue_to_case(conn, WORKER, key, 1) for key in keys[:2])
    dropped = volunteers.clue_to_case(conn, WORKER, keys[2], 1)
    volunteers.set_aside(conn, FEEDER, keys[3], 1)
    for case_id, status in ((finished, CaseStatus.ARCHIVED), (dropped, CaseStatus.WITHDRAWN)):
        done = {"status": status.value, "finished_on": TODAY, "finished_at": NOON}
        conn.execute(sa.update(Case).where(Case.id == case_id).values(**done))
    assert opened
    assert figure(conn, "clues_became_cases") == Figure(0.75, 3, 4)
    assert figure(conn, "clues_resolved") == Figure(1 / 3, 1, 3)
    before = Period(NOVEMBER.since, TODAY - timedelta(1))
    assert figure(conn, "clues_became_cases", before) == Figure(0.0, 0, 4)
    told = counted.clues_by_role(NOVEMBER, volunteers.clues(conn, WORKER, NOVEMBER.since, TODAY))
    assert told.rows() == [("feelings", 2, 2, 1), ("policy", 1, 1, 0), ("service", 1, 0, 0)]


def test_the_demo_has_volunteers_whose_records_could_have_been_entered(small_demo: sa.Engine) -> None:
    with reading(small_demo) as conn:
        known = volunteers.volunteers(conn, OPERATOR, TODAY)
        records = volunteers.records(conn, OPERATOR, TODAY - timedelta(40), TODAY)
        coming = volunteers.shifts(conn, OPERATOR, TODAY + timedelta(1), TODAY + timedelta(7))
        waiting = volunteers.unverified(conn, OPERATOR, TODAY)
        clues = volunteers.clue_list(conn, OPERATOR, TODAY - timedelta(40), TODAY)
        cases = dict(conn.execute(sa.select(Case.id, Case.channel)).all())
    assert known.height == 60
    for row in records.iter_rows(named=True):
        registered = known.row(by_predicate=pl.col("number") == row["number"], named=True)["registered_on"]
        check_record(row["number"], row["starts_at"], row["ends_at"], registered)
    assert records.height > 50
    assert 0 < waiting.height < records.height / 2
    assert coming.filter(pl.col("signed") < pl.col("needed")).height
    assert {cases[key] for key in clues["case_id"].drop_nulls()} == {"volunteer"}
    assert clues.filter(pl.col("looked_at").is_null()).height
