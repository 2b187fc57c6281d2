"""Closed cases for tests: three categories of as many cases each, and one of a tenth as many."""

import random
from datetime import timedelta

import sqlalchemy as sa

from data_access.engine import writing
from data_access.tables.cases import Case, Category
from tests.conftest import NOON

LIFT, LAMP, NOISE, RARE = (
    (11, "物业管理", "电梯", "停运", "电梯停运了老人下不来楼"),
    (12, "物业管理", "照明", "", "楼道路灯不亮走路看不见"),
    (13, "平安建设", "噪声", "施工", "夜里施工噪声吵得睡不着"),
    (14, "城市更新", "", "", "外墙脚手架什么时候拆除"),
)


def make_office(engine: sa.Engine, each: int = 24, status: str = "archived") -> None:
    """So many closed cases a category, a tenth of them of the last one."""
    chance = random.Random(3)
    with writing(engine) as conn:
        levels = ("id", "level1", "level2", "level3")
        conn.execute(
            sa.insert(Category), [dict(zip(levels, one[:4], strict=True)) for one in (LIFT, LAMP, NOISE, RARE)]
        )
        rows = [
            {
                "number": f"{category}-{n}",
                "title": f"{chance.choice('甲乙丙丁戊己')}处{words}{n}",
                "body": f"{chance.choice(('请尽快处理', '麻烦看看', '盼复'))}{words[chance.randrange(4) :]}第{n}次",
                "category_id": category,
                "status": status,
                "received_at": NOON - timedelta(hours=n),
                "received_on": NOON.date(),
            }
            for category, *_, words in (LIFT, LAMP, NOISE, RARE)
            for n in range(each if category != RARE[0] else each // 10)
        ]
        conn.execute(sa.insert(Case), rows)
