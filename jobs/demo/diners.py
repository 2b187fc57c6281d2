"""The demo's price tiers and card holders: who has a card, and how often each of them eats at the canteen."""

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

import numpy as np
import polars as pl

from data_access.engine import Connection
from data_access.tables.meals import Diner, Tier
from geo import neighbourhood as drawn
from geo.distance import metres
from jobs.demo.neighbourhood import elders
from jobs.demo.rows import put
from vocabulary.enums import AgeBand, PlaceKind, TierKind

Numbers: TypeAlias = "np.ndarray[Any, np.dtype[Any]]"
UNIVERSAL, HARDSHIP, DISABLED, BEREAVED = 1, 2, 3, 4
TIERS = (
    (UNIVERSAL, "elder_60", "60岁以上普惠", "Everyone of 60+", TierKind.AMOUNT, 300, 40),
    (HARDSHIP, "extreme_hardship", "特困老人", "In extreme hardship", TierKind.PERCENT, 100, 10),
    (DISABLED, "poor_disabled", "经济困难高龄失能", "Poor, very old and disabled", TierKind.PERCENT, 60, 20),
    (BEREAVED, "bereaved", "高龄失独", "Very old and bereaved of an only child", TierKind.PERCENT, 50, 30),
)
BANDS = tuple(band.value for band in AgeBand)
CARD_SHARES = np.array((0.47, 0.68, 0.76, 0.60))  # of the residents of 60+, by band
# Habits: their share, and the weight of a diner when the meals of a day are drawn, from and to.
HABITS = ((0.16, 0.30, 0.65), (0.40, 0.06, 0.18), (0.44, 0.012, 0.045))
DISTRICT, YOUNGER = 190, 260
PAYERS = ("政府与食堂各半", "区民政补助")  # of the universal tier, of every other


@dataclass(frozen=True)
class Diners:
    """Card holders, an array a fact; the n-th has id n + 1. `band` indexes BANDS; 0 is no building or tier."""

    band: Numbers
    resident: Numbers
    building: Numbers
    tier: Numbers
    weight: Numbers

    @property
    def elderly(self) -> Numbers:
        return self.band > 0


def invent(seed: int) -> Diners:
    """The same card holders for the same seed: residents of 60+, elders of the district, younger residents."""
    chance = np.random.default_rng([seed, 61])
    near = _nearness(chance)
    holders = chance.binomial(elders(seed), np.clip(CARD_SHARES * near[:, None], 0, 0.95))
    building, band = np.nonzero(holders)
    building = np.concatenate(
        [
            np.repeat(building + 1, holders[building, band]),
            np.zeros(DISTRICT, int),
            chance.integers(1, len(near) + 1, YOUNGER),
        ]
    )
    district = chance.choice([1, 2, 3], DISTRICT, p=[0.55, 0.35, 0.1])
    bands = np.concatenate([np.repeat(band + 1, holders[np.nonzero(holders)]), district, np.zeros(YOUNGER, int)])
    return Diners(
        bands, building > 0, building, _tiers(chance, bands, building), _weights(chance, bands, building, near)
    )


def issue(conn: Connection, diners: Diners, since: date, seed: int) -> None:
    """Puts the tiers and cards into the database."""
    names = ("id", "code", "name", "name_en", "kind", "value", "priority")
    put(conn, Tier, [{**dict(zip(names, tier, strict=True)), **_paid(*tier[:2]), "from_on": since} for tier in TIERS])
    count = len(diners.band)
    numbers = np.random.default_rng([seed, 62]).permutation(900_000)[:count] + 100_000
    rows = pl.DataFrame(
        {
            "id": np.arange(1, count + 1),
            "card": [f"MZ{number}" for number in numbers],
            "band": [BANDS[band] for band in diners.band],
            "resident": diners.resident,
            "building_id": diners.building,
            "tier_id": diners.tier,
        }
    )
    put(conn, Diner, rows.with_columns(known(name) for name in ("building_id", "tier_id")))


def _paid(tier: int, code: str) -> dict[str, Any]:
    """For whom a tier is, and who pays for it: half of the universal one, all of the others."""
    if tier == UNIVERSAL:
        return {"diner_group": None, "from_band": BANDS[1], "payer": PAYERS[0], "claim_percent": 50}
    return {"diner_group": code, "from_band": None, "payer": PAYERS[1], "claim_percent": 100}


def known(name: str) -> pl.Expr:
    """The column with 0, "none", as null."""
    return pl.when(pl.col(name) > 0).then(pl.col(name)).alias(name)


def _nearness(chance: np.random.Generator) -> Numbers:
    """By building: the nearer to the canteen, the more of its elders hold a card."""
    (canteen,) = (place for place in drawn.places() if place.kind is PlaceKind.CANTEEN)
    away = np.array([metres(one.lat, one.lon, canteen.lat, canteen.lon) for one in drawn.buildings()])
    near: Numbers = 1.3 - 0.75 * away / away.max() + chance.normal(0, 0.08, len(away))
    return near


def _weights(chance: np.random.Generator, bands: Numbers, building: Numbers, near: Numbers) -> Numbers:
    shares, lowest, highest = (np.array(part) for part in zip(*HABITS, strict=True))
    habit = chance.choice(len(HABITS), len(bands), p=shares)
    drawn_weight = chance.uniform(lowest[habit], highest[habit])
    return drawn_weight * np.where(building > 0, near[building - 1], 0.7)


def _tiers(chance: np.random.Generator, bands: Numbers, building: Numbers) -> Numbers:
    """The universal tier for everyone of 60+, a better one for a few of the community's very old."""
    draw = chance.random(len(bands))
    old, own = bands >= 3, building > 0
    special = np.select(
        [own & (draw < 0.03), own & old & (draw < 0.16), own & old & (draw < 0.22)],
        [HARDSHIP, DISABLED, BEREAVED],
        UNIVERSAL,
    )
    return np.where(bands > 0, special, 0)
