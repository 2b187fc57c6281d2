"""A furnished neighbourhood for the sheets of every kind, and fifty sound rows of each as an office would type them."""

import importlib
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import sqlalchemy as sa

from access import OPERATOR
from data_access.activities import add_branch, add_zone
from data_access.engine import reading, writing
from data_access.tables.places import Place, Unit
from data_access.tables.stalls import Stall
from data_access.volunteers import VolunteerFacts, register
from jobs.sheets import filling
from jobs.sheets.declared import KINDS
from jobs.sheets.kinds import Kind
from metrics.catalogue import METRICS
from tests import canteen
from tests.conftest import NOON
from vocabulary.enums import Accuracy, PlaceKind, Trade
from vocabulary.volunteers import Occupation

openpyxl: Any = importlib.import_module("openpyxl")
ROWS = 50
TODAY = NOON.date()
Said = Mapping[str, object]


def furnish(engine: sa.Engine) -> None:
    """The small canteen with two grids and three buildings, a workshop with two stalls, a unit, a branch, a zone."""
    canteen.furnish(engine)
    with writing(engine) as conn:
        place = {"kind": PlaceKind.CRAFT_WORKSHOP, "lon": 106.5, "lat": 29.5, "accuracy": Accuracy.SCHEMATIC}
        row = sa.insert(Place).values(code="workshop", name="一号巧匠坊", **place).returning(Place.id)
        workshop = conn.execute(row).scalar_one()
        stall = {"place_id": workshop, "agreement_from": date(2025, 1, 1), "trade": Trade.KEY}
        conn.execute(sa.insert(Stall), [{"number": number, **stall} for number in ("A1", "A2")])
        conn.execute(sa.insert(Unit).values(code="U1", name="社区物业"))
        add_branch(conn, OPERATOR, "b1", "第一支部")
        add_zone(conn, OPERATOR, "hall", "服务大厅")
        register(conn, OPERATOR, VolunteerFacts("V1", "张三", Occupation.COURIER, date(2025, 1, 1)))


def fifty(key: str) -> list[Said]:
    """Fifty rows of a kind by field."""
    return [MADE[key](n) for n in range(ROWS)]


def filled(engine: sa.Engine, key: str, rows: list[Said]) -> bytes:
    """The template as it is downloaded, with these rows typed beneath its example."""
    kind = KINDS[key]
    with reading(engine) as conn:
        book = openpyxl.load_workbook(BytesIO(filling.template(conn, OPERATOR, kind)))
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append([row.get(column.field) for column in kind.columns])
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def table(kind: Kind, rows: list[Said]) -> bytes:
    """Only these rows, under the headings of the fields that they name."""
    fields = list(dict.fromkeys(name for row in rows for name in row))
    book = openpyxl.Workbook()
    book.active.append([kind.heading(kind.fields[name]) for name in fields])
    for row in rows:
        book.active.append([row.get(name) for name in fields])
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def back(days: int) -> date:
    return TODAY - timedelta(days)


