"""A database of many cases to measure on: the petitions of a file, or made-up ones, repeated under new numbers."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa

import clock
from data_access import changes, search
from data_access.tables.cases import Case, Category
from data_access.tables.places import Grid
from sheets import reading
from vocabulary.enums import DONE_STATUSES, DROPPED_STATUSES, OPEN_STATUSES, CaseStatus, Channel, Subject, Urgency

ENDS_AT = datetime(2026, 11, 24, 9, 40, tzinfo=clock.SHANGHAI)
DAYS = 800
BATCH = 5000
WORDS = "噪音 路灯 停车 油烟 漏水 电梯 物业 垃圾 下水道 消防通道 快递柜 外墙 食堂 老人 扰民 施工 学校 公交 绿化 热水"


def texts(file: Path | None) -> list[tuple[str, str]]:
    """Title and body of the petitions in a file; without one, 2,816 made up with the same words each time."""
    if file:
        sheet = reading.read(file.read_bytes(), file.name)
        title, body = sheet.headings.index("留言主题"), sheet.headings.index("留言详情")
        return [(str(row.cells[title]), str(row.cells[body])) for row in sheet.rows]
    chance = random.Random(1)
    return [
        ("，".join(chance.choices(WORDS.split(), k=3)), "。".join(chance.choices(WORDS.split(), k=60)))
        for _ in range(2816)
    ]


def fill(engine: sa.Engine, said: list[tuple[str, str]], count: int) -> None:
    """Writes `count` cases of the last 800 days: one in fifty open, one in thirty dropped, the rest finished."""
    rows = _rows(random.Random(1), said, count)
    with engine.begin() as conn:
        conn.execute(sa.insert(Grid), [{"id": n, "code": f"G{n}", "name": f"第{n}网格"} for n in range(1, 5)])
        names = [
            {"id": n, "level1": f"一级{n % 7}", "level2": f"二级{n % 40}", "level3": f"三级{n}"} for n in range(1, 301)
        ]
        conn.execute(sa.insert(Category), names)
        while batch := list(islice(rows, BATCH)):
            conn.execute(sa.insert(Case), batch)
            search.add(
                conn,
                [(row["id"], search.searched_text(row["number"], row["title"], row["body"], None)) for row in batch],
            )
        changes.raise_version(conn, Subject.CASES)


def _rows(chance: random.Random, said: list[tuple[str, str]], count: int) -> Iterator[dict[str, Any]]:
    for number in range(1, count + 1):
        received = ENDS_AT - timedelta(minutes=chance.randrange(DAYS * 24 * 60))
        left = received + timedelta(hours=chance.randrange(1, 400))
        status = _status(chance)
        title, body = said[number % len(said)]
        yield {
            "id": number,
            "number": f"B{number:06}",
            "title": title,
            "body": body,
            "reply": "您好，已安排处理。" * 12 if status in DONE_STATUSES else None,
            "status": status,
            "channel": chance.choice(list(Channel)),
            "urgency": chance.choice([*Urgency, None]),
            "category_id": chance.randrange(1, 301),
            "grid_id": chance.choice([None, 1, 2, 3, 4]),
            "received_at": received,
            "received_on": received.date(),
            "finished_at": left if status in DONE_STATUSES else None,
            "finished_on": left.date() if status in DONE_STATUSES else None,
            "dropped_on": left.date() if status in DROPPED_STATUSES else None,
            "worked_minutes": chance.randrange(10, 9000) if status in DONE_STATUSES else None,
        }


def _status(chance: random.Random) -> CaseStatus:
    if chance.random() < 1 / 50:
        return chance.choice(OPEN_STATUSES)
    return chance.choice(DROPPED_STATUSES if chance.random() < 1 / 30 else DONE_STATUSES)
