"""The working calendar against a minute-by-minute count."""

import random
import time
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from access import OPERATOR
from clock import SHANGHAI
from data_access import workdays
from data_access.engine import reading, writing
from data_access.tables.rules import OfficeHours, Workday
from data_access.workdays import Calendar, Hours


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return workdays.bundled()


def test_three_working_days_over_the_spring_festival_end_at_closing_time(calendar: Calendar) -> None:
    assert calendar.add_working_days(moment("2026-02-13T10:00"), 3) == moment("2026-02-25T17:30")


# The free spans and the make-up workdays as the notices 国务院办公厅关于…年部分节假日安排的通知 say them, read in full:
# 2014 of 2013-12-11, 2017 of 2016-12-01, 2024 of 2023-10-25, 2025 国办发明电〔2024〕12号, 2026 of 2025-11-04 (新华社).
# 2027 has no notice yet: the days of the law (全国年节及纪念日放假办法, 2024) that fall on Monday to Friday.
NOTICES = {
    2014: ("0101 0131-0206 0405-0407 0501-0503 0602 0908 1001-1007", "0126 0208 0504 0928 1011"),
    2017: ("0101-0102 0127-0202 0402-0404 0501 0528-0530 1001-1008", "0122 0204 0401 0527 0930"),
    2024: (
        "0101 0210-0217 0404-0406 0501-0505 0610 0915-0917 1001-1007",
        "0204 0218 0407 0428 0511 0914 0929 1012",
    ),
    2025: ("0101 0128-0204 0404-0406 0501-0505 0531-0602 1001-1008", "0126 0208 0427 0928 1011"),
    2026: (
        "0101-0103 0215-0223 0404-0406 0501-0505 0619-0621 0925-0927 1001-1007",
        "0104 0214 0228 0509 0920 1010",
    ),
    2027: ("0101 0205-0208 0405 0501-0502 0609 0915 1001-1003", ""),
}


@pytest.mark.parametrize("year", NOTICES)
def test_a_year_is_worked_as_the_notice_of_the_state_council_says_and_not_otherwise(
    calendar: Calendar, year: int
) -> None:
    spans, made_up = NOTICES[year]
    free = {day for span in spans.split() for day in _days(year, span)}
    worked = {day for one in made_up.split() for day in _days(year, one)}
    day = date(year, 1, 1)
    while day.year == year:
        assert calendar.is_workday(day) == (day in worked or (day.weekday() < 5 and day not in free)), day
        day += timedelta(1)


def _days(year: int, span: str) -> list[date]:
    first, _, last = span.partition("-")
    begins, ends = (date.fromisoformat(f"{year}{day}") for day in (first, last or first))
    return [begins + timedelta(n) for n in range((ends - begins).days + 1)]


def test_a_make_up_saturday_keeps_the_hours_of_its_friday(calendar: Calendar) -> None:
    assert calendar.windows(date(2026, 2, 14)) == [(540, 720), (810, 1050)]
    assert calendar.windows(date(2026, 2, 21)) == []


@pytest.mark.parametrize(
    ("since", "until", "minutes"),
    [
        ("2026-11-23T09:00", "2026-11-23T17:30", 420),  # a whole Monday, lunch left out
        ("2026-11-23T12:10", "2026-11-23T13:20", 0),  # inside the lunch break
        ("2026-11-20T17:00", "2026-11-23T09:10", 40),  # over a weekend
        ("2026-09-30T17:20", "2026-10-08T09:05", 15),  # over the National Day week
        ("2026-11-23T17:00", "2026-11-23T09:00", 0),  # backwards
        ("1980-01-01T00:00", "1999-12-31T00:00", 0),  # before the calendar begins
    ],
)
def test_minutes_within_office_hours_are_counted(calendar: Calendar, since: str, until: str, minutes: int) -> None:
    assert calendar.worked_minutes(moment(since), moment(until)) == minutes


