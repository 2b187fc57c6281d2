"""The demo's activities: some each week in the centre and the courtyard, and the branches' organisation life."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np

import clock
from data_access.engine import Connection
from data_access.tables.activities import Activity, Branch, CentreZone, PartyPlan
from jobs.demo.days import Stretch, festival
from jobs.demo.rows import put
from vocabulary.activities import ActivityKind, ActivityState, Audience, PartyKind
from vocabulary.enums import Field

ZONES = (
    ("hall", "办事大厅", "Service hall"),
    ("neighbours", "邻里互助空间", "Neighbours' space"),
    ("democracy", "全过程人民民主实践站", "Democracy practice station"),
)
BRANCHES = (("first", "第一党支部", "First branch"), ("second", "第二党支部", "Second branch"))
COMING = 14
K, A, F = ActivityKind, Audience, Field
# kind, title, zone, audience, topic, the steward's field, planned person-times
PROGRAMME: tuple[tuple[ActivityKind, str, int, Audience, str | None, Field | None, int], ...] = (
    (K.WARM_HEART, "邻里暖心理发", 2, A.ELDERS, None, F.CARE, 40),
    (K.TALK, "消防安全宣讲", 3, A.RENTERS, "消防安全", None, 50),
    (K.LEGAL, "反诈普法课", 3, A.ELDERS, "防范电信诈骗", F.MEDIATION, 45),
    (K.HEALTH, "高血压健康咨询", 1, A.ELDERS, "慢病管理", F.CARE, 60),
    (K.CIVIC, "垃圾分类实践", 2, A.EVERYONE, "垃圾分类", F.VOLUNTEERING, 35),
    (K.ARTS, "社区合唱排练", 2, A.EVERYONE, None, None, 30),
    (K.TALK, "骑手交通安全课", 2, A.NEW_WORKERS, "交通安全", F.VOLUNTEERING, 25),
    (K.COURTYARD, "物业服务院坝会", 3, A.EVERYONE, "物业管理", F.PROPERTY, 40),
    (K.WARM_HEART, "四点半课堂", 2, A.CHILDREN, None, F.CARE, 20),
)
WEEKDAYS = (2, 4, 6)
# Day of the month, kind, title, planned
PARTY = (
    (6, PartyKind.FIRST_TOPIC, "第一议题学习", 30),
    (12, PartyKind.THREE_MEETINGS, "支部党员大会", 35),
    (20, PartyKind.THEME_DAY, "主题党日", 35),
    (26, PartyKind.THREE_MEETINGS, "党课", 40),
)
UNREPORTED = timedelta(hours=36)


def hold(conn: Connection, days: Stretch, seed: int) -> None:
    """Activities of the demo's days and the two weeks to come, told up to now; the newest wait for attendance."""
    put(conn, CentreZone, [_named(n, row) for n, row in enumerate(ZONES, 1)])
    put(conn, Branch, [_named(n, row) for n, row in enumerate(BRANCHES, 1)])
    every = [*days.each(), *(days.until + timedelta(n) for n in range(1, COMING + 1))]
    months = sorted({day.replace(day=1) for day in every if day <= days.until})
    often = Counter(kind for _, kind, *_ in PARTY)
    plans = [(branch, month, kind) for month in months for branch in (1, 2) for kind in often]
    put(conn, PartyPlan, [_due(branch, month, kind, often[kind]) for branch, month, kind in plans])
    rows = [row for day in every for row in (*_weekly(day, days, seed), *_party(day, days, seed))]
    if rows:
        put(conn, Activity, rows)


def _named(n: int, row: tuple[str, str, str]) -> dict[str, Any]:
    code, name, name_en = row
    return {"id": n, "code": code, "name": name, "name_en": name_en}


def _due(branch: int, month: date, kind: PartyKind, due: int) -> dict[str, Any]:
    return {"branch_id": branch, "month": month, "party_kind": kind.value, "due": due}


def _weekly(day: date, days: Stretch, seed: int) -> list[dict[str, Any]]:
    named = festival(day)
    rows = []
    if named and festival(day - timedelta(1)) != named:
        rows.append(
            _row(day, 10, K.FESTIVAL, f"{named}游园会", days, seed, zone=2, planned=150)
            | {"festival": named, "field": F.CARE.value}
        )
    if day.isoweekday() in WEEKDAYS and not named:
        kind, title, zone, audience, topic, field, planned = PROGRAMME[day.toordinal() % len(PROGRAMME)]
        row = _row(day, 15, kind, title, days, seed, zone=zone, planned=planned)
        rows.append(row | {"audience": audience.value, "topic": topic, "field": field.value if field else None})
    return rows


def _party(day: date, days: Stretch, seed: int) -> list[dict[str, Any]]:
    rows = []
    for due, kind, title, planned in PARTY:
        for branch, (_, name, _en) in enumerate(BRANCHES, 1):
            if day.day == due + branch - 1:
                row = _row(day, 19, K.PARTY, f"{name}{title}", days, seed, zone=3, planned=planned)
                party = {"party_kind": kind.value, "branch_id": branch, "audience": A.PARTY_MEMBERS.value}
                rows.append(row | party)
    return rows


def _row(
    day: date, hour: int, kind: ActivityKind, title: str, days: Stretch, seed: int, *, zone: int, planned: int
) -> dict[str, Any]:
    chance = np.random.default_rng([seed, day.toordinal(), hour, 72])
    starts = datetime.combine(day, time(hour), clock.SHANGHAI)
    dropped = kind is not K.PARTY and chance.random() < 0.04
    came = int(planned * chance.uniform(0.68, 1.12))
    held = not dropped and starts + UNREPORTED <= days.cut
    state = ActivityState.CANCELLED if dropped else ActivityState.HELD if held else ActivityState.PLANNED
    return {
        "kind": kind.value,
        "party_kind": None,
        "title": title,
        "zone_id": zone,
        "place_id": None,
        "branch_id": None,
        "day": day,
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=2),
        "audience": A.EVERYONE.value,
        "topic": None,
        "festival": None,
        "field": None,
        "planned": planned,
        "actual": came if held else None,
        "state": state.value,
        "reason": "天气原因" if dropped else None,
    }
