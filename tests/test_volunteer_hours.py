"""Hours of volunteers: overlaps are counted once."""

import random
from datetime import datetime, timedelta

import polars as pl

import clock
from rollups.volunteers import hours_by_day

EVENING = datetime(2026, 11, 24, 18, 0, tzinfo=clock.SHANGHAI)
Record = tuple[int, int, int]  # volunteer, first half hour, half hours


def hours(records: list[Record]) -> float:
    frame = pl.DataFrame(
        {
            "volunteer_id": [who for who, _, _ in records],
            "role": ["service" if first % 2 else "policy" for _, first, _ in records],
            "occupation": ["courier"] * len(records),
            "day": [EVENING.date()] * len(records),
            "starts_at": [EVENING + timedelta(minutes=30 * first) for _, first, _ in records],
            "ends_at": [EVENING + timedelta(minutes=30 * (first + steps)) for _, first, steps in records],
        }
    )
    return float(hours_by_day(frame)["half_hours"].sum()) / 2


def test_two_records_that_overlap_by_an_hour_count_that_hour_once() -> None:
    assert hours([(1, 0, 4), (1, 2, 4)]) == 3.0


def test_a_record_inside_another_adds_nothing() -> None:
    assert hours([(1, 0, 6), (1, 1, 2), (1, 4, 3)]) == 3.5


def test_two_volunteers_at_the_same_time_count_both() -> None:
    assert hours([(1, 0, 4), (2, 0, 4)]) == 4.0


def test_any_evening_counts_each_half_hour_of_a_volunteer_once() -> None:
    chance = random.Random(6)
    for _ in range(60):
        made = [(chance.randint(1, 3), chance.randint(0, 8), chance.randint(1, 6)) for _ in range(chance.randint(1, 9))]
        slow = {(who, first + step) for who, first, steps in made for step in range(steps)}
        assert hours(made) == len(slow) / 2
