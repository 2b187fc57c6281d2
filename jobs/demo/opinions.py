"""The demo's opinions: what people suggested and what became of it; some of them became cases."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from data_access.engine import Connection
from data_access.tables.peace_post import Opinion
from jobs.demo.concerns import Concern, brought
from jobs.demo.days import Stretch, festival
from jobs.demo.disputes import GRIDS, one_of
from jobs.demo.matters import matters
from jobs.demo.rows import put
from vocabulary.enums import CaseType, Channel, Feed
from vocabulary.peace_post import Decision, OpinionOrigin, Theme

A_DAY = (2.5, 2.7, 2.7, 4.9, 3.0, 2.3, 1.6)  # Monday to Sunday; Thursday is the day of the courtyard meeting
ORIGINS: dict[OpinionOrigin, float] = {
    OpinionOrigin.PEACE_POST: 34,
    OpinionOrigin.HOME_VISIT: 24,
    OpinionOrigin.BOX: 16,
    OpinionOrigin.DISCUSSION: 12,
    OpinionOrigin.COURTYARD: 14,
}
MEETING_DAY = {OpinionOrigin.COURTYARD: 60, OpinionOrigin.PEACE_POST: 18, OpinionOrigin.HOME_VISIT: 22}
THEMES: dict[Theme, float] = {
    Theme.FACILITIES: 18,
    Theme.ENVIRONMENT: 16,
    Theme.PARKING: 15,
    Theme.ELDERLY: 13,
    Theme.PROPERTY: 11,
    Theme.RENEWAL: 9,
    Theme.SAFETY: 8,
    Theme.SHOPS: 5,
    Theme.CULTURE: 4,
    Theme.OTHER: 1,
}
DECISIONS: dict[Decision, float] = {
    Decision.ADOPTED: 44,
    Decision.PARTLY: 20,
    Decision.REJECTED: 27,
    Decision.STUDYING: 9,
}
DECIDED_AFTER_STUDY: dict[Decision, float] = {Decision.ADOPTED: 5, Decision.PARTLY: 3, Decision.REJECTED: 2}
FROM_CHANNEL = {
    Channel.PEACE_POST: OpinionOrigin.PEACE_POST,
    Channel.COURTYARD: OpinionOrigin.COURTYARD,
    Channel.DISCUSSION: OpinionOrigin.DISCUSSION,
    Channel.HOME_VISIT: OpinionOrigin.HOME_VISIT,
}
OF_MATTER = {
    "物业管理": Theme.PROPERTY,
    "公共设施": Theme.FACILITIES,
    "加装电梯": Theme.FACILITIES,
    "公共空间": Theme.FACILITIES,
    "交通出行": Theme.PARKING,
    "城市管理": Theme.ENVIRONMENT,
    "平安建设": Theme.SAFETY,
    "民生保障": Theme.ELDERLY,
    "社区服务": Theme.SHOPS,
    "党群活动": Theme.CULTURE,
    "城市更新": Theme.RENEWAL,
}
WHOLE_COMMUNITY = 0.3
LATER: dict[str, Any] = {
    "grid_id": pl.Int64,
    "decision": pl.String,
    "decision_reason": pl.String,
    "decided_on": pl.Date,
    "answered_on": pl.Date,
    "case_id": pl.Int64,
    "feed": pl.String,
}


def collect(conn: Connection, days: Stretch, seed: int) -> None:
    """Puts the opinions collected until now into the database, each as far as it has got."""
    cases = (one for day in days.each() for one in brought(day, seed) if one.received_at <= days.cut)
    became = _by_day(enumerate(cases, 1))
    rows = [row for day in days.each() for row in _of_day(day, days, seed, became.get(day, []))]
    numbered = [{"id": n, "number": f"YJ{n:05d}", **row} for n, row in enumerate(rows, 1)]
    if numbered:
        put(conn, Opinion, pl.DataFrame(numbered, schema_overrides=LATER, infer_schema_length=None))


def _by_day(cases: Iterator[tuple[int, Concern]]) -> dict[date, list[tuple[int, Concern]]]:
    found: dict[date, list[tuple[int, Concern]]] = {}
    for case_id, one in cases:
        if one.type is CaseType.SUGGESTION and one.channel in FROM_CHANNEL:
            found.setdefault(one.received_at.date(), []).append((case_id, one))
    return found


def _of_day(day: date, days: Stretch, seed: int, became: list[tuple[int, Concern]]) -> Iterator[dict[str, Any]]:
    chance = np.random.default_rng([seed, day.toordinal(), 32])
    usual = A_DAY[day.weekday()] * (0.4 if festival(day) else 1)
    origins = MEETING_DAY if day.isoweekday() == 4 else ORIGINS
    now = days.cut.hour * 60 + days.cut.minute if day == days.until else 24 * 60
    for _ in range(chance.poisson(usual)):
        theme, origin, minute = one_of(chance, THEMES), one_of(chance, origins), int(chance.integers(510, 1140))
        grid = None if chance.random() < WHOLE_COMMUNITY else one_of(chance, GRIDS)
        text, later = _text(chance, theme), _later(chance, day, days.until)
        if minute <= now:
            yield _row(day, origin, theme, text, grid, case_id=None) | later
    for case_id, one in became:
        taken = {"decision": Decision.ADOPTED.value, "decided_on": day, "answered_on": day}
        path = matters()[one.matter].path
        theme = OF_MATTER.get(path[1]) or OF_MATTER.get(path[0], Theme.OTHER)
        yield _row(day, FROM_CHANNEL[one.channel], theme, one.title, one.grid, case_id) | taken


def _row(
    day: date, origin: OpinionOrigin, theme: Theme, text: str, grid: int | None, case_id: int | None
) -> dict[str, Any]:
    return {
        "origin": origin.value,
        "theme": theme.value,
        "text": text,
        "grid_id": grid,
        "collected_on": day,
        "decision": None,
        "decision_reason": None,
        "decided_on": None,
        "answered_on": None,
        "case_id": case_id,
        "feed": Feed.PEACE_POST.value if origin is OpinionOrigin.PEACE_POST else None,
    }


def _later(chance: np.random.Generator, day: date, until: date) -> dict[str, Any]:
    """What became of it, as far as that has come."""
    decision, later = one_of(chance, DECISIONS), one_of(chance, DECIDED_AFTER_STUDY)
    looked_on = day + timedelta(int(chance.integers(2, 22)))
    studied_until = looked_on + timedelta(int(chance.integers(15, 75)))
    if decision is Decision.STUDYING and studied_until <= until:
        decision, looked_on = later, studied_until
    answered_on = looked_on + timedelta(int(chance.integers(0, 5)))
    reasons = _words()["reasons"][decision.value]
    reason = str(reasons[int(chance.integers(len(reasons)))]) or None
    answered = chance.random() < (0.5 if decision is Decision.STUDYING else 0.96)
    if looked_on > until:
        return {}
    return {
        "decision": decision.value,
        "decision_reason": reason,
        "decided_on": None if decision is Decision.STUDYING else looked_on,
        "answered_on": answered_on if answered and answered_on <= until else None,
    }


def _text(chance: np.random.Generator, theme: Theme) -> str:
    texts, spots = _words()["texts"][theme.value], _words()["spots"]
    text = str(texts[int(chance.integers(len(texts)))])
    return text.replace("{spot}", str(spots[int(chance.integers(len(spots)))]))


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads((Path(__file__).parent / "opinions.toml").read_text(encoding="utf-8"))