def test_worked_minutes_agree_with_counting_each_minute(calendar: Calendar) -> None:
    chance = random.Random(7)
    for _ in range(40):
        since = moment("2026-01-01T00:00") + timedelta(minutes=chance.randrange(400_000))
        until = since + timedelta(minutes=chance.randrange(9_000))
        assert calendar.worked_minutes(since, until) == _slowly(calendar, since, until)
        minutes = chance.randrange(1, 3_000)
        end = calendar.add_working_minutes(since, minutes)
        assert calendar.worked_minutes(since, end) == minutes
        assert calendar.worked_minutes(since, end - timedelta(minutes=1)) == minutes - 1


def _slowly(calendar: Calendar, since: datetime, until: datetime) -> int:
    minutes, at = 0, since
    while at < until:
        minute = at.hour * 60 + at.minute
        minutes += any(opens <= minute < closes for opens, closes in calendar.windows(at.date()))
        at += timedelta(minutes=1)
    return minutes


def test_dues_agree_with_walking_day_by_day_over_random_calendars() -> None:
    chance = random.Random(11)
    for _ in range(60):
        begins = date(2026, 1, 1)
        works = {begins + timedelta(chance.randrange(200)): chance.random() < 0.5 for _ in range(40)}
        found = Calendar(works, workdays.SEED_HOURS)
        start = moment("2026-01-01T00:00") + timedelta(minutes=chance.randrange(150_000))
        days, minutes = chance.randrange(1, 20), chance.randrange(1, 2_000)
        assert found.add_working_days(start, days) == _last_closing(works, start, days)
        assert found.add_working_minutes(start, minutes) == _minutes_on(works, start, minutes)


def _open(works: dict[date, bool], at: datetime) -> bool:
    worked = works.get(at.date(), at.weekday() < 5)
    return worked and (9, 0) <= (at.hour, at.minute) < (17, 30) and not (12, 0) <= (at.hour, at.minute) < (13, 30)


def _last_closing(works: dict[date, bool], start: datetime, days: int) -> datetime:
    day, left = start.date(), days
    while left:
        day += timedelta(1)
        if works.get(day, day.weekday() < 5):
            left -= 1
    return moment(f"{day}T17:30")


def _minutes_on(works: dict[date, bool], start: datetime, minutes: int) -> datetime:
    at, left = start, minutes
    while left:
        left -= _open(works, at)
        at += timedelta(minutes=1)
    return at


def test_each_day_is_counted_by_its_own_hours() -> None:
    hours = (Hours(1, 540, 600, date(2020, 1, 1), date(2026, 11, 22)), Hours(1, 540, 720, date(2026, 11, 23)))
    changed = Calendar({}, hours)
    assert changed.worked_minutes(moment("2026-11-16T00:00"), moment("2026-11-24T00:00")) == 60 + 180


def test_a_hundred_thousand_spans_take_less_than_a_second_or_two(calendar: Calendar) -> None:
    since, until = moment("2019-04-25T09:32"), moment("2019-05-20T16:00")
    begun = time.process_time()
    for _ in range(100_000):
        calendar.worked_minutes(since, until)
    assert time.process_time() - begun < 2


def test_seeding_twice_keeps_what_the_office_changed(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        conn.execute(sa.insert(Workday).values(day=date(2026, 10, 1), works=True, name="加班"))
        workdays.seed(conn)
        workdays.seed(conn)
    with reading(engine) as conn:
        found = workdays.calendar(conn, OPERATOR)
        assert conn.scalar(sa.select(sa.func.count()).select_from(Workday)) == len(workdays.seed_days())
        assert conn.scalar(sa.select(sa.func.count()).select_from(OfficeHours)) == 10
    assert found.is_workday(date(2026, 10, 1))
    assert found.announced(2026)
    assert not found.announced(2027)


def test_an_office_without_hours_works_by_the_bundled_ones(engine: sa.Engine) -> None:
    with reading(engine) as conn:
        assert workdays.calendar(conn, OPERATOR) == workdays.bundled()
