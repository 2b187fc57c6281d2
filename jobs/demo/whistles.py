"""The demo's whistles: meetings called for hard cases, who came when, what was promised and kept until now."""

import json
import random
import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

import clock
from data_access.engine import Connection
from data_access.frames import MOMENT
from data_access.tables.cases import CaseEvent
from data_access.tables.desk import Commitment, Whistle, WhistleCase, WhistleUnit
from data_access.workdays import Calendar
from jobs.demo.days import Stretch
from jobs.demo.lives import UNIT_IDS
from jobs.demo.rows import put
from vocabulary.desk import Presence, WhistleKind
from vocabulary.enums import CaseType, EventKind, Urgency

Row = dict[str, Any]
SHARE = {Urgency.EMERGENCY: 0.3, Urgency.COMPLEX: 0.5, Urgency.URGENT: 0.14, Urgency.NORMAL: 0.05}
ENFORCERS = ("enforcement", "police", "traffic", "fire")
MEETING, HURRY = time(10), timedelta(minutes=30)
RUNNING = 2
TALKED = (CaseType.CONSULT.value, CaseType.PRAISE.value)
COMES, IN_TIME, ONLINE, KEPT = 0.93, 0.88, 0.15, 0.85
LATER: dict[str, Any] = {
    "conclusion": pl.String,
    "concluded_at": MOMENT,
    "responded_at": MOMENT,
    "arrived_at": MOMENT,
    "presence": pl.String,
    "done_at": MOMENT,
}


def blow(conn: Connection, cases: Sequence[Row], days: Stretch, seed: int, calendar: Calendar) -> None:
    """Puts the whistles of these cases into the database, each as far as it has got."""
    cases = [case for case in cases if case["assigned_at"] and not case["dropped_on"] and case["type"] not in TALKED]
    under_way = [case for case in cases if not case["finished_at"]]
    newest = {case["id"] for case in sorted(under_way, key=lambda case: case["assigned_at"])[-RUNNING:]}
    called = [one for case in cases if (one := _whistle(case, case["id"] in newest, days.cut, seed, calendar))]
    called.sort(key=lambda one: (one["blown_at"], one["case"]["id"]))
    whistles, units, links, events, promises = list[Row](), list[Row](), list[Row](), list[Row](), list[Row]()
    for whistle_id, one in enumerate(called, 1):
        chance = random.Random(f"{seed} {one['case']['number']} meeting")
        whistle = _row(whistle_id, one, chance, days.cut)
        whistles.append(whistle)
        links.append({"whistle_id": whistle_id, "case_id": one["case"]["id"]})
        events.append(_event(whistle, one["case"]["id"]))
        units += [_call(whistle, unit, chance, days.cut) for unit in one["units"]]
        promises += _promises(whistle, one["units"], chance, days.cut)
    for table, rows in (
        (Whistle, whistles),
        (WhistleUnit, units),
        (WhistleCase, links),
        (CaseEvent, events),
        (Commitment, promises),
    ):
        if rows:
            types = {name: kind for name, kind in LATER.items() if name in rows[0]}
            put(conn, table, pl.DataFrame(rows, schema_overrides=types, infer_schema_length=None))


def _whistle(case: Row, newest: bool, cut: datetime, seed: int, calendar: Calendar) -> Row | None:
    """Which kind, when, for whom and until when; None for a case that needs none, or was finished before they met.

    The newest have one that still runs.
    """
    chance = random.Random(f"{seed} {case['number']} whistle")
    if chance.random() >= SHARE[Urgency(case["urgency"])] and not newest:
        return None
    kind = WhistleKind.KEY_ISSUE if newest else _kind(case, chance)
    at_once = kind is WhistleKind.EMERGENCY
    blown_at = case["assigned_at"] + timedelta(minutes=chance.randrange(5, 15 if at_once else 180))
    if newest:
        blown_at = max(case["assigned_at"], cut - timedelta(minutes=chance.randrange(10, 40)))
    arrive_by = blown_at + HURRY if at_once else _next_morning(blown_at, calendar)
    met_by = arrive_by if at_once else arrive_by + timedelta(hours=2)
    if blown_at > cut or (case["finished_at"] and case["finished_at"] < met_by):
        return None
    others = [code for code, unit in UNIT_IDS.items() if unit != case["lead_unit_id"]]
    lead = [code for code, unit in UNIT_IDS.items() if unit == case["lead_unit_id"]]
    pool = [code for code in ENFORCERS if code in others] if kind is WhistleKind.ENFORCEMENT else others
    units = [*lead, *chance.sample(pool, chance.randint(1, 3))]
    return {"case": case, "kind": kind, "blown_at": blown_at, "arrive_by": arrive_by, "units": units}


