"""A small canteen for tests: three buildings, a few diners, two tiers, and random meals made from a seed."""

import random
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa

import clock
from data_access.engine import writing
from data_access.tables.meals import Diner, Meal, Tier
from data_access.tables.places import Building, BuildingElders, Grid, Place
from vocabulary.enums import Accuracy, AgeBand, MealKind, MealMode, PlaceKind, TierKind

FIRST, LAST = date(2026, 11, 16), date(2026, 11, 24)
HOURS = '{"1": [["06:30", "19:00"]], "2": [["06:30", "19:00"]], "3": [["06:30", "19:00"]]}'
BANDS = (AgeBand.UNDER_60, AgeBand.A60, AgeBand.A70, AgeBand.A80)


def furnish(engine: sa.Engine) -> None:
    """A canteen open on Monday to Wednesday, two grids, three buildings with their elders, two tiers, forty cards."""
    with writing(engine) as conn:
        place = {"kind": PlaceKind.CANTEEN, "lon": 106.5, "lat": 29.5, "accuracy": Accuracy.SCHEMATIC}
        conn.execute(sa.insert(Place).values(id=1, code="canteen", name="食堂", hours=HOURS, **place))
        conn.execute(sa.insert(Grid), [{"id": n, "code": str(n), "name": f"网格{n}"} for n in (1, 2)])
        buildings = [{"id": n, "number": str(n), "grid_id": 1 + n // 3} for n in (1, 2, 3)]
        conn.execute(sa.insert(Building), buildings)
        conn.execute(sa.insert(BuildingElders), _counts())
        day = {"from_on": date(2026, 1, 1), "to_on": None}
        conn.execute(
            sa.insert(Tier),
            [
                {"id": 1, "code": "elder", "name": "普惠", "kind": TierKind.AMOUNT, "value": 300, "priority": 9, **day},
                {"id": 2, "code": "free", "name": "特困", "kind": TierKind.PERCENT, "value": 100, "priority": 1, **day},
            ],
        )
        conn.execute(sa.insert(Diner), [_diner(n) for n in range(1, 41)])
        _count_on(conn)


def serve(engine: sa.Engine, seed: int = 1, meals: int = 400) -> None:
    """Random meals from FIRST to LAST: with and without a card, a few void; the daily rows are not rolled up."""
    chance = random.Random(seed)
    rows = [_meal(chance, n) for n in range(meals)]
    with writing(engine) as conn:
        conn.execute(sa.insert(Meal), rows)


def _count_on(conn: sa.Connection) -> None:
    """Lets PostgreSQL number further rows after those that came with their ids."""
    for table in ("place", "grid", "building", "tier", "diner") if conn.dialect.name == "postgresql" else ():
        highest = f"select max(id) from {table}"
        conn.exec_driver_sql(f"select setval(pg_get_serial_sequence('{table}', 'id'), ({highest}))")


def _counts() -> list[dict[str, object]]:
    """Building 3 has fewer than twenty elders; building 1 was counted anew in November."""
    old, new = date(2026, 1, 1), date(2026, 11, 20)
    counts = [
        (1, AgeBand.A60, 30, old),
        (1, AgeBand.A70, 20, old),
        (2, AgeBand.A60, 25, old),
        (3, AgeBand.A80, 12, old),
    ]
    counts.append((1, AgeBand.A70, 24, new))
    names = ("building_id", "band", "residents", "counted_on")
    return [dict(zip(names, count, strict=True)) for count in counts]


def _diner(n: int) -> dict[str, object]:
    resident = n % 5 != 0
    band = BANDS[n % 4]
    tier = None if band is AgeBand.UNDER_60 else 2 if n % 7 == 0 else 1
    building = n % 3 + 1 if resident else None
    valid_to = date(2026, 6, 30) if n == 40 else None
    return {
        "id": n,
        "card": f"C{n:03}",
        "band": band,
        "resident": resident,
        "building_id": building,
        "tier_id": tier,
        "valid_to": valid_to,
    }


def _meal(chance: random.Random, n: int) -> dict[str, object]:
    day = FIRST + timedelta(chance.randrange((LAST - FIRST).days + 1))
    diner = _diner(chance.randint(1, 40)) if chance.random() < 0.5 else None
    served_at = datetime.combine(day, time(), clock.SHANGHAI) + timedelta(minutes=chance.randrange(390, 700))
    off = 300 if diner and diner["tier_id"] == 1 else 1800 if diner and diner["tier_id"] else 0
    return {
        "number": f"{day:%Y%m%d}-{n:04}",
        "served_at": served_at,
        "served_on": day,
        "canteen_id": 1,
        "meal": chance.choice([MealKind.BREAKFAST, MealKind.LUNCH]),
        "mode": MealMode.DINE_IN,
        "diner_id": diner and diner["id"],
        "band": diner and diner["band"],
        "resident": diner and diner["resident"],
        "building_id": diner and diner["building_id"],
        "tier_id": diner and diner["tier_id"],
        "list_fen": 1800,
        "discount_fen": off,
        "paid_fen": 1800 - off,
        "void_at": served_at if chance.random() < 0.05 else None,
    }