def _serving(n: int) -> date:
    """The nth day, back from today, on which the canteen serves: Monday to Wednesday."""
    return TODAY - timedelta(7 * ((n + 1) // 3)) + timedelta((1 - (n + 1) % 3) if (n + 1) % 3 else 1)


def _month(n: int) -> str:
    """The nth month back from the last one."""
    months = TODAY.year * 12 + TODAY.month - 2 - n
    return f"{months // 12}-{months % 12 + 1:02d}"


def _meal(n: int) -> Said:
    card = {"card": f"C{n:03}"} if 1 <= n < 40 else {}
    at = f"2026-11-23 11:{n:02}"
    return {
        "number": f"M{n}",
        "canteen": "食堂",
        "served_at": at,
        "meal": "午餐",
        "mode": "堂食",
        "list_fen": 15.5,
        **card,
    }


def _ledger(n: int) -> Said:
    sums = {f"{name}_fen": 100 + n for name in ("income", "subsidy", "food", "wages", "other")}
    return {"canteen": "canteen", "day": _serving(n), **sums}


def _safety(n: int) -> Said:
    kinds = ("morning", "waste", "sample")
    sample = {"meal": "lunch", "grams": 150, "hours": 48} if n % 3 == 2 else {}
    return {"canteen": "canteen", "day": _serving(n // 3), "safety_kind": kinds[n % 3], "passed": "是", **sample}


def _dispute(n: int) -> Said:
    closed = {"outcome": "agreement", "closed_on": back(60 - n), "mediators": "community、lawyer"} if n % 2 else {}
    opened = f"{back(70 - n)} 10:{n:02}"
    return {"number": f"D{n}", "type": "noise", "grid": "网格1", "opened_at": opened, "origin": "grid", **closed}


def _opinion(n: int) -> Said:
    told = {"decision": "adopted", "decided_on": back(3), "answered_on": back(2)} if n % 2 else {}
    text = f"第{n}条：希望院坝夜里亮一些。"
    return {"number": f"O{n}", "origin": "box", "theme": "safety", "text": text, "collected_on": back(9), **told}


def _project(n: int) -> Said:
    days = {"approved_on": back(90), "plan_from": back(60), "plan_to": back(-60)}
    sizes = {"area_m2": 100 + n, "households": n, "budget_fen": 1000.25 + n}
    return {
        "number": f"P{n}",
        "name": f"项目{n}",
        "mode": "keep",
        "function": "living",
        "buildings": "1、2",
        **sizes,
        **days,
    }


def _health(n: int) -> Said:
    group = ("elders_65", "hypertension", "diabetes")[n % 3]
    names = ("residents", "contracted", "managed", "managed_to_norm", "controlled")
    numbers: dict[str, object] = {name: 500 - 10 * place for place, name in enumerate(names)}
    if group == "elders_65":
        del numbers["controlled"]
    done = {"follow_ups_due": 90, "follow_ups_done": 80, "check_ups_due": 70, "check_ups_done": 60}
    return {"month": _month(n // 3), "health_group": group, **numbers, **done}


def _record(n: int) -> Said:
    at = {"starts_at": f"{back(n + 1)} 19:00", "ends_at": f"{back(n + 1)} 20:30"}
    return {"number": "V1", "role": "service", "outcome": "done", **at}


def _activity(n: int) -> Said:
    at = {"starts_at": f"{back(n + 1)} 14:00", "ends_at": f"{back(n + 1)} 15:30"}
    return {"title": f"活动{n}", "kind": "arts", "audience": "elders", "zone": "hall", "planned": 30, "actual": n, **at}


def _plan(n: int) -> Said:
    kind = ("first_topic", "three_meetings", "organisation_life", "theme_day")[n % 4]
    return {"branch": "第一支部", "month": _month(n // 4), "party_kind": kind, "due": 1 + n % 2}


def _count(n: int) -> Said:
    counts = {"band_60": n, "band_70": 2, "band_80": 1, "band_90": 0}
    return {"building": f"{n % 3 + 1}栋", "counted_on": back(10 + n // 3), **counts}


def _target(n: int) -> Said:
    return {"metric": list(METRICS)[n], "value": 0.5 + n, "from_on": back(-7)}


def _stall_day(n: int) -> Said:
    times = {"opens": "08:30", "closes": "17:30", "customers": n}
    return {"workshop": "一号巧匠坊", "stall": f"A{n % 2 + 1}", "day": back(1 + n // 2), **times}


MADE: Mapping[str, Callable[[int], Said]] = {
    "meals": _meal,
    "diners": lambda n: {"card": f"K{n}", "band": "70-79", "resident": "是", "building": 1 + n % 3},
    "canteen_days": _ledger,
    "food_safety": _safety,
    "subsidy_claims": lambda n: {"month": _month(n // 2), "tier": ("elder", "free")[n % 2], "meals": n, "fen": n / 4},
    "stall_days": _stall_day,
    "disputes": _dispute,
    "opinions": _opinion,
    "proposals": lambda n: {
        "number": f"Y{n}",
        "title": f"议题{n}",
        "matter": "加装电梯",
        "filed_on": back(n),
        "unit": "U1",
    },
    "projects": _project,
    "health_months": _health,
    "volunteers": lambda n: {"number": f"A{n}", "name": "王小明", "occupation": "快递员", "registered_on": back(n)},
    "service_records": _record,
    "activities": _activity,
    "party_plans": _plan,
    "workdays": lambda n: {"day": back(-1 - n), "works": "否", "name": "放假"},
    "targets": _target,
    "elder_counts": _count,
    "grids": lambda n: {"code": f"G{n}", "name": f"新网格{n}", "name_en": f"New grid {n}"},
    "buildings": lambda n: {"building": f"{100 + n}", "grid": "2"},
}
