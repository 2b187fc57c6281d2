"""Who is missed at the canteen: a regular one who stayed away on two serving days without a pause."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

LOOKED_AT, OFTEN = 5, 3
MISSED = 2
Pauses = Iterable[tuple[date, date | None]]


@dataclass(frozen=True)
class Watched:
    """A diner who agreed to be called: since when, the days of meals, the pauses."""

    diner_id: int
    consent_on: date
    ate_on: frozenset[date]
    pauses: tuple[tuple[date, date | None], ...] = ()


@dataclass(frozen=True)
class Absence:
    """The last day a diner ate, and the last day on which all was known to be well: that one, or a pause's last."""

    last_ate_on: date
    well_on: date


def absences(today: date, serving: Collection[date], watched: Iterable[Watched]) -> dict[int, Absence]:
    """By diner the absence of those who are missed today.

    Missed is who stayed away on at least two serving days that are over, since the last meal and the last pause,
    and who ate on at least three of the five up to that meal. Days of a pause do not count, nor those before the
    consent.
    """
    over = sorted(day for day in serving if day < today)
    found = ((each.diner_id, _missed(today, over, each)) for each in watched)
    return {diner: absence for diner, absence in found if absence is not None}


def _missed(today: date, over: list[date], diner: Watched) -> Absence | None:
    ate = [day for day in diner.ate_on if day <= today]
    if not ate:
        return None
    last = max(ate)
    well_on = max([last, *(until for _, until in diner.pauses if until is not None and until < today)])
    meant = [day for day in over if day in diner.ate_on or not _paused(day, diner.pauses)]
    away = [day for day in meant if day > well_on and day >= diner.consent_on]
    before = [day for day in meant if day <= last][-LOOKED_AT:]
    regular = sum(day in diner.ate_on for day in before) >= OFTEN
    return Absence(last, well_on) if regular and len(away) >= MISSED else None


def _paused(day: date, pauses: Pauses) -> bool:
    return any(since <= day and (until is None or day <= until) for since, until in pauses)


def by_diner(rows: Iterable[tuple[int, date]]) -> Mapping[int, frozenset[date]]:
    """Days by diner."""
    found: dict[int, set[date]] = {}
    for diner, day in rows:
        found.setdefault(diner, set()).add(day)
    return {diner: frozenset(days) for diner, days in found.items()}
