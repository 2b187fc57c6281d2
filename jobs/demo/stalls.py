"""The demo's five stalls: their agreements, and the days they opened."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np

import clock
from data_access.engine import Connection
from data_access.tables.stalls import Stall, StallDay
from geo import neighbourhood as drawn
from jobs.demo.days import Stretch, festival
from jobs.demo.rows import put
from vocabulary.enums import PlaceKind, PlaceStatus, Trade

ENDS_SOON_DAYS = 41


@dataclass(frozen=True)
class Craft:
    """What a trade is like: its artisan, agreed weekdays, how surely it opens, customers on a plain day, prices."""

    artisan: str
    weekdays: str
    surely: float
    customers: float
    rent_fen: int
    prices: dict[str, int]
    days_left: int


CRAFTS: dict[Trade, Craft] = {
    Trade.KEY: Craft(
        "罗师傅", "1,2,3,4,5,6", 0.95, 10, 60_000, {"一字锁匙": 500, "十字锁匙": 800, "换锁芯": 6000}, 420
    ),
    Trade.SHOE: Craft("邓师傅", "1,2,3,4,5,6,7", 0.93, 12, 55_000, {"换鞋跟": 1000, "上胶": 500, "缝线": 800}, 300),
    Trade.HAIRCUT: Craft("秦师傅", "2,3,4,5,6,7", 0.97, 20, 70_000, {"理发": 1000, "老人理发": 500}, 510),
    Trade.TAILORING: Craft(
        "覃师傅", "1,2,3,4,5", 0.86, 6, 50_000, {"改裤脚": 800, "换拉链": 1200, "缝补": 500}, ENDS_SOON_DAYS
    ),
    Trade.REPAIR: Craft("游师傅", "1,3,5,6", 0.90, 9, 60_000, {"检测": 0, "换插头": 500, "修电饭煲": 2000}, 365),
}


def open_up(conn: Connection, days: Stretch, seed: int) -> None:
    """Puts the stalls and their opened days into the database; agreements begin with the demo's first day."""
    shops = [
        (place, n, place.trade)
        for n, place in enumerate(drawn.places(), 1)
        if place.kind is PlaceKind.CRAFT_WORKSHOP and place.trade is not None
    ]
    put(conn, Stall, [_stall(stall, n, trade, days) for stall, (_, n, trade) in enumerate(shops, 1)])
    opened = [
        row
        for stall, (_, _, trade) in enumerate(shops, 1)
        for day in days.each()
        if (row := _day(stall, CRAFTS[trade], day, seed, days.cut)) is not None
    ]
    if opened:
        put(conn, StallDay, opened)


def _stall(stall: int, place_id: int, trade: Trade, days: Stretch) -> dict[str, Any]:
    craft = CRAFTS[trade]
    return {
        "id": stall,
        "place_id": place_id,
        "number": str(stall),
        "trade": trade.value,
        "artisan": craft.artisan,
        "rent_waived_fen": craft.rent_fen,
        "agreement_from": days.since,
        "agreement_to": days.until + timedelta(craft.days_left),
        "weekdays": craft.weekdays,
        "prices": json.dumps(craft.prices, ensure_ascii=False),
        "status": PlaceStatus.OPEN.value,
    }


def _day(stall: int, craft: Craft, day: date, seed: int, cut: datetime) -> dict[str, Any] | None:
    """The day of a stall, as far as it has come by `cut`: None when it did not open."""
    chance = np.random.default_rng([seed, day.toordinal(), 70 + stall])
    surely = craft.surely * (0.55 if festival(day) else 1)
    begun = datetime.combine(day, time(), clock.SHANGHAI)
    opened_at = begun + timedelta(minutes=int(chance.integers(505, 560)))
    closed_at = begun + timedelta(minutes=int(chance.integers(1000, 1085)))
    customers = int(chance.poisson(craft.customers * (1.3 if day.isoweekday() >= 6 else 1)))
    if str(day.isoweekday()) not in craft.weekdays.split(",") or chance.random() >= surely or opened_at > cut:
        return None
    over = closed_at <= cut
    share = (cut - opened_at) / (closed_at - opened_at)
    return {
        "stall_id": stall,
        "day": day,
        "opened_at": opened_at,
        "closed_at": closed_at if over else None,
        "customers": customers if over else round(customers * share),
    }
