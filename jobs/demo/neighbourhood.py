"""The demo's places, grids, buildings with their elders, units, rules and facts about itself."""

import json
from datetime import date
from typing import Any

import numpy as np

from data_access import claims, rules, workdays
from data_access.engine import Connection
from data_access.installation import write_fact
from data_access.tables.places import Building, BuildingElders, Grid, Place, Unit
from data_access.tables.rules import Target
from geo import neighbourhood as drawn
from jobs.demo.rows import put
from vocabulary.enums import ELDER_BANDS, Accuracy, PlaceKind, PlaceStatus

ELDERS = 2400
BAND_SHARES = (0.46, 0.34, 0.165, 0.035)
SMALL_BUILDING, FEW = "19", 16
OFFICE = [["09:00", "12:00"], ["13:30", "17:30"]]
HOURS: dict[PlaceKind, list[list[str]]] = {
    PlaceKind.CANTEEN: [["06:30", "09:30"], ["10:50", "13:30"], ["16:50", "19:00"]],
    PlaceKind.HOSPITAL: [["08:00", "12:00"], ["14:00", "17:30"]],
    PlaceKind.PEACE_POST: [["08:00", "22:00"]],
    PlaceKind.VOLUNTEER_POST: [["09:00", "18:00"]],
    PlaceKind.COURTYARD: [["06:00", "22:00"]],
    PlaceKind.CRAFT_WORKSHOP: [["09:00", "18:00"]],
}
ADDRESSES: dict[str, str] = {
    "service_centre": "民主大道，黄葛树院坝东侧",
    "canteen": "民主大道南侧，12栋与13栋之间",
    "hospital": "民主大道西段",
    "peace_post": "东入口",
    "volunteer_post": "民主大道南侧，20栋旁",
    "courtyard": "9栋旁，黄葛树下",
}
UNITS: dict[str, tuple[str, str]] = {
    "property": ("社区物业公司", "Property company"),
    "committee": ("社区居委会", "Residents' committee"),
    "centre": ("党群服务中心", "Service centre"),
    "renewal": ("更新项目部", "Renewal project office"),
    "police": ("派出所平安驿站", "Police peace post"),
    "enforcement": ("综合执法大队", "Urban enforcement"),
    "traffic": ("交巡警平台", "Traffic police"),
    "fire": ("消防救援站", "Fire station"),
    "gas": ("燃气公司", "Gas company"),
    "power": ("供电所与自来水站", "Power and water"),
    "hospital": ("社区医院", "Community hospital"),
    "canteen": ("社区食堂", "Community canteen"),
}
TARGETS = {
    "elder_coverage": 0.40,
    "stalls_open": 0.85,
    "hours_to_finish": 16.0,
    "on_time_rate": 0.90,
    "resolution_rate": 0.85,
    "meals_a_day": 1300.0,
    "canteen_margin_least": 0.02,
    "canteen_margin_most": 0.06,
    "difficult_coverage": 0.90,
    "food_safety_complete": 1.0,
    "elders_contracted": 0.75,
    "elders_managed": 0.70,
    "elders_to_norm": 0.80,
    "elders_checked_up": 0.90,
    "hypertension_contracted": 0.75,
    "hypertension_managed": 0.70,
    "hypertension_to_norm": 0.75,
    "hypertension_controlled": 0.60,
    "diabetes_contracted": 0.75,
    "diabetes_managed": 0.65,
    "diabetes_to_norm": 0.75,
    "diabetes_controlled": 0.55,
}


def build(conn: Connection, since: date, seed: int) -> None:
    """Everything that stands still, as of the demo's first day."""
    put(conn, Grid, [_grid(n, grid) for n, grid in enumerate(drawn.grids(), 1)])
    put(conn, Building, [_building(n, one) for n, one in enumerate(drawn.buildings(), 1)])
    put(conn, Place, [_place(n, place) for n, place in enumerate(drawn.places(), 1)])
    units = enumerate(UNITS.items(), 1)
    put(conn, Unit, [{"id": n, "code": code, "name": zh, "name_en": en} for n, (code, (zh, en)) in units])
    counted = elders(seed)
    put(
        conn,
        BuildingElders,
        [
            {"building_id": building, "band": band.value, "residents": int(residents), "counted_on": since}
            for building, row in enumerate(counted, 1)
            for band, residents in zip(ELDER_BANDS, row, strict=True)
        ],
    )
    put(conn, Target, [{"metric": key, "value": value, "from_on": since} for key, value in TARGETS.items()])
    workdays.seed(conn)
    rules.seed(conn)
    claims.seed(conn)
    said = {"kind": "demo", "community": "民主村社区", "street": "谢家湾街道", "begun_on": str(since)}
    for key, value in said.items():
        write_fact(conn, key, value)


def elders(seed: int) -> "np.ndarray[tuple[int, int], np.dtype[np.int64]]":
    """Residents of 60+ by building and band: ELDERS together, in one building too few for a rate."""
    chance = np.random.default_rng([seed, 60])
    buildings = drawn.buildings()
    small = [n for n, building in enumerate(buildings) if building.number == SMALL_BUILDING]
    sizes = chance.uniform(0.6, 1.5, len(buildings))
    sizes[small] = 0
    totals = chance.multinomial(ELDERS - FEW * len(small), sizes / sizes.sum())
    totals[small] = FEW
    return np.array([chance.multinomial(total, chance.dirichlet(np.array(BAND_SHARES) * 120)) for total in totals])


def _grid(n: int, grid: drawn.Grid) -> dict[str, Any]:
    return {"id": n, "code": grid.code, "name": grid.name, "name_en": grid.name_en, "polygon": _polygon(grid.outline)}


def _building(n: int, building: drawn.Building) -> dict[str, Any]:
    grids = [grid.code for grid in drawn.grids()]
    return {
        "id": n,
        "number": building.number,
        "grid_id": grids.index(building.grid) + 1,
        "lon": building.lon,
        "lat": building.lat,
        "polygon": _polygon(building.outline),
    }


def _place(n: int, place: drawn.Place) -> dict[str, Any]:
    return {
        "id": n,
        "code": place.code,
        "kind": place.kind.value,
        "name": place.name,
        "name_en": place.name_en,
        "address": ADDRESSES.get(place.code, "民主大道沿线"),
        "lon": place.lon,
        "lat": place.lat,
        "accuracy": Accuracy.SCHEMATIC.value,
        "hours": json.dumps(_hours(place.kind)),
        "step_free": place.kind is not PlaceKind.VOLUNTEER_POST,
        "status": PlaceStatus.OPEN.value,
    }


def _hours(kind: PlaceKind) -> dict[str, list[list[str]]]:
    if kind is PlaceKind.SERVICE_CENTRE:
        return {**{str(day): OFFICE for day in range(1, 6)}, "6": OFFICE[:1]}
    return {str(day): HOURS[kind] for day in range(1, 8)}


def _polygon(outline: drawn.Outline) -> str:
    return json.dumps(drawn.polygon(outline)["geometry"])