def _kind(case: Row, chance: random.Random) -> WhistleKind:
    if case["urgency"] == Urgency.EMERGENCY:
        return WhistleKind.EMERGENCY
    return WhistleKind.ENFORCEMENT if chance.random() < 0.3 else WhistleKind.KEY_ISSUE


def _next_morning(blown_at: datetime, calendar: Calendar) -> datetime:
    day = blown_at.date() + timedelta(1)
    while not calendar.is_workday(day):
        day += timedelta(1)
    return datetime.combine(day, MEETING, clock.SHANGHAI)


def _row(whistle_id: int, one: Row, chance: random.Random, cut: datetime) -> Row:
    concluded_at = one["arrive_by"] + timedelta(minutes=chance.randrange(50, 110))
    over = concluded_at <= cut
    said = _words()
    return {
        "id": whistle_id,
        "number": f"CS{one['blown_at'].year}-{whistle_id:04d}",
        "kind": one["kind"].value,
        "request": chance.choice(said["request"][one["kind"].value]).format(title=one["case"]["title"]),
        "blown_at": one["blown_at"],
        "blown_on": one["blown_at"].date(),
        "arrive_by": one["arrive_by"],
        "conclusion": chance.choice(said["conclusion"][one["kind"].value]) if over else None,
        "concluded_at": concluded_at if over else None,
    }


def _event(whistle: Row, case_id: int) -> Row:
    return {
        "case_id": case_id,
        "at": whistle["blown_at"],
        "kind": EventKind.WHISTLED.value,
        "note": f"{whistle['number']} {whistle['request']}",
        "detail": json.dumps({"whistle": whistle["id"]}),
    }


def _call(whistle: Row, unit: str, chance: random.Random, cut: datetime) -> Row:
    comes, online, in_time = (chance.random() < share for share in (COMES, ONLINE, IN_TIME))
    answered_at = whistle["blown_at"] + timedelta(minutes=chance.randrange(3, 55))
    late = timedelta(minutes=-chance.randrange(1, 20) if in_time else chance.randrange(3, 45))
    arrived_at = max(whistle["arrive_by"] + late, answered_at)
    responded = comes and answered_at <= cut
    arrived = comes and arrived_at <= cut
    over = whistle["concluded_at"] is not None
    presence = (Presence.ONLINE if online else Presence.PRESENT) if arrived else Presence.ABSENT if over else None
    return {
        "whistle_id": whistle["id"],
        "unit_id": UNIT_IDS[unit],
        "responded_at": answered_at if responded else None,
        "arrived_at": arrived_at if arrived else None,
        "presence": presence and presence.value,
    }


def _promises(whistle: Row, units: list[str], chance: random.Random, cut: datetime) -> list[Row]:
    """What one or two of the called promised, once it is concluded."""
    if whistle["concluded_at"] is None:
        return []
    rows = []
    for unit in units[: chance.randint(1, 2)]:
        due_on = whistle["concluded_at"].date() + timedelta(chance.randint(2, 10))
        ahead = timedelta(hours=chance.randrange(3, 40)) if chance.random() < KEPT else -timedelta(chance.randint(1, 9))
        done_at = max(datetime.combine(due_on, time(17), clock.SHANGHAI) - ahead, whistle["concluded_at"])
        rows.append(
            {
                "whistle_id": whistle["id"],
                "unit_id": UNIT_IDS[unit],
                "what": chance.choice(_words()["promise"][unit]),
                "due_on": due_on,
                "done_at": done_at if done_at <= cut else None,
            }
        )
    return rows


@cache
def _words() -> Mapping[str, Mapping[str, list[str]]]:
    file = Path(__file__).with_suffix(".toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))
