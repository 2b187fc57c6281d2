"""Who is missed, against a slow look at every day one by one."""

import random
from datetime import date, timedelta

import pytest

from metrics.care import Absence, Watched, absences

TODAY = date(2026, 11, 24)
SERVING = [TODAY - timedelta(n) for n in range(1, 15)]  # each day before today
ALWAYS = date(2026, 1, 1)


def days(*back: int) -> frozenset[date]:
    """So many days before today."""
    return frozenset(TODAY - timedelta(n) for n in back)


def missed(ate: frozenset[date], **others: object) -> Absence | None:
    diner = Watched(1, **{"consent_on": ALWAYS, "ate_on": ate} | others)  # type: ignore[arg-type]
    return absences(TODAY, SERVING, [diner]).get(1)


@pytest.mark.parametrize(
    ("ate", "is_missed"),
    [
        (days(3, 4, 5, 6, 7), True),  # came every day, not on the last two
        (days(3, 5, 7), True),  # three of the five up to the last meal
        (days(3, 6), False),  # only two of them: not a regular one
        (days(3, 8, 9, 10), False),  # earlier days do not make one regular
        (days(2, 3, 4), False),  # one day missed
        (days(0, 3, 4, 5), False),  # ate today
        (days(10, 11, 12), True),  # long away
        (frozenset(), False),  # never came
    ],
)
def test_a_regular_one_who_missed_two_serving_days_is_missed(ate: frozenset[date], is_missed: bool) -> None:
    assert (missed(ate) is not None) is is_missed


def test_days_of_a_pause_are_not_missed_and_one_after_it_is_not_enough() -> None:
    ate = days(5, 6, 7)
    paused = (TODAY - timedelta(4), TODAY - timedelta(2))
    assert missed(ate) == Absence(TODAY - timedelta(5), TODAY - timedelta(5))
    assert missed(ate, pauses=(paused,)) is None
    assert missed(ate, pauses=((TODAY - timedelta(4), None),)) is None


def test_who_stays_away_after_a_pause_is_missed_since_its_end() -> None:
    pause = (TODAY - timedelta(6), TODAY - timedelta(3))
    assert missed(days(7, 8, 9), pauses=(pause,)) == Absence(TODAY - timedelta(7), TODAY - timedelta(3))


def test_days_before_the_consent_are_not_missed() -> None:
    ate = days(5, 6, 7)
    assert missed(ate, consent_on=TODAY - timedelta(2)) is not None
    assert missed(ate, consent_on=TODAY - timedelta(1)) is None


def test_days_on_which_the_canteen_was_closed_do_not_count() -> None:
    diner = Watched(1, ALWAYS, days(4, 5, 6))
    assert absences(TODAY, [day for day in SERVING if day not in days(1, 2)], [diner]) == {}


def slow(today: date, serving: list[date], diner: Watched) -> bool:
    """The rule as one would say it, day by day backwards."""

    def meant_to_come(day: date) -> bool:
        if day in diner.ate_on:
            return True
        return day in serving and not any(
            since <= day and (until is None or day <= until) for since, until in diner.pauses
        )

    if today in diner.ate_on:
        return False
    day, away = today - timedelta(1), 0
    pause_ends = {until for _, until in diner.pauses if until is not None and until < today}
    after_pause = False
    while day not in diner.ate_on:
        after_pause = after_pause or day in pause_ends
        away += meant_to_come(day) and day >= diner.consent_on and not after_pause
        day -= timedelta(1)
        if day < today - timedelta(60):
            return False
    came = looked_at = 0
    while looked_at < 5 and day > today - timedelta(60):
        if meant_to_come(day):
            looked_at += 1
            came += day in diner.ate_on
        day -= timedelta(1)
    return away >= 2 and came >= 3


@pytest.mark.parametrize("seed", range(5))
def test_it_agrees_with_a_slow_look_at_random_diners(seed: int) -> None:
    chance = random.Random(seed)
    serving = [TODAY - timedelta(n) for n in range(31) if chance.random() < 0.9]
    diners = []
    for n in range(300):
        often = chance.random()
        ate = frozenset(
            day for day in serving if chance.random() < often and (TODAY - day).days >= chance.choice([0, 3])
        )
        pauses = []
        if chance.random() < 0.4:
            begins = TODAY - timedelta(chance.randint(0, 20))
            ends = begins + timedelta(chance.randint(0, 6))
            pauses.append((begins, ends if chance.random() < 0.8 else None))
        diners.append(Watched(n, TODAY - timedelta(chance.randint(0, 30)), ate, tuple(pauses)))
    found = absences(TODAY, serving, diners)
    assert set(found) == {diner.diner_id for diner in diners if slow(TODAY, serving, diner)}
    assert 5 < len(found) < 295
    assert all(one.last_ate_on == max(diners[n].ate_on) for n, one in found.items())
