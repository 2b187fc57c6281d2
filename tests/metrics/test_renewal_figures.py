"""Deliberation's figures over a few steps, and a slow recount of them."""

import random
import statistics
from datetime import date, timedelta

import polars as pl
import pytest

from metrics import renewal
from metrics.figure import Figure
from vocabulary.questions import Period

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
D = date
STEPS = pl.DataFrame(
    [
        (1, "YT1", 1, D(2026, 2, 1), D(2026, 2, 20), D(2026, 2, 20)),  # left before the period
        (1, "YT1", 2, D(2026, 2, 20), D(2026, 3, 1), D(2026, 3, 1)),  # passed on its first day: 9 days
        (1, "YT1", 3, D(2026, 3, 1), D(2026, 3, 31), D(2026, 3, 31)),  # passed on its last day: 30 days
        (1, "YT1", 4, D(2026, 3, 31), D(2026, 4, 5), D(2026, 4, 5)),  # passed after it: waiting at its end
        (2, "YT2", 1, D(2026, 3, 10), None, D(2026, 3, 20)),  # turned down in it
        (3, "YT3", 1, D(2026, 3, 12), None, None),  # still waiting
        (4, "YT4", 1, D(2026, 4, 2), None, None),  # filed after it
    ],
    schema=["proposal_id", "number", "step", "opened_on", "passed_on", "left_on"],
    orient="row",
)


def test_a_step_counts_where_a_proposal_stood_and_where_it_passed() -> None:
    assert renewal.steps_passed(MARCH, STEPS) == Figure(2 / 5, 2, 5)
    assert renewal.step_days(MARCH, STEPS) == Figure(19.5, None, 2)
    assert renewal.proposals_open(MARCH, STEPS) == Figure(2)


def test_the_funnel_has_five_steps_that_add_up_to_the_figures() -> None:
    funnel = renewal.funnel(MARCH, STEPS)
    assert funnel["step"].to_list() == [1, 2, 3, 4, 5]
    assert funnel["stood"].to_list() == [2, 1, 1, 1, 0]
    assert funnel["passed"].to_list() == [0, 1, 1, 0, 0]
    assert funnel["rate"].to_list() == [0, 1, 1, 0, None]
    assert funnel["days"].to_list() == [None, 9, 30, None, None]
    assert funnel["waiting"].to_list() == [1, 0, 0, 1, 0]


def test_from_the_beginning_the_rate_is_those_who_reached_the_next_step() -> None:
    ever = Period(date(2026, 1, 1), date(2026, 12, 31))
    assert renewal.funnel(ever, STEPS)["rate"].to_list() == [1 / 4, 1, 1, 1, None]


def test_nothing_gives_no_rate_and_no_median() -> None:
    before = Period(date(2020, 1, 1), date(2020, 1, 31))
    assert renewal.steps_passed(before, STEPS) == Figure(None, 0, 0)
    assert renewal.step_days(before, STEPS) == Figure(None, None, 0)
    assert renewal.proposals_open(before, STEPS) == Figure(0)


@pytest.mark.parametrize("seed", range(8))
def test_a_slow_recount_agrees(seed: int) -> None:
    dice = random.Random(seed)
    rows = []
    for proposal in range(40):
        opened = date(2026, 1, 1) + timedelta(dice.randint(0, 90))
        for step in range(1, 6):
            passes = dice.random() < 0.75
            ends = opened + timedelta(dice.randint(0, 30)) if passes or dice.random() < 0.5 else None
            rows.append((proposal, f"YT{proposal}", step, opened, ends if passes else None, ends))
            if not passes or ends is None:
                break
            opened = ends
    frame = pl.DataFrame(rows, schema=STEPS.schema, orient="row")
    stood = [r for r in rows if r[3] <= MARCH.until and (r[5] is None or r[5] >= MARCH.since)]
    passed = [r for r in stood if r[4] and MARCH.since <= r[4] <= MARCH.until]
    waiting = [r for r in rows if r[3] <= MARCH.until and (r[5] is None or r[5] > MARCH.until)]
    days = [(r[4] - r[3]).days for r in passed if r[4]]
    assert renewal.steps_passed(MARCH, frame) == Figure(len(passed) / len(stood), len(passed), len(stood))
    assert renewal.step_days(MARCH, frame) == Figure(statistics.median(days), None, len(days))
    assert renewal.proposals_open(MARCH, frame) == Figure(len(waiting))


def test_late_projects_are_past_a_planned_day_and_not_there() -> None:
    day = date(2026, 6, 1)
    rows = [
        ("on time", D(2026, 5, 1), D(2026, 7, 1), D(2026, 5, 2), None),
        ("not begun", D(2026, 5, 1), D(2026, 7, 1), None, None),
        ("not finished", D(2026, 1, 1), D(2026, 5, 31), D(2026, 1, 1), None),
        ("finished late", D(2026, 1, 1), D(2026, 5, 1), D(2026, 1, 1), D(2026, 5, 20)),
        ("ends today", D(2026, 1, 1), D(2026, 6, 1), D(2026, 1, 1), None),
    ]
    columns = ["number", "plan_from", "plan_to", "started_on", "finished_on"]
    frame = pl.DataFrame(rows, schema=columns, orient="row")
    assert renewal.late(frame, day)["number"].to_list() == ["not begun", "not finished"]
