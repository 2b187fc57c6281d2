"""The demo's volunteers: some sixty people, their shifts and evenings, and the clues they brought.

The last evenings wait to be verified, the last clues to be looked at; some of next week's shifts are short.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np

import clock
from data_access.engine import Connection
from data_access.tables.volunteers import Clue, ServiceRecord, Shift, SignUp, Volunteer
from geo import neighbourhood as drawn
from jobs.demo.concerns import brought
from jobs.demo.days import Stretch, festival
from jobs.demo.disputes import GRIDS, one_of
from jobs.demo.rows import put
from vocabulary.enums import Channel, PlaceKind
from vocabulary.volunteers import Occupation, ServiceOutcome, VolunteerRole, VolunteerStatus

PEOPLE, FROM_THE_FIRST = 60, 48
AHEAD, VERIFIED_AFTER, LOOKED_AFTER = 7, 4, 4
SURNAMES = "张王李刘陈杨黄周吴徐孙马朱胡林郭何高罗郑"
OCCUPATIONS: dict[Occupation, float] = {
    Occupation.FOOD_DELIVERY: 30,
    Occupation.COURIER: 26,
    Occupation.RIDE_HAILING: 18,
    Occupation.PARTY_MEMBER: 14,
    Occupation.RESIDENT: 12,
}
TEAMS = {
    Occupation.FOOD_DELIVERY: "骑手先锋队",
    Occupation.COURIER: "快递先锋队",
    Occupation.RIDE_HAILING: "网约车先锋队",
    Occupation.PARTY_MEMBER: "党员服务队",
    Occupation.RESIDENT: "邻里服务队",
}
ROLES: dict[VolunteerRole, float] = {
    VolunteerRole.SERVICE: 36,
    VolunteerRole.CIVILITY: 28,
    VolunteerRole.FEELINGS: 20,
    VolunteerRole.POLICY: 16,
}
TITLES = {
    VolunteerRole.SERVICE: "邻里帮扶",
    VolunteerRole.CIVILITY: "文明劝导",
    VolunteerRole.FEELINGS: "随手巡查",
    VolunteerRole.POLICY: "政策宣传",
}
OUTCOMES: dict[ServiceOutcome, float] = {
    ServiceOutcome.DONE: 87,
    ServiceOutcome.MISSED: 3,
    ServiceOutcome.NO_SHOW: 6,
    ServiceOutcome.LATE_CANCEL: 4,
}
SEEN = ("单元门口堆了旧家具", "路灯不亮", "井盖松动", "电动车停在楼道口", "雨棚积水", "花坛护栏松了", "垃圾桶满溢")
A_VISIT = 0.5  # clues that became no case, beyond the one of every other day
Row = dict[str, Any]


def serve(conn: Connection, days: Stretch, seed: int) -> None:
    """Puts the volunteers and all they did until now into the database, and the shifts of the week to come."""
    people = [_person(n, days, seed) for n in range(1, PEOPLE + 1)]
    put(conn, Volunteer, people)
    coming = [days.until + timedelta(n) for n in range(1, AHEAD + 1)]
    shifts = [shift for day in [*days.each(), *coming] for shift in _shifts(day, seed)]
    numbered = [{"id": n, **shift} for n, shift in enumerate(shifts, 1)]
    put(conn, Shift, numbered)
    signed = [(shift, who) for shift in numbered for who in _who(shift, people, days, seed)]
    if signed:
        put(conn, SignUp, [{"shift_id": shift["id"], "volunteer_id": who} for shift, who in signed])
    records = _records(signed, days, seed)
    if records:
        put(conn, ServiceRecord, records)
    clues = _clues(days, seed)
    if clues:
        put(conn, Clue, clues)


def _person(n: int, days: Stretch, seed: int) -> Row:
    chance = np.random.default_rng([seed, n, 81])
    work = one_of(chance, OCCUPATIONS)
    length = (days.until - days.since).days
    late = n > FROM_THE_FIRST and length > 0
    on = days.since + timedelta(int(chance.integers(0, length))) if late else days.since - timedelta(n + 20)
    status = VolunteerStatus.PAUSED if n % 29 == 0 else VolunteerStatus.ACTIVE
    return {
        "id": n,
        "number": f"HM{n:03d}",
        "masked_name": f"{SURNAMES[int(chance.integers(len(SURNAMES)))]}**",
        "occupation": work.value,
        "team": TEAMS[work],
        "registered_on": on,
        "status": status.value,
    }


def _shifts(day: date, seed: int) -> list[Row]:
    chance = np.random.default_rng([seed, day.toordinal(), 82])
    at = [time(18, 30)] if chance.random() < (0.4 if festival(day) else 0.85) else []
    if day.isoweekday() >= 6:
        at.append(time(9, 0))
    return [_shift(day, begins, chance) for begins in at]


def _shift(day: date, begins: time, chance: np.random.Generator) -> Row:
    role = one_of(chance, ROLES)
    starts = datetime.combine(day, begins, clock.SHANGHAI)
    return {
        "place_id": _post() if chance.random() < 0.6 else None,
        "title": TITLES[role],
        "role": role.value,
        "day": day,
        "starts_at": starts,
        "ends_at": starts + timedelta(minutes=30 * int(chance.integers(3, 6))),
        "needed": int(chance.integers(3, 7)),
    }


def _post() -> int:
    return next(n for n, place in enumerate(drawn.places(), 1) if place.kind is PlaceKind.VOLUNTEER_POST)


def _who(shift: Row, people: list[Row], days: Stretch, seed: int) -> list[int]:
    """Who signed up: the keener the lower the number; fewer than needed while a shift is to come."""
    chance = np.random.default_rng([seed, shift["id"], 83])
    free = [one["id"] for one in people if one["registered_on"] < shift["day"] and one["status"] == "active"]
    weights = 1 / (np.arange(len(free)) + 12)
    missing = int(chance.integers(0, 4)) if shift["day"] > days.until else int(chance.integers(-1, 2))
    wanted = max(1, shift["needed"] - missing)
    return [int(one) for one in chance.choice(free, min(wanted, len(free)), replace=False, p=weights / weights.sum())]


def _records(signed: list[tuple[Row, int]], days: Stretch, seed: int) -> list[Row]:
    found = []
    for shift, who in signed:
        chance = np.random.default_rng([seed, shift["id"], who, 84])
        own = {**_served(shift, who), "outcome": one_of(chance, OUTCOMES).value}
        found.append(own)
        if own["outcome"] == ServiceOutcome.DONE and chance.random() < 0.06:  # a second task that overlaps the first
            begins = shift["ends_at"] - timedelta(minutes=30)
            later = {"starts_at": begins, "ends_at": begins + timedelta(hours=1), "shift_id": None}
            found.append(own | later | {"role": VolunteerRole.FEELINGS.value})
    over = [row for row in found if row["ends_at"] <= days.cut]
    return [row | {"verified_at": _verified(row, days)} for row in over]


def _served(shift: Row, who: int) -> Row:
    kept = ("role", "day", "starts_at", "ends_at")
    return {"volunteer_id": who, "shift_id": shift["id"], **{name: shift[name] for name in kept}}


def _verified(row: Row, days: Stretch) -> datetime | None:
    at = datetime.combine(row["day"] + timedelta(VERIFIED_AFTER), time(9, 0), clock.SHANGHAI)
    return at if at <= days.cut else None


def _clues(days: Stretch, seed: int) -> list[Row]:
    """Each case that came from volunteers was a clue; some clues were set aside, the last ones wait."""
    cases = (one for day in days.each() for one in brought(day, seed) if one.received_at <= days.cut)
    became = [
        _clue(one.received_at.date(), one.title, one.grid, case_id, one.received_at)
        for case_id, one in enumerate(cases, 1)
        if one.channel is Channel.VOLUNTEER
    ]
    others = [row for day in days.each()[:-1] for row in _no_case(day, days, seed)]
    return sorted([*became, *others], key=lambda row: (row["reported_on"], row["text"]))


def _no_case(day: date, days: Stretch, seed: int) -> list[Row]:
    chance = np.random.default_rng([seed, day.toordinal(), 85])
    looked_at = datetime.combine(day + timedelta(LOOKED_AFTER), time(9, 0), clock.SHANGHAI)
    seen = looked_at if looked_at <= days.cut else None
    grids = [one_of(chance, GRIDS) for _ in range(1 + chance.poisson(A_VISIT) if day.toordinal() % 2 else 0)]
    return [_clue(day, SEEN[int(chance.integers(len(SEEN)))], grid, None, seen) for grid in grids]


def _clue(day: date, text: str, grid: int | None, case_id: int | None, looked_at: datetime | None) -> Row:
    role = VolunteerRole.FEELINGS if (day.toordinal() + len(text)) % 4 else VolunteerRole.CIVILITY
    return {
        "volunteer_role": role.value,
        "text": text,
        "grid_id": grid,
        "place_id": None if grid else _post(),
        "reported_on": day,
        "looked_at": looked_at,
        "case_id": case_id,
    }
